//! Dates as the registry gives them.

use crate::encoding::{FIRST_YEAR, pack_date, parse_date};
use crate::text::{Excerpt, debug_as_display, pad, try_from_str};
use core::fmt;
use core::str::FromStr;

/// A date in the registry: a year and a month, and usually a day.
///
/// IANA's columns Registration Date and Modification Date contain `YYYY-MM-DD` or `YYYY-MM`, and a `Date` prints the
/// same way. A date without a day is ordered before the days of its month.
///
/// ```
/// use iana_ports::Date;
///
/// let day: Date = "2008-12-24".parse()?;
/// let month: Date = "2008-12".parse()?;
/// assert_eq!((day.year(), day.month(), day.day()), (2008, 12, Some(24)));
/// assert_eq!((month.year(), month.month(), month.day()), (2008, 12, None));
/// assert!(month < day);
/// assert_eq!(day.to_string(), "2008-12-24");
/// # Ok::<(), iana_ports::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub(crate) u16);

impl Date {
    /// The date with this `year` (1970 to 2097), `month` (1 to 12) and `day`, which is `None` if only the month is
    /// known. Returns `None` if there is no such date.
    ///
    /// ```
    /// use iana_ports::Date;
    ///
    /// assert!(Date::new(2024, 2, Some(29)).is_some());
    /// assert!(Date::new(2023, 2, Some(29)).is_none());
    /// ```
    pub const fn new(year: u16, month: u8, day: Option<u8>) -> Option<Self> {
        match pack_date(year, month, day) {
            Some(packed) => Some(Date(packed)),
            None => None,
        }
    }

    /// The year, 1970 to 2097.
    pub const fn year(self) -> u16 {
        FIRST_YEAR + (self.0 >> 9)
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        (self.0 >> 5 & 15) as u8
    }

    /// The day of the month, 1 to 31, or `None` if only the month is known.
    pub const fn day(self) -> Option<u8> {
        match self.0 & 31 {
            0 => None,
            day => Some(day as u8),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.day() {
            Some(day) => pad(f, format_args!("{}-{:02}-{day:02}", self.year(), self.month())),
            None => pad(f, format_args!("{}-{:02}", self.year(), self.month())),
        }
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads `YYYY-MM-DD` or `YYYY-MM`.
    fn from_str(text: &str) -> Result<Self, DateError> {
        parse_date(text).map(Date).ok_or_else(|| {
            DateError(if text.is_empty() { ErrorKind::Empty } else { ErrorKind::Invalid(Excerpt::new(text)) })
        })
    }
}

/// The error returned when a string is not a valid [`Date`].
///
/// ```
/// use iana_ports::Date;
///
/// let message = "2023-02-29".parse::<Date>().map_err(|error| error.to_string());
/// let expected = "invalid date \"2023-02-29\": expected a date from 1970 to 2097, as YYYY-MM-DD or YYYY-MM";
/// assert_eq!(message, Err(expected.into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct DateError(ErrorKind);

debug_as_display!(Date);
debug_as_display!(DateError);
try_from_str!(Date, DateError);
#[cfg(feature = "serde")]
crate::serde::as_string!(Date, "a date such as \"2024-06-12\"");

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum ErrorKind {
    #[error("empty date: expected a date from 1970 to 2097, as YYYY-MM-DD or YYYY-MM")]
    Empty,
    #[error("invalid date {0}: expected a date from 1970 to 2097, as YYYY-MM-DD or YYYY-MM")]
    Invalid(Excerpt),
}
