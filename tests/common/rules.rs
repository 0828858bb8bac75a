//! The rules of service names, read a second time.

use iana_ports::ServiceNameRule::{self, AdjacentHyphens, Characters, LeadingHyphen, Length, Letter, TrailingHyphen};

/// The rules that a text breaks, each read by itself from the prose of RFC 6335 §5.1, and where.
pub fn broken_rules(text: &str) -> Vec<(ServiceNameRule, Option<usize>)> {
    if text.is_empty() {
        return vec![(Length, None)];
    }
    let sixteenth = text.char_indices().nth(15).map(|(offset, _)| offset);
    let illegal = text.find(|c: char| !matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-'));
    let has_letter = text.contains(|c: char| c.is_ascii_alphabetic());
    [
        sixteenth.map(|offset| (Length, Some(offset))),
        illegal.map(|offset| (Characters, Some(offset))),
        (!has_letter).then_some((Letter, None)),
        text.starts_with('-').then_some((LeadingHyphen, Some(0))),
        text.ends_with('-').then_some((TrailingHyphen, Some(text.len() - 1))),
        text.find("--").map(|offset| (AdjacentHyphens, Some(offset + 1))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
