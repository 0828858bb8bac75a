//! Reads of the registry what a `--cfg` names, on a microcontroller too; the tests measure by how much a program grows.

#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unused_imports, reason = "each `--cfg` uses a part")]

use core::hint::black_box;
use iana_ports::{
    DnsSdName, Entry, PortStatus, ServiceName, Transport::Tcp, Transport::Udp, lookup_name, lookup_port, name_by_port,
    port_by_name, port_status, service_name,
};

fn reads() {
    #[cfg(port)]
    black_box(lookup_port(black_box(80), Tcp).len());
    #[cfg(status)]
    black_box(matches!(port_status(black_box(80), Tcp), PortStatus::Assigned(_)));
    #[cfg(name_of_port)]
    black_box(name_by_port(black_box(80), Tcp));
    #[cfg(port_of_name)]
    black_box(port_by_name(black_box("https"), Tcp));
    #[cfg(any(names, columns))]
    for &entry in lookup_port(black_box(80), Tcp).iter().chain(lookup_name(black_box("https"))) {
        black_box((entry.service_name(), entry.ports(), entry.transport(), entry.status()));
        #[cfg(columns)]
        columns(entry);
    }
    #[cfg(dns_sd_name)]
    black_box(DnsSdName::parse(black_box("_http._tcp.local.")).is_ok());
    #[cfg(constant_str)]
    black_box(const { name_by_port(5683, Udp) });
    #[cfg(static_name)]
    {
        static NAME: ServiceName = service_name!(name_by_port(5683, Udp).unwrap());
        black_box(NAME.as_str());
    }
}

#[cfg(columns)]
fn columns(entry: Entry) {
    black_box((entry.description(), entry.registration_date(), entry.modification_date()));
    black_box((entry.service_code(), entry.unauthorized_use(), entry.assignment_notes()));
    for person in entry.assignees().chain(entry.contacts()) {
        black_box(person);
    }
    for reference in entry.references() {
        black_box(reference);
    }
}

#[cfg(not(target_os = "none"))]
fn main() {
    reads();
}

#[cfg(target_os = "none")]
mod microcontroller {
    #[unsafe(no_mangle)]
    #[unsafe(link_section = ".reset")]
    extern "C" fn reset() -> ! {
        super::reads();
        loop {}
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo) -> ! {
        loop {}
    }
}
