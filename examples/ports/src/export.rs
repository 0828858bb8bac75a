//! The whole registry in a format for other programs.

use crate::table::columns;
use clap::ValueEnum;
use iana_ports::{REGISTRY_SOURCE, Transport, entries, lookup_port, port_status};
use serde_json::{Value, json};
use std::io::{self, Write};

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// IANA's twelve columns
    Csv,
    /// An array of objects with IANA's columns
    Json,
    /// A CSV table for SQL, with a row for each port and transport protocol
    Sql,
    /// A services(5) file, to append to /etc/services. Do not replace that file: 128 names in Debian's are not IANA's
    /// and would be lost, and http-alt would be port 591, its lowest
    Services,
}

const HEADER: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,\
                      Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes";

pub fn export(format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Csv => {
            write!(out, "{HEADER}\r\n")?;
            entries().iter().try_for_each(|&entry| record(columns(entry).values().map(cell), out))
        }
        Format::Json => writeln!(out, "{:#}", json!(entries())),
        Format::Sql => {
            write!(out, "port_number,ip_protocol,transport_protocol,status,service_name,description\r\n")?;
            let mut ports = (0..=u16::MAX).flat_map(|port| Transport::ALL.map(|transport| (port, transport)));
            ports.try_for_each(|(port, transport)| record(port_cells(port, transport), out))
        }
        Format::Services => services(out),
    }
}

/// A value as IANA prints it in CSV: each of a list in brackets.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(|one| format!("[{one}]")).collect(),
        other => other.to_string(),
    }
}

fn port_cells(port: u16, transport: Transport) -> [String; 6] {
    let entry = lookup_port(port, transport).first();
    [
        port.to_string(),
        transport.ip_protocol().to_string(),
        transport.to_string(),
        port_status(port, transport).to_string(),
        entry.and_then(|entry| entry.service_name()).unwrap_or_default().to_owned(),
        entry.map(|entry| entry.description()).unwrap_or_default().to_owned(),
    ]
}

/// Writes a record as [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180#section-2) has it.
fn record(cells: impl IntoIterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let is_plain = |cell: &str| !cell.contains(['"', ',', '\r', '\n']);
    let quoted = |cell: String| if is_plain(&cell) { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) };
    write!(out, "{}\r\n", cells.into_iter().map(quoted).collect::<Vec<_>>().join(","))
}

/// The registry as a services(5) file: name, port number and transport protocol, other names, description.
///
/// `getservbyport` and `getservbyname` take the first line that fits. There is one line for a port on a transport,
/// with the usual name first, and the ports ascend, so that a name on several ports stands for the lowest. Names
/// that such a file cannot hold, because whitespace or `#` would end them, are left out.
fn services(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {REGISTRY_SOURCE}\n# A port is registered for a service; anything can use it.")?;
    let is_word = |name: &&str| !name.contains([' ', '\t', '#']);
    for port in 0..=u16::MAX {
        for transport in Transport::ALL {
            let services = lookup_port(port, transport).iter();
            let services = services.filter_map(|one| Some((one.service_name().filter(is_word)?, one.description())));
            let (names, descriptions): (Vec<_>, Vec<_>) = services.unzip();
            if let ([usual, aliases @ ..], [description, ..]) = (names.as_slice(), descriptions.as_slice()) {
                let (port, aliases) = (format!("{port}/{transport}"), aliases.join(" "));
                let comment = if description.is_empty() { String::new() } else { format!(" # {description}") };
                writeln!(out, "{}", format!("{usual:<15} {port:<10} {aliases:<15}{comment}").trim_end())?;
            }
        }
    }
    Ok(())
}
