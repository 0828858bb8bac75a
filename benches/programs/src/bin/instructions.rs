//! Calls one look-up with every nth port or name, through a function of its own whose instructions are counted.

use iana_ports::{
    Entry, PortRange, PortStatus, ServiceName, ServiceNameError, Transport, entries, lookup_name, lookup_port,
    name_by_port, port_by_name, port_status,
};
use std::hint::black_box;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, call, step] = arguments.as_slice() else { panic!("what to call, and for each of how many?") };
    let step = step.parse().unwrap();
    let names = || entries().iter().step_by(step).filter_map(|entry| entry.service_name());
    match call.as_str() {
        "port" => {
            for port in (0..=u16::MAX).step_by(step) {
                for transport in Transport::ALL {
                    black_box(port::measured(black_box(port), black_box(transport)));
                }
            }
        }
        "status" => {
            for port in (0..=u16::MAX).step_by(step) {
                for transport in Transport::ALL {
                    black_box(status::measured(black_box(port), black_box(transport)));
                }
            }
        }
        "name of a port" => {
            for port in (0..=u16::MAX).step_by(step) {
                for transport in Transport::ALL {
                    black_box(name_of_port::measured(black_box(port), black_box(transport)));
                }
            }
        }
        "name" => names().for_each(|name| {
            black_box(name::measured(black_box(name)));
        }),
        "NAME" => names().for_each(|name| {
            black_box(name::measured(black_box(&name.to_ascii_uppercase())));
        }),
        "no name" => names().for_each(|name| {
            let near = format!("{}_", &name[..name.len() - 1]);
            black_box(name::measured(black_box(&near)));
        }),
        "port of a name" => names().for_each(|name| {
            for transport in [Transport::Tcp, Transport::Udp] {
                black_box(port_of_name::measured(black_box(name), black_box(transport)));
            }
        }),
        "port of an entry" => entries().iter().step_by(step).for_each(|&entry| {
            black_box(port_of_entry::measured(black_box(entry)));
        }),
        "ports of an entry" => entries().iter().step_by(step).for_each(|&entry| {
            black_box(ports_of_entry::measured(black_box(entry)));
        }),
        "valid" => names().filter(|name| ServiceName::new(name).is_ok()).for_each(|name| {
            black_box(valid::measured(black_box(name)).is_ok());
        }),
        _ => panic!("unknown call {call}"),
    }
}

mod port {
    use super::*;

    #[inline(never)]
    pub fn measured(port: u16, transport: Transport) -> &'static [Entry] {
        lookup_port(port, transport)
    }
}

mod status {
    use super::*;

    #[inline(never)]
    pub fn measured(port: u16, transport: Transport) -> PortStatus {
        port_status(port, transport)
    }
}

mod name_of_port {
    use super::*;

    #[inline(never)]
    pub fn measured(port: u16, transport: Transport) -> Option<&'static str> {
        name_by_port(port, transport)
    }
}

mod name {
    use super::*;

    #[inline(never)]
    pub fn measured(name: &str) -> &'static [Entry] {
        lookup_name(name)
    }
}

mod port_of_name {
    use super::*;

    #[inline(never)]
    pub fn measured(name: &str, transport: Transport) -> Option<u16> {
        port_by_name(name, transport)
    }
}

mod port_of_entry {
    use super::*;

    #[inline(never)]
    pub fn measured(entry: Entry) -> Option<u16> {
        entry.port()
    }
}

mod ports_of_entry {
    use super::*;

    #[inline(never)]
    pub fn measured(entry: Entry) -> Option<PortRange> {
        entry.ports()
    }
}

mod valid {
    use super::*;

    #[inline(never)]
    pub fn measured(name: &str) -> Result<ServiceName, ServiceNameError> {
        ServiceName::new(name)
    }
}
