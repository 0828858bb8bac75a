//! What can be checked at compile time, and looked up without std or an allocator? For a microcontroller.
//! `cargo run --example embedded`
//!
//! ```text
//! _coap._udp: coap 5683/udp
//! ```

#![no_std]

extern crate std;

use iana_ports::{ServiceType, Transport::Udp, lookup_port, name_by_port, service_name};

// Evaluated by the compiler. The name of the port is not kept in a constant: used at run time, that would link the text
// of all names, 63 KB. A `ServiceName` in a `static` holds its own name, in less than 1 KB.
const COAP: ServiceType = ServiceType::dns_sd(service_name!("coap"), Udp);
const PORT: u16 = 5683;
const _: () = assert!(
    matches!(name_by_port(PORT, Udp), Some(name) if matches!(name.as_bytes(), b"coap")),
    "5683/udp is another service"
);

fn main() {
    // At run time, a look-up reads tables in flash.
    for entry in lookup_port(PORT, Udp) {
        std::println!("{COAP}: {entry}");
    }
}
