//! Only asks for the status of a port.

use iana_ports::{PortStatus, Transport, port_status};
use std::process::ExitCode;

fn main() -> ExitCode {
    let port = std::env::args().len() as u16;
    ExitCode::from(match port_status(port, Transport::Tcp) {
        PortStatus::Assigned(entries) => entries.len() as u8,
        PortStatus::Reserved(_) => 0,
        _ => 1,
    })
}
