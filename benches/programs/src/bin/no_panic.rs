//! Links only where the compiler sees that no look-up can panic: the guard's `drop`, which calls a function that is
//! nowhere, runs on unwinding alone.

use iana_ports::{
    DnsSdName, PortSpec, ServiceName, ServiceType, Transport, entries, lookup_name, lookup_port, name_by_port,
    port_by_name, port_status, search, unassigned_ports,
};
use std::hint::black_box;

unsafe extern "C" {
    safe fn a_panic_can_be_reached() -> !;
}

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        a_panic_can_be_reached();
    }
}

fn without_panic<T>(call: impl FnOnce() -> T) -> T {
    let guard = Guard;
    let result = call();
    std::mem::forget(guard);
    result
}

fn main() {
    let (port, transport, name) = black_box((80, Transport::Tcp, "https"));
    black_box(without_panic(|| lookup_port(port, transport)));
    black_box(without_panic(|| lookup_name(name)));
    black_box(without_panic(|| port_status(port, transport)));
    black_box(without_panic(|| (name_by_port(port, transport), port_by_name(name, transport))));
    black_box(without_panic(|| unassigned_ports(transport).next()));
    black_box(without_panic(|| search(name).next()));
    black_box(without_panic(|| ServiceName::new(name).is_ok()));
    let service_name = black_box(iana_ports::service_name!("https"));
    let service_type = black_box(ServiceType::dns_sd(service_name, transport));
    black_box(without_panic(|| (service_type.service_name(), service_type.transport_label().len())));
    black_box(without_panic(|| PortSpec::from(service_name).port_ranges().is_ok()));
    black_box(without_panic(|| ServiceType::parse(name).is_ok()));
    black_box(without_panic(|| DnsSdName::parse(name).is_ok()));
    black_box(without_panic(|| DnsSdName::new(Some(name), service_type, name).is_ok()));
    let dns_sd_name = black_box(DnsSdName::new(None, service_type, name));
    black_box(without_panic(|| dns_sd_name.and_then(|dns_sd_name| dns_sd_name.with_subtype(name)).is_ok()));
    for &entry in black_box(entries()) {
        without_panic(|| {
            black_box((entry.service_name(), entry.port(), entry.ports(), entry.transport(), entry.status()));
            black_box((entry.description(), entry.registration_date(), entry.modification_date()));
            black_box((entry.service_code(), entry.unauthorized_use(), entry.assignment_notes()));
            black_box((entry.alias_of(), entry.replaces(), entry.is_historic()));
        });
    }
    // What must not link.
    #[cfg(panics)]
    without_panic(|| black_box([1, 2])[usize::from(black_box(port))]);
}
