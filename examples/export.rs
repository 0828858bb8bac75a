//! Writes the whole registry, in its order, as IANA's CSV of twelve columns or as JSON.
//!
//! ```sh
//! cargo run --example export -- csv
//! cargo run --example export -- json
//! ```

use iana_ports::{Entry, Transport, entries};
use serde_json::json;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

const COLUMNS: [&str; 12] = [
    "Service Name",
    "Port Number",
    "Transport Protocol",
    "Description",
    "Assignee",
    "Contact",
    "Registration Date",
    "Modification Date",
    "Reference",
    "Service Code",
    "Unauthorized Use Reported",
    "Assignment Notes",
];

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let text = match arguments.as_slice() {
        [format] if format == "csv" => csv(),
        [format] if format == "json" => json(),
        _ => {
            eprintln!("usage: export csv|json");
            return ExitCode::from(2);
        }
    };
    match text.and_then(|text| Ok(io::stdout().write_all(&text)?)) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader has seen enough.
        Err(error)
            if error.downcast_ref().is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("export: {error}");
            ExitCode::from(2)
        }
    }
}

fn csv() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for &entry in entries() {
        writer.write_record(cells(entry))?;
    }
    Ok(writer.into_inner()?)
}

/// The columns by their names in snake case: texts, lists without IANA's brackets, and null for what is not there.
fn json() -> Result<Vec<u8>, Box<dyn Error>> {
    let object = |entry: &Entry| {
        json!({
            "service_name": entry.service_name(),
            "port_number": entry.ports().map(|ports| ports.to_string()),
            "transport_protocol": entry.transport().map(Transport::as_str),
            "description": entry.description(),
            "assignee": entry.assignees().collect::<Vec<_>>(),
            "contact": entry.contacts().collect::<Vec<_>>(),
            "registration_date": entry.registration_date().map(|date| date.to_string()),
            "modification_date": entry.modification_date().map(|date| date.to_string()),
            "reference": entry.references().map(|reference| unbracketed(&reference.to_string())).collect::<Vec<_>>(),
            "service_code": entry.service_code(),
            "unauthorized_use_reported": entry.unauthorized_use(),
            "assignment_notes": entry.assignment_notes(),
        })
    };
    let mut text = serde_json::to_vec_pretty(&entries().iter().map(object).collect::<Vec<_>>())?;
    text.push(b'\n');
    Ok(text)
}

fn unbracketed(reference: &str) -> String {
    let inner = reference.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.unwrap_or(reference).to_owned()
}

/// The columns as IANA prints them.
fn cells(entry: Entry) -> [String; 12] {
    let bracketed = |name: &str| format!("[{name}]");
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let number = match (entry.port(), entry.ports()) {
        (None, Some(range)) => format!("{}-{}", range.start(), range.end()),
        (port, _) => port.map_or_else(String::new, |port| port.to_string()),
    };
    [
        text(entry.service_name()),
        number,
        entry.transport().map_or_else(String::new, |transport| transport.to_string()),
        entry.description().to_owned(),
        entry.assignees().map(bracketed).collect(),
        entry.contacts().map(bracketed).collect(),
        entry.registration_date().map_or_else(String::new, |date| date.to_string()),
        entry.modification_date().map_or_else(String::new, |date| date.to_string()),
        entry.references().map(|reference| reference.to_string()).collect(),
        entry.service_code().map_or_else(String::new, |code| code.to_string()),
        text(entry.unauthorized_use()),
        text(entry.assignment_notes()),
    ]
}
