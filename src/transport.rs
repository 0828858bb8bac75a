//! The transport protocols that the registry covers.

use crate::Excerpt;
use core::fmt;
use core::str::FromStr;

/// A transport protocol whose port numbers IANA assigns.
///
/// The four share one registry, each with a port number space of its own
/// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)). UDP-Lite has the ports of UDP
/// ([RFC 3828 §3.1](https://www.rfc-editor.org/rfc/rfc3828#section-3.1)).
///
/// Transports are ordered as in [`ALL`](Transport::ALL), and `transport as usize` is the place there, 0 to 3. The IP
/// protocol number is another number: see [`ip_protocol`](Transport::ip_protocol).
///
/// ```
/// use iana_ports::Transport;
///
/// assert_eq!("UDP".parse(), Ok(Transport::Udp));
/// assert_eq!(Transport::Udp.to_string(), "udp");
/// assert_eq!(Transport::try_from(17), Ok(Transport::Udp));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Transmission Control Protocol ([RFC 9293](https://www.rfc-editor.org/rfc/rfc9293)).
    Tcp = 0,
    /// User Datagram Protocol ([RFC 768](https://www.rfc-editor.org/rfc/rfc768)), and UDP-Lite.
    Udp = 1,
    /// Stream Control Transmission Protocol ([RFC 9260](https://www.rfc-editor.org/rfc/rfc9260)).
    Sctp = 2,
    /// Datagram Congestion Control Protocol ([RFC 4340](https://www.rfc-editor.org/rfc/rfc4340)).
    Dccp = 3,
}

impl Transport {
    /// Every transport, in order.
    ///
    /// ```
    /// use iana_ports::Transport;
    ///
    /// assert_eq!(Transport::ALL.map(Transport::as_str), ["tcp", "udp", "sctp", "dccp"]);
    /// ```
    pub const ALL: [Transport; 4] = [Transport::Tcp, Transport::Udp, Transport::Sctp, Transport::Dccp];

    /// The name in the registry, in lower case.
    ///
    /// ```
    /// assert_eq!(iana_ports::Transport::Tcp.as_str(), "tcp");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Transport::Tcp => "tcp",
            Transport::Udp => "udp",
            Transport::Sctp => "sctp",
            Transport::Dccp => "dccp",
        }
    }

    /// The number in the Protocol field of an IPv4 header
    /// ([RFC 791 §3.1](https://www.rfc-editor.org/rfc/rfc791#section-3.1)) and the Next Header field of an IPv6 header
    /// ([RFC 8200 §3](https://www.rfc-editor.org/rfc/rfc8200#section-3)).
    ///
    /// `TryFrom<u8>` goes the other way, and takes 136, UDP-Lite, for [`Udp`](Transport::Udp).
    ///
    /// ```
    /// use iana_ports::Transport;
    ///
    /// assert_eq!(Transport::ALL.map(Transport::ip_protocol), [6, 17, 132, 33]);
    /// assert_eq!(Transport::try_from(136), Ok(Transport::Udp));
    /// ```
    pub const fn ip_protocol(self) -> u8 {
        match self {
            Transport::Tcp => 6,
            Transport::Udp => 17,
            Transport::Sctp => 132,
            Transport::Dccp => 33,
        }
    }
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for Transport {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl FromStr for Transport {
    type Err = TransportError;

    /// Reads the name in any ASCII case.
    fn from_str(name: &str) -> Result<Self, TransportError> {
        Transport::ALL
            .into_iter()
            .find(|transport| transport.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| TransportError(Unknown::Name(Excerpt::new(name))))
    }
}

impl TryFrom<&str> for Transport {
    type Error = TransportError;

    fn try_from(name: &str) -> Result<Self, TransportError> {
        name.parse()
    }
}

impl From<Transport> for u8 {
    /// The [IP protocol number](Transport::ip_protocol).
    fn from(transport: Transport) -> u8 {
        transport.ip_protocol()
    }
}

impl TryFrom<u8> for Transport {
    type Error = TransportError;

    /// The transport of an IP protocol number; 136, UDP-Lite, is [`Udp`](Transport::Udp), whose ports it has
    /// ([RFC 3828 §3.1](https://www.rfc-editor.org/rfc/rfc3828#section-3.1)).
    fn try_from(ip_protocol: u8) -> Result<Self, TransportError> {
        match ip_protocol {
            6 => Ok(Transport::Tcp),
            17 | 136 => Ok(Transport::Udp),
            132 => Ok(Transport::Sctp),
            33 => Ok(Transport::Dccp),
            other => Err(TransportError(Unknown::IpProtocol(other))),
        }
    }
}

/// A name or an IP protocol number that is of no [`Transport`].
///
/// ```
/// use iana_ports::{Transport, TransportError};
///
/// let error: TransportError = "icmp".parse::<Transport>().unwrap_err();
/// assert_eq!(error.to_string(), "\"icmp\" is no transport protocol with ports: expected tcp, udp, sctp or dccp");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct TransportError(#[from] Unknown);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum Unknown {
    #[error("{0} is no transport protocol with ports: expected tcp, udp, sctp or dccp")]
    Name(Excerpt),
    #[error(
        "IP protocol {0} is no transport protocol with ports: \
         expected 6 (tcp), 17 (udp), 33 (dccp), 132 (sctp) or 136 (udp-lite)"
    )]
    IpProtocol(u8),
}
