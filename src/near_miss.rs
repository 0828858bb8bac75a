//! `FromStr` of [`PortRange`] and [`PortSpec`], with suggestions for text that does not parse, where its meaning is
//! clear.

use crate::port_range::{ErrorKind as PortRangeKind, is_number, port_number};
use crate::port_spec;
use crate::port_spec_error::ErrorKind as PortSpecKind;
use crate::text::{Excerpt, text_of};
use crate::{PortRange, PortRangeError, PortSpec, PortSpecError, Transport};
use core::str::FromStr;

impl FromStr for PortRange {
    type Err = PortRangeError;

    fn from_str(text: &str) -> Result<Self, PortRangeError> {
        PortRange::parse(text).map_err(|error| PortRangeError(port_range_error(text, error)))
    }
}

impl FromStr for PortSpec {
    type Err = PortSpecError;

    fn from_str(text: &str) -> Result<Self, PortSpecError> {
        port_spec::parse(text).map_err(|error| PortSpecError(port_spec_error(text, error)))
    }
}

/// The error for text that is not a [`PortRange`]: `error`, or one with a suggestion.
fn port_range_error(text: &str, error: PortRangeKind) -> PortRangeKind {
    if !matches!(error, PortRangeKind::NotAPort(_)) {
        return error;
    }
    let excerpt = Excerpt::new(text);
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return PortRangeKind::Empty;
    }
    if ["*", "any", "all"].iter().any(|all| trimmed.eq_ignore_ascii_case(all)) {
        return PortRangeKind::All(excerpt);
    }
    if is_number(trimmed.trim_start_matches('+')) {
        return port_number(trimmed.trim_start_matches('+'))
            .map_or_else(|error| error, |port| PortRangeKind::Port(excerpt, port));
    }
    if let Some(range) = range(text) {
        return match range {
            Ok(range) => PortRangeKind::Range(excerpt, range),
            Err(PortRangeKind::Reversed { .. }) => PortRangeKind::ReversedText(excerpt),
            Err(error) => error,
        };
    }
    let is_port_or_range = |item: &str| PortRange::parse(item).is_ok() || matches!(range(item), Some(Ok(_)));
    if is_list(text, |character| is_separator(character) || character.is_whitespace(), is_port_or_range) {
        return PortRangeKind::List(excerpt);
    }
    let ascii = &mut [0; MAX_FULL_WIDTH];
    let port = match from_full_width(trimmed, ascii) {
        Some(text) => port_number(text).ok(),
        None => port_of_address(trimmed),
    };
    port.map_or(error, |port| PortRangeKind::Port(excerpt, port))
}

/// Two numbers with something other than a plain hyphen between them.
fn range(text: &str) -> Option<Result<PortRange, PortRangeKind>> {
    let (start, end) =
        ["...", "..=", "..", ":", "–", "—", "~", "-"].into_iter().find_map(|separator| text.split_once(separator))?;
    let start = start.trim();
    let end = end.trim();
    if !is_number(start) || !is_number(end) {
        return None;
    }
    Some(port_number(start).and_then(|start| PortRange::ordered(start, port_number(end)?)))
}

fn is_separator(character: char) -> bool {
    matches!(character, ',' | ';')
}

fn is_list(text: &str, separator: fn(char) -> bool, is_item: impl Fn(&str) -> bool) -> bool {
    let mut items = text.split(separator).map(str::trim).filter(|item| !item.is_empty());
    items.clone().count() > 1 && items.all(is_item)
}

/// The port of a socket address such as `localhost:443`, `[::1]:443` or `10.0.0.1:443`.
fn port_of_address(text: &str) -> Option<u16> {
    let (host, port) = text.rsplit_once(':')?;
    let is_name = !host.is_empty() && !host.contains([':', '/', ',']) && PortRange::parse(host).is_err();
    let is_host = !host.contains(char::is_whitespace) && (is_name || host.ends_with(']'));
    if is_host && is_number(port) { port_number(port).ok() } else { None }
}

/// The error for a text that is not a [`PortSpec`]: `error`, or one with a suggestion.
fn port_spec_error(text: &str, error: PortSpecKind) -> PortSpecKind {
    let excerpt = Excerpt::new(text);
    let is_transport = |item: &str| item.parse::<Transport>().is_ok();
    if text.split_once('/').is_some_and(|(_, list)| is_list(list, is_separator, is_transport)) {
        return PortSpecKind::Transports(excerpt);
    }
    let is_spec = |item: &str| port_spec::parse(item).is_ok() || matches!(range(item), Some(Ok(_)));
    if is_list(text, is_separator, is_spec) {
        return PortSpecKind::List(excerpt);
    }
    if let Ok(spec) = port_spec::parse(text.trim()) {
        return PortSpecKind::Suggestion(excerpt, spec);
    }
    let ascii = &mut [0; MAX_FULL_WIDTH];
    if let Some(Ok(spec)) = from_full_width(text.trim(), ascii).map(port_spec::parse) {
        return PortSpecKind::Suggestion(excerpt, spec);
    }
    // A colon parts a transport from a port, too, but also the ends of a range.
    let separators: [fn(char) -> bool; 2] =
        [|c| c.is_whitespace() || c == '/', |c| c.is_whitespace() || matches!(c, '/' | ':')];
    for (first, second) in separators.into_iter().filter_map(|separator| two_words(text, separator)) {
        for (subject, transport) in [(first, second), (second, first)] {
            match (spec_in_other_words(subject), transport.parse()) {
                (Ok(spec), Ok(transport)) => {
                    return PortSpecKind::Suggestion(excerpt, spec.with_transport(transport));
                }
                (Err(PortSpecKind::Ports(error)), Ok(_)) => return ports(subject, error),
                _ => {}
            }
        }
    }
    if let Some(port) = port_of_address(text.trim()) {
        return PortSpecKind::Suggestion(excerpt, PortSpec::from_port(port));
    }
    match error {
        PortSpecKind::ServiceName(_) | PortSpecKind::Transport(_) if text.contains(char::is_whitespace) => {
            PortSpecKind::Whitespace(excerpt)
        }
        PortSpecKind::Ports(error) => ports(text.split_once('/').map_or(text, |(ports, _)| ports), error),
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
fn spec_in_other_words(text: &str) -> Result<PortSpec, PortSpecKind> {
    port_spec::parse(text).or_else(|error| match (range(text), port_of_address(text)) {
        (Some(Ok(ports)), _) => Ok(PortSpec::from_ports(ports)),
        (None, Some(port)) => Ok(PortSpec::from_port(port)),
        _ => Err(error),
    })
}

fn ports(text: &str, error: PortRangeError) -> PortSpecKind {
    match port_range_error(text, error.0) {
        PortRangeKind::List(list) => PortSpecKind::List(list),
        error => PortSpecKind::Ports(PortRangeError(error)),
    }
}

/// The longest text in full-width characters that is read.
const MAX_FULL_WIDTH: usize = 32;

/// Text with full-width characters, U+FF01 to U+FF5E, in the ASCII characters U+0021 to U+007E that they stand for.
fn from_full_width<'a>(text: &str, ascii: &'a mut [u8; MAX_FULL_WIDTH]) -> Option<&'a str> {
    let mut length = 0;
    for character in text.chars() {
        let code = match u32::from(character) {
            code @ 0xff01..=0xff5e => code - 0xff01 + 0x21,
            code => code,
        };
        *ascii.get_mut(length)? = u8::try_from(code).ok().filter(u8::is_ascii)?;
        length += 1;
    }
    // Each has three bytes.
    if length < text.len() { Some(text_of(ascii, length)) } else { None }
}
