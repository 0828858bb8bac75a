//! The three classes of port numbers.

use crate::PortRange;
use crate::text::shown_as_str;

/// One of the three parts of the port number space
/// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
///
/// ```
/// use iana_ports::PortClass;
///
/// assert_eq!(PortClass::of(443), PortClass::System);
/// assert_eq!(PortClass::of(1024), PortClass::User);
/// assert_eq!(PortClass::User.range().to_string(), "1024-49151");
/// assert_eq!(PortClass::Dynamic.to_string(), "Dynamic");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortClass {
    #[doc(alias = "well-known")]
    /// System Ports, also called Well Known Ports: 0 to 1023, assigned by IANA.
    System,
    #[doc(alias = "registered")]
    /// User Ports, also called Registered Ports: 1024 to 49151, assigned by IANA.
    User,
    #[doc(alias = "ephemeral")]
    /// Dynamic Ports, also called Private or Ephemeral Ports: 49152 to 65535, never assigned.
    Dynamic,
}

impl PortClass {
    /// Every class, from the lowest ports to the highest.
    pub const ALL: [PortClass; 3] = [PortClass::System, PortClass::User, PortClass::Dynamic];

    /// The class of `port`, which is the same for every transport.
    pub const fn of(port: u16) -> Self {
        match port {
            0..=1023 => PortClass::System,
            1024..=49151 => PortClass::User,
            49152..=65535 => PortClass::Dynamic,
        }
    }

    /// The ports of the class.
    pub const fn range(self) -> PortRange {
        match self {
            PortClass::System => PortRange { start: 0, end: 1023 },
            PortClass::User => PortRange { start: 1024, end: 49151 },
            PortClass::Dynamic => PortRange { start: 49152, end: 65535 },
        }
    }

    /// The name that RFC 6335 gives the class: `System`, `User` or `Dynamic`.
    pub const fn as_str(self) -> &'static str {
        match self {
            PortClass::System => "System",
            PortClass::User => "User",
            PortClass::Dynamic => "Dynamic",
        }
    }
}

shown_as_str!(PortClass);

#[cfg(feature = "serde")]
crate::serde::serialize_as_string!(PortClass);
