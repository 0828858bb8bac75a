//! Lists the ports that this machine listens on, on Linux, and what each is registered for.
//!
//! ```sh
//! cargo run --example listening
//! cargo run --example listening -- /proc/1/net
//! ```
//!
//! It reads `tcp`, `tcp6`, `udp` and `udp6` of `/proc/net`, or of the folder that it is given. Exit status: 0 with
//! ports to list, 1 without any, 2 where something could not be read.

use iana_ports::{PortStatus, Transport, port_status};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

const FILES: [(&str, Transport); 4] =
    [("tcp", Transport::Tcp), ("tcp6", Transport::Tcp), ("udp", Transport::Udp), ("udp6", Transport::Udp)];

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let folder = match arguments.as_slice() {
        [] => Path::new("/proc/net"),
        [folder] => Path::new(folder),
        _ => {
            eprintln!("usage: listening [FOLDER]");
            return ExitCode::from(2);
        }
    };
    match list(folder) {
        Ok(status) => ExitCode::from(status),
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("listening: {error}");
            ExitCode::from(2)
        }
    }
}

/// Prints the table; gives the exit status.
fn list(folder: &Path) -> io::Result<u8> {
    let (mut ports, mut missing, mut status) = (BTreeSet::new(), Vec::new(), 0);
    for (file, transport) in FILES {
        let path = folder.join(file);
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let bytes = match std::fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                missing.push(file);
                continue;
            }
            read => read.map_err(named)?,
        };
        let text = String::from_utf8_lossy(&bytes);
        let mut odd = Vec::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("sl ")) {
            match listening_port(line, transport) {
                Some(port) => ports.extend(port.map(|port| (port, transport))),
                None => odd.push(line),
            }
        }
        if let [first, ..] = odd.as_slice() {
            let (path, count, first) = (path.display(), odd.len(), cut(first, 40));
            eprintln!("listening: {path}: lines that are no socket as Linux writes it: {count}, the first {first:?}");
            status = 2;
        }
    }
    let shown = folder.display();
    if missing.len() == FILES.len() {
        let message = format!("{shown} holds none of tcp, tcp6, udp and udp6, in which Linux lists its sockets");
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    if !missing.is_empty() {
        eprintln!("listening: {shown} holds no {}, so the list may lack ports", missing.join(", "));
    }
    if ports.is_empty() {
        eprintln!("listening: no port listens");
        return Ok(status.max(1));
    }
    print(&ports)?;
    Ok(status)
}

/// The local port of a socket that listens, `Some(None)` for another socket, `None` for a line that is none.
///
/// The fields are number, local address, remote address, state. UDP sockets never listen; one that is bound, and so
/// receives, is in state 7 (`TCP_CLOSE`) without a remote address.
fn listening_port(line: &str, transport: Transport) -> Option<Option<u16>> {
    let mut fields = line.split_whitespace().skip(1);
    let (_, port) = endpoint(fields.next()?)?;
    let remote = endpoint(fields.next()?)?;
    let state = fields.next().filter(|state| is_hex(state, 2))?;
    let listens = match transport {
        Transport::Tcp => state.eq_ignore_ascii_case("0A"),
        _ => state == "07" && remote == (true, 0),
    };
    Some(listens.then_some(port))
}

/// Whether the address is all zero, and the port.
fn endpoint(field: &str) -> Option<(bool, u16)> {
    let (address, port) = field.split_once(':')?;
    let well_formed = (is_hex(address, 8) || is_hex(address, 32)) && is_hex(port, 4);
    let port = u16::from_str_radix(port, 16).ok().filter(|_| well_formed)?;
    Some((address.bytes().all(|digit| digit == b'0'), port))
}

fn is_hex(digits: &str, len: usize) -> bool {
    digits.len() == len && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

fn print(ports: &BTreeSet<(u16, Transport)>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{:<9}  {:<15}  {:<10}  DESCRIPTION", "PORT", "REGISTERED FOR", "STATUS")?;
    for &(port, transport) in ports {
        let (status, entry) = match port_status(port, transport) {
            PortStatus::Assigned(entries) => ("Assigned", entries.first().copied()),
            PortStatus::Reserved(entry) => ("Reserved", Some(entry)),
            PortStatus::Unassigned(entry) => ("Unassigned", entry),
            PortStatus::Dynamic => ("Dynamic", None),
        };
        let name = entry.and_then(|entry| entry.service_name()).unwrap_or("-");
        let description = entry.map(|entry| entry.description()).filter(|text| !text.is_empty()).unwrap_or("-");
        let port = format!("{port}/{transport}");
        writeln!(out, "{port:<9}  {:<15}  {status:<10}  {}", cut(name, 15), cut(description, 40))?;
    }
    out.flush()
}

/// At most `width` characters; a text that was cut ends in `…`.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let head: String = text.chars().take(width - 1).collect();
    format!("{}…", head.trim_end())
}
