//! The registry as a services(5) file: name, port number and transport protocol, other names, description.
//!
//! `getservbyport` and `getservbyname` take the first line that fits. There is one line for a port on a transport,
//! with the usual name first, and the ports ascend, so that a name on several ports stands for the lowest. Names
//! that such a file cannot hold, because whitespace or `#` would end them, are left out.

use iana_ports::{REGISTRY_SOURCE, Transport, lookup_port};
use std::io::{self, Write};

/// Writes the lines.
pub fn services(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {REGISTRY_SOURCE}\n# A port is registered for a service; anything can use it.")?;
    for port in 0..=u16::MAX {
        for transport in Transport::ALL {
            let services = lookup_port(port, transport).iter().filter_map(|entry| {
                let name = entry.service_name().filter(|name| !name.contains([' ', '\t', '#']))?;
                Some((name, entry.description()))
            });
            let (names, descriptions): (Vec<_>, Vec<_>) = services.unzip();
            if let ([usual, aliases @ ..], [description, ..]) = (names.as_slice(), descriptions.as_slice()) {
                let port = format!("{port}/{transport}");
                let aliases = aliases.join(" ");
                let comment = if description.is_empty() { String::new() } else { format!(" # {description}") };
                writeln!(out, "{}", format!("{usual:<15} {port:<10} {aliases:<15}{comment}").trim_end())?;
            }
        }
    }
    Ok(())
}
