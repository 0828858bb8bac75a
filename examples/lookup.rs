//! Prints the entries for a port, a port and transport, or a service name.
//!
//! ```sh
//! cargo run --example lookup -- 10050/tcp
//! ```

use iana_ports::{Entry, Transport, lookup_name, lookup_port};
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [asked] = arguments.as_slice() else {
        eprintln!("usage: lookup PORT[/TRANSPORT] | NAME[/TRANSPORT]");
        return ExitCode::from(2);
    };
    let found = match find(asked) {
        Ok(found) => found,
        Err(message) => {
            eprintln!("lookup: {message}");
            return ExitCode::from(2);
        }
    };
    if found.is_empty() {
        eprintln!("lookup: nothing is registered for {asked}");
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

fn find(asked: &str) -> Result<Vec<Entry>, String> {
    let (service, transports) = match asked.rsplit_once('/') {
        Some((service, transport)) => {
            (service, vec![transport.parse::<Transport>().map_err(|error| error.to_string())?])
        }
        None => (asked, Transport::ALL.to_vec()),
    };
    if service.is_empty() {
        return Err(format!("{asked:?} holds neither a port number nor a service name"));
    }
    let mut found: Vec<Entry> = if service.bytes().all(|byte| byte.is_ascii_digit()) {
        let port = service.parse().map_err(|_| format!("port number {service} is too large: the highest is 65535"))?;
        transports.iter().flat_map(|&transport| lookup_port(port, transport)).copied().collect()
    } else {
        let speaks_of = |entry: &&Entry| entry.transport().is_none_or(|of_entry| transports.contains(&of_entry));
        lookup_name(service).iter().filter(speaks_of).copied().collect()
    };
    found.sort_unstable();
    found.dedup();
    Ok(found)
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
