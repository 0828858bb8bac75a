//! Look-ups in the registry.

use crate::index::PortRows;
use crate::{Date, Entry, EntryStatus, PortClass, Transport, index, tables};
use core::fmt::{self, Debug};
use core::iter::FusedIterator;

/// The date of the release that this crate was built from: `updated` in IANA's file.
///
/// [`REGISTRY_SOURCE`] says whether port assignments were amended after it. If this is not the date of the file in
/// `IANA_PORTS_XML`, `touch` the file: Cargo compares modification times, and misses a newer release with an older
/// time.
///
/// ```
/// use iana_ports::{Date, REGISTRY_UPDATED};
///
/// assert!(Date::new(2024, 1, None).is_some_and(|date| REGISTRY_UPDATED > date));
/// ```
///
#[doc = include_str!(concat!(env!("OUT_DIR"), "/updated.md"))]
pub const REGISTRY_UPDATED: Date = Date(tables::UPDATED);

/// Where the data comes from, in words: the date of the registry file and, if its port assignments were amended, the
/// source of the amendments.
///
/// ```
/// use iana_ports::{REGISTRY_SOURCE, REGISTRY_UPDATED};
///
/// let release = format!("registry file dated {REGISTRY_UPDATED}");
/// assert!(REGISTRY_SOURCE.starts_with(&release));
/// ```
///
#[doc = include_str!(concat!(env!("OUT_DIR"), "/source.md"))]
pub const REGISTRY_SOURCE: &str = tables::SOURCE;

/// Every service that `port` is registered for on `transport`: the usual one first, the others in the order of IANA's
/// file.
///
/// Of the rows with a name, the usual service is the first with an RFC among its references, such as `nfs` on 2049; if
/// there is none, the first with a description and an assignee; failing that, the first with a description; failing
/// that, the first.
///
/// A range matches every port in it, and a row without a transport matches all four transports. The slice is empty if
/// the port is not Assigned: Reserved and Unassigned rows are not included. A few old rows have no service name, such
/// as "any private mail system" on port 24.
///
/// For the entries on every transport, use [`PortSpec::entries`](crate::PortSpec::entries), as in
/// `PortSpec::from(80).entries()`. A look-up takes constant time, whether or not the port is registered.
///
/// ```
/// use iana_ports::{Transport::{Sctp, Tcp}, lookup_port};
///
/// let names = |port, transport| {
///     lookup_port(port, transport).iter().filter_map(|entry| entry.service_name())
/// };
/// assert!(names(80, Tcp).eq(["http", "www", "www-http"]));
/// assert!(names(2049, Tcp).eq(["nfs", "shilp"]));
/// assert!(names(6003, Tcp).eq(["x11"]));
/// assert!(names(7300, Sctp).eq(["swx"]));
/// assert!(names(49152, Tcp).eq([""; 0]));
/// ```
#[doc(alias = "getservbyport")]
#[doc(alias = "well-known")]
#[doc(alias = "registered")]
#[inline]
pub const fn lookup_port(port: u16, transport: Transport) -> &'static [Entry] {
    match index::rows_by_port(port, transport) {
        Some(found) => found.assigned(),
        None => &[],
    }
}

/// Every row with this service name, by port, then rows without a port. The slice is empty if the name is not
/// registered.
///
/// This includes names that only have rows without a port, such as `rdp`, and names that break the rules of RFC 6335,
/// such as `documentum_s`. Rows of one port are in the order of IANA's file.
///
/// ASCII case is ignored ([RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1)); otherwise the name must
/// match exactly, and whitespace is not trimmed. For a [`ServiceName`](crate::ServiceName), pass `name.as_str()`.
///
/// This is not a `const fn`, because phf's hash map cannot be read at compile time.
///
/// ```
/// use iana_ports::{Transport::{Tcp, Udp}, lookup_name};
///
/// let entries = lookup_name("Zabbix-Agent");
/// assert!(entries.iter().map(|entry| (entry.port(), entry.transport())).eq([
///     (Some(10050), Some(Tcp)),
///     (Some(10050), Some(Udp)),
/// ]));
/// assert!(!lookup_name("documentum_s").is_empty());
/// assert!(lookup_name("zabbix agent").is_empty());
/// ```
#[doc(alias = "getservbyname")]
pub fn lookup_name(name: &str) -> &'static [Entry] {
    index::rows_by_name(name)
}

