//! Port numbers: ranges and classes.

use crate::text::{Excerpt, pad};
use core::fmt;
use core::ops::RangeInclusive;
use core::str::FromStr;

/// One port number, or several in a row from the first to the last, both included; never empty.
///
/// # Syntax
///
/// A port number in decimal, 0 to 65535, or two of them joined by a hyphen, the lower one first: `80`, `6000-6063`.
/// Leading zeros are ignored; signs and whitespace are rejected.
///
/// ```
/// use iana_ports::PortRange;
///
/// let x11: PortRange = "6000-6063".parse()?;
/// assert_eq!((x11.start(), x11.end(), x11.len()), (6000, 6063, 64));
/// assert!(x11.contains(6003));
/// assert_eq!(x11.to_string(), "6000-6063");
/// assert_eq!(x11.into_iter().next_back(), Some(6063));
///
/// assert_eq!(PortRange::try_from(6000..=6063)?, x11);
/// assert_eq!(PortRange::from(80).to_string(), "80");
/// # Ok::<(), iana_ports::PortRangeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    start: u16,
    end: u16,
}

impl PortRange {
    /// The ports from `start` to `end`, both included; `None` if `end` is below `start`.
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

    /// The range of one port. The same as `PortRange::from(port)`, and `const`.
    ///
    /// ```
    /// use iana_ports::PortRange;
    ///
    /// const HTTPS: PortRange = PortRange::from_port(443);
    /// assert_eq!(HTTPS, PortRange::from(443));
    /// ```
    pub const fn from_port(port: u16) -> Self {
        PortRange { start: port, end: port }
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

    /// Whether the two ranges have a port in common.
    ///
    /// ```
    /// use iana_ports::{PortClass, PortRange};
    ///
    /// let ports = PortRange::try_from(1000..=2000)?;
    /// assert!(ports.overlaps(PortClass::System.range()));
    /// assert!(!ports.overlaps(PortClass::Dynamic.range()));
    /// # Ok::<(), iana_ports::PortRangeError>(())
    /// ```
    pub const fn overlaps(self, other: PortRange) -> bool {
        self.intersection(other).is_some()
    }

    /// The ports that the two ranges have in common; `None` if there are none.
    ///
    /// ```
    /// use iana_ports::{PortClass, PortRange};
    ///
    /// let ports = PortRange::try_from(1000..=2000)?;
    /// let user_ports = ports.intersection(PortClass::User.range());
    /// assert_eq!(user_ports, PortRange::new(1024, 2000));
    /// assert_eq!(ports.intersection(PortClass::Dynamic.range()), None);
    /// # Ok::<(), iana_ports::PortRangeError>(())
    /// ```
    pub const fn intersection(self, other: PortRange) -> Option<PortRange> {
        let start = if self.start > other.start { self.start } else { other.start };
        let end = if self.end < other.end { self.end } else { other.end };
        PortRange::new(start, end)
    }

    /// The ports in ascending order; the iterator is double-ended and knows its length.
    ///
    /// ```
    /// use iana_ports::PortRange;
    ///
    /// let ports: PortRange = "8000-8002".parse()?;
    /// assert!(ports.iter().eq([8000, 8001, 8002]));
    /// # Ok::<(), iana_ports::PortRangeError>(())
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
        PortRange::from_port(port)
    }
}

impl From<PortRange> for RangeInclusive<u16> {
    fn from(ports: PortRange) -> Self {
        ports.iter()
    }
}

impl TryFrom<RangeInclusive<u16>> for PortRange {
    type Error = PortRangeError;

    /// Returns an error if the range runs backwards.
    fn try_from(ports: RangeInclusive<u16>) -> Result<Self, PortRangeError> {
        PortRange::ordered(*ports.start(), *ports.end()).map_err(PortRangeError)
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
        PortRange::parse(text).map_err(PortRangeError)
    }
}

impl PortRange {
    fn parse(text: &str) -> Result<Self, Malformed> {
        match text.split_once('-') {
            None if is_number(text) => port_number(text).map(PortRange::from),
            Some((start, end)) if is_number(start) && is_number(end) => {
                PortRange::ordered(port_number(start)?, port_number(end)?)
            }
            _ => Err(PortRange::near_miss(text)),
        }
    }

