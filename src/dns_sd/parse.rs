//! Parsing of full names, and of service types with precise errors.

use super::error::ErrorKind;
use super::label::{Domain, Label, unescaped_dot};
use super::name::{DnsSdName, Prefix};
use crate::text::{Excerpt, try_from_str};
use crate::{DnsSdError, ServiceType, Transport};
use core::str::FromStr;

impl<'a> DnsSdName<'a> {
    /// Splits a name into its parts. The same as `TryFrom<&str>`.
    ///
    /// Control characters in an instance are accepted, although
    /// [RFC 6763 §4.1.1](https://www.rfc-editor.org/rfc/rfc6763#section-4.1.1) forbids them.
    ///
    /// # Errors
    ///
    /// Returns an error if
    ///
    /// - the text has no service label followed by a transport label, both of which begin with an underscore
    /// - there are several labels before them, and one of them begins with an underscore, unless they are a subtype
    /// - a label is not valid, or the whole name has more than 255 octets
    ///
    /// ```
    /// use iana_ports::DnsSdName;
    ///
    /// assert_eq!(DnsSdName::parse("_443._tcp.www.example.com.")?.service(), "443");
    /// let speaker = DnsSdName::parse("Diamond 9.1._googlecast._tcp.local.")?;
    /// assert_eq!(speaker.instance(), Some("Diamond 9.1"));
    /// assert_eq!(speaker.to_string(), r"Diamond\0329\.1._googlecast._tcp.local.");
    ///
    /// let message = DnsSdName::parse("http._tcp").map_err(|error| error.to_string());
    /// assert_eq!(message, Err("missing underscore before \"http\": expected labels such as _http._tcp".into()));
    /// # Ok::<(), iana_ports::DnsSdError>(())
    /// ```
    pub fn parse(text: &'a str) -> Result<Self, DnsSdError> {
        parse(text).map_err(DnsSdError)
    }
}

impl<'a> TryFrom<&'a str> for DnsSdName<'a> {
    type Error = DnsSdError;

    fn try_from(text: &'a str) -> Result<Self, DnsSdError> {
        DnsSdName::parse(text)
    }
}

impl FromStr for ServiceType {
    type Err = DnsSdError;

    fn from_str(text: &str) -> Result<Self, DnsSdError> {
        ServiceType::parse(text).or_else(|error| {
            let name = match parse(text) {
                Err(ErrorKind::NoServiceType(_)) => return Err(error),
                parsed => parsed.map_err(DnsSdError)?,
            };
            name.service_type()?;
            let (part, found) = match (name.instance(), name.subtype(), name.domain()) {
                (Some(instance), ..) => ("instance", instance),
                (None, Some(_), _) => ("subtype", text.split(unescaped_dot()).next().unwrap_or(text)),
                // With escapes.
                (None, None, "" | ".") => return Err(error),
                (None, None, domain) => ("domain", domain),
            };
            Err(DnsSdError(ErrorKind::Unexpected(Excerpt::new(text), part, Excerpt::new(found))))
        })
    }
}

try_from_str!(ServiceType, DnsSdError);

/// A service type in a name, and the text around it.
struct Split<'a> {
    /// Without a dot at its end; `None` if the service comes first.
    before: Option<&'a str>,
    service: Label,
    transport: Transport,
    /// With a dot at its start.
    after: &'a str,
}

/// The text split at each pair of labels; an error where they are not a service type.
fn splits(text: &str) -> impl Iterator<Item = Result<Split<'_>, ErrorKind>> {
    let mut last: Option<(usize, &str)> = None;
    text.split_terminator(unescaped_dot()).filter_map(move |transport| {
        let start = last.map_or(0, |(start, label)| start + label.len() + 1);
        let (before, service) = last.replace((start, transport))?;
        let before = text.get(..before).and_then(|before| before.strip_suffix('.'));
        let after = text.get(start + transport.len()..).unwrap_or("");
        let pair = service_pair(service, transport, text);
        Some(pair.map(|(service, transport)| Split { before, service, transport, after }))
    })
}

/// Finds the service type, then checks what is before and after it.
fn parse(text: &str) -> Result<DnsSdName<'_>, ErrorKind> {
    if text.is_empty() {
        return Err(ErrorKind::Empty);
    }
    let none = Err(ErrorKind::NoServiceType(Excerpt::new(text)));
    let Split { before, service, transport, after } = splits(text).fold(none, preferred)?;
    let prefix = before.map_or(Ok(Prefix::Nothing), |before| parse_prefix(before, text))?;
    let domain = match after.strip_prefix('.') {
        Some("") | None => after,
        Some(domain) => {
            domain.split_terminator(unescaped_dot()).try_for_each(|label| Label::parse(label, text).map(|_| ()))?;
            domain
        }
    };
    DnsSdName { prefix, service, transport, domain: Domain(domain) }.check_length()
}

/// The last service type that follows the rules, else the last; if there is none, the last error that says what is
/// wrong.
fn preferred<'a>(
    found: Result<Split<'a>, ErrorKind>,
    next: Result<Split<'a>, ErrorKind>,
) -> Result<Split<'a>, ErrorKind> {
    match (&found, &next) {
        (Ok(found), Ok(next)) if next.service.is_service() || !found.service.is_service() => {}
        (Ok(_), _) | (_, Err(ErrorKind::NoServiceType(_))) => return found,
        (Err(_), _) => {}
    }
    next
}

/// A subtype, or an instance, in which dots need not be escaped.
fn parse_prefix(text: &str, name: &str) -> Result<Prefix, ErrorKind> {
    if let Some((first, rest)) = text.split_once(unescaped_dot()) {
        if Label::parse(rest, name).is_ok_and(|label| label.octets().eq_ignore_ascii_case(b"_sub")) {
            return Label::parse(first, name).map(Prefix::Subtype);
        }
        if let Some(label) = text.split(unescaped_dot()).find(|label| label.starts_with('_')) {
            return Err(ErrorKind::UnexpectedLabel(Excerpt::new(label)));
        }
    }
    let instance = Label::parse(text, name)?;
    if instance.as_str().is_none() {
        return Err(ErrorKind::InstanceNotUtf8(Excerpt::new(text)));
    }
    Ok(Prefix::Instance(instance))
}

/// The service and the transport in two labels. If they seem meant to be a service type, the error says what is wrong.
fn service_pair(service_text: &str, transport_text: &str, name: &str) -> Result<(Label, Transport), ErrorKind> {
    let service = Label::parse(service_text, name)?;
    let transport = Label::parse(transport_text, name)?;
    let is_service = service.octets().starts_with(b"_");
    Err(match transport.transport() {
        Some(transport) if is_service && service.as_str().is_some() => return Ok((service, transport)),
        Some(_) if is_service => ErrorKind::ServiceNotUtf8(Excerpt::new(service_text)),
        Some(_) => ErrorKind::MissingUnderscore(Excerpt::new(service_text)),
        None if transport.as_str().is_some_and(|text| Transport::from_name(text).is_some()) => {
            ErrorKind::MissingUnderscore(Excerpt::new(transport_text))
        }
        None if is_service && transport.octets().starts_with(b"_") => {
            ErrorKind::UnknownTransport(Excerpt::new(transport_text))
        }
        None => ErrorKind::NoServiceType(Excerpt::new(name)),
    })
}
