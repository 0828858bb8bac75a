//! Suggestions for text that is not a [`PortSpec`], where its meaning is clear.

use super::error::ErrorKind;
use crate::near_miss::{is_list, plain, port_of_address};
use crate::port_range::{ErrorKind as PortRangeKind, other_range, suggest_port_range};
use crate::text::{Excerpt, is_number, text_of};
use crate::{PortRangeError, PortSpec, ServiceName, Transport};

/// The error for text that is not a [`PortSpec`]: `error`, or one with a suggestion.
pub(super) fn suggest_port_spec(text: &str, error: ErrorKind) -> ErrorKind {
    if text.trim().is_empty() {
        return ErrorKind::Empty;
    }
    let excerpt = Excerpt::new(text);
    let buffer = &mut [0; 32];
    let plain = plain(text, buffer);
    let is_separator = |character| matches!(character, ',' | ';');
    let is_transport = |item: &str| item.parse::<Transport>().is_ok();
    if plain.split_once('/').is_some_and(|(_, list)| is_list(list, is_separator, is_transport)) {
        return ErrorKind::Transports(excerpt);
    }
    let is_spec = |item: &str| PortSpec::parse_strictly(item).is_ok() || matches!(other_range(item), Some(Ok(_)));
    if is_list(plain, is_separator, is_spec) {
        return ErrorKind::List(excerpt);
    }
    if let Ok(spec) = spec_in_other_words(plain) {
        return ErrorKind::Suggestion(excerpt, spec);
    }
    // A colon can separate a transport from a port, but also the ends of a range.
    let separators: [fn(char) -> bool; 3] =
        [|c| c.is_whitespace() || c == '/', |c| c.is_whitespace() || matches!(c, '/' | ':'), |c| c == '_'];
    for (first, second) in separators.into_iter().filter_map(|separator| two_words(plain, separator)) {
        for (subject, transport) in [(first, second), (second, first)] {
            match (spec_in_other_words(subject), transport_in_other_words(transport)) {
                _ if transport_in_other_words(subject).is_some() => {}
                // nmap uses its letters only for ports.
                (Ok(spec), Some(found)) if spec.ports().is_some() || is_transport(transport) => {
                    return ErrorKind::Suggestion(excerpt, spec.with_transport(found));
                }
                (Err(ErrorKind::Ports(error)), Some(_)) => return range_error_in_spec(subject, error),
                _ => {}
            }
        }
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

/// Reads what [`PortSpec`] does, the port of an address, a range with another separator, or a name with underscores.
fn spec_in_other_words(text: &str) -> Result<PortSpec, ErrorKind> {
    PortSpec::parse_strictly(text).or_else(|error| match (port_of_address(text), other_range(text)) {
        (Some(port), _) => Ok(PortSpec::from_port(port)),
        // With a colon, it could be a mapping.
        (None, Some(Ok(ports))) if !text.contains(':') => Ok(PortSpec::from_ports(ports)),
        _ => with_hyphens(text).map(PortSpec::from_name).ok_or(error),
    })
}

/// The service name that this is with underscores replaced by hyphens. A number beside an underscore is more likely a
/// port.
fn with_hyphens(text: &str) -> Option<ServiceName> {
    if text.split('_').any(is_number) {
        return None;
    }
    let mut name = [b'-'; ServiceName::MAX_LEN];
    name.iter_mut().zip(text.bytes()).filter(|(_, octet)| *octet != b'_').for_each(|(place, octet)| *place = octet);
    ServiceName::new(text_of(&name, text.len())).ok()
}

/// Reads the name of a transport, or nmap's letter for it.
fn transport_in_other_words(text: &str) -> Option<Transport> {
    match text {
        "T" => Some(Transport::Tcp),
        "U" => Some(Transport::Udp),
        "S" => Some(Transport::Sctp),
        _ => text.parse().ok(),
    }
}

fn range_error_in_spec(text: &str, error: PortRangeError) -> ErrorKind {
    match suggest_port_range(text, error.0) {
        PortRangeKind::List(list) => ErrorKind::List(list),
        error => ErrorKind::Ports(PortRangeError(error)),
    }
}
