//! A date of the registry in two bytes, checked: what the tables hold.
//!
//! Compiled into the generator too, so that both read and check dates alike.

/// Seven bits of years since this one, four of month and five of day, which is 0 where only the month is given.
pub(crate) const FIRST_YEAR: u16 = 1970;

/// The date, if there is such a day from 1970 to 2097.
pub(crate) const fn pack(year: u16, month: u8, day: Option<u8>) -> Option<u16> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let day = match day {
        None => 0,
        Some(day) if 0 < day && day <= days => day,
        Some(_) => return None,
    };
    match year {
        FIRST_YEAR..=2097 => Some((year - FIRST_YEAR) << 9 | (month as u16) << 5 | day as u16),
        _ => None,
    }
}

/// Reads `YYYY-MM-DD` or `YYYY-MM`.
pub(crate) fn parse(text: &str) -> Option<u16> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = match rest.split_once('-') {
        Some((month, day)) => (month, Some(u8::try_from(digits(day, 2)?).ok()?)),
        None => (rest, None),
    };
    pack(digits(year, 4)?, u8::try_from(digits(month, 2)?).ok()?, day)
}

fn digits(text: &str, width: usize) -> Option<u16> {
    let plain = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}
