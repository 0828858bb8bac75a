//! Service types of DNS-SD and SRV names.

use super::error::ErrorKind;
use crate::text::{Excerpt, debug_as_display, pad};
use crate::{DnsSdError, ServiceName, Transport};
use core::fmt;

/// A service type, such as `_http._tcp`: a service name and a transport protocol as two DNS labels.
///
/// Service types are part of the names of DNS SRV records ([RFC 2782](https://www.rfc-editor.org/rfc/rfc2782)) and of
/// DNS-Based Service Discovery ([RFC 6763 §7](https://www.rfc-editor.org/rfc/rfc6763#section-7)). A full name, with an
/// instance, a subtype or a domain, is a [`DnsSdName`](crate::DnsSdName).
///
/// A `ServiceType` is `Copy` and takes 17 bytes. Equality, order and hash ignore ASCII case, as DNS does. The service
/// name keeps its spelling; the transport prints in lower case.
///
/// # Syntax
///
/// ```text
/// service-type = "_" service-name "." transport ["."]
/// transport    = "_tcp" / "_udp" / "_sctp" / "_dccp"
/// ```
///
/// ASCII case does not matter. The service name is a [`ServiceName`], as
/// [RFC 6335 §5.2](https://www.rfc-editor.org/rfc/rfc6335#section-5.2) requires, so no label needs the escapes of DNS;
/// a [`DnsSdName`](crate::DnsSdName) may have them.
///
/// ```
/// use iana_ports::{ServiceType, Transport};
///
/// let http: ServiceType = "_http._tcp".parse()?;
/// assert_eq!(http.service_name(), "http");
/// assert_eq!(http.transport(), Transport::Tcp);
/// assert_eq!(http.transport_label(), "_tcp");
/// assert_eq!(http, "_HTTP._TCP.".parse()?);
/// # Ok::<(), iana_ports::DnsSdError>(())
/// ```
#[doc(alias = "bonjour")]
#[doc(alias = "zeroconf")]
#[doc(alias = "mdns")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceType {
    name: ServiceName,
    transport: Transport,
}

const _: () = assert!(size_of::<ServiceType>() == 17);

impl ServiceType {
    /// The service type of a DNS SRV record, in which the second label is the transport
    /// ([RFC 2782](https://www.rfc-editor.org/rfc/rfc2782)).
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport, service_name};
    ///
    /// const SIP: ServiceType = ServiceType::srv(service_name!("sip"), Transport::Sctp);
    /// assert_eq!(SIP.to_string(), "_sip._sctp");
    /// ```
    pub const fn srv(name: ServiceName, transport: Transport) -> Self {
        ServiceType { name, transport }
    }

    /// The service type of DNS-Based Service Discovery, which has `_tcp` for TCP and `_udp` for every other transport
    /// ([RFC 6763 §7](https://www.rfc-editor.org/rfc/rfc6763#section-7)).
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport, service_name};
    ///
    /// let sip = ServiceType::dns_sd(service_name!("sip"), Transport::Sctp);
    /// assert_eq!(sip.to_string(), "_sip._udp");
    /// ```
    pub const fn dns_sd(name: ServiceName, transport: Transport) -> Self {
        match transport {
            Transport::Tcp => ServiceType::srv(name, Transport::Tcp),
            Transport::Udp | Transport::Sctp | Transport::Dccp => ServiceType::srv(name, Transport::Udp),
        }
    }

    /// Parses a service type. This is `const`; `FromStr` accepts the same strings, and its errors are more precise.
    ///
    /// # Errors
    ///
    /// Returns an error if `text` does not follow the [syntax](ServiceType#syntax).
    ///
    /// ```
    /// use iana_ports::{DnsSdError, ServiceType};
    ///
    /// const HTTP: Result<ServiceType, DnsSdError> = ServiceType::parse("_http._tcp.");
    /// assert_eq!(HTTP?.to_string(), "_http._tcp");
    /// assert!(ServiceType::parse("_http._tcp.local").is_err());
    /// # Ok::<(), DnsSdError>(())
    /// ```
    pub const fn parse(text: &str) -> Result<Self, DnsSdError> {
        if text.is_empty() {
            return Err(DnsSdError(ErrorKind::Empty));
        }
        let mut octets = text.as_bytes();
        if let [head @ .., b'.'] = octets {
            octets = head;
        }
        let mut length = 0;
        let mut rest = octets;
        while let [octet, later @ ..] = rest
            && *octet != b'.'
        {
            length += 1;
            rest = later;
        }
        let transport = match rest {
            [b'.', b'_', b't' | b'T', b'c' | b'C', b'p' | b'P'] => Some(Transport::Tcp),
            [b'.', b'_', b'u' | b'U', b'd' | b'D', b'p' | b'P'] => Some(Transport::Udp),
            [b'.', b'_', b's' | b'S', b'c' | b'C', b't' | b'T', b'p' | b'P'] => Some(Transport::Sctp),
            [b'.', b'_', b'd' | b'D', b'c' | b'C', b'c' | b'C', b'p' | b'P'] => Some(Transport::Dccp),
            _ => None,
        };
        if let Some(transport) = transport
            && let Some(([b'_', name @ ..], _)) = octets.split_at_checked(length)
            && let Some(name) = ServiceName::check(name)
        {
            return Ok(ServiceType::srv(name, transport));
        }
        Err(DnsSdError(ErrorKind::ServiceType(Excerpt::new(text))))
    }

    /// The service name, without its underscore.
    pub const fn service_name(&self) -> ServiceName {
        self.name
    }

    /// The transport in the second label. In DNS-Based Service Discovery, [`Udp`](Transport::Udp) means every transport
    /// except TCP.
    pub const fn transport(&self) -> Transport {
        self.transport
    }

    /// The second label: `_tcp`, `_udp`, `_sctp` or `_dccp`.
    pub const fn transport_label(&self) -> &'static str {
        match self.transport {
            Transport::Tcp => "_tcp",
            Transport::Udp => "_udp",
            Transport::Sctp => "_sctp",
            Transport::Dccp => "_dccp",
        }
    }
}

impl fmt::Display for ServiceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, format_args!("_{}.{}", self.name, self.transport_label()))
    }
}

debug_as_display!(ServiceType);
#[cfg(feature = "serde")]
crate::serde::as_string!(ServiceType, "a service type such as \"_http._tcp\"");
