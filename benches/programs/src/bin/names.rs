//! Both look-ups, and what distinguishes one service from another.

use iana_ports::{EntryStatus, Transport, lookup_name, lookup_port};
use std::hint::black_box;

fn main() {
    let by_port = lookup_port(black_box(80), black_box(Transport::Tcp));
    for entry in by_port.iter().chain(lookup_name(black_box("https"))) {
        black_box(entry.service_name());
        black_box(entry.ports().map(|ports| (ports.start(), ports.end())));
        black_box(entry.transport().map(Transport::as_str));
        black_box(entry.status() == EntryStatus::Assigned);
    }
}
