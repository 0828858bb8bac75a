//! The ports that a Linux machine listens on.

use crate::table::{self, Form, Row};
use crate::{cut, printable, warn};
use iana_ports::Transport;
use std::collections::BTreeSet;
use std::io::{self, Error, ErrorKind, Write};
use std::path::Path;

const FILES: [(&str, Transport); 4] =
    [("tcp", Transport::Tcp), ("tcp6", Transport::Tcp), ("udp", Transport::Udp), ("udp6", Transport::Udp)];

/// Prints the table; returns the exit status.
pub fn list(folder: &Path, form: Form, out: &mut dyn Write) -> io::Result<u8> {
    let (mut ports, mut missing, mut status) = (BTreeSet::new(), Vec::new(), 0);
    for (file, transport) in FILES {
        let path = folder.join(file);
        let mut fail = |message: &str| {
            warn(&format!("error: {}: {message}\n", printable(&path.to_string_lossy())));
            status = 2;
        };
        let read = std::fs::read(&path);
        if matches!(&read, Err(error) if error.kind() == ErrorKind::NotFound) {
            missing.push(file);
            continue;
        }
        let bytes = read.inspect_err(|error| fail(&error.to_string())).unwrap_or_default();
        let mut odd = Vec::new();
        for line in String::from_utf8_lossy(&bytes).lines().filter(|line| !line.trim_start().starts_with("sl ")) {
            match listening_port(line, transport) {
                Some(port) => ports.extend(port.map(|port| (port, transport))),
                None => odd.push(cut(line, 40)),
            }
        }
        if let [first, ..] = odd.as_slice() {
            fail(&format!("unrecognized lines: {}, the first {first:?}", odd.len()));
        }
    }
    let folder = printable(&folder.to_string_lossy());
    if missing.len() == FILES.len() {
        return Err(Error::other(format!("{folder}: none of the files tcp, tcp6, udp and udp6 found")));
    } else if !missing.is_empty() {
        warn(&format!("warning: {folder}: no {}, so the list may be incomplete\n", missing.join(", ")));
    }
    let rows: Vec<Row> = ports.iter().map(|&(port, transport)| Row::of_ports(port.into(), transport)).collect();
    table::print(&rows, form, out)?;
    if ports.is_empty() && status == 0 {
        warn("no listening ports found\n");
        status = 1;
    }
    Ok(status)
}

/// The local port of a socket that listens, `Some(None)` for another socket, `None` for a line that is not a socket.
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
