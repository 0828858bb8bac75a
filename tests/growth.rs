//! Registries of other sizes through the whole build: right answers, tables in proportion, look-ups at the same cost.

mod measured;

use measured::Package;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, thread};

const TRANSPORTS: [&str; 4] = ["tcp", "udp", "sctp", "dccp"];

/// One record. All of them are assigned to a service.
struct Row {
    name: String,
    transport: Option<usize>,
    ports: Option<(usize, usize)>,
}

/// Pairs of tcp and udp like the registry's: of each twenty services one has no port, one a range and one no
/// transport. The ports of 60,000 rows go round once and meet some again.
fn like_the_registry(rows: usize) -> Vec<Row> {
    let row = |number: usize| {
        let service = number / 2;
        let port = service * 3 % 49_152;
        let (transport, ports) = match service % 20 {
            7 => (None, None),
            11 => (Some(number % 2), Some((port, port + 2))),
            13 => (None, Some((port, port))),
            _ => (Some(number % 2), Some((port, port))),
        };
        Row { name: format!("svc-{service}"), transport, ports }
    };
    (0..rows).map(row).collect()
}

/// As many rows as there can be, and no port of any transport without one.
fn every_port() -> Vec<Row> {
    let row = |port| Row {
        name: format!("p{port}"),
        transport: None,
        ports: Some((port, if port == 65_534 { 65_535 } else { port })),
    };
    (0..65_535).map(row).collect()
}

fn xml(rows: &[Row]) -> String {
    let mut xml = "<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\n\
                   <updated>2020-02-29</updated>\n"
        .to_owned();
    for (number, Row { name, transport, ports }) in rows.iter().enumerate() {
        let _ = write!(xml, "<record date=\"2001-02-03\"><name>{name}</name>");
        if let Some(transport) = transport {
            let _ = write!(xml, "<protocol>{}</protocol>", TRANSPORTS[*transport]);
        }
        match ports {
            Some((start, end)) if start == end => drop(write!(xml, "<number>{start}</number>")),
            Some((start, end)) => drop(write!(xml, "<number>{start}-{end}</number>")),
            None => {}
        }
        let _ = writeln!(
            xml,
            "<description>Service {number}</description><xref type=\"person\" data=\"P{}\"/>\
             <xref type=\"rfc\" data=\"rfc{}\"/></record>",
            number / 7,
            number % 9_000 + 1,
        );
    }
    xml + "</registry>\n"
}

/// What the program `answers` has to write.
fn expected(rows: &[Row], names: &[&str]) -> String {
    let mut ports = vec![Vec::new(); 65_536 * TRANSPORTS.len()];
    for (number, row) in rows.iter().enumerate() {
        for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
            for transport in (0..TRANSPORTS.len()).filter(|&of| row.transport.is_none_or(|transport| transport == of)) {
                ports[port * TRANSPORTS.len() + transport].push(number);
            }
        }
    }
    let mut text = String::new();
    for (place, list) in ports.iter().enumerate() {
        let _ = writeln!(text, "{}/{} {list:?}", place / TRANSPORTS.len(), TRANSPORTS[place % TRANSPORTS.len()]);
    }
    // The rows of a name follow one another in every registry here.
    let mut first = 0;
    for name in names {
        first += rows[first..].iter().take_while(|row| row.name != *name).count();
        let count = rows[first..].iter().take_while(|row| row.name == *name).count();
        let _ = writeln!(text, "{name} {:?}", (first..first + count).collect::<Vec<_>>());
    }
    text
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // An unchanged file is not built again.
    if fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return path;
    }
    fs::write(&path, text).unwrap();
    path
}

fn answers(executable: &Path, names: &[&str]) -> String {
    let mut child = Command::new(executable).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let names = names.join("\n");
    let writer = thread::spawn(move || input.write_all(names.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_registry_of_any_size_is_answered_right_at_the_same_cost() {
    if option_env!("IANA_PORTS_XML").is_some_and(|path| !path.is_empty()) {
        measured::print("skipped: growth, which is the same whatever registry the tests are built from");
        return;
    }
    let package = Package::new("growth", &["answers", "columns", "instructions"]);
    let mut sizes = Vec::new();
    for (case, rows) in [
        ("empty", Vec::new()),
        ("one", like_the_registry(1)),
        ("today", like_the_registry(14_496)),
        ("large", like_the_registry(60_000)),
        ("full", every_port()),
    ] {
        let xml = file(&format!("{case}.xml"), &xml(&rows));
        package.build(Some(&xml)).unwrap();
        let size = package.size("columns");
        let mut names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        names.dedup();
        let (expected, found) = (expected(&rows, &names), answers(&package.executable("answers"), &names));
        if let Some((expected, found)) = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found)
        {
            panic!("{case}: expected {expected}, found {found}");
        }
        assert_eq!(expected.len(), found.len(), "{case}");
        measured::print(format_args!("growth: {} rows, a program of {size} bytes, every answer right", rows.len()));
        sizes.push((rows.len() as u64, size));

        package.link("instructions", Some(&xml), &measured::NOT_STRIPPED).unwrap();
        for (what, budget, arguments) in [("lookup_port", 32, &["port", "1"][..]), ("lookup_name", 265, &["name"])] {
            let calls = if what == "lookup_port" { 65_536 * 4 } else { rows.len() as u64 };
            let Some(counts) = measured::instructions(&package.executable("instructions"), arguments, false) else {
                break;
            };
            let mean = counts.iter().sum::<u64>() / calls.max(1);
            measured::print(format_args!("growth: {} rows, {what}: {mean} instructions on average", rows.len()));
            assert!(mean <= budget, "{what} takes {mean} instructions with {} rows", rows.len());
        }
    }
    let [(0, empty), _, (today_rows, today), (large_rows, large), (full_rows, full)] = sizes[..] else {
        panic!("{sizes:?}")
    };
    let per_row = |rows, size| (size - empty) as f64 / rows as f64;
    let (today, large, full) = (per_row(today_rows, today), per_row(large_rows, large), per_row(full_rows, full));
    measured::print(format_args!("growth: {today:.1}, {large:.1} and {full:.1} bytes a row"));
    assert!(large < today * 1.3 && full < today * 1.3, "the tables grow faster than the registry");
}

#[test]
fn more_rows_than_fit_stop_the_build() {
    let package = Package::new("too-large", &["port"]);
    let xml = file("too-large.xml", &xml(&like_the_registry(65_536)));
    let error = package.build(Some(&xml)).unwrap_err();
    let message = format!("{}: the registry has 65536 records; the tables hold at most 65535", xml.display());
    assert!(error.contains(&message), "{error}");
}
