//! The errors of ports and services as people type them.

use crate::text::{Excerpt, debug_as_display};
use crate::{PortRangeError, PortSpec, ServiceName, ServiceNameError, Transport, TransportError};

/// The error returned when a string is not a valid [`PortSpec`], an item of a list is not, or a name has no ports.
///
/// ```
/// use iana_ports::PortSpec;
///
/// let message = "tcp/443".parse::<PortSpec>().map_err(|error| error.to_string());
/// assert_eq!(message, Err("invalid port or service \"tcp/443\": did you mean 443/tcp?".into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct PortSpecError(pub(crate) ErrorKind);

debug_as_display!(PortSpecError);

impl From<PortRangeError> for PortSpecError {
    fn from(error: PortRangeError) -> Self {
        PortSpecError(ErrorKind::Ports(error))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ErrorKind {
    #[error("empty port or service: expected text such as 443, 8000-8100/udp or https/tcp")]
    Empty,
    #[error("empty list item: expected a port or service on each side of a comma")]
    EmptyItem,
    #[error("invalid port or service {0}: expected one, not a list")]
    List(Excerpt),
    #[error("invalid list item {0}: expected items separated by commas or whitespace")]
    Separator(Excerpt),
    #[error("ambiguous list {0}: expected a transport protocol after each item, or a space after each comma")]
    Ambiguous(Excerpt),
    #[error("invalid port or service {0}: expected a single transport protocol")]
    Transports(Excerpt),
    #[error(
        "invalid list item {0}: expected a transport protocol only after a port or service and a slash, as in 443/tcp"
    )]
    LoneTransport(Excerpt),
    #[error("invalid list item {0}: expected a range without spaces, as in 80-90")]
    LoneHyphen(Excerpt),
    #[error("invalid port or service {0}: unexpected whitespace, expected text such as 8000-8100/udp or https/tcp")]
    Whitespace(Excerpt),
    #[error("invalid port or service {0}: did you mean {1}?")]
    Suggestion(Excerpt, PortSpec),
    #[error("service name \"{0}\" is not registered")]
    NotRegistered(ServiceName),
    #[error("service name \"{0}\" is registered without a port")]
    NoPort(ServiceName),
    #[error("service name \"{0}\" has no port on {1}")]
    NoPortOn(ServiceName, Transport),
    #[error(transparent)]
    Ports(#[from] PortRangeError),
    #[error(transparent)]
    ServiceName(#[from] ServiceNameError),
    #[error(transparent)]
    Transport(#[from] TransportError),
}
