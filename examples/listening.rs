//! Lists the ports that this machine listens on, on Linux, and what each is registered for:
//! `cargo run --example listening`

use iana_ports::{Transport, lookup_port, port_status};
use std::collections::BTreeSet;
use std::io::{self, Error, ErrorKind, Write};
use std::path::Path;

const HELP: &str = "\
usage: listening [FOLDER]

Lists the ports that this machine listens on, on Linux, and what each is registered for; anything can use a port. Reads
the files tcp, tcp6, udp and udp6 of FOLDER, which is /proc/net unless given.
Exit status: 0 with ports to list, 1 without any, 2 where something could not be read.
";

const FILES: [(&str, Transport); 4] =
    [("tcp", Transport::Tcp), ("tcp6", Transport::Tcp), ("udp", Transport::Udp), ("udp6", Transport::Udp)];

fn main() -> std::process::ExitCode {
    run(&std::env::args_os().skip(1).collect::<Vec<_>>(), &mut io::stdout().lock(), &mut io::stderr()).into()
}

pub fn run(arguments: &[std::ffi::OsString], out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let arguments: Result<Vec<_>, _> = arguments.iter().map(|text| text.to_str().ok_or(text)).collect();
    let listed = match arguments.as_deref() {
        Err(text) => Err(Error::other(format!("{text:?} is not UTF-8"))),
        Ok(["-h" | "--help"]) => out.write_all(HELP.as_bytes()).map(|()| 0),
        Ok([]) => list(Path::new("/proc/net"), out, err),
        Ok([folder]) if !folder.starts_with("--") => list(Path::new(folder), out, err),
        Ok(_) => Err(Error::other("expected at most one folder; see --help")),
    };
    listed.unwrap_or_else(|error| match error.kind() {
        ErrorKind::BrokenPipe => 0, // The reader has seen enough.
        _ => writeln!(err, "listening: {error}").map_or(2, |()| 2),
    })
}

/// Prints the table; gives the exit status.
fn list(folder: &Path, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let (mut ports, mut missing, mut status) = (BTreeSet::new(), Vec::new(), 0);
    for (file, transport) in FILES {
        let path = folder.join(file);
        let bytes = match std::fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                missing.push(file);
                continue;
            }
            read => read.map_err(|error| Error::other(format!("{}: {error}", path.display())))?,
        };
        let text = String::from_utf8(bytes).map_err(|_| Error::other(format!("{} is not UTF-8", path.display())))?;
        let mut odd = Vec::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("sl ")) {
            match listening_port(line, transport) {
                Some(port) => ports.extend(port.map(|port| (port, transport))),
                None => odd.push(line),
            }
        }
        if let [first, ..] = odd.as_slice() {
            let (path, first) = (path.display(), cut(first, 40));
            writeln!(err, "listening: {path}: lines that are no socket of Linux: {}, the first {first:?}", odd.len())?;
            status = 2;
        }
    }
    let folder = folder.display();
    if missing.len() == FILES.len() {
        return Err(Error::other(format!(
            "{folder} holds no tcp, tcp6, udp or udp6, in which Linux lists its sockets"
        )));
    } else if !missing.is_empty() {
        writeln!(err, "listening: {folder} holds no {}, so the list may lack ports", missing.join(", "))?;
    }
    if ports.is_empty() {
        return writeln!(err, "listening: no port listens").map(|()| status.max(1));
    }
    writeln!(out, "{:<9}  {:<15}  {:<10}  DESCRIPTION", "PORT", "REGISTERED FOR", "STATUS")?;
    for (port, transport) in ports {
        let (status, entry) = (port_status(port, transport), lookup_port(port, transport).first());
        let name = cut(entry.and_then(|entry| entry.service_name()).unwrap_or("-"), 15);
        let description =
            cut(entry.map(|entry| entry.description()).filter(|text| !text.is_empty()).unwrap_or("-"), 40);
        writeln!(out, "{:<9}  {name:<15}  {status:<10}  {description}", format!("{port}/{transport}"))?;
    }
    Ok(status)
}

/// The local port of a socket that listens, `Some(None)` for another socket, `None` for a line that is none.
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

/// At most `width` characters; a text that was cut ends in `…`.
fn cut(text: &str, width: usize) -> String {
    match text.char_indices().nth(width - 1) {
        Some((end, last)) if text.len() > end + last.len_utf8() => format!("{}…", text[..end].trim_end()),
        _ => text.to_owned(),
    }
}