/// The status of `port` on `transport`.
///
/// Where rows overlap, Assigned takes precedence over Reserved, and Reserved over Unassigned; of several Reserved or
/// several Unassigned rows, the one that covers the fewest ports does. A System or User Port that no row covers is
/// Unassigned ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)). A Dynamic Port that no row assigns or
/// reserves is Dynamic, even if a row calls it Unassigned.
///
/// ```
/// use iana_ports::{PortStatus, Transport::{Dccp, Tcp}, port_status};
///
/// assert!(matches!(port_status(22, Tcp), PortStatus::Assigned([_, ..])));
/// assert!(matches!(port_status(0, Tcp), PortStatus::Reserved(_)));
/// assert!(!matches!(port_status(49151, Dccp), PortStatus::Dynamic));
/// assert_eq!(port_status(49152, Dccp), PortStatus::Dynamic);
/// ```
#[inline]
pub const fn port_status(port: u16, transport: Transport) -> PortStatus {
    match index::rows_by_port(port, transport) {
        Some(found) => status_of(port, &found),
        None => status_without_row(port),
    }
}

/// The `PortStatus` of the rows that the index found.
#[inline]
const fn status_of(port: u16, found: &PortRows) -> PortStatus {
    match (found.status, PortClass::of(port)) {
        (Some(EntryStatus::Assigned), _) => PortStatus::Assigned(found.assigned()),
        (Some(EntryStatus::Reserved), _) => match found.first() {
            Some(row) => PortStatus::Reserved(row),
            None => status_without_row(port),
        },
        (Some(EntryStatus::Unassigned), PortClass::System | PortClass::User) => PortStatus::Unassigned(found.first()),
        _ => status_without_row(port),
    }
}

const fn status_without_row(port: u16) -> PortStatus {
    match PortClass::of(port) {
        PortClass::Dynamic => PortStatus::Dynamic,
        PortClass::System | PortClass::User => PortStatus::Unassigned(None),
    }
}

/// The status of one port on one transport, as returned by [`port_status`]. The status of a single row is an
/// [`EntryStatus`].
///
/// ```
/// use iana_ports::{PortStatus, Transport::Tcp, lookup_port, port_status};
///
/// let answer = match port_status(443, Tcp) {
///     PortStatus::Assigned(entries) => format!("registered for {entries:?}"),
///     PortStatus::Reserved(entry) => format!("reserved: {}", entry.description()),
///     PortStatus::Unassigned(_) => "available for assignment".to_owned(),
///     PortStatus::Dynamic => "for private use".to_owned(),
/// };
/// assert!(answer.starts_with("registered for"));
/// assert_eq!(port_status(443, Tcp).entries(), lookup_port(443, Tcp));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PortStatus {
    /// Registered for these entries, at least one: those that [`lookup_port`] returns.
    Assigned(&'static [Entry]),
    /// Not available for assignment, according to this row.
    Reserved(Entry),
    /// Available for assignment. The entry is the row that says so, often for a whole block of ports; `None` if no row
    /// covers the port.
    Unassigned(Option<Entry>),
    /// One of the Dynamic Ports, 49152 to 65535, that no row assigns or reserves. IANA does not assign them
    /// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
    Dynamic,
}

impl PortStatus {
    /// The name of the status: `Assigned`, `Reserved`, `Unassigned` or `Dynamic`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            PortStatus::Assigned(_) => EntryStatus::Assigned.as_str(),
            PortStatus::Reserved(_) => EntryStatus::Reserved.as_str(),
            PortStatus::Unassigned(_) => EntryStatus::Unassigned.as_str(),
            PortStatus::Dynamic => PortClass::Dynamic.as_str(),
        }
    }

    /// The entries of an [`Assigned`](PortStatus::Assigned) port; empty for any other.
    pub const fn entries(self) -> &'static [Entry] {
        match self {
            PortStatus::Assigned(entries) => entries,
            PortStatus::Reserved(_) | PortStatus::Unassigned(_) | PortStatus::Dynamic => &[],
        }
    }
}

impl fmt::Display for PortStatus {
    /// The status alone, as [`as_str`](PortStatus::as_str) returns it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
crate::serde::serialize_as_string!(PortStatus);

/// Every row of the registry, in the order of IANA's file: rows with a port by number, then services without one.
///
/// ```
/// use iana_ports::entries;
///
/// let without_port = entries().iter().filter(|entry| entry.ports().is_none());
/// assert!(without_port.count() > 500);
/// ```
pub const fn entries() -> &'static [Entry] {
    index::all_rows()
}

/// The name of the usual service that `port` is registered for on `transport`; `None` if the port is not Assigned, or
/// is assigned without a name, as port 24 is.
///
/// [`lookup_port`] returns every service, and defines which is the usual one. getservbyport(3) answers the same
/// question from `/etc/services`.
///
/// ```
/// use iana_ports::{Transport::Tcp, name_by_port};
///
/// assert_eq!(name_by_port(80, Tcp), Some("http"));
/// assert_eq!(name_by_port(49152, Tcp), None);
/// ```
#[doc(alias = "getservbyport")]
#[inline]
pub const fn name_by_port(port: u16, transport: Transport) -> Option<&'static str> {
    match lookup_port(port, transport) {
        // It has a name if any of them has one.
        [usual, ..] => usual.service_name(),
        [] => None,
    }
}

