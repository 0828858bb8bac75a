//! Registries of other sizes through the whole build: right answers, tables in proportion, look-ups at the same cost.

use iana_ports_benches::budgets::{self, Call, Figure, Size};
use iana_ports_benches::print;
use iana_ports_benches::programs::Programs;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

const TRANSPORTS: [&str; 4] = ["tcp", "udp", "sctp", "dccp"];

/// One record. All of them are assigned to a service.
struct Row {
    name: String,
    transport: Option<usize>,
    ports: Option<(usize, usize)>,
}

/// Pairs of tcp and udp like the registry's: of each twenty services one has no port, one a range and one no
/// transport. The services of 65,535 rows reach the last User Port, and those with a range share ports with the next.
fn like_the_registry(rows: usize) -> Vec<Row> {
    let row = |number: usize| {
        let service = number / 2;
        let port = service * 3 / 2;
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

/// Builds from the rows, and compares what every port and every name has with the rows.
fn answers_right(programs: &mut Programs, rows: &[Row]) {
    programs.set_xml(&xml(rows));
    programs.build(&["answers", "instructions"]).unwrap();
    let mut names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    names.dedup();
    let expected = expected(rows, &names);
    let found = answers(&programs.executable("answers"), &names);
    let differ = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    assert_eq!(differ, None, "expected and found, of {} rows", rows.len());
    assert_eq!(expected.len(), found.len(), "{} rows", rows.len());
}

#[test]
fn a_registry_of_any_size_is_answered_right_at_the_same_cost() {
    let mut programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "growth");
    let mut figures = Vec::new();
    let mut growths = Vec::new();
    let programs_named = budgets::SIZES.map(|size| format!("`{}`", size.cfg)).join(" | ");
    print(&format!("growth: | rows | bytes a row: {programs_named} | `lookup_port` | `lookup_name` |\n"));
    print(&format!("growth: |{}\n", " --- |".repeat(budgets::SIZES.len() + 3)));
    for rows in [0, 1, 14_500, 29_000, 58_000, 65_535] {
        answers_right(&mut programs, &like_the_registry(rows));
        let empty = programs.size_with("nothing", &[]);
        let growth = budgets::SIZES.map(|size| programs.size_with(size.cfg, &[]) - empty);
        let bytes = growth.map(|growth| growth as f64 / rows.max(1) as f64);
        growths.push(bytes);
        let mut line = format!("growth: | {rows} | {} |", bytes.map(|bytes| format!("{bytes:.2}")).join(" | "));
        for Call { what, name, most, mean } in &budgets::CALLS[..2] {
            let Some(found) = programs.instructions(&[name, "31"]) else { continue };
            let _ = write!(line, " {:.1}, at most {} |", found.1, found.0);
            let figure = |what, found, budget| Figure { what, found, unit: "instructions", budget };
            figures.push(figure(format!("{what}, at most, with {rows} rows"), found.0 as f64, *most as f64));
            figures.push(figure(format!("{what}, on average, with {rows} rows"), found.1, *mean));
        }
        print(&format!("{line}\n"));
    }
    let [.., today, _, _, full] = growths[..] else { unreachable!() };
    for (place, Size { cfg, at_full_size, .. }) in budgets::SIZES.into_iter().enumerate() {
        let what = format!("`{cfg}` with 65,535 rows by 14,500 rows, bytes a row");
        figures.push(Figure { what, found: full[place] / today[place], unit: "times", budget: at_full_size });
    }
    budgets::assert_within_budgets(&figures);
}

#[test]
fn a_registry_without_a_free_port_is_answered_right_and_one_that_is_too_large_is_refused() {
    let mut programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "full");
    answers_right(&mut programs, &every_port());

    programs.set_xml(&xml(&like_the_registry(65_536)));
    let error = programs.build(&["answers"]).unwrap_err();
    assert!(error.contains("more than 65535 records; the tables hold no more"), "{error}");
}
