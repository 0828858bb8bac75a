//! A program for a microcontroller, which calls what a `--cfg` names. Elsewhere it does nothing.

#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(not(target_os = "none"))]
fn main() {}

#[cfg(target_os = "none")]
mod microcontroller {
    use core::hint::black_box;
    use core::panic::PanicInfo;
    #[allow(unused_imports, reason = "each call uses a part")]
    use iana_ports::{Entry, Transport::Tcp, lookup_name, lookup_port, name_by_port, port_by_name};

    #[unsafe(no_mangle)]
    #[unsafe(link_section = ".reset")]
    extern "C" fn reset() -> ! {
        #[cfg(lookup_port)]
        black_box(lookup_port(black_box(80), Tcp).len());
        #[cfg(name_by_port)]
        black_box(name_by_port(black_box(80), Tcp));
        #[cfg(port_by_name)]
        black_box(port_by_name(black_box("https"), Tcp));
        #[cfg(any(names, columns))]
        for &entry in lookup_port(black_box(80), Tcp).iter().chain(lookup_name(black_box("https"))) {
            black_box((entry.service_name(), entry.ports(), entry.transport(), entry.status()));
            #[cfg(columns)]
            columns(entry);
        }
        loop {}
    }

    #[cfg(columns)]
    fn columns(entry: Entry) {
        black_box((entry.description(), entry.registration_date(), entry.modification_date()));
        black_box((entry.service_code(), entry.unauthorized_use(), entry.assignment_notes()));
        entry.assignees().chain(entry.contacts()).for_each(|person| drop(black_box(person)));
        entry.references().for_each(|reference| drop(black_box(reference)));
    }

    #[panic_handler]
    fn panic(_: &PanicInfo) -> ! {
        loop {}
    }
}
