//! Writes the registry as a services(5) file: name, port number and transport protocol, other names, description.
//!
//! ```sh
//! cargo run --example services > services
//! ```
//!
//! `getservbyport` and `getservbyname` take the first line that fits. There is one line for a port on a transport,
//! with the primary name first, and the ports ascend, so that a name on several ports stands for the lowest. Names
//! that such a file cannot hold, because white space or `#` would end them, are left out.

use iana_ports::{REGISTRY_SOURCE, Transport, lookup_port};
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os().len() > 1 {
        eprintln!("usage: services");
        return ExitCode::from(2);
    }
    match io::stdout().write_all(services().as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("services: {error}");
            ExitCode::from(2)
        }
    }
}

fn services() -> String {
    let mut text = format!("# {REGISTRY_SOURCE}\n# A port is registered for a service; anything can use it.\n");
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
                let line = format!("{primary:<15} {port:<10} {aliases:<15}{comment}");
                text += line.trim_end();
                text.push('\n');
            }
        }
    }
    text
}
