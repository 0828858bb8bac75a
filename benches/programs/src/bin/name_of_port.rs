//! Only `name_by_port`.

use iana_ports::{Transport, name_by_port};
use std::process::ExitCode;

fn main() -> ExitCode {
    let port = std::env::args().len() as u16;
    ExitCode::from(name_by_port(port, Transport::Tcp).map_or(0, str::len) as u8)
}
