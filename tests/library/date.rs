//! Dates of the registry.

use crate::common::oracle;
use iana_ports::{Date, entries};

#[test]
fn every_date_of_the_registry_is_read_as_it_prints() {
    let mut dates = 0;
    for row in oracle::rows() {
        for cell in row.cells[6..8].iter().filter(|cell| !cell.is_empty()) {
            let date: Date = cell.parse().unwrap();
            assert_eq!(date.to_string(), *cell);
            assert_eq!(format!("{date:?}"), format!("Date({cell})"));
            assert_eq!(Date::try_from(cell.as_str()), Ok(date));
            let parts: Vec<u16> = cell.split('-').map(|part| part.parse().unwrap()).collect();
            assert_eq!((date.year(), u16::from(date.month())), (parts[0], parts[1]));
            assert_eq!(date.day().map(u16::from), parts.get(2).copied());
            dates += 1;
        }
    }
    assert!(dates > 5_000);
}

/// The text of an ISO date is ordered as the date is, and a month before its days.
#[test]
fn dates_are_ordered_as_their_texts() {
    let mut dates: Vec<Date> =
        entries().iter().flat_map(|entry| [entry.registration_date(), entry.modification_date()]).flatten().collect();
    let mut texts: Vec<String> = dates.iter().map(Date::to_string).collect();
    dates.sort_unstable();
    texts.sort_unstable();
    assert!(dates.iter().map(Date::to_string).eq(texts));
}

#[test]
fn dates_that_do_not_exist_are_rejected() {
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (month, days) in (1..=12).zip(days) {
        for day in 0..=40 {
            let leap_day = month == 2 && day == 29;
            assert_eq!(Date::new(2023, month, Some(day)).is_some(), (1..=days).contains(&day), "{month}-{day}");
            assert_eq!(Date::new(2024, month, Some(day)).is_some(), (1..=days).contains(&day) || leap_day);
        }
    }
    assert!(Date::new(2000, 2, Some(29)).is_some());
    for (year, month, day) in [(1969, 12, None), (2098, 1, None), (2024, 0, None), (2024, 13, None), (0, 1, Some(1))] {
        assert_eq!(Date::new(year, month, day), None);
    }
    for text in [
        "2024",
        "2024-1",
        "2024-01-1",
        "2024-01-011",
        "2024-01-01-01",
        "+024-01",
        "2024-13",
        "2023-02-29",
        "2024-01-",
        "-2024-01",
        "2024 01",
        "２０２４-01",
        "24-01-01",
        "02024-01",
        "1969-12-31",
        "2098-01",
    ] {
        let error = text.parse::<Date>().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("invalid date {text:?}: expected a date from 1970 to 2097, as YYYY-MM-DD or YYYY-MM")
        );
        assert_eq!(Date::try_from(text), Err(error));
    }
    let error = "".parse::<Date>().unwrap_err();
    assert_eq!(error.to_string(), "empty date: expected a date from 1970 to 2097, as YYYY-MM-DD or YYYY-MM");
}
