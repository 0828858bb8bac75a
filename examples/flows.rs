//! Which end of a flow is the server, and what is its port registered for? For a dashboard.
//! `cargo run --example flows`
//!
//! ```text
//! tcp 51234 -> 443    https
//! udp 53 -> 40112     domain
//! tcp 8080 -> 50000   http-alt
//! ```

use iana_ports::{PortClass, Transport, name_by_port};

/// A guess: the port that is registered; if both are, or neither is, that of the lower class, then the lower one.
fn server_port(a: u16, b: u16, transport: Transport) -> u16 {
    let rank = |port| (name_by_port(port, transport).is_none(), PortClass::of(port), port);
    if rank(a) <= rank(b) { a } else { b }
}

fn main() {
    // Source and destination port, and the protocol number in the IP header.
    for (source, destination, protocol) in [(51234, 443, 6), (53, 40112, 17), (8080, 50000, 6), (0, 0, 1)] {
        let Some(transport) = Transport::from_ip_protocol(protocol) else { continue };
        let server = server_port(source, destination, transport);
        let flow = format!("{transport} {source} -> {destination}");
        println!("{flow:<19} {}", name_by_port(server, transport).unwrap_or("-"));
    }
}
