//! Makes one kind of call, mostly with many ports or names, in a function of its own whose instructions are counted.

use iana_ports::{
    DnsSdName, Entry, PortRange, PortSpec, PortStatus, ServiceName, ServiceNameError, Transport, entries, lookup_name,
    lookup_port, name_by_port, port_by_name, port_status,
};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::hint::black_box;

/// Of so many ports or entries, one is asked for.
const STEP: usize = 31;

/// A module whose function `measured` makes the call, and whose function `call` calls it with what the compiler does
/// not know.
macro_rules! measured {
    ($module:ident: $call:path, ($($argument:ident: $type:ty),*) -> $answer:ty) => {
        mod $module {
            use super::*;

            #[inline(never)]
            fn measured($($argument: $type),*) -> $answer {
                $call($($argument),*)
            }

            pub fn call($($argument: $type),*) {
                let _ = black_box(measured($(black_box($argument)),*));
            }
        }
    };
}

measured!(port: lookup_port, (port: u16, transport: Transport) -> &'static [Entry]);
measured!(status: port_status, (port: u16, transport: Transport) -> PortStatus);
measured!(name_of_port: name_by_port, (port: u16, transport: Transport) -> Option<&'static str>);
measured!(name: lookup_name, (name: &str) -> &'static [Entry]);
measured!(port_of_name: port_by_name, (name: &str, transport: Transport) -> Option<u16>);
measured!(port_of_entry: Entry::port, (entry: Entry) -> Option<u16>);
measured!(ports_of_entry: Entry::ports, (entry: Entry) -> Option<PortRange>);
measured!(valid: ServiceName::new, (name: &str) -> Result<ServiceName, ServiceNameError>);
measured!(equal_names: PartialEq::eq, (name: &ServiceName, other: &ServiceName) -> bool);
measured!(equal_dns_sd_names: PartialEq::eq, (name: &DnsSdName<'_>, other: &DnsSdName<'_>) -> bool);
measured!(hash: hash_with_std, (name: &DnsSdName<'_>) -> u64);
measured!(first: first_entry, (spec: PortSpec) -> Option<Entry>);

fn hash_with_std(name: &DnsSdName<'_>) -> u64 {
    BuildHasherDefault::<DefaultHasher>::new().hash_one(name)
}

fn first_entry(spec: PortSpec) -> Option<Entry> {
    spec.entries().next()
}

fn main() {
    let call = std::env::args().nth(1).expect("what to call");
    let ports = || (0..=u16::MAX).step_by(STEP).flat_map(|port| Transport::ALL.map(|transport| (port, transport)));
    let entries = || entries().iter().step_by(STEP).copied();
    let names = || entries().filter_map(Entry::service_name);
    let valid_names = || names().filter_map(|name| ServiceName::new(name).ok());
    let dns_sd_names: Vec<String> = names().map(|name| format!("_{name}._tcp.example.com")).collect();
    let dns_sd_names = || dns_sd_names.iter().filter_map(|name| DnsSdName::parse(name).ok());
    match call.as_str() {
        "port" => ports().for_each(|(port, transport)| port::call(port, transport)),
        "status" => ports().for_each(|(port, transport)| status::call(port, transport)),
        "name of a port" => ports().for_each(|(port, transport)| name_of_port::call(port, transport)),
        "name" => names().for_each(name::call),
        "NAME" => names().for_each(|name| name::call(&name.to_ascii_uppercase())),
        "no name" => names().for_each(|name| name::call(&format!("{}_", &name[..name.len() - 1]))),
        "port of a name" => names().for_each(|name| {
            [Transport::Tcp, Transport::Udp].into_iter().for_each(|transport| port_of_name::call(name, transport));
        }),
        "port of an entry" => entries().for_each(port_of_entry::call),
        "ports of an entry" => entries().for_each(ports_of_entry::call),
        "valid" => names().filter(|name| ServiceName::new(name).is_ok()).for_each(valid::call),
        "equal names" => valid_names().for_each(|name| equal_names::call(&name, &{ name })),
        "equal DNS-SD names" => dns_sd_names().for_each(|name| equal_dns_sd_names::call(&name, &{ name })),
        "hash" => dns_sd_names().for_each(|name| hash::call(&name)),
        "first" => first::call(PortSpec::from_ports(PortRange::new(0, u16::MAX).expect("all ports"))),
        _ => panic!("unknown call {call}"),
    }
}
