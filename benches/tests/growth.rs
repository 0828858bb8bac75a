//! Registries of other sizes through the whole build: right answers, tables in proportion, look-ups at the same cost.

use iana_ports_benches::budgets::{self, Call, Figure, Size};
use iana_ports_benches::print;
use iana_ports_benches::programs::Programs;
use std::fmt::Write;
use std::process::Command;

const TRANSPORTS: [&str; 4] = ["tcp", "udp", "sctp", "dccp"];
/// As many rows as there can be.
const LARGEST: usize = 65_535;

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
        let transport = transport.map_or("", |transport| TRANSPORTS[transport]);
        let ports = match ports {
            Some((start, end)) if start == end => start.to_string(),
            Some((start, end)) => format!("{start}-{end}"),
            None => String::new(),
        };
        let _ = writeln!(
            xml,
            "<record date=\"2001-02-03\"><name>{name}</name><protocol>{transport}</protocol><number>{ports}</number>\
             <description>Service {number}</description><xref type=\"person\" data=\"P{}\"/>\
             <xref type=\"rfc\" data=\"rfc{}\"/></record>",
            number / 7,
            number % 9_000 + 1,
        );
    }
    xml + "</registry>\n"
}

/// What the program `answers` has to write.
fn expected(rows: &[Row]) -> String {
    let mut lists = vec![Vec::new(); 65_536 * TRANSPORTS.len()];
    for (number, row) in rows.iter().enumerate() {
        for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
            for transport in (0..TRANSPORTS.len()).filter(|&of| row.transport.is_none_or(|transport| transport == of)) {
                lists[port * TRANSPORTS.len() + transport].push(number);
            }
        }
    }
    let mut text = String::new();
    for (place, list) in lists.iter().enumerate() {
        let _ = writeln!(text, "{}/{} {list:?}", place / TRANSPORTS.len(), TRANSPORTS[place % TRANSPORTS.len()]);
    }
    // The rows of a name follow one another in every registry here.
    let mut next = 0;
    for of_one_name in rows.chunk_by(|row, next| row.name == next.name) {
        let list: Vec<usize> = (next..next + of_one_name.len()).collect();
        next += of_one_name.len();
        for row in of_one_name {
            let _ = writeln!(text, "{} {list:?}", row.name);
        }
    }
    text
}

/// Builds from the rows, and compares what every port and every name has with the rows.
fn assert_answers_right(programs: &mut Programs, rows: &[Row]) {
    programs.set_xml(&xml(rows));
    let output = Command::new(programs.build("answers", &[]).unwrap()).output().unwrap();
    assert!(output.status.success());
    let (expected, found) = (expected(rows), String::from_utf8(output.stdout).unwrap());
    let differ = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    assert_eq!(differ, None, "expected and found, of {} rows", rows.len());
    assert_eq!(expected.len(), found.len(), "{} rows", rows.len());
}

#[test]
fn a_registry_of_any_size_is_answered_right_at_the_same_cost() {
    let mut programs = Programs::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/growth"));
    let mut figures = Vec::new();
    // In the order of `SIZES`.
    let titles = "`lookup_port` | `port_status` | `name_by_port` | `port_by_name` | both look-ups | all columns";
    let instructions = "instructions: `lookup_port` | instructions: `lookup_name`";
    print(&format!("growth: | rows | {titles} | {instructions} |\n"));
    print(&format!("growth: |{}\n", " --- |".repeat(budgets::SIZES.len() + 3)));
    for rows in [0, 1, 14_500, 29_000, 58_000, LARGEST] {
        assert_answers_right(&mut programs, &like_the_registry(rows));
        let empty = programs.size("nothing");
        let mut line = format!("growth: | {rows} |");
        for Size { what, cfg, largest, .. } in budgets::SIZES {
            let found = (programs.size(cfg) - empty) as f64 / rows.max(1) as f64;
            let _ = write!(line, " {found:.2} |");
            if rows == LARGEST {
                let what = format!("a program that calls {what}, with {rows} rows");
                figures.push(Figure { what, found, unit: "bytes a row", budget: largest });
            }
        }
        for Call { what, name, most, mean } in &budgets::CALLS[..2] {
            // Without a name, none is looked up.
            let Some(found) = programs.instructions(name).filter(|_| rows > 0) else {
                line += "  |";
                continue;
            };
            let _ = write!(line, " {:.1} (at most {}) |", found.1, found.0);
            let figure = |what, found, budget| Figure { what, found, unit: "instructions", budget };
            figures.push(figure(format!("{what}, at most, with {rows} rows"), found.0, *most));
            figures.push(figure(format!("{what}, on average, with {rows} rows"), found.1, *mean));
        }
        print(&format!("{line}\n"));
    }
    budgets::assert_within_budgets(&figures);

    programs.set_xml(&xml(&like_the_registry(LARGEST + 1)));
    let error = programs.build("answers", &[]).unwrap_err();
    assert!(error.contains("more than 65535 records; the tables hold no more"), "{error}");
    assert_answers_right(&mut programs, &every_port());
}
