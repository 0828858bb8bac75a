//! Prints the registry's entries for a port, a range of ports or a service name:
//! `cargo run --example lookup -- 10050/tcp`

use iana_ports::{Entry, PortRange, PortSpec, Transport, lookup_name, port_status, search};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::{self, Error, ErrorKind, Write};

const HELP: &str = "\
usage: lookup [--json] PORT|PORT-PORT|NAME[/TRANSPORT]

Prints the registry's entries for a port, a range of ports or a service name, on tcp, udp, sctp or dccp, or on all.
Lines are folded to the width in the variable COLUMNS, or to 100 characters. --json prints an array of objects.
For a name that is not registered, it suggests a registered one that contains the text, or whose description does.
Exit status: 0 with entries, 1 where nothing is registered, 2 after an error.
";

fn main() -> std::process::ExitCode {
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    run(&std::env::args_os().skip(1).collect::<Vec<_>>(), width, &mut io::stdout().lock(), &mut io::stderr()).into()
}

pub fn run(arguments: &[OsString], width: Option<usize>, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    lookup(arguments, width, out, err).unwrap_or_else(|error| match error.kind() {
        ErrorKind::BrokenPipe => 0, // The reader has seen enough.
        _ => writeln!(err, "lookup: {error}").map_or(2, |()| 2),
    })
}

fn lookup(arguments: &[OsString], width: Option<usize>, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let arguments: Result<Vec<_>, _> = arguments.iter().map(|text| text.to_str().ok_or(text)).collect();
    let (as_json, asked) = match arguments.as_deref() {
        Err(text) => return Err(Error::other(format!("{text:?} is not UTF-8"))),
        Ok(["-h" | "--help"]) => return out.write_all(HELP.as_bytes()).map(|()| 0),
        Ok(["--json", asked] | [asked, "--json"]) => (true, *asked),
        Ok([asked]) if !asked.starts_with("--") => (false, *asked),
        Ok(_) => return Err(Error::other("expected one port, range of ports or service name; see --help")),
    };
    let found: Vec<Entry> = match (asked.parse::<PortSpec>(), lookup_name(asked)) {
        (Ok(spec), _) => spec.entries().collect(),
        (Err(error), []) => return Err(Error::other(error)),
        // A name that is older than the rules for service names, such as whois++.
        (Err(_), entries) => entries.to_vec(),
    };
    if as_json {
        let object = |&entry| Value::from_iter(columns(entry).map(|(column, value)| (column.replace(' ', "_"), value)));
        writeln!(out, "{:#}", Value::from_iter(found.iter().map(object)))?;
    } else {
        // The labels take 27 characters.
        print(&found, width.filter(|&width| width > 27).unwrap_or(100), out)?;
    }
    let Ok(spec) = asked.parse() else { return Ok(0) };
    if found.is_empty() { explain(asked, spec, err).map(|()| 1) } else { Ok(0) }
}

/// IANA's columns by their names; lists without IANA's brackets, and null for what is not there.
fn columns(entry: Entry) -> [(&'static str, Value); 12] {
    let inner = |reference: String| Some(reference.strip_prefix('[')?.strip_suffix(']')?.to_owned());
    [
        ("service name", json!(entry.service_name())),
        ("port number", json!(entry.ports().map(|ports| ports.to_string()))),
        ("transport protocol", json!(entry.transport().map(Transport::as_str))),
        ("description", json!(entry.description())),
        ("assignee", entry.assignees().collect()),
        ("contact", entry.contacts().collect()),
        ("registration date", json!(entry.registration_date().map(|date| date.to_string()))),
        ("modification date", json!(entry.modification_date().map(|date| date.to_string()))),
        ("reference", entry.references().map(|reference| inner(reference.to_string())).collect()),
        ("service code", json!(entry.service_code())),
        ("unauthorized use reported", json!(entry.unauthorized_use())),
        ("assignment notes", json!(entry.assignment_notes())),
    ]
}

fn print(found: &[Entry], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let text = |value: &Value| match value {
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        value => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    };
    let rows: Vec<_> = found.iter().map(|&entry| columns(entry)).collect();
    for (number, alike) in rows.chunk_by(|row, next| row[..2] == next[..2] && row[3..] == next[3..]).enumerate() {
        let transports: Vec<_> = alike.iter().map(|row| row[2].1.as_str().unwrap_or("tcp,udp,sctp,dccp")).collect();
        let [name, ports] = [&alike[0][0].1, &alike[0][1].1].map(|value| value.as_str().unwrap_or("-"));
        write!(out, "{}{name}  {ports}/{}", if number == 0 { "" } else { "\n" }, transports.join(","))?;
        for &(mut label, ref value) in alike[0][3..].iter().filter(|(_, value)| !value.is_null()) {
            let mut room = 0;
            for word in text(value).split_whitespace() {
                let length = 1 + word.chars().count();
                if length > room {
                    write!(out, "\n  {label:<25}")?;
                    (label, room) = ("", width - 27);
                }
                write!(out, " {word}")?;
                room = room.saturating_sub(length);
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Says in which blocks the ports are that are registered for nothing, or what the name may stand for.
fn explain(asked: &str, spec: PortSpec, err: &mut dyn Write) -> io::Result<()> {
    writeln!(err, "lookup: nothing is registered for {spec}")?;
    let Some(ports) = spec.ports() else {
        let name = asked.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let near = search(&name).filter_map(Entry::service_name).map(|near| (!near.contains(&name), near.len(), near));
        return near.min().map_or(Ok(()), |(.., near)| writeln!(err, "did you mean {near}?"));
    };
    let all: Vec<u16> = (0..=u16::MAX).collect();
    for transport in Transport::ALL.into_iter().filter(|each| spec.transport().is_none_or(|own| own == *each)) {
        let status = |port: u16| port_status(port, transport).to_string();
        let blocks = all.chunk_by(|&port, &next| status(port) == status(next));
        let blocks = blocks.filter_map(|block| PortRange::new(block[0], block[block.len() - 1]));
        for block in blocks.filter(|block| block.start() <= ports.end() && ports.start() <= block.end()) {
            writeln!(err, "{block}/{transport} is {}", status(block.start()))?;
        }
    }
    Ok(())
}
