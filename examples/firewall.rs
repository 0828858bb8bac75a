//! Which ports does a list of names and numbers open? For a firewall, which has to know the transport of each.
//! `cargo run --example firewall -- '443/tcp, 8000-8100/udp'`
//!
//! ```text
//! tcp 443
//! udp 8000-8100
//! ```

use iana_ports::{PortRange, PortSpec, Transport};
use std::error::Error;

/// The ranges of each transport in order; ranges that overlap or adjoin are joined.
fn ranges(list: &str) -> Result<Vec<(Transport, PortRange)>, Box<dyn Error>> {
    let mut ranges = Vec::new();
    for spec in PortSpec::parse_list(list) {
        let spec = spec?;
        if spec.transport().is_none() {
            return Err(format!("missing transport protocol: did you mean {spec}/tcp?").into());
        }
        ranges.extend(spec.port_ranges()?.map(|(ports, transport)| (transport, ports)));
    }
    ranges.sort();
    ranges.dedup_by(|(transport, ports), (earlier_transport, earlier)| {
        let joined = transport == earlier_transport && ports.start() <= earlier.end().saturating_add(1);
        if joined && let Some(both) = PortRange::new(earlier.start(), earlier.end().max(ports.end())) {
            *earlier = both;
        }
        joined
    });
    Ok(ranges)
}

fn main() -> Result<(), Box<dyn Error>> {
    for (transport, ports) in ranges(&std::env::args_os().nth(1).unwrap_or_default().to_string_lossy())? {
        println!("{transport} {ports}");
    }
    Ok(())
}
