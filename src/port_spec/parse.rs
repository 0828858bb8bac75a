//! Parsing of a port or service, and of a list.

use super::error::ErrorKind;
use super::suggest::suggest_port_spec;
use crate::text::{Excerpt, try_from_str};
use crate::{PortSpec, PortSpecError, Transport};
use core::fmt;
use core::iter::FusedIterator;
use core::str::FromStr;

impl FromStr for PortSpec {
    type Err = PortSpecError;

    fn from_str(text: &str) -> Result<Self, PortSpecError> {
        PortSpec::parse_strictly(text).map_err(|error| PortSpecError(suggest_port_spec(text, error)))
    }
}

try_from_str!(PortSpec, PortSpecError);

impl PortSpec {
    /// Reads a list of ports and services, as in a configuration file or on a command line:
    /// `80,443, 8000-8100/udp https`.
    ///
    /// Items are separated by commas, whitespace or both. Each is parsed as by `FromStr`, and the iterator continues
    /// after an error. Blank text has no items.
    ///
    /// A transport applies only to its own item: `80, 443/tcp` is port 80 on every transport and port 443 on TCP. To
    /// apply one to every item, call [`with_transport`](PortSpec::with_transport) on each.
    ///
    /// # Errors
    ///
    /// An item is an error if it does not parse, if it is empty (two commas in a row, or a comma at either end), or if
    /// it is only a transport or a hyphen. Whitespace always separates items, so `443 tcp` would otherwise be a port
    /// and the service `tcp`. For both transports of a port, repeat it: `443/tcp,443/udp`.
    ///
    /// Without whitespace, `80,443/tcp` and `443/tcp,80` are ambiguous, because ufw reads the former as both ports on
    /// TCP. The iterator then returns an error for the first such word before the items. Do not use a list that has an
    /// error.
    ///
    /// ```
    /// use iana_ports::PortSpec;
    ///
    /// let list: Result<Vec<_>, _> = PortSpec::parse_list("80,443, 8000-8100/udp https").collect();
    /// let list = list?.iter().map(PortSpec::to_string).collect::<Vec<_>>();
    /// assert_eq!(list, ["80", "443", "8000-8100/udp", "https"]);
    ///
    /// assert!(PortSpec::parse_list("443 tcp").any(|item| item.is_err()));
    /// assert!(PortSpec::parse_list("80,443/tcp").any(|item| item.is_err()));
    /// assert_eq!(PortSpec::parse_list(" ").count(), 0);
    /// # Ok::<(), iana_ports::PortSpecError>(())
    /// ```
    pub fn parse_list(text: &str) -> impl FusedIterator<Item = Result<Self, PortSpecError>> + Clone + fmt::Debug {
        let is_blank = text.trim().is_empty();
        let segments = text.split(',').take(if is_blank { 0 } else { usize::MAX });
        let items = segments.flat_map(|segment| {
            let is_empty = segment.trim().is_empty();
            let empty = is_empty.then_some(Err(PortSpecError(ErrorKind::EmptyItem)));
            empty.into_iter().chain(segment.split_whitespace().map(parse_item))
        });
        let ambiguous = text.split_whitespace().find(|word| is_ambiguous(word));
        let ambiguous = ambiguous.map(|word| Err(PortSpecError(ErrorKind::Ambiguous(Excerpt::new(word)))));
        ambiguous.into_iter().chain(items)
    }
}

/// Whether a comma alone joins an item without a transport to one with a transport, which may be meant for both.
fn is_ambiguous(word: &str) -> bool {
    let items = word.split(',').filter(|item| !item.is_empty() && item.parse::<Transport>().is_err());
    let mut has_transport = items.map(|item| item.contains('/'));
    has_transport.next().is_some_and(|first| has_transport.any(|other| other != first))
}

/// Parses an item of a list. A lone transport would parse as the service of that name, and silently open its ports.
fn parse_item(item: &str) -> Result<PortSpec, PortSpecError> {
    if item.trim_start_matches('/').parse::<Transport>().is_ok() {
        return Err(PortSpecError(ErrorKind::LoneTransport(Excerpt::new(item))));
    }
    if item.chars().all(|character| matches!(character, '-' | '–' | '—')) {
        return Err(PortSpecError(ErrorKind::LoneHyphen(Excerpt::new(item))));
    }
    if item.contains(';') {
        return Err(PortSpecError(ErrorKind::Separator(Excerpt::new(item))));
    }
    item.parse()
}
