//! The status of a row, and of a port.

use crate::encoding::{RESERVED, UNASSIGNED};
use crate::{Entry, PortClass};
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
    /// The status of this number in the tables.
    pub(crate) const fn from_number(number: u8) -> Self {
        match number {
            UNASSIGNED => Status::Unassigned,
            RESERVED => Status::Reserved,
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

/// What the registry says of one port on one transport; made by [`port_status`](crate::port_status).
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
