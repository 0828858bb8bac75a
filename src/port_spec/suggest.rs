//! Suggestions for text that is no [`PortSpec`], where its meaning is clear.

use super::error::ErrorKind;
use crate::near_miss::{MAX_FULL_WIDTH, from_full_width, is_list, port_of_address};
use crate::port_range::{ErrorKind as PortRangeKind, other_range, suggest_port_range};
use crate::text::Excerpt;
use crate::{PortRangeError, PortSpec, Transport};

/// The error for text that is not a [`PortSpec`]: `error`, or one with a suggestion.
pub(super) fn suggest_port_spec(text: &str, error: ErrorKind) -> ErrorKind {
    let excerpt = Excerpt::new(text);
    let is_separator = |character| matches!(character, ',' | ';');
    let is_transport = |item: &str| item.parse::<Transport>().is_ok();
    if text.split_once('/').is_some_and(|(_, list)| is_list(list, is_separator, is_transport)) {
        return ErrorKind::Transports(excerpt);
    }
    let is_spec = |item: &str| PortSpec::parse_strictly(item).is_ok() || matches!(other_range(item), Some(Ok(_)));
    if is_list(text, is_separator, is_spec) {
        return ErrorKind::List(excerpt);
    }
    if let Ok(spec) = PortSpec::parse_strictly(text.trim()) {
        return ErrorKind::Suggestion(excerpt, spec);
    }
    let ascii = &mut [0; MAX_FULL_WIDTH];
    if let Some(Ok(spec)) = from_full_width(text.trim(), ascii).map(PortSpec::parse_strictly) {
        return ErrorKind::Suggestion(excerpt, spec);
    }
    // A colon parts a transport from a port, too, but also the ends of a range.
    let separators: [fn(char) -> bool; 2] =
        [|c| c.is_whitespace() || c == '/', |c| c.is_whitespace() || matches!(c, '/' | ':')];
    for (first, second) in separators.into_iter().filter_map(|separator| two_words(text, separator)) {
        for (subject, transport) in [(first, second), (second, first)] {
            match (spec_in_other_words(subject), transport.parse()) {
                (Ok(spec), Ok(transport)) => {
                    return ErrorKind::Suggestion(excerpt, spec.with_transport(transport));
                }
                (Err(ErrorKind::Ports(error)), Ok(_)) => return range_error_in_spec(subject, error),
                _ => {}
            }
        }
    }
    if let Some(port) = port_of_address(text.trim()) {
        return ErrorKind::Suggestion(excerpt, PortSpec::from_port(port));
    }
    match error {
        ErrorKind::ServiceName(_) | ErrorKind::Transport(_) if text.contains(char::is_whitespace) => {
            ErrorKind::Whitespace(excerpt)
        }
        ErrorKind::Ports(error) => range_error_in_spec(text.split_once('/').map_or(text, |(ports, _)| ports), error),
        _ => error,
    }
}

/// The parts of a text that has exactly two.
fn two_words(text: &str, separator: fn(char) -> bool) -> Option<(&str, &str)> {
    let mut words = text.split(separator).filter(|word| !word.is_empty());
    match (words.next(), words.next(), words.next()) {
        (Some(first), Some(second), None) => Some((first, second)),
        _ => None,
    }
}

/// A port, a range or a name as [`PortSpec`] reads it, a range with another separator, or the port of an address.
fn spec_in_other_words(text: &str) -> Result<PortSpec, ErrorKind> {
    PortSpec::parse_strictly(text).or_else(|error| match (other_range(text), port_of_address(text)) {
        (Some(Ok(ports)), _) => Ok(PortSpec::from_ports(ports)),
        (None, Some(port)) => Ok(PortSpec::from_port(port)),
        _ => Err(error),
    })
}

fn range_error_in_spec(text: &str, error: PortRangeError) -> ErrorKind {
    match suggest_port_range(text, error.0) {
        PortRangeKind::List(list) => ErrorKind::List(list),
        error => ErrorKind::Ports(PortRangeError(error)),
    }
}
