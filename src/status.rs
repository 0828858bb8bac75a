//! The status of a row, and of a port.

use crate::{Entry, PortClass, Transport, tables};
use core::fmt;

/// What a row of the registry says of its ports
/// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Registered for a service, or in a few old rows without a name for any private use of one kind.
    Assigned,
    /// Not to be assigned: kept by IANA, or taken back from a service
    /// ([RFC 6335 §8.2](https://www.rfc-editor.org/rfc/rfc6335#section-8.2)).
    Reserved,
    /// Free to be assigned on request.
    Unassigned,
}

impl Status {
    /// From the generator's number.
    pub(crate) const fn from_number(number: u8) -> Self {
        match number {
            1 => Status::Unassigned,
            2 => Status::Reserved,
            _ => Status::Assigned,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Status::Assigned => "Assigned",
            Status::Reserved => "Reserved",
            Status::Unassigned => "Unassigned",
        })
    }
}

/// What the registry says of one port on one transport; made by [`port_status`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PortStatus {
    /// Registered for these services: what [`lookup_port`](crate::lookup_port) gives.
    Assigned(&'static [Entry]),
    /// Not to be assigned, as this row says.
    Reserved(Entry),
    /// Free to be assigned, as this row says of the block that the port lies in; `None` where no row covers the
    /// port.
    Unassigned(Option<Entry>),
    /// One of the Dynamic Ports, 49152 to 65535, which IANA never assigns
    /// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
    Dynamic,
}

impl fmt::Display for PortStatus {
    /// The status alone: `Assigned`, `Reserved`, `Unassigned` or `Dynamic`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PortStatus::Assigned(_) => Status::Assigned.fmt(f),
            PortStatus::Reserved(_) => Status::Reserved.fmt(f),
            PortStatus::Unassigned(_) => Status::Unassigned.fmt(f),
            PortStatus::Dynamic => PortClass::Dynamic.fmt(f),
        }
    }
}

/// What the registry says of the port on the transport.
///
/// Where rows overlap, one that assigns the port counts before one that reserves it, and that before one that calls
/// it Unassigned; of several of the same kind, the narrowest range counts. A System or User Port that no row covers
/// is Unassigned ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)), and a Dynamic Port is never that,
/// whatever covers it.
///
/// ```
/// use iana_ports::{PortStatus, Transport::{Tcp, Udp}, port_status};
///
/// assert!(matches!(port_status(9306, Tcp), PortStatus::Assigned([entry]) if entry.port() == Some(9306)));
/// assert!(matches!(port_status(9306, Udp), PortStatus::Reserved(_)));
/// let PortStatus::Unassigned(Some(block)) = port_status(9303, Udp) else { panic!("free") };
/// assert_eq!(block.ports().unwrap().to_string(), "9301-9305");
/// assert_eq!(port_status(50000, Udp), PortStatus::Dynamic);
/// assert_eq!(port_status(9303, Udp).to_string(), "Unassigned");
/// ```
#[inline]
pub const fn port_status(port: u16, transport: Transport) -> PortStatus {
    let Some(cell) = tables::cell(port, transport) else { return uncovered(port) };
    match (cell.status, tables::list(cell.start, 1)) {
        (0, _) | (_, []) => uncovered(port),
        (number, [row, ..]) => match Status::from_number(number) {
            Status::Assigned => PortStatus::Assigned(tables::list(cell.start, cell.count)),
            Status::Reserved => PortStatus::Reserved(*row),
            Status::Unassigned => match PortClass::of(port) {
                PortClass::Dynamic => PortStatus::Dynamic,
                _ => PortStatus::Unassigned(Some(*row)),
            },
        },
    }
}

const fn uncovered(port: u16) -> PortStatus {
    match PortClass::of(port) {
        PortClass::Dynamic => PortStatus::Dynamic,
        _ => PortStatus::Unassigned(None),
    }
}
