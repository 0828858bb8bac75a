//! The functions that answer from the registry.

use crate::{Date, Entry, PortRange, PortStatus, Transport, port_status, tables};
use core::fmt::Debug;
use core::iter::FusedIterator;

/// The date of the registry's release that this crate was built from, the `updated` of IANA's file;
/// [`REGISTRY_SOURCE`] tells whether port assignments were amended since.
///
/// ```
/// assert!(iana_ports::REGISTRY_UPDATED.year() >= 2024);
/// ```
pub const REGISTRY_UPDATED: Date = Date::from_packed(tables::UPDATED);

/// Where the data comes from, in words: the date of IANA's release, and what the port assignments were amended from
/// where the file is not IANA's own.
///
/// ```
/// use iana_ports::{REGISTRY_SOURCE, REGISTRY_UPDATED};
///
/// assert!(REGISTRY_SOURCE.starts_with(&format!("IANA's release of {REGISTRY_UPDATED}")));
/// ```
pub const REGISTRY_SOURCE: &str = tables::SOURCE;

/// Every service that the port is registered for on the transport: the primary name first, then the others, in
/// registry order.
///
/// Ranges count on each of their ports, and a row without a transport on each of the four. Rows that only say
/// that a port is Reserved or Unassigned are no services. A few old rows assign a port without a name, such as "any
/// private mail system" on port 24.
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

/// The primary name that the port is registered for on the transport: what getservbyport(3) answers, from the
/// registry in place of `/etc/services`, and without the aliases, which [`lookup_port`] gives.
///
/// ```
/// use iana_ports::{Transport::Tcp, name_by_port};
///
/// assert_eq!(name_by_port(80, Tcp), Some("http"));
/// assert_eq!(name_by_port(9303, Tcp), None);
/// ```
pub fn name_by_port(port: u16, transport: Transport) -> Option<&'static str> {
    lookup_port(port, transport).iter().find_map(|entry| entry.service_name())
}

/// The lowest port that is registered for the name on the transport: what getservbyname(3) answers, from the
/// registry in place of `/etc/services`, and with the case ignored. [`lookup_name`] gives every port of the name;
/// few names have several.
///
/// ```
/// use iana_ports::{Transport::{Sctp, Tcp}, port_by_name};
///
/// assert_eq!(port_by_name("https", Tcp), Some(443));
/// assert_eq!(port_by_name("HTTPS", Tcp), Some(443));
/// assert_eq!(port_by_name("domain", Sctp), None);
/// ```
pub fn port_by_name(name: &str, transport: Transport) -> Option<u16> {
    let speaks_of = |entry: &&Entry| entry.transport().is_none_or(|of_entry| of_entry == transport);
    lookup_name(name).iter().filter(speaks_of).filter_map(|entry| entry.ports()).map(PortRange::start).min()
}

/// The System and User Ports that are [Unassigned](PortStatus::Unassigned) on the transport, in ascending order.
///
/// For a port that nobody has registered, to try something with; a service that others will meet wants a
/// registration of its own. [`PortClass::of`](crate::PortClass::of) tells System from User Ports.
///
/// ```
/// use iana_ports::{PortClass, Transport::{Tcp, Udp}, unassigned_ports};
///
/// let highest = unassigned_ports(Tcp).next_back().unwrap();
/// assert_eq!(PortClass::of(highest), PortClass::User);
/// assert!(unassigned_ports(Udp).any(|port| port == 9303));
/// ```
pub fn unassigned_ports(transport: Transport) -> impl DoubleEndedIterator<Item = u16> + FusedIterator + Clone + Debug {
    (0..=u16::MAX).filter(move |&port| matches!(port_status(port, transport), PortStatus::Unassigned(_)))
}

/// The entries whose service name or description holds the text, in registry order; ASCII case is ignored. Every
/// entry holds the empty text.
///
/// It reads the names and descriptions of all rows, one after the other, as far as the iterator is asked.
///
/// ```
/// use iana_ports::search;
///
/// assert!(search("postgres").any(|entry| entry.port() == Some(5432)));
/// assert_eq!(search("ZABBIX").next(), search("zabbix agent").next());
/// ```
pub fn search(text: &str) -> impl DoubleEndedIterator<Item = Entry> + FusedIterator + Clone + Debug {
    entries()
        .iter()
        .copied()
        .filter(move |entry| holds(entry.service_name().unwrap_or(""), text) || holds(entry.description(), text))
}

/// Whether `whole` holds `part`, ASCII case ignored.
fn holds(whole: &str, part: &str) -> bool {
    let Some((first, rest)) = part.as_bytes().split_first() else { return true };
    // Most places fail on the first byte.
    whole.as_bytes().windows(part.len()).any(|window| match window {
        [head, tail @ ..] => head.eq_ignore_ascii_case(first) && tail.eq_ignore_ascii_case(rest),
        [] => false,
    })
}
