//! What is registered for a port, a range of ports or a service name? For everyone.
//! `cargo run --example lookup -- 10050/tcp`
//!
//! ```text
//! zabbix-agent 10050/tcp: Zabbix Agent
//!   assignee: Alexei_Vladishev
//!   contact: Alexei_Vladishev
//!   registered: 2006-02
//! ```

use iana_ports::{Entry, PortSpec};
use std::process::ExitCode;

fn print(entry: Entry) {
    println!("{entry}: {}", entry.description());
    entry.assignees().for_each(|assignee| println!("  assignee: {assignee}"));
    entry.contacts().for_each(|contact| println!("  contact: {contact}"));
    entry.registration_date().iter().for_each(|date| println!("  registered: {date}"));
    entry.modification_date().iter().for_each(|date| println!("  modified: {date}"));
    entry.references().for_each(|reference| println!("  reference: {reference}"));
    entry.service_code().iter().for_each(|code| println!("  service code: {code}"));
    entry.unauthorized_use().iter().for_each(|text| println!("  unauthorized use: {text}"));
    entry.assignment_notes().iter().for_each(|text| println!("  notes: {text}"));
}

/// 0 if something is registered, 1 if nothing is, 2 for bad input.
fn main() -> ExitCode {
    let text = std::env::args_os().nth(1).unwrap_or_default();
    match text.to_string_lossy().parse::<PortSpec>() {
        Ok(spec) if spec.entries().next().is_some() => spec.entries().for_each(print),
        Ok(spec) => {
            eprintln!("nothing is registered for {spec}");
            return ExitCode::from(1);
        }
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
