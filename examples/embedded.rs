//! What can be checked at compile time, and looked up without std or an allocator? For a microcontroller.
//! `cargo run --example embedded`
//!
//! ```text
//! coap: coap 5683/udp
//! ```

#![no_std]

extern crate std;

use iana_ports::{ServiceName, Transport::Udp, lookup_port, name_by_port, service_name};

// The name by value, in less than 1 KB of flash. The `&str` that `name_by_port` returns, in a constant that is used at
// run time, would link the text of all names, 64 KB.
static COAP: ServiceName = service_name!("coap");
const PORT: u16 = 5683;
// Evaluated by the compiler, and not linked.
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
