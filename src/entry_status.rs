//! The status of a row.

use crate::encoding::{RESERVED, UNASSIGNED};
use core::fmt;

/// What a row of the registry says about its ports
/// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
///
/// The status of a port, to which several rows can apply, is a [`PortStatus`](crate::PortStatus).
///
/// ```
/// use iana_ports::{EntryStatus, lookup_name};
///
/// for entry in lookup_name("https") {
///     assert_eq!(entry.status(), EntryStatus::Assigned);
/// }
/// assert_eq!(EntryStatus::Unassigned.to_string(), "Unassigned");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryStatus {
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

impl EntryStatus {
    /// Every status.
    ///
    /// ```
    /// use iana_ports::EntryStatus;
    ///
    /// assert_eq!(EntryStatus::ALL.map(EntryStatus::as_str), ["Assigned", "Reserved", "Unassigned"]);
    /// ```
    pub const ALL: [EntryStatus; 3] = [EntryStatus::Assigned, EntryStatus::Reserved, EntryStatus::Unassigned];

    /// The name that RFC 6335 gives the status: `Assigned`, `Reserved` or `Unassigned`.
    ///
    /// ```
    /// assert_eq!(iana_ports::EntryStatus::Reserved.as_str(), "Reserved");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            EntryStatus::Assigned => "Assigned",
            EntryStatus::Reserved => "Reserved",
            EntryStatus::Unassigned => "Unassigned",
        }
    }

    /// The status of this number in the tables.
    pub(crate) const fn from_number(number: u8) -> Self {
        match number {
            UNASSIGNED => EntryStatus::Unassigned,
            RESERVED => EntryStatus::Reserved,
            _ => EntryStatus::Assigned,
        }
    }
}

impl fmt::Display for EntryStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for EntryStatus {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

#[cfg(feature = "serde")]
crate::serde::serialize_as_string!(EntryStatus);
