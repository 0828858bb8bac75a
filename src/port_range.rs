//! Ranges of port numbers.

use crate::near_miss::{is_list, plain, port_of_address, range_with_other_separator};
use crate::text::{Excerpt, debug_as_display, is_number, pad, try_from_str};
use core::fmt;
use core::ops::RangeInclusive;
use core::str::FromStr;

/// An inclusive range of port numbers; never empty.
///
/// # Syntax
///
/// A decimal port number, 0 to 65535, or two joined by a hyphen, the lower first: `80`, `6000-6063`. Leading zeros are
/// ignored; signs and whitespace are rejected. Ranges are ordered by their start, then by their end.
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
/// const ALL: PortRange = PortRange::new(0, 65535).unwrap();
/// assert_eq!(ALL.len(), 65_536);
/// assert_eq!(PortRange::new(100, 1), None);
/// assert_eq!(PortRange::try_from(6000..=6063)?, x11);
/// assert_eq!(PortRange::from_port(80), PortRange::from(80));
/// assert!(x11.overlaps(ALL));
/// # Ok::<(), iana_ports::PortRangeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    // At most `end`.
    pub(crate) start: u16,
    pub(crate) end: u16,
}

impl PortRange {
    /// The ports from `start` to `end`, both included; `None` if `end` is below `start`.
    pub const fn new(start: u16, end: u16) -> Option<Self> {
        if start <= end { Some(PortRange { start, end }) } else { None }
    }

    /// A range of one port: `PortRange::from(port)`, but `const`.
    pub const fn from_port(port: u16) -> Self {
        PortRange { start: port, end: port }
    }

    /// The lowest port.
    pub const fn start(self) -> u16 {
        self.start
    }

    /// The highest port.
    pub const fn end(self) -> u16 {
        self.end
    }

    /// The number of ports, 1 to 65,536.
    #[expect(clippy::len_without_is_empty, reason = "a range of ports is never empty")]
    pub const fn len(self) -> u32 {
        (self.end - self.start) as u32 + 1
    }

    /// Whether `port` is in the range.
    pub const fn contains(self, port: u16) -> bool {
        self.start <= port && port <= self.end
    }

    /// Whether the two ranges have a port in common.
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

    /// The ports in ascending order.
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

    /// Returns an error if the start is greater than the end, or if the range has been iterated to its end.
    fn try_from(ports: RangeInclusive<u16>) -> Result<Self, PortRangeError> {
        let range = PortRange::ordered(*ports.start(), *ports.end()).map_err(PortRangeError)?;
        if ports.is_empty() { Err(PortRangeError(ErrorKind::Exhausted)) } else { Ok(range) }
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PortRange { start, end } = self;
        // As text, so that one port is aligned as a range is.
        if start == end { pad(f, format_args!("{start}")) } else { pad(f, format_args!("{start}-{end}")) }
    }
}

impl PortRange {
    /// Parses without a suggestion in the error.
    pub(crate) fn parse_strictly(text: &str) -> Result<Self, ErrorKind> {
        match text.split_once('-') {
            None if is_number(text) => port_number(text).map(PortRange::from),
            Some((start, end)) if is_number(start) && is_number(end) => {
                PortRange::ordered(port_number(start)?, port_number(end)?)
            }
            _ => Err(ErrorKind::NotAPort(Excerpt::new(text))),
        }
    }

    fn ordered(start: u16, end: u16) -> Result<Self, ErrorKind> {
        PortRange::new(start, end).ok_or(ErrorKind::Reversed { start, end })
    }
}

fn port_number(digits: &str) -> Result<u16, ErrorKind> {
    digits.parse().map_err(|_| ErrorKind::TooLarge(Excerpt::new(digits)))
}

impl FromStr for PortRange {
    type Err = PortRangeError;

    fn from_str(text: &str) -> Result<Self, PortRangeError> {
        PortRange::parse_strictly(text).map_err(|error| PortRangeError(suggest_port_range(text, error)))
    }
}

