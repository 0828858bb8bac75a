//! What is there without std, an allocator or a start-up? For a microcontroller.
//! `cargo run --example embedded`
//!
//! ```text
//! _coap._udp on port 5683
//! ```

#![no_std]

extern crate std;

use iana_ports::{ServiceType, Transport::Udp, lookup_port, name_by_port, service_name};

/// All of these are evaluated by the compiler, and need no code on the device.
const COAP: ServiceType = ServiceType::dns_sd(service_name!("coap"), Udp);
const PORT: u16 = 5683;
const _: () = assert!(!lookup_port(PORT, Udp).is_empty(), "the port is registered");

fn main() {
    // At run time, a look-up reads tables in flash.
    if name_by_port(PORT, Udp).is_some_and(|name| COAP.service_name() == name) {
        std::println!("{COAP} on port {PORT}");
    }
}
