//! Nothing in the library allocates or panics, for any port, entry or text.
//!
//! The tests run at the same time: each thread counts its own.

#![expect(unsafe_code, reason = "an allocator is unsafe to implement")]

mod common;

use common::Random;
use iana_ports::{
    DnsSdName, Entry, PortSpec, ServiceName, ServiceType, Transport, entries, lookup_name, lookup_port, name_by_port,
    port_by_name, port_status, search, service_name, unassigned_ports,
};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt::{self, Display, Write};
use std::hint::black_box;

/// The system's allocator, which counts what each thread asks of it.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is the system allocator's, unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller keeps to the same rules.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[track_caller]
fn allocates_nothing<T>(call: impl FnOnce() -> T) -> T {
    let before = ALLOCATIONS.get();
    let result = call();
    assert_eq!(ALLOCATIONS.get() - before, 0, "allocations");
    result
}

/// Takes text and keeps none of it.
struct Length(usize);

impl Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

fn length(value: impl Display) -> usize {
    let mut length = Length(0);
    write!(length, "{value}").unwrap();
    length.0
}

#[test]
fn every_port() {
    let hits = allocates_nothing(|| {
        let all = (0..=u16::MAX).flat_map(|port| Transport::ALL.map(|transport| (port, transport)));
        all.filter(|&(port, transport)| {
            black_box((port_status(port, transport), name_by_port(port, transport)));
            !lookup_port(port, transport).is_empty()
        })
        .count()
    });
    assert!(hits > 12_000);
    assert!(allocates_nothing(|| unassigned_ports(Transport::Tcp).count()) > 10_000);
}

#[test]
fn every_entry_and_its_name() {
    let length = allocates_nothing(|| {
        let of = |&entry: &Entry| {
            let name = entry.service_name().unwrap_or("");
            assert_eq!(lookup_name(name).contains(&entry), !name.is_empty());
            length(entry)
                + entry.ports().map_or(0, length)
                + entry.port().map_or(0, length)
                + entry.transport().map_or(0, length)
                + length(entry.description())
                + entry.assignees().chain(entry.contacts()).map(length).sum::<usize>()
                + entry.registration_date().map_or(0, length)
                + entry.modification_date().map_or(0, length)
                + entry.references().map(|it| length(it) + it.url().map_or(0, length)).sum::<usize>()
                + entry.service_code().map_or(0, length)
                + entry.unauthorized_use().map_or(0, length)
                + entry.assignment_notes().map_or(0, length)
                + entry.alias_of().or(entry.replaces()).map_or(0, length)
                + usize::from(entry.is_historic())
                + entry.status() as usize
        };
        entries().iter().map(of).sum::<usize>()
    });
    assert!(length > 1_000_000, "{length}");
}

const HTTP: ServiceType = ServiceType::dns_sd(service_name!("http"), Transport::Tcp);

#[test]
fn any_text() {
    // What names, ports and types are written in, and what they are not.
    const ALPHABETS: [&str; 4] =
        ["abXYZ019-_ ", "azAZ09/-", "_.\\\u{e9}a0tcpud", "\0\u{7f}\u{e9}\u{20ac}\u{1d11e}\t\n\"-a7/"];
    let mut random = Random::new(0x616c_6c6f);
    for _ in 0..200 {
        let alphabet = random.choose(&ALPHABETS);
        let limit = random.choose(&[4, 20, 300]);
        let text = random.text(alphabet, limit);
        allocates_nothing(|| {
            black_box((lookup_name(&text), port_by_name(&text, Transport::Udp), search(&text).next()));
            ServiceName::new(&text).map_or_else(length, length)
                + ServiceName::violations(&text).map(length).sum::<usize>()
                + text
                    .parse::<PortSpec>()
                    .map_or_else(length, |spec| length(spec) + spec.entries().count() + spec.port_ranges().count())
                + PortSpec::parse_list(&text).map(|item| item.map_or_else(length, length)).sum::<usize>()
                + DnsSdName::parse(&text).map_or_else(length, length)
                + DnsSdName::new(Some(&text), HTTP, "local.").map_or_else(length, length)
                + DnsSdName::new(None, HTTP, &text).map_or_else(length, length)
                + DnsSdName::new(None, HTTP, "").and_then(|name| name.with_subtype(&text)).map_or_else(length, length)
                + ServiceType::parse(&text).map_or_else(length, length)
                + text.parse::<ServiceType>().map_or_else(length, length)
                + text.parse::<Transport>().map_or_else(length, length)
        });
    }
}
