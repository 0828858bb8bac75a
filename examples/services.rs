//! Writes the registry as a services(5) file: name, port number and transport protocol, other names, description.
//! `cargo run --example services > services`
//!
//! `getservbyport` and `getservbyname` take the first line that fits. There is one line for a port on a transport,
//! with the primary name first, and the ports ascend, so that a name on several ports stands for the lowest. Names
//! that such a file cannot hold, because white space or `#` would end them, are left out.

use iana_ports::{REGISTRY_SOURCE, Transport, lookup_port};
use std::io::{self, Error, ErrorKind, Write};

const HELP: &str = "\
usage: services

Writes IANA's registry in the format of /etc/services to standard output.
";

fn main() -> std::process::ExitCode {
    run(&std::env::args_os().skip(1).collect::<Vec<_>>(), &mut io::BufWriter::new(io::stdout()), &mut io::stderr())
        .into()
}

pub fn run(arguments: &[std::ffi::OsString], out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let arguments: Result<Vec<_>, _> = arguments.iter().map(|text| text.to_str().ok_or(text)).collect();
    let written = match arguments.as_deref() {
        Err(text) => Err(Error::other(format!("{text:?} is not UTF-8"))),
        Ok([]) => services(out),
        Ok(["-h" | "--help"]) => out.write_all(HELP.as_bytes()),
        Ok(_) => Err(Error::other("expected no argument; see --help")),
    };
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => writeln!(err, "services: {error}").map_or(2, |()| 2),
        _ => 0, // Where the pipe is closed, the reader has seen enough.
    }
}

fn services(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {REGISTRY_SOURCE}\n# A port is registered for a service; anything can use it.")?;
    for port in 0..=u16::MAX {
        for transport in Transport::ALL {
            let services = lookup_port(port, transport).iter().filter_map(|entry| {
                let name = entry.service_name().filter(|name| !name.contains([' ', '\t', '#']))?;
                Some((name, entry.description()))
            });
            let (names, descriptions): (Vec<_>, Vec<_>) = services.unzip();
            if let ([primary, aliases @ ..], [description, ..]) = (names.as_slice(), descriptions.as_slice()) {
                let (port, aliases) = (format!("{port}/{transport}"), aliases.join(" "));
                let comment = if description.is_empty() { String::new() } else { format!(" # {description}") };
                writeln!(out, "{}", format!("{primary:<15} {port:<10} {aliases:<15}{comment}").trim_end())?;
            }
        }
    }
    Ok(())
}
