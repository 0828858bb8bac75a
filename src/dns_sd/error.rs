//! The errors of service types and DNS-SD names.

use crate::text::{Excerpt, debug_as_display};
use crate::{ServiceNameError, Transport};

/// The error returned when a string is not a valid [`ServiceType`](crate::ServiceType) or
/// [`DnsSdName`](crate::DnsSdName), or when a name cannot be built from its parts. If one label is wrong, the message
/// quotes it.
///
/// ```
/// use iana_ports::{DnsSdName, ServiceType};
///
/// let message = DnsSdName::parse("http._tcp.local.").map_err(|error| error.to_string());
/// assert_eq!(message, Err("missing underscore before \"http\": expected labels such as _http._tcp".into()));
///
/// let message = "_http._tcp.local".parse::<ServiceType>().map_err(|error| error.to_string());
/// assert_eq!(message, Err("invalid service type \"_http._tcp.local\": unexpected domain \"local\"".into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct DnsSdError(pub(crate) ErrorKind);

debug_as_display!(DnsSdError);

impl From<ServiceNameError> for DnsSdError {
    fn from(error: ServiceNameError) -> Self {
        DnsSdError(ErrorKind::ServiceName(error))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ErrorKind {
    #[error("empty service type or DNS-SD name: expected labels such as _http._tcp")]
    Empty,
    #[error("invalid service type {0}: expected labels such as _http._tcp")]
    ServiceType(Excerpt),
    #[error("invalid DNS-SD name {0}: no service type, expected labels such as _http._tcp")]
    NoServiceType(Excerpt),
    #[error("missing underscore before {0}: expected labels such as _http._tcp")]
    MissingUnderscore(Excerpt),
    #[error("unknown transport label {0}: expected _tcp, _udp, _sctp or _dccp")]
    UnknownTransport(Excerpt),
    #[error("empty label in {0}: expected 1 to 63 octets between dots")]
    EmptyLabel(Excerpt),
    #[error("invalid label {0}: {1} octets, at most 63 allowed")]
    LongLabel(Excerpt, usize),
    #[error("invalid escape in label {0}: expected `\\DDD` (000 to 255) or `\\` and a non-digit")]
    Escape(Excerpt),
    #[error("invalid service label {0}: not UTF-8")]
    ServiceNotUtf8(Excerpt),
    #[error("invalid instance {0}: not UTF-8")]
    InstanceNotUtf8(Excerpt),
    #[error("unexpected label {0} before the service: write each dot in an instance or subtype as `\\.`")]
    UnexpectedLabel(Excerpt),
    #[error("invalid DNS-SD name: {0} octets, at most 255 allowed")]
    LongName(usize),
    #[error("invalid instance: {0} octets, expected 1 to 63")]
    InstanceLength(usize),
    #[error("invalid instance {0}: control characters are not allowed")]
    ControlCharacter(Excerpt),
    #[error("unexpected {0} over _{1}: expected _tcp, or _udp for every other transport")]
    PrefixTransport(&'static str, Transport),
    #[error("invalid subtype: {0} octets, expected 1 to 63")]
    SubtypeLength(usize),
    #[error("unexpected subtype: the name has an instance")]
    SubtypeOfInstance,
    #[error("invalid domain {0}: it would be read as part of the service type")]
    ServiceInDomain(Excerpt),
    #[error("invalid service type {0}: unexpected {1} {2}")]
    Unexpected(Excerpt, &'static str, Excerpt),
    #[error(transparent)]
    ServiceName(ServiceNameError),
}
