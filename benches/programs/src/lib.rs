//! One number over every answer of the crate, the same on every machine.

#![no_std]

use core::fmt::{self, Debug, Display, Write};
use core::hash::{Hash, Hasher};
use iana_ports::{
    Date, DnsSdName, Entry, EntryStatus, PortClass, PortRange, PortSpec, REGISTRY_SOURCE, REGISTRY_UPDATED,
    ServiceName, ServiceType, Transport, entries, lookup_name, lookup_port, name_by_port, port_by_name, port_status,
    search, unassigned_ports,
};

/// Texts for every parser; each is a value of at least one, or near one.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "", " ", ".", "-", "_", "*", "\\", "\u{e9}", "\u{202e}", "\0", "http", "HTTPS", "x11-1", "a--b", "-a", "a-", "23",
    "documentum_s", "abcdefghijklmno", "abcdefghijklmnop", "no-such-name", "0", "80", "+80", "080", "65535", "65536",
    "0-65535", "80-90", "90-80", "80:90", "80-", "-90", "99999999999999999999", "80/tcp", "53/UDP", "tcp/443",
    "https/tcp", "6000-6063/sctp", "80/icmp", "80/", "/tcp", "tcp", "udp", "SCTP", "dccp", "icmp", "6", "17",
    "80, 443/tcp,domain/udp", "80 443\n8000-8100", "443 tcp", "53/tcp,udp", "80;443", ",80", "80,", "22,,23",
    "2024-06-12", "2024-06", "2024-02-30", "2024-13-01", "24-06-12", "2024-06-12T00:00", "_http._tcp", "_HTTP._UDP.",
    "http._tcp", "_http.tcp", "_http._icmp", "_a--b._tcp", "_http._tcp.local", "_http._tcp.local.",
    "Office._ipp._tcp.example.com.", "a\\.b\\032c._ipp._tcp.local.", "_printer._sub._http._tcp.local.",
    "a\\300._http._tcp", "a\\._http._tcp", "_http._tcp._smb._udp.local", "..", "local.",
    "\u{e9}._\\104ttp._tcp.local",
];

/// A hash of every answer: each port on each transport, each name in two spellings and with a wrong end, each column,
/// and what every parser makes of some texts and of all names.
pub fn hash_answers() -> u64 {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.value(REGISTRY_SOURCE);
    hash.value(&REGISTRY_UPDATED);
    Transport::ALL.iter().for_each(|value| hash.value(value));
    EntryStatus::ALL.iter().for_each(|value| hash.value(value));
    PortClass::ALL.iter().for_each(|value| hash.value(value));
    (0..=u8::MAX).for_each(|number| Transport::from_ip_protocol(number).hash(&mut hash));
    for port in 0..=u16::MAX {
        PortClass::of(port).hash(&mut hash);
        for transport in Transport::ALL {
            lookup_port(port, transport).hash(&mut hash);
            name_by_port(port, transport).hash(&mut hash);
            let status = port_status(port, transport);
            status.hash(&mut hash);
            hash.text(&status);
        }
    }
    for transport in Transport::ALL {
        unassigned_ports(transport).for_each(|port| port.hash(&mut hash));
        unassigned_ports(transport).rev().for_each(|port| port.hash(&mut hash));
    }
    for &entry in entries() {
        columns(entry, &mut hash);
        let Some(name) = entry.service_name() else { continue };
        texts(name, &mut hash);
        let mut buffer = [b'_'; 64];
        let Some(copy) = buffer.get_mut(..name.len()) else { continue };
        copy.copy_from_slice(name.as_bytes());
        copy.make_ascii_uppercase();
        names(name, &mut hash);
        for length in [name.len(), name.len() + 1] {
            let other = buffer.get(..length).and_then(|bytes| core::str::from_utf8(bytes).ok());
            other.into_iter().for_each(|name| names(name, &mut hash));
        }
    }
    for text in TEXTS {
        texts(text, &mut hash);
        names(text, &mut hash);
        search(text).for_each(|entry| entry.hash(&mut hash));
        search(text).rev().for_each(|entry| entry.hash(&mut hash));
    }
    hash.finish()
}

fn names(name: &str, hash: &mut Fnv) {
    lookup_name(name).hash(hash);
    Transport::ALL.iter().for_each(|&transport| port_by_name(name, transport).hash(hash));
}

fn columns(entry: Entry, hash: &mut Fnv) {
    hash.value(&entry);
    (entry.service_name(), entry.port(), entry.ports(), entry.transport(), entry.status()).hash(hash);
    (entry.description(), entry.registration_date(), entry.modification_date(), entry.is_historic()).hash(hash);
    (entry.service_code(), entry.unauthorized_use(), entry.assignment_notes()).hash(hash);
    (entry.alias_of(), entry.replaces()).hash(hash);
    entry.assignees().chain(entry.contacts()).for_each(|person| person.hash(hash));
    for reference in entry.references() {
        hash.value(&reference);
        reference.url().into_iter().for_each(|url| hash.text(&url));
    }
    entry.dns_sd_type().iter().for_each(|dns_sd_type| hash.value(dns_sd_type));
}

/// What every parser makes of a text.
fn texts(text: &str, hash: &mut Fnv) {
    hash.result(text.parse::<Date>());
    hash.result(text.parse::<PortRange>());
    hash.result(text.parse::<PortSpec>());
    hash.result(text.parse::<ServiceName>());
    hash.result(text.parse::<ServiceType>());
    hash.result(text.parse::<Transport>());
    hash.result(DnsSdName::parse(text));
    ServiceName::violations(text).for_each(|error| hash.text(&error));
    for spec in PortSpec::parse_list(text) {
        hash.result(spec);
        spec.iter().flat_map(PortSpec::entries).for_each(|entry| entry.hash(hash));
        match spec.iter().map(PortSpec::port_ranges).next() {
            Some(Ok(ranges)) => ranges.for_each(|ports| ports.hash(hash)),
            Some(Err(error)) => hash.text(&error),
            None => {}
        }
    }
}

/// FNV-1a over bytes. Numbers are as wide, and their bytes in the same order, on every machine.
struct Fnv(u64);

impl Fnv {
    fn value<T: Debug + Display + Hash + ?Sized>(&mut self, value: &T) {
        self.text(value);
        value.hash(self);
    }

    fn result<T: Debug + Display + Hash, E: Debug + Display>(&mut self, result: Result<T, E>) {
        match result {
            Ok(value) => self.value(&value),
            Err(error) => self.text(&error),
        }
    }

    fn text<T: Debug + Display + ?Sized>(&mut self, value: &T) {
        write!(self, "{value}\0{value:?}\0{value:#?}\0").expect("hashing does not fail");
    }
}

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.write(text.as_bytes());
        Ok(())
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u16(&mut self, number: u16) {
        self.write(&number.to_le_bytes());
    }

    fn write_u32(&mut self, number: u32) {
        self.write(&number.to_le_bytes());
    }

    fn write_u64(&mut self, number: u64) {
        self.write(&number.to_le_bytes());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }
}
