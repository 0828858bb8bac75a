//! Prints the entries for a port, a range of ports or a service name, on one transport or on all.
//!
//! ```sh
//! cargo run --example lookup -- 10050/tcp
//! ```

use iana_ports::{Entry, PortSpec, Transport};
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let [asked] = arguments.as_slice() else {
        eprintln!("usage: lookup PORT[-PORT][/TRANSPORT] | NAME[/TRANSPORT]");
        return ExitCode::from(2);
    };
    let spec: PortSpec = match asked.parse() {
        Ok(spec) => spec,
        Err(error) => {
            eprintln!("lookup: {error}");
            return ExitCode::from(2);
        }
    };
    let found: Vec<Entry> = spec.entries().collect();
    if found.is_empty() {
        eprintln!("lookup: nothing is registered for {spec}");
        return ExitCode::from(1);
    }
    match print(&found) {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lookup: {error}");
            ExitCode::from(2)
        }
        Ok(()) => ExitCode::SUCCESS,
    }
}

fn print(found: &[Entry]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for (number, entry) in found.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let ports = entry.ports().map_or("no port".to_owned(), |ports| ports.to_string());
        let transport = entry.transport().map_or("every transport", Transport::as_str);
        writeln!(out, "{}  {ports}/{transport}", entry.service_name().unwrap_or("(no name)"))?;
        let joined = |values: Vec<String>| Some(values.join(", ")).filter(|joined| !joined.is_empty());
        let persons = |names: Vec<&str>| joined(names.iter().map(|name| name.replace('_', " ")).collect());
        for (label, value) in [
            ("description", Some(entry.description().to_owned()).filter(|text| !text.is_empty())),
            ("assignee", persons(entry.assignees().collect())),
            ("contact", persons(entry.contacts().collect())),
            ("registered", entry.registration_date().map(|date| date.to_string())),
            ("modified", entry.modification_date().map(|date| date.to_string())),
            ("reference", joined(entry.references().map(|reference| reference.to_string()).collect())),
            ("service code", entry.service_code().map(|code| code.to_string())),
            ("unauthorized use", entry.unauthorized_use().map(str::to_owned)),
            ("notes", entry.assignment_notes().map(str::to_owned)),
        ] {
            if let Some(value) = value {
                writeln!(out, "  {label:<18}{value}")?;
            }
        }
    }
    out.flush()
}
