//! Both look-ups, and all twelve columns.

use iana_ports::{Transport, lookup_name, lookup_port};
use std::hint::black_box;

fn main() {
    let by_port = lookup_port(black_box(80), black_box(Transport::Tcp));
    for entry in by_port.iter().chain(lookup_name(black_box("https"))) {
        black_box(entry.service_name());
        black_box(entry.ports().map(|ports| (ports.start(), ports.end())));
        black_box(entry.transport().map(Transport::as_str));
        black_box(entry.description());
        entry.assignees().for_each(|person| {
            black_box(person);
        });
        entry.contacts().for_each(|person| {
            black_box(person);
        });
        black_box(entry.registration_date());
        black_box(entry.modification_date());
        entry.references().for_each(|reference| {
            black_box(reference);
        });
        black_box(entry.service_code());
        black_box(entry.unauthorized_use());
        black_box(entry.assignment_notes());
    }
}
