//! Dates as the registry gives them.

use crate::Excerpt;
use crate::encoding::{FIRST_YEAR, pack_date, parse_date};
use crate::text::pad;
use core::fmt;
use core::str::FromStr;

/// A date of the registry: a year and a month, and in most cases a day.
///
/// IANA's columns Registration Date and Modification Date hold `YYYY-MM-DD` or `YYYY-MM`, and a date prints as it
/// stands there. Dates are ordered; one without a day comes before the days of its month.
///
/// ```
/// use iana_ports::{Transport::Tcp, lookup_port};
///
/// let date = lookup_port(9390, Tcp)[0].registration_date().unwrap();
/// assert_eq!((date.year(), date.month(), date.day()), (2008, 12, Some(24)));
/// assert_eq!(date.to_string(), "2008-12-24");
///
/// let month = lookup_port(9400, Tcp)[0].registration_date().unwrap();
/// assert_eq!((month.day(), month.to_string().as_str()), (None, "2007-02"));
/// assert!(month < date);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u16);

impl Date {
    /// The date of `year`, 1970 to 2097, `month`, 1 to 12, and perhaps `day`, 1 to the last of the month; `None` where
    /// there is no such date.
    ///
    /// ```
    /// use iana_ports::{Date, REGISTRY_UPDATED};
    ///
    /// assert!(REGISTRY_UPDATED > Date::new(2024, 1, None).unwrap());
    /// assert_eq!(Date::new(2023, 2, Some(29)), None);
    /// ```
    pub const fn new(year: u16, month: u8, day: Option<u8>) -> Option<Self> {
        match pack_date(year, month, day) {
            Some(packed) => Some(Date(packed)),
            None => None,
        }
    }

    pub(crate) const fn from_packed(packed: u16) -> Self {
        Date(packed)
    }

    /// The year, 1970 to 2097.
    pub const fn year(self) -> u16 {
        FIRST_YEAR + (self.0 >> 9)
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        (self.0 >> 5 & 15) as u8
    }

    /// The day, 1 to 31; `None` where the registry gives only year and month.
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
            Some(day) => pad::<10>(f, format_args!("{}-{:02}-{day:02}", self.year(), self.month())),
            None => pad::<10>(f, format_args!("{}-{:02}", self.year(), self.month())),
        }
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads `YYYY-MM-DD` or `YYYY-MM`.
    fn from_str(text: &str) -> Result<Self, DateError> {
        parse_date(text).map(Date).ok_or(DateError { text: Excerpt::new(text) })
    }
}

/// A text that is no [`Date`].
///
/// ```
/// use iana_ports::{Date, DateError};
///
/// let error: DateError = "2023-02-29".parse::<Date>().unwrap_err();
/// assert_eq!(error.to_string(), "\"2023-02-29\" is no date: expected YYYY-MM-DD or YYYY-MM, 1970 to 2097");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text} is no date: expected YYYY-MM-DD or YYYY-MM, 1970 to 2097")]
pub struct DateError {
    text: Excerpt,
}
