//! Which ports does a list of names and numbers open? For a firewall.
//! `cargo run --example firewall -- '443, https/tcp 8000-8100/udp 8050-8200/udp'`
//!
//! ```text
//! tcp 443
//! udp 443
//! sctp 443
//! dccp 443
//! udp 8000-8200
//! ```

use iana_ports::{PortRange, PortSpec, PortSpecError, Transport};

/// The ranges of a list, in its order; one that overlaps an earlier one of its transport extends it.
fn ranges(list: &str) -> Result<Vec<(Transport, PortRange)>, PortSpecError> {
    let mut merged: Vec<(Transport, PortRange)> = Vec::new();
    for spec in PortSpec::parse_list(list) {
        let spec = spec?;
        if spec.port_ranges().next().is_none() {
            eprintln!("{spec} is not registered, or has no port");
        }
        for (ports, transport) in spec.port_ranges() {
            match merged.iter_mut().find(|(other, earlier)| *other == transport && earlier.overlaps(ports)) {
                Some((_, earlier)) => {
                    let start = earlier.start().min(ports.start());
                    let end = earlier.end().max(ports.end());
                    *earlier = PortRange::new(start, end).unwrap_or(ports);
                }
                None => merged.push((transport, ports)),
            }
        }
    }
    Ok(merged)
}

fn main() -> Result<(), PortSpecError> {
    for (transport, ports) in ranges(&std::env::args_os().nth(1).unwrap_or_default().to_string_lossy())? {
        println!("{transport} {ports}");
    }
    Ok(())
}
