//! Writes the registry for other programs: `cargo run --example export -- csv`, or `json`, or `ports`, which is a table
//! of every port for a join in SQL; the README shows how to load it and to join to it.

use iana_ports::{Entry, Transport, entries, lookup_port, port_status};
use std::io::{self, Error, ErrorKind, Write};

const HELP: &str = "\
usage: export csv|json|ports

  csv    IANA's registry, each row with its twelve columns
  json   the same as an array of objects, with the feature serde
  ports  CSV with a row for each port and transport: its status, primary service name and description
";

const COLUMNS: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,\
    Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes";

const PORT_COLUMNS: &str = "port_number,ip_protocol,transport_protocol,status,service_name,description";

fn main() -> std::process::ExitCode {
    run(&std::env::args_os().skip(1).collect::<Vec<_>>(), &mut io::BufWriter::new(io::stdout()), &mut io::stderr())
        .into()
}

pub fn run(arguments: &[std::ffi::OsString], out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match export(arguments, out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => writeln!(err, "export: {error}").map_or(2, |()| 2),
        _ => 0, // Where the pipe is closed, the reader has seen enough.
    }
}

fn export(arguments: &[std::ffi::OsString], out: &mut dyn Write) -> io::Result<()> {
    let arguments: Result<Vec<_>, _> = arguments.iter().map(|text| text.to_str().ok_or(text)).collect();
    match arguments.as_deref() {
        Err(text) => Err(Error::other(format!("{text:?} is not UTF-8"))),
        Ok(["-h" | "--help"]) => out.write_all(HELP.as_bytes()),
        Ok(["csv"]) => {
            write!(out, "{COLUMNS}\r\n")?;
            entries().iter().try_for_each(|&entry| record(out, cells(entry)))
        }
        Ok(["json"]) => json(out),
        Ok(["ports"]) => {
            write!(out, "{PORT_COLUMNS}\r\n")?;
            let each = (0..=u16::MAX).flat_map(|port| Transport::ALL.map(|transport| (port, transport)));
            each.into_iter().try_for_each(|(port, transport)| record(out, port_cells(port, transport)))
        }
        Ok(_) => Err(Error::other("expected csv, json or ports; see --help")),
    }
}

#[cfg(feature = "serde")]
fn json(out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, entries())?;
    writeln!(out)
}

#[cfg(not(feature = "serde"))]
fn json(_: &mut dyn Write) -> io::Result<()> {
    Err(Error::other("json takes the feature serde: cargo run --features serde --example export -- json"))
}

/// Writes a record as [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180#section-2) has it.
fn record<const N: usize>(out: &mut dyn Write, cells: [String; N]) -> io::Result<()> {
    let quoted = |cell: String| format!("\"{}\"", cell.replace('"', "\"\""));
    let cells = cells.map(|cell| if cell.contains(['"', ',', '\r', '\n']) { quoted(cell) } else { cell });
    write!(out, "{}\r\n", cells.join(","))
}

/// A row of the registry, as IANA prints it.
fn cells(entry: Entry) -> [String; 12] {
    let bracketed = |name: &str| format!("[{name}]");
    let range = entry.ports().map(|ports| format!("{}-{}", ports.start(), ports.end()));
    [
        text(entry.service_name()),
        text(entry.port().map(|port| port.to_string()).or(range)),
        text(entry.transport()),
        entry.description().to_owned(),
        entry.assignees().map(bracketed).collect(),
        entry.contacts().map(bracketed).collect(),
        text(entry.registration_date()),
        text(entry.modification_date()),
        entry.references().map(|reference| reference.to_string()).collect(),
        text(entry.service_code()),
        text(entry.unauthorized_use()),
        text(entry.assignment_notes()),
    ]
}

fn port_cells(port: u16, transport: Transport) -> [String; 6] {
    let (entry, status) = (lookup_port(port, transport).first(), port_status(port, transport));
    let (name, description) = (entry.and_then(|entry| entry.service_name()), entry.map(|entry| entry.description()));
    let (ip_protocol, transport) = (transport.ip_protocol().to_string(), transport.to_string());
    [port.to_string(), ip_protocol, transport, status.to_string(), text(name), text(description)]
}

/// Nothing, where there is nothing.
fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
