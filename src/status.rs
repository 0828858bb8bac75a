//! The status of a row, and of a port.

use crate::encoding::{RESERVED, UNASSIGNED};
use crate::text::Excerpt;
use crate::{Entry, PortClass};
use core::fmt;
use core::str::FromStr;

/// What a row of the registry says about its ports
/// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
///
/// It prints, and parses in any ASCII case, as the RFC's name for it: `Assigned`, `Reserved` or `Unassigned`.
///
/// ```
/// use iana_ports::{Status, lookup_name};
///
/// for entry in lookup_name("https") {
///     assert_eq!(entry.status(), Status::Assigned);
/// }
/// assert_eq!(Status::Unassigned.to_string(), "Unassigned");
/// assert_eq!("reserved".parse(), Ok(Status::Reserved));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Registered for a service; in a few old rows without a name, for any private use of one kind.
    ///
    /// Every row with a service name is `Assigned`, whatever its description says: that of `sua` on 14001/udp is
    /// `De-Registered`.
    Assigned,
    /// Not to be assigned: kept by IANA, or taken back from a service
    /// ([RFC 6335 §8.2](https://www.rfc-editor.org/rfc/rfc6335#section-8.2)).
    Reserved,
    /// Free to be assigned on request.
    Unassigned,
}

impl Status {
    /// Every status.
    ///
    /// ```
    /// use iana_ports::Status;
    ///
    /// assert_eq!(Status::ALL.map(Status::as_str), ["Assigned", "Reserved", "Unassigned"]);
    /// ```
    pub const ALL: [Status; 3] = [Status::Assigned, Status::Reserved, Status::Unassigned];

    /// The name that RFC 6335 gives the status: `Assigned`, `Reserved` or `Unassigned`.
    ///
    /// ```
    /// assert_eq!(iana_ports::Status::Reserved.as_str(), "Reserved");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Assigned => "Assigned",
            Status::Reserved => "Reserved",
            Status::Unassigned => "Unassigned",
        }
    }

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
        f.pad(self.as_str())
    }
}

impl AsRef<str> for Status {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl FromStr for Status {
    type Err = StatusError;

    fn from_str(name: &str) -> Result<Self, StatusError> {
        let named = |status: &Status| status.as_str().eq_ignore_ascii_case(name);
        Status::ALL.into_iter().find(named).ok_or(StatusError(Excerpt::new(name)))
    }
}

/// The error returned when a string is not a valid [`Status`].
///
/// ```
/// use iana_ports::Status;
///
/// let message = "free".parse::<Status>().map_err(|error| error.to_string());
/// assert_eq!(message, Err("\"free\" is not a status: \
///     expected Assigned, Reserved or Unassigned".into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a status: expected Assigned, Reserved or Unassigned")]
pub struct StatusError(Excerpt);

/// What the registry says about one port on one transport; returned by [`port_status`](crate::port_status).
///
/// ```
/// use iana_ports::{PortStatus, Transport::Tcp, port_status};
///
/// let answer = match port_status(443, Tcp) {
///     PortStatus::Assigned(entries) => format!("registered for {entries:?}"),
///     PortStatus::Reserved(entry) => format!("reserved: {}", entry.description()),
///     PortStatus::Unassigned(_) => "free to be registered".to_owned(),
///     PortStatus::Dynamic => "for private use".to_owned(),
/// };
/// assert!(answer.starts_with("registered for"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PortStatus {
    /// Registered for these services, those that [`lookup_port`](crate::lookup_port) returns.
    Assigned(&'static [Entry]),
    /// Not to be assigned, according to this row.
    Reserved(Entry),
    /// Free to be assigned. The row is that of the block of free ports that contains the port; `None` if no row covers
    /// the port.
    Unassigned(Option<Entry>),
    /// One of the Dynamic Ports, 49152 to 65535, which IANA never assigns
    /// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
    Dynamic,
}

impl PortStatus {
    /// The services that the port is registered for; empty unless it is [`Assigned`](PortStatus::Assigned).
    ///
    /// ```
    /// use iana_ports::{Transport::Tcp, port_status};
    ///
    /// for entry in port_status(443, Tcp).entries() {
    ///     assert_eq!(entry.service_name(), Some("https"));
    /// }
    /// assert!(port_status(50000, Tcp).entries().is_empty());
    /// ```
    pub const fn entries(self) -> &'static [Entry] {
        match self {
            PortStatus::Assigned(entries) => entries,
            PortStatus::Reserved(_) | PortStatus::Unassigned(_) | PortStatus::Dynamic => &[],
        }
    }
}

impl fmt::Display for PortStatus {
    /// The status alone: `Assigned`, `Reserved`, `Unassigned` or `Dynamic`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            PortStatus::Assigned(_) => Status::Assigned.as_str(),
            PortStatus::Reserved(_) => Status::Reserved.as_str(),
            PortStatus::Unassigned(_) => Status::Unassigned.as_str(),
            PortStatus::Dynamic => PortClass::Dynamic.as_str(),
        })
    }
}
