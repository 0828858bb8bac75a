//! Writes the registry as a services(5) file: name, port number and transport protocol, other names, description.
//! `cargo run --example services > services`
//!
//! `getservbyport` and `getservbyname` take the first line that fits. There is one line for a port on a transport,
//! with the primary name first, and the ports ascend, so that a name on several ports stands for the lowest. Names
//! that such a file cannot hold, because white space or `#` would end them, are left out.

use iana_ports::{REGISTRY_SOURCE, Transport, lookup_port};
use std::io::{self, ErrorKind, Write};

const HELP: &str = "\
usage: services

Writes IANA's registry in the format of /etc/services to standard output.
";

fn main() -> std::process::ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).map(|text| text.to_string_lossy().into_owned()).collect();
    run(&arguments, &mut io::BufWriter::new(io::stdout()), &mut io::stderr()).into()
}

pub fn run(arguments: &[String], out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let written = match *arguments.iter().map(String::as_str).collect::<Vec<_>>() {
        [] => services(out),
        ["--help"] => out.write_all(HELP.as_bytes()),
        _ => Err(io::Error::other("expected no argument; see --help")),
    };
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => writeln!(err, "services: {error}").map_or(2, |()| 2),
        // Where the pipe is closed, the reader has seen enough.
        _ => 0,
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
