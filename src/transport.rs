//! Transport protocols by name and by IP protocol number.

use crate::Transport;
use crate::text::{Excerpt, debug_as_display, shown_as_str, try_from_str};
use core::str::FromStr;

impl Transport {
    /// The number in the Protocol field of an IPv4 header
    /// ([RFC 791 §3.1](https://www.rfc-editor.org/rfc/rfc791#section-3.1)) and in the Next Header field of an IPv6
    /// header ([RFC 8200 §3](https://www.rfc-editor.org/rfc/rfc8200#section-3)).
    ///
    /// ```
    /// use iana_ports::Transport;
    ///
    /// assert_eq!(Transport::ALL.map(Transport::ip_protocol), [6, 17, 132, 33]);
    /// ```
    pub const fn ip_protocol(self) -> u8 {
        match self {
            Transport::Tcp => 6,
            Transport::Udp => 17,
            Transport::Sctp => 132,
            Transport::Dccp => 33,
        }
    }

    /// The transport with this IP protocol number. 136, UDP-Lite, is [`Udp`](Transport::Udp), whose ports it uses
    /// ([RFC 3828 §3.1](https://www.rfc-editor.org/rfc/rfc3828#section-3.1)). `None` for any other protocol.
    ///
    /// This is `const`; `TryFrom<u8>` does the same, but returns an error instead of `None`.
    ///
    /// ```
    /// use iana_ports::Transport;
    ///
    /// assert_eq!(Transport::from_ip_protocol(6), Some(Transport::Tcp));
    /// assert_eq!(Transport::from_ip_protocol(136), Some(Transport::Udp));
    /// // ICMP has no ports.
    /// assert_eq!(Transport::from_ip_protocol(1), None);
    /// ```
    pub const fn from_ip_protocol(number: u8) -> Option<Self> {
        match number {
            6 => Some(Transport::Tcp),
            17 | 136 => Some(Transport::Udp),
            132 => Some(Transport::Sctp),
            33 => Some(Transport::Dccp),
            _ => None,
        }
    }

    /// The transport with this name in the registry, in any ASCII case.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Transport::ALL.into_iter().find(|transport| transport.as_str().eq_ignore_ascii_case(name))
    }
}

shown_as_str!(Transport);

impl FromStr for Transport {
    type Err = TransportError;

    fn from_str(name: &str) -> Result<Self, TransportError> {
        let is_udp_lite = ["udplite", "udp-lite"].iter().any(|udp_lite| udp_lite.eq_ignore_ascii_case(name));
        Transport::from_name(name).or(is_udp_lite.then_some(Transport::Udp)).ok_or_else(|| {
            TransportError(if name.is_empty() { ErrorKind::Empty } else { ErrorKind::Name(Excerpt::new(name)) })
        })
    }
}

impl TryFrom<u8> for Transport {
    type Error = TransportError;

    /// The transport with this IP protocol number, as [`Transport::from_ip_protocol`] returns it.
    fn try_from(number: u8) -> Result<Self, TransportError> {
        Transport::from_ip_protocol(number).ok_or(TransportError(ErrorKind::IpProtocol(number)))
    }
}

/// The error returned when a string or an IP protocol number does not name a [`Transport`].
///
/// ```
/// use iana_ports::Transport;
///
/// let message = "icmp".parse::<Transport>().map_err(|error| error.to_string());
/// assert_eq!(message, Err("unknown transport protocol \"icmp\": expected tcp, udp, sctp or dccp".into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct TransportError(ErrorKind);

debug_as_display!(TransportError);
try_from_str!(Transport, TransportError);
#[cfg(feature = "serde")]
crate::serde::as_string!(Transport, "a transport protocol such as \"tcp\"");

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum ErrorKind {
    #[error("empty transport protocol: expected tcp, udp, sctp or dccp")]
    Empty,
    #[error("unknown transport protocol {0}: expected tcp, udp, sctp or dccp")]
    Name(Excerpt),
    #[error("unknown IP protocol {0}: expected 6 (tcp), 17 (udp), 33 (dccp), 132 (sctp) or 136 (udp-lite)")]
    IpProtocol(u8),
}