    /// What is wrong with `text`, and how the ports that it means are written, where that is clear.
    fn near_miss(text: &str) -> Malformed {
        let excerpt = Excerpt::new(text);
        let port = |text: &str| text.trim().parse().ok().filter(|_| is_number(text.trim()) && text.trim().len() <= 5);
        let between = |separator| {
            let (start, end) = text.split_once(separator)?;
            PortRange::new(port(start)?, port(end)?)
        };
        let mut listed =
            text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|part| !part.is_empty());
        if text.is_empty() {
            Malformed::Missing
        } else if text == "*" {
            Malformed::Every
        } else if let Some(port) = port(text.trim().trim_start_matches('+')) {
            Malformed::Port(excerpt, port)
        } else if let Some(range) = ["...", "..=", "..", ":", "–", "—", "~", "-"].into_iter().find_map(between) {
            Malformed::Range(excerpt, range)
        } else if listed.clone().count() > 1 && listed.all(|part| PortRange::parse(part).is_ok()) {
            Malformed::Several(excerpt)
        } else {
            Malformed::NotAPort(excerpt)
        }
    }

    fn ordered(start: u16, end: u16) -> Result<Self, Malformed> {
        PortRange::new(start, end).ok_or(Malformed::Reversed { start, end })
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn port_number(digits: &str) -> Result<u16, Malformed> {
    digits.parse().map_err(|_| Malformed::TooLarge(Excerpt::new(digits)))
}

/// The error returned when a string is not a valid [`PortRange`], or when a range of numbers runs backwards.
///
/// ```
/// use iana_ports::PortRange;
///
/// let message = "8000:8100".parse::<PortRange>().map_err(|error| error.to_string());
/// assert_eq!(
///     message,
///     Err("\"8000:8100\" is not a port range: a range is written 8000-8100".into())
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct PortRangeError(Malformed);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum Malformed {
    #[error("a port number is missing: expected 0 to 65535, or a range such as 6000-6063")]
    Missing,
    #[error("{0} is not a port number: expected 0 to 65535 in ASCII digits, or a range such as 6000-6063")]
    NotAPort(Excerpt),
    #[error("port number {0} is too large: the highest is 65535")]
    TooLarge(Excerpt),
    #[error("port range {start}-{end} runs backwards: its first port must not be above its last")]
    Reversed { start: u16, end: u16 },
    #[error("\"*\" is not a port range: every port is written 0-65535")]
    Every,
    #[error("{0} is not a port number: a port is written {1}")]
    Port(Excerpt, u16),
    #[error("{0} is not a port range: a range is written {1}")]
    Range(Excerpt, PortRange),
    #[error("{0} is more than one port or range: write one at a time")]
    Several(Excerpt),
}

/// One of the three parts of the port number space
/// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
///
/// It prints, and parses in any ASCII case, as the RFC's name for it: `System`, `User` or `Dynamic`.
///
/// ```
/// use iana_ports::PortClass;
///
/// assert_eq!(PortClass::of(443), PortClass::System);
/// assert_eq!(PortClass::User.range().to_string(), "1024-49151");
/// assert_eq!(PortClass::Dynamic.to_string(), "Dynamic");
/// assert_eq!("dynamic".parse(), Ok(PortClass::Dynamic));
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
    /// Every class, from the lowest ports to the highest.
    ///
    /// ```
    /// use iana_ports::PortClass;
    ///
    /// assert_eq!(PortClass::ALL.map(PortClass::as_str), ["System", "User", "Dynamic"]);
    /// ```
    pub const ALL: [PortClass; 3] = [PortClass::System, PortClass::User, PortClass::Dynamic];

    /// The class of `port`, which is the same for every transport.
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

    /// The name that RFC 6335 gives the class: `System`, `User` or `Dynamic`.
    ///
    /// ```
    /// assert_eq!(iana_ports::PortClass::of(443).as_str(), "System");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            PortClass::System => "System",
            PortClass::User => "User",
            PortClass::Dynamic => "Dynamic",
        }
    }
}

impl fmt::Display for PortClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for PortClass {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl FromStr for PortClass {
    type Err = PortClassError;

    fn from_str(name: &str) -> Result<Self, PortClassError> {
        let named = |class: &PortClass| class.as_str().eq_ignore_ascii_case(name);
        PortClass::ALL.into_iter().find(named).ok_or(PortClassError(Excerpt::new(name)))
    }
}

/// The error returned when a string is not a valid [`PortClass`].
///
/// ```
/// use iana_ports::PortClass;
///
/// let message = "Ephemeral".parse::<PortClass>().map_err(|error| error.to_string());
/// assert_eq!(message, Err("\"Ephemeral\" is not a class of ports: \
///     expected System, User or Dynamic".into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a class of ports: expected System, User or Dynamic")]
pub struct PortClassError(Excerpt);