/// The error for text that is not a [`PortRange`]: `error`, or one with a suggestion if the meaning is clear.
pub(crate) fn suggest_port_range(text: &str, error: ErrorKind) -> ErrorKind {
    if !matches!(error, ErrorKind::NotAPort(_)) {
        return error;
    }
    let excerpt = Excerpt::new(text);
    if text.trim().is_empty() {
        return ErrorKind::Empty;
    }
    let buffer = &mut [0; 32];
    let text = plain(text, buffer);
    if ["*", "any", "all"].iter().any(|all| text.eq_ignore_ascii_case(all)) {
        return ErrorKind::All(excerpt);
    }
    let digits = text.trim_start_matches('+');
    if is_number(digits) {
        return port_number(digits).map_or_else(|error| error, |port| ErrorKind::Port(excerpt, port));
    }
    if let Some(range) = other_range(text) {
        return match range {
            Ok(range) if range.start == range.end => ErrorKind::Port(excerpt, range.start),
            Ok(range) if text.contains(':') => ErrorKind::RangeOrMapping(excerpt, range),
            Ok(range) => ErrorKind::Range(excerpt, range),
            Err(ErrorKind::Reversed { start, end }) if text.contains(':') => ErrorKind::Mapping(excerpt, start, end),
            Err(ErrorKind::Reversed { .. }) => ErrorKind::ReversedText(excerpt),
            Err(error) => error,
        };
    }
    let is_separator = |character: char| matches!(character, ',' | ';') || character.is_whitespace();
    let is_item = |item: &str| PortRange::parse_strictly(item).is_ok() || matches!(other_range(item), Some(Ok(_)));
    if is_list(text, is_separator, is_item) {
        return ErrorKind::List(excerpt);
    }
    port_of_address(text).map_or(error, |port| ErrorKind::Port(excerpt, port))
}

/// A range with something other than a plain hyphen between its ends.
pub(crate) fn other_range(text: &str) -> Option<Result<PortRange, ErrorKind>> {
    let (start, end) = range_with_other_separator(text)?;
    Some(port_number(start).and_then(|start| PortRange::ordered(start, port_number(end)?)))
}

/// The error returned when a string or a range of numbers is not a valid [`PortRange`].
///
/// ```
/// use iana_ports::PortRange;
///
/// let message = "8000..8100".parse::<PortRange>().map_err(|error| error.to_string());
/// assert_eq!(message, Err("invalid port range \"8000..8100\": did you mean 8000-8100?".into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct PortRangeError(pub(crate) ErrorKind);

debug_as_display!(PortRangeError);
try_from_str!(PortRange, PortRangeError);
#[cfg(feature = "serde")]
crate::serde::port_as_string!(PortRange, "a port or range such as 443 or \"6000-6063\"");

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ErrorKind {
    #[error("empty port: expected a number from 0 to 65535, or a range such as 6000-6063")]
    Empty,
    #[error("invalid port {0}: expected a number from 0 to 65535, or a range such as 6000-6063")]
    NotAPort(Excerpt),
    #[error("invalid port {0}: greater than 65535")]
    TooLarge(Excerpt),
    #[error("invalid port range \"{start}-{end}\": the start is greater than the end")]
    Reversed { start: u16, end: u16 },
    #[error("invalid port range {0}: the start is greater than the end")]
    ReversedText(Excerpt),
    #[error("empty port range: already iterated to its end")]
    Exhausted,
    #[error("invalid port range {0}: for all ports, use 0-65535")]
    All(Excerpt),
    #[error("invalid port {0}: did you mean {1}?")]
    Port(Excerpt, u16),
    #[error("invalid port range {0}: did you mean {1}?")]
    Range(Excerpt, PortRange),
    #[error(
        "invalid port range {0}: did you mean {1} (a range to iptables) or {start} and {end} (a mapping to Docker)?",
        start = .1.start,
        end = .1.end
    )]
    RangeOrMapping(Excerpt, PortRange),
    #[error("invalid port range {0}: did you mean {1} and {2} (a mapping to Docker)?")]
    Mapping(Excerpt, u16, u16),
    #[error("invalid port range {0}: expected a single port or range, not a list")]
    List(Excerpt),
}