/// The lowest port that is registered for the service `name` on `transport`; for a range, its first port. `None` if the
/// name is not registered, or has no port on `transport`. ASCII case is ignored.
///
/// A few names have several ports; [`lookup_name`] returns all of them. For `http-alt`, registered for 591 and 8080,
/// this is 591. getservbyname(3) answers the same question from `/etc/services`, where `http-alt` is often 8080 alone.
///
/// Like [`lookup_name`], this is not a `const fn`.
///
/// ```
/// use iana_ports::{Transport::{Sctp, Tcp}, port_by_name};
///
/// assert_eq!(port_by_name("https", Tcp), Some(443));
/// assert_eq!(port_by_name("HTTPS", Tcp), Some(443));
/// assert_eq!(port_by_name("telnet", Sctp), None);
/// ```
#[doc(alias = "getservbyname")]
pub fn port_by_name(name: &str, transport: Transport) -> Option<u16> {
    let applies = |entry: &&Entry| entry.transport().is_none_or(|own| own == transport);
    // The rows ascend by port, and those without one come last.
    lookup_name(name).iter().find(applies)?.start()
}

/// The System and User Ports that are [Unassigned](PortStatus::Unassigned) on `transport`, in ascending order.
///
/// IANA assigns them on request. For experiments, use 1021 and 1022 instead (`exp1` and `exp2`,
/// [RFC 6335 §6.1](https://www.rfc-editor.org/rfc/rfc6335#section-6.1)), and for private use, the Dynamic Ports.
/// [`PortClass::of`] distinguishes System Ports from User Ports.
///
/// ```
/// use iana_ports::{PortClass, Transport::Tcp, unassigned_ports};
///
/// let highest = unassigned_ports(Tcp).next_back();
/// assert_eq!(highest.map(PortClass::of), Some(PortClass::User));
/// ```
pub fn unassigned_ports(transport: Transport) -> impl DoubleEndedIterator<Item = u16> + FusedIterator + Clone + Debug {
    (0..=u16::MAX).filter(move |&port| matches!(port_status(port, transport), PortStatus::Unassigned(_)))
}

/// The entries whose service name or description contains `text`, in the order of IANA's file.
///
/// ASCII case is ignored, and nothing is trimmed. An empty `text` matches every entry. A service has an entry for each
/// of its transports, and entries are not ranked; the [cookbook](crate#how-do-i-complete-a-name) turns them into a
/// ranked list of names. Rows without a service name are searched too, so `search("reserved")` also finds Reserved
/// rows; filter by [`Entry::status`] to leave them out.
///
/// The iterator scans the names and descriptions of all rows, only as far as it is advanced.
///
/// ```
/// use iana_ports::search;
///
/// assert!(search("postgres").any(|entry| entry.port() == Some(5432)));
/// assert!(search("ZABBIX").eq(search("zabbix")));
/// ```
pub fn search(text: &str) -> impl DoubleEndedIterator<Item = Entry> + FusedIterator + Clone + Debug {
    // More than a third of all rows repeat the name and the description of the row before.
    let mut last = (None, false);
    entries().iter().copied().filter(move |entry| {
        let texts = (tables::NAME.get(entry.0), tables::DESCRIPTION.get(entry.0));
        if last.0 != Some(texts) {
            let found = contains(entry.service_name().unwrap_or(""), text) || contains(entry.description(), text);
            last = (Some(texts), found);
        }
        last.1
    })
}

/// Whether `whole` contains `part`, ignoring ASCII case.
fn contains(whole: &str, part: &str) -> bool {
    let Some((first, rest)) = part.as_bytes().split_first() else { return true };
    // Most windows differ in the first byte.
    whole.as_bytes().windows(part.len()).any(|window| match window {
        [head, tail @ ..] => head.eq_ignore_ascii_case(first) && tail.eq_ignore_ascii_case(rest),
        [] => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No row of the registry calls a Dynamic Port Unassigned yet.
    #[test]
    fn dynamic_port_is_never_unassigned() {
        let found = PortRows { start: 0, count: 0, status: Some(EntryStatus::Unassigned) };
        assert_eq!(status_of(49_151, &found), PortStatus::Unassigned(entries().first().copied()));
        assert_eq!(status_of(49_152, &found), PortStatus::Dynamic);
    }
}
