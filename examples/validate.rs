//! Which rules of RFC 6335 does a name break? For authors of protocols.
//! `cargo run --example validate -- -my__service-23`
//!
//! ```text
//! invalid service name "-my__service-23": '_' at byte 3 is not an ASCII letter, digit or hyphen
//! invalid service name "-my__service-23": hyphen at the start
//! ```

use iana_ports::{ServiceName, lookup_name};

fn main() {
    let name = std::env::args_os().nth(1).unwrap_or_default();
    let name = name.to_string_lossy();
    match ServiceName::new(&name) {
        Ok(name) if lookup_name(name.as_str()).is_empty() => println!("{name} is valid, and nobody has registered it"),
        Ok(name) => println!("{name} is registered already"),
        // The error is that of the first broken rule.
        Err(_) => ServiceName::violations(&name).for_each(|violation| println!("{violation}")),
    }
}
