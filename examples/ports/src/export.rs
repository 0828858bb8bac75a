//! The whole registry in a format for other programs.

use crate::services;
use crate::table::columns;
use clap::ValueEnum;
use iana_ports::{Entry, Transport, entries, lookup_port, port_status};
use std::io::{self, Write};

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// IANA's twelve columns
    Csv,
    /// An array of objects with IANA's columns
    Json,
    /// A CSV table for SQL, with a row for each port and transport protocol
    Sql,
    /// A services(5) file, to append to /etc/services, which has names that IANA has not
    Services,
}

const SQL_COLUMNS: [&str; 6] =
    ["port_number", "ip_protocol", "transport_protocol", "status", "service_name", "description"];

pub fn export(format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Csv => table(out, header(), entries().iter().map(|&entry| cells(entry))),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, entries())?;
            writeln!(out)
        }
        Format::Sql => {
            let ports = (0..=u16::MAX).flat_map(|port| Transport::ALL.map(|transport| port_cells(port, transport)));
            table(out, SQL_COLUMNS, ports)
        }
        Format::Services => services::services(out),
    }
}

/// IANA's header line: `Service Name` for the column that serde calls `service_name`.
fn header() -> Vec<String> {
    let title = |word: &str| word[..1].to_uppercase() + &word[1..];
    let columns = entries().first().map(|&entry| columns(entry)).unwrap_or_default();
    columns.keys().map(|column| column.split('_').map(title).collect::<Vec<_>>().join(" ")).collect()
}

/// A table as [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180#section-2) has it.
fn table<const N: usize>(
    out: &mut dyn Write,
    header: impl IntoIterator<Item: AsRef<[u8]>>,
    rows: impl Iterator<Item = [String; N]>,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(header).map_err(io_error)?;
    for row in rows {
        writer.write_record(row).map_err(io_error)?;
    }
    writer.flush()
}

/// The error of `out`, of the same kind.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A row of the registry, as IANA prints it.
fn cells(entry: Entry) -> [String; 12] {
    let bracketed = |name: &str| format!("[{name}]");
    [
        text(entry.service_name()),
        text(entry.ports()),
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
    let entry = lookup_port(port, transport).first();
    [
        port.to_string(),
        transport.ip_protocol().to_string(),
        transport.to_string(),
        port_status(port, transport).to_string(),
        text(entry.and_then(|entry| entry.service_name())),
        text(entry.map(|entry| entry.description())),
    ]
}

/// Nothing, where there is nothing.
fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
