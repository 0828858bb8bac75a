//! The functions that answer from the registry.

use crate::{Date, Entry, Transport, tables};

/// The date of the registry's release that this crate was built from, the `updated` of IANA's file.
///
/// ```
/// assert!(iana_ports::REGISTRY_UPDATED.year() >= 2024);
/// ```
pub const REGISTRY_UPDATED: Date = Date::from_packed(tables::UPDATED);

/// Every service that the port is registered for on the transport: the primary name first, then the others, in
/// registry order.
///
/// Ranges count on each of their ports, and a row without a transport on each of the four. Rows that only say
/// that a port is Reserved or Unassigned are no services. About twenty services, such as "any private mail system"
/// on port 24, have no name.
///
/// ```
/// use iana_ports::{Transport::{Sctp, Tcp}, lookup_port};
///
/// let names = |port, transport| lookup_port(port, transport).iter().map(|entry| entry.service_name().unwrap());
/// assert!(names(80, Tcp).eq(["http", "www", "www-http"]));
/// assert!(names(6003, Tcp).eq(["x11"]));
/// assert!(names(7300, Sctp).eq(["swx"]));
/// assert!(lookup_port(9301, Tcp).is_empty());
/// ```
#[inline]
pub const fn lookup_port(port: u16, transport: Transport) -> &'static [Entry] {
    match tables::cell(port, transport) {
        Some(cell) => tables::list(cell.start, cell.count),
        None => &[],
    }
}

/// Every row with this service name, in registry order: all transports, all port numbers, and rows without a port.
///
/// ASCII case is ignored ([RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1)), and nothing else:
/// no white space is trimmed. Names that are older than the RFC's rules are found too.
///
/// ```
/// use iana_ports::{Transport::{Tcp, Udp}, lookup_name};
///
/// let entries = lookup_name("Zabbix-Agent");
/// assert!(entries.iter().map(|entry| (entry.port(), entry.transport())).eq([
///     (Some(10050), Some(Tcp)),
///     (Some(10050), Some(Udp)),
/// ]));
/// assert_eq!(lookup_name("documentum_s").len(), 2);
/// assert!(lookup_name("zabbix-agen").is_empty());
/// ```
pub fn lookup_name(name: &str) -> &'static [Entry] {
    tables::rows_named(name)
}

/// Every row of the registry, in registry order: first by port number, then the services without one.
///
/// ```
/// let with_port = iana_ports::entries().iter().filter(|entry| entry.ports().is_some()).count();
/// assert!(with_port > 13_000);
/// ```
pub const fn entries() -> &'static [Entry] {
    tables::list(0, tables::ROWS)
}
