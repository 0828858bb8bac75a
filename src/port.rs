//! Port numbers: ranges and classes.

use crate::Excerpt;
use crate::text::pad;
use core::fmt;
use core::ops::RangeInclusive;
use core::str::FromStr;

/// One or more adjacent port numbers, both ends included; never empty.
///
/// # Syntax
///
/// A port number in decimal, 0 to 65535, or two of them joined by a hyphen, the lower one first: `80`, `6000-6063`.
/// There is no sign and no white space; leading zeros mean nothing.
///
/// ```
/// use iana_ports::PortRange;
///
/// let x11: PortRange = "6000-6063".parse()?;
/// assert_eq!((x11.start(), x11.end(), x11.len()), (6000, 6063, 64));
/// assert!(x11.contains(6003));
/// assert_eq!(x11.to_string(), "6000-6063");
/// assert_eq!(x11.into_iter().rev().next(), Some(6063));
///
/// assert_eq!(PortRange::from(80).to_string(), "80");
/// # Ok::<(), iana_ports::PortRangeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    start: u16,
    end: u16,
}

impl PortRange {
    /// The ports from `start` to `end`, both included; `None` where `end` is below `start`.
    ///
    /// ```
    /// use iana_ports::PortRange;
    ///
    /// assert!(PortRange::new(80, 80).is_some());
    /// assert!(PortRange::new(100, 1).is_none());
    /// ```
    pub const fn new(start: u16, end: u16) -> Option<Self> {
        if start <= end { Some(PortRange { start, end }) } else { None }
    }

    /// The lowest port.
    ///
    /// ```
    /// assert_eq!(iana_ports::PortClass::User.range().start(), 1024);
    /// ```
    pub const fn start(self) -> u16 {
        self.start
    }

    /// The highest port.
    ///
    /// ```
    /// assert_eq!(iana_ports::PortClass::User.range().end(), 49151);
    /// ```
    pub const fn end(self) -> u16 {
        self.end
    }

    /// The number of ports, 1 to 65,536.
    ///
    /// ```
    /// use iana_ports::PortRange;
    ///
    /// assert_eq!(PortRange::new(0, 65535).map(PortRange::len), Some(65_536));
    /// ```
    #[expect(clippy::len_without_is_empty, reason = "a range of ports is never empty")]
    pub const fn len(self) -> u32 {
        (self.end - self.start) as u32 + 1
    }

    /// Whether `port` lies in the range.
    ///
    /// ```
    /// use iana_ports::PortClass;
    ///
    /// assert!(PortClass::System.range().contains(1023));
    /// assert!(!PortClass::System.range().contains(1024));
    /// ```
    pub const fn contains(self, port: u16) -> bool {
        self.start <= port && port <= self.end
    }

    /// The ports in ascending order; double-ended, with a known length.
    ///
    /// ```
    /// use iana_ports::PortRange;
    ///
    /// let range = PortRange::new(8000, 8002).unwrap();
    /// assert!(range.iter().eq([8000, 8001, 8002]));
    /// ```
    pub const fn iter(self) -> RangeInclusive<u16> {
        self.start..=self.end
    }
}

impl IntoIterator for PortRange {
    type Item = u16;
    type IntoIter = RangeInclusive<u16>;

    fn into_iter(self) -> RangeInclusive<u16> {
        self.iter()
    }
}

impl From<u16> for PortRange {
    fn from(port: u16) -> Self {
        PortRange { start: port, end: port }
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PortRange { start, end } = self;
        // As text, so that one port is aligned as a range is.
        if start == end { pad(f, format_args!("{start}")) } else { pad(f, format_args!("{start}-{end}")) }
    }
}

impl FromStr for PortRange {
    type Err = PortRangeError;

    fn from_str(text: &str) -> Result<Self, PortRangeError> {
        let Some((start, end)) = text.split_once('-') else {
            return port_number(text, text).map(PortRange::from);
        };
        let (start, end) = (port_number(start, text)?, port_number(end, text)?);
        PortRange::new(start, end).ok_or(PortRangeError(Malformed::Reversed { start, end }))
    }
}

impl TryFrom<&str> for PortRange {
    type Error = PortRangeError;

    fn try_from(text: &str) -> Result<Self, PortRangeError> {
        text.parse()
    }
}

/// The port number that `digits` spell in the range `text`.
fn port_number(digits: &str, text: &str) -> Result<u16, PortRangeError> {
    if digits.is_empty() {
        Err(PortRangeError(Malformed::Missing(Excerpt::new(text))))
    } else if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Err(PortRangeError(Malformed::NotDigits(Excerpt::new(digits))))
    } else {
        digits.parse().map_err(|_| PortRangeError(Malformed::TooLarge(Excerpt::new(digits))))
    }
}

/// A text that is no [`PortRange`].
///
/// ```
/// use iana_ports::{PortRange, PortRangeError};
///
/// let error: PortRangeError = "65536".parse::<PortRange>().unwrap_err();
/// assert_eq!(error.to_string(), "port number \"65536\" is too large: the highest is 65535");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct PortRangeError(Malformed);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum Malformed {
    #[error("{0} lacks a port number: expected one from 0 to 65535, or two joined by a hyphen")]
    Missing(Excerpt),
    #[error("port number {0} is not decimal digits: expected 0 to 65535")]
    NotDigits(Excerpt),
    #[error("port number {0} is too large: the highest is 65535")]
    TooLarge(Excerpt),
    #[error("port range {start}-{end} runs backwards: its first port must not be above its last")]
    Reversed { start: u16, end: u16 },
}

/// One of the three parts of the port number space
/// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
///
/// ```
/// use iana_ports::PortClass;
///
/// assert_eq!(PortClass::of(443), PortClass::System);
/// assert_eq!(PortClass::User.range().to_string(), "1024-49151");
/// assert_eq!(PortClass::Dynamic.to_string(), "Dynamic");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortClass {
    /// System Ports, also called Well Known Ports: 0 to 1023, assigned by IANA.
    System,
    /// User Ports, also called Registered Ports: 1024 to 49151, assigned by IANA.
    User,
    /// Dynamic Ports, also called Private or Ephemeral Ports: 49152 to 65535, never assigned.
    Dynamic,
}

impl PortClass {
    /// The class that `port` belongs to, over every transport.
    ///
    /// ```
    /// use iana_ports::PortClass;
    ///
    /// assert_eq!([1023, 1024, 49151, 49152].map(PortClass::of), [
    ///     PortClass::System,
    ///     PortClass::User,
    ///     PortClass::User,
    ///     PortClass::Dynamic,
    /// ]);
    /// ```
    pub const fn of(port: u16) -> Self {
        match port {
            0..=1023 => PortClass::System,
            1024..=49151 => PortClass::User,
            49152..=65535 => PortClass::Dynamic,
        }
    }

    /// The ports of the class.
    ///
    /// ```
    /// use iana_ports::{PortClass, PortRange};
    ///
    /// assert_eq!(Some(PortClass::System.range()), PortRange::new(0, 1023));
    /// ```
    pub const fn range(self) -> PortRange {
        let (start, end) = match self {
            PortClass::System => (0, 1023),
            PortClass::User => (1024, 49151),
            PortClass::Dynamic => (49152, 65535),
        };
        PortRange { start, end }
    }
}

impl fmt::Display for PortClass {
    /// The name that RFC 6335 gives the class: `System`, `User` or `Dynamic`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            PortClass::System => "System",
            PortClass::User => "User",
            PortClass::Dynamic => "Dynamic",
        })
    }
}
