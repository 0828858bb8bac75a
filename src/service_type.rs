//! Service types of DNS-SD and SRV names.

use crate::dns_sd_error::ErrorKind;
use crate::label::unescaped_dot;
use crate::text::{Excerpt, debug_as_display, pad, text_of, try_from_str};
use crate::{DnsSdError, DnsSdName, ServiceName, Transport};
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

/// A service type, such as `_http._tcp`: a service name and a transport protocol as two DNS labels.
///
/// DNS SRV records ([RFC 2782](https://www.rfc-editor.org/rfc/rfc2782)) use it, and so does DNS-Based Service Discovery
/// ([RFC 6763 §7](https://www.rfc-editor.org/rfc/rfc6763#section-7)). It has no instance, subtype or domain; a whole
/// name, such as `_http._tcp.local.`, is a [`DnsSdName`].
///
/// A `ServiceType` is `Copy` and takes 17 bytes. Equality, order and hash ignore ASCII case, as DNS does. The service
/// name preserves its original spelling; the transport prints in lower case.
///
/// # Syntax
///
/// ```text
/// service-type = "_" service-name "." transport ["."]
/// transport    = "_tcp" / "_udp" / "_sctp" / "_dccp"
/// ```
///
/// ASCII case does not matter, and a label may contain the escapes of
/// [RFC 1035 §5.1](https://www.rfc-editor.org/rfc/rfc1035#section-5.1).
/// [RFC 6335 §5.2](https://www.rfc-editor.org/rfc/rfc6335#section-5.2) makes the service name a [`ServiceName`].
///
/// ```
/// use iana_ports::{ServiceType, Transport};
///
/// let http: ServiceType = "_http._tcp".parse()?;
/// assert_eq!(http.service_name(), "http");
/// assert_eq!(http.transport(), Transport::Tcp);
/// assert_eq!(http, "_HTTP._TCP.".parse()?);
/// # Ok::<(), iana_ports::DnsSdError>(())
/// ```
#[doc(alias = "bonjour")]
#[doc(alias = "zeroconf")]
#[doc(alias = "mdns")]
#[derive(Clone, Copy)]
pub struct ServiceType {
    // An underscore, the service name, and zeros.
    label: [u8; ServiceName::MAX_LEN + 1],
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
        let mut label = [0; ServiceName::MAX_LEN + 1];
        let [underscore, octets @ ..] = &mut label;
        *underscore = b'_';
        *octets = name.text;
        ServiceType { label, transport }
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

    /// Parses a service type that has no escapes, in a constant too. `FromStr` also reads escapes, and its errors are
    /// more precise.
    ///
    /// # Errors
    ///
    /// If the text is not a service type, or has an escape.
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
            && let [b'_', ..] = octets
            && let Some((_, name)) = text_of(octets, length).split_at_checked(1)
            && let Ok(name) = ServiceName::new(name)
        {
            return Ok(ServiceType::srv(name, transport));
        }
        Err(DnsSdError(ErrorKind::ServiceType(Excerpt::new(text))))
    }

    /// The service name, without its underscore.
    ///
    /// ```
    /// assert_eq!("_http._tcp".parse::<iana_ports::ServiceType>()?.service_name(), "http");
    /// # Ok::<(), iana_ports::DnsSdError>(())
    /// ```
    pub const fn service_name(&self) -> ServiceName {
        let [_, text @ ..] = self.label;
        ServiceName::from_text(text)
    }

    /// The transport in the second label. In DNS-Based Service Discovery, [`Udp`](Transport::Udp) stands for every
    /// transport except TCP.
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport};
    ///
    /// assert_eq!("_http._tcp".parse::<ServiceType>()?.transport(), Transport::Tcp);
    /// # Ok::<(), iana_ports::DnsSdError>(())
    /// ```
    pub const fn transport(&self) -> Transport {
        self.transport
    }

    /// The first label: an underscore and the service name, 2 to 16 octets.
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport, service_name};
    ///
    /// const IPP: ServiceType = ServiceType::dns_sd(service_name!("ipp"), Transport::Tcp);
    /// assert_eq!((IPP.service_label(), IPP.transport_label()), ("_ipp", "_tcp"));
    /// ```
    pub const fn service_label(&self) -> &str {
        text_of(&self.label, self.service_name().len.get() as usize + 1)
    }

    /// The second label: `_tcp`, `_udp`, `_sctp` or `_dccp`.
    ///
    /// ```
    /// assert_eq!("_http._TCP".parse::<iana_ports::ServiceType>()?.transport_label(), "_tcp");
    /// # Ok::<(), iana_ports::DnsSdError>(())
    /// ```
    pub const fn transport_label(&self) -> &'static str {
        match self.transport {
            Transport::Tcp => "_tcp",
            Transport::Udp => "_udp",
            Transport::Sctp => "_sctp",
            Transport::Dccp => "_dccp",
        }
    }

    const fn key(&self) -> ([u8; ServiceName::MAX_LEN + 1], Transport) {
        let mut label = self.label;
        label.make_ascii_lowercase();
        (label, self.transport)
    }
}

impl PartialEq for ServiceType {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for ServiceType {}

impl PartialOrd for ServiceType {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ServiceType {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for ServiceType {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Display for ServiceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, format_args!("{}.{}", self.service_label(), self.transport_label()))
    }
}

impl FromStr for ServiceType {
    type Err = DnsSdError;

    fn from_str(text: &str) -> Result<Self, DnsSdError> {
        if let Ok(service_type) = ServiceType::parse(text) {
            return Ok(service_type);
        }
        let name = DnsSdName::parse(text)?;
        let service_type = name.service_type()?;
        match (name.instance(), name.subtype(), name.domain()) {
            (None, None, "" | ".") => Ok(service_type),
            (Some(instance), ..) => Err(DnsSdError(ErrorKind::UnexpectedInstance(Excerpt::new(instance)))),
            (None, Some(_), _) => {
                let subtype = text.split(unescaped_dot()).next().unwrap_or(text);
                Err(DnsSdError(ErrorKind::UnexpectedSubtype(Excerpt::new(subtype))))
            }
            (None, None, domain) => Err(DnsSdError(ErrorKind::UnexpectedDomain(Excerpt::new(domain)))),
        }
    }
}

debug_as_display!(ServiceType);
try_from_str!(ServiceType, DnsSdError);
#[cfg(feature = "serde")]
crate::serde::as_string!(ServiceType, "a service type such as \"_http._tcp\"");
