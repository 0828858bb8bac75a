//! Only counts what a port is registered for.

use iana_ports::{Transport, lookup_port};
use std::process::ExitCode;

fn main() -> ExitCode {
    let port = std::env::args().len() as u16;
    ExitCode::from(lookup_port(port, Transport::Tcp).len() as u8)
}
