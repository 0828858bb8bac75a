//! Service types: the labels before the domain in the owner name of an SRV record.

use crate::text::pad;
use crate::{Excerpt, ServiceName, ServiceNameError, Transport};
use core::cmp::Ordering;
use core::fmt::{self, Write};
use core::hash::{Hash, Hasher};
use core::str::FromStr;

/// A service type, such as `_http._tcp`: a service name and a transport protocol as DNS labels, in DNS SRV records
/// ([RFC 2782](https://www.rfc-editor.org/rfc/rfc2782)) and in DNS-Based Service Discovery
/// ([RFC 6763 §7](https://www.rfc-editor.org/rfc/rfc6763#section-7)), there perhaps with a subtype
/// ([§7.1](https://www.rfc-editor.org/rfc/rfc6763#section-7.1)).
///
/// A `ServiceType` is `Copy` and holds its subtype by value, since a text that is read may not outlive the value: it
/// takes 81 bytes. Equality, order and hash ignore ASCII case, as DNS does. Spelling is kept, but for the transport's,
/// which prints in lower case.
///
/// # Syntax
///
/// ```text
/// service-type = [subtype "._sub."] "_" service-name "." transport ["."]
/// transport    = "_tcp" / "_udp" / "_sctp" / "_dccp"
/// ```
///
/// in any ASCII case. [RFC 6335 §5.2](https://www.rfc-editor.org/rfc/rfc6335#section-5.2) makes the service name a
/// [`ServiceName`]. The subtype is one DNS label of 1 to 63 octets of any value; it often begins with an underscore,
/// but need not. In text, a backslash precedes a dot or a backslash in it, and `\DDD` is the octet of that decimal
/// value ([RFC 6763 §4.3](https://www.rfc-editor.org/rfc/rfc6763#section-4.3),
/// [RFC 1035 §5.1](https://www.rfc-editor.org/rfc/rfc1035#section-5.1)).
///
/// # Examples
///
/// ```
/// use iana_ports::{ServiceType, Transport};
///
/// let printers: ServiceType = "_printer._sub._http._tcp".parse()?;
/// assert_eq!(printers.service_name(), "http");
/// assert_eq!(printers.transport(), Transport::Tcp);
/// assert_eq!(printers.subtype(), Some(&b"_printer"[..]));
/// assert_eq!(printers, "_Printer._sub._HTTP._TCP.".parse()?);
/// # Ok::<(), iana_ports::ServiceTypeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ServiceType {
    name: ServiceName,
    transport: Transport,
    // Zeros follow the subtype; a length of 0 is no subtype.
    subtype_len: u8,
    subtype: [u8; ServiceType::MAX_SUBTYPE_LEN],
}

const _: () = assert!(size_of::<ServiceType>() == 81);

impl ServiceType {
    /// The length of the longest subtype, that of a DNS label, in octets
    /// ([RFC 6763 §7.2](https://www.rfc-editor.org/rfc/rfc6763#section-7.2)).
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport, service_name};
    ///
    /// let http = ServiceType::dns_sd(service_name!("http"), Transport::Tcp);
    /// assert!(http.with_subtype([b'a'; ServiceType::MAX_SUBTYPE_LEN]).is_ok());
    /// assert!(http.with_subtype([b'a'; ServiceType::MAX_SUBTYPE_LEN + 1]).is_err());
    /// ```
    pub const MAX_SUBTYPE_LEN: usize = 63;

    /// The service type of a DNS SRV record, which names the transport itself
    /// ([RFC 2782](https://www.rfc-editor.org/rfc/rfc2782)).
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport, service_name};
    ///
    /// assert_eq!(ServiceType::srv(service_name!("sip"), Transport::Sctp).to_string(), "_sip._sctp");
    /// ```
    pub const fn srv(name: ServiceName, transport: Transport) -> Self {
        ServiceType { name, transport, subtype_len: 0, subtype: [0; ServiceType::MAX_SUBTYPE_LEN] }
    }

    /// The service type of DNS-Based Service Discovery, which has `_tcp` for TCP and `_udp` for every other transport
    /// ([RFC 6763 §7](https://www.rfc-editor.org/rfc/rfc6763#section-7)).
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport, service_name};
    ///
    /// assert_eq!(ServiceType::dns_sd(service_name!("sip"), Transport::Sctp).to_string(), "_sip._udp");
    /// ```
    pub const fn dns_sd(name: ServiceName, transport: Transport) -> Self {
        match transport {
            Transport::Tcp => ServiceType::srv(name, Transport::Tcp),
            Transport::Udp | Transport::Sctp | Transport::Dccp => ServiceType::srv(name, Transport::Udp),
        }
    }

    /// This service type with `subtype`, the octets of one DNS label, in place of any that it has
    /// ([RFC 6763 §7.1](https://www.rfc-editor.org/rfc/rfc6763#section-7.1)).
    ///
    /// # Errors
    ///
    /// [`SubtypeLength`](ServiceTypeError::SubtypeLength) unless there are 1 to 63 octets.
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport, service_name};
    ///
    /// let http = ServiceType::dns_sd(service_name!("http"), Transport::Tcp);
    /// assert_eq!(http.with_subtype("_printer")?.to_string(), "_printer._sub._http._tcp");
    /// assert_eq!(http.with_subtype("v1.1")?.to_string(), r"v1\.1._sub._http._tcp");
    /// # Ok::<(), iana_ports::ServiceTypeError>(())
    /// ```
    pub fn with_subtype(mut self, subtype: impl AsRef<[u8]>) -> Result<Self, ServiceTypeError> {
        let octets = subtype.as_ref();
        let length = octets.len();
        match self.subtype.split_at_mut_checked(length) {
            Some((label, rest)) if length > 0 => {
                label.copy_from_slice(octets);
                rest.fill(0);
                self.subtype_len = length as u8;
                Ok(self)
            }
            _ => Err(ServiceTypeError::SubtypeLength { length }),
        }
    }

    /// The service name, without its underscore.
    ///
    /// ```
    /// assert_eq!("_http._tcp".parse::<iana_ports::ServiceType>()?.service_name(), "http");
    /// # Ok::<(), iana_ports::ServiceTypeError>(())
    /// ```
    pub const fn service_name(&self) -> ServiceName {
        self.name
    }

    /// The transport that the label names; in DNS-Based Service Discovery, [`Udp`](Transport::Udp) stands for every
    /// transport but TCP.
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport};
    ///
    /// assert_eq!("_http._tcp".parse::<ServiceType>()?.transport(), Transport::Tcp);
    /// # Ok::<(), iana_ports::ServiceTypeError>(())
    /// ```
    pub const fn transport(&self) -> Transport {
        self.transport
    }

    /// The octets of the subtype, 1 to 63, without escapes; often ASCII or UTF-8, but not always.
    ///
    /// ```
    /// use iana_ports::ServiceType;
    ///
    /// let service_type: ServiceType = r"_a\.b._sub._http._tcp".parse()?;
    /// assert_eq!(service_type.subtype(), Some(&b"_a.b"[..]));
    /// assert_eq!("_http._tcp".parse::<ServiceType>()?.subtype(), None);
    /// # Ok::<(), iana_ports::ServiceTypeError>(())
    /// ```
    pub fn subtype(&self) -> Option<&[u8]> {
        self.subtype.get(..self.subtype_len.into()).filter(|label| !label.is_empty())
    }

    /// What equality, order and hash see.
    fn key(&self) -> (ServiceName, Transport, [u8; ServiceType::MAX_SUBTYPE_LEN], u8) {
        (self.name, self.transport, self.subtype.map(|octet| octet.to_ascii_lowercase()), self.subtype_len)
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
    /// By service name, then transport, then subtype; a type without a subtype comes first.
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for ServiceType {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// The octets of a label in text, with escapes.
struct Label<'a>(&'a [u8]);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for character in chunk.valid().chars() {
                match character {
                    '.' | '\\' => write!(f, "\\{character}")?,
                    // What would not show as itself.
                    _ if character == ' ' || (!character.is_ascii_graphic() && character.escape_debug().len() > 1) => {
                        escape(f, character.encode_utf8(&mut [0; 4]).as_bytes())?;
                    }
                    _ => f.write_char(character)?,
                }
            }
            escape(f, chunk.invalid())?;
        }
        Ok(())
    }
}

fn escape(f: &mut fmt::Formatter<'_>, octets: &[u8]) -> fmt::Result {
    octets.iter().try_for_each(|octet| write!(f, "\\{octet:03}"))
}

impl fmt::Display for ServiceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ServiceType { name, transport, .. } = self;
        match self.subtype() {
            Some(subtype) => pad(f, format_args!("{}._sub._{name}._{transport}", Label(subtype))),
            None => pad(f, format_args!("_{name}._{transport}")),
        }
    }
}

impl fmt::Debug for ServiceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceType({self})")
    }
}

impl FromStr for ServiceType {
    type Err = ServiceTypeError;

    fn from_str(text: &str) -> Result<Self, ServiceTypeError> {
        let labels = text.strip_suffix('.').unwrap_or(text);
        let (labels, transport) =
            labels.rsplit_once('.').ok_or_else(|| ServiceTypeError::MissingTransport { text: Excerpt::new(text) })?;
        let transport = parse_transport(transport)?;
        let (subtype, name) = match labels.rsplit_once('.') {
            Some((subtype, name)) => (Some(subtype), name),
            None => (None, labels),
        };
        let name = name
            .strip_prefix('_')
            .ok_or_else(|| ServiceTypeError::MissingUnderscore { label: Excerpt::new(name) })?
            .parse()?;
        let service_type = ServiceType::srv(name, transport);
        match subtype {
            Some(subtype) => service_type.with_label(subtype),
            None => Ok(service_type),
        }
    }
}

fn parse_transport(label: &str) -> Result<Transport, ServiceTypeError> {
    let name = label.strip_prefix('_');
    match (name.unwrap_or(label).parse(), name) {
        (Ok(transport), Some(_)) => Ok(transport),
        (Ok(_), None) => Err(ServiceTypeError::MissingUnderscore { label: Excerpt::new(label) }),
        (Err(_), _) => Err(ServiceTypeError::Transport { label: Excerpt::new(label) }),
    }
}

impl ServiceType {
    /// This service type with the subtype before `._sub` in `labels`.
    fn with_label(self, labels: &str) -> Result<Self, ServiceTypeError> {
        let subtype = match labels.rsplit_once('.') {
            Some((subtype, sub)) if sub.eq_ignore_ascii_case("_sub") => subtype,
            _ => {
                return Err(ServiceTypeError::MissingSub { labels: Excerpt::new(labels) });
            }
        };
        let bad = || ServiceTypeError::Subtype { subtype: Excerpt::new(subtype) };
        let mut octets = [0; ServiceType::MAX_SUBTYPE_LEN];
        let (mut length, mut rest) = (0, subtype.as_bytes());
        loop {
            let (octet, later) = match *rest {
                [] => break,
                [b'.', ..] | [b'\\'] => return Err(bad()),
                [b'\\', a @ b'0'..=b'9', ref later @ ..] => match *later {
                    [b @ b'0'..=b'9', c @ b'0'..=b'9', ref later @ ..] => {
                        let value = [a, b, c].iter().fold(0, |value, digit| 10 * value + u16::from(digit - b'0'));
                        (u8::try_from(value).map_err(|_| bad())?, later)
                    }
                    _ => return Err(bad()),
                },
                [b'\\', octet, ref later @ ..] | [octet, ref later @ ..] => (octet, later),
            };
            if let Some(slot) = octets.get_mut(length) {
                *slot = octet;
            }
            (length, rest) = (length + 1, later);
        }
        let label = octets.get(..length).ok_or(ServiceTypeError::SubtypeLength { length })?;
        self.with_subtype(label)
    }
}

impl TryFrom<&str> for ServiceType {
    type Error = ServiceTypeError;

    fn try_from(text: &str) -> Result<Self, ServiceTypeError> {
        text.parse()
    }
}

/// Why a text is no [`ServiceType`].
///
/// ```
/// use iana_ports::{ServiceType, ServiceTypeError};
///
/// let error = "http._tcp".parse::<ServiceType>().unwrap_err();
/// assert!(matches!(error, ServiceTypeError::MissingUnderscore { .. }));
/// assert_eq!(error.to_string(), "\"http\" lacks an underscore: this label of a service type must begin with one");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ServiceTypeError {
    /// There is no second label to name the transport, as in `_http`.
    #[error("{text} lacks a transport: a service type must end in _tcp, _udp, _sctp or _dccp")]
    MissingTransport {
        /// The whole text.
        text: Excerpt,
    },
    /// The label of the transport names no [`Transport`], as in `_http._ip`.
    #[error("{label} is no transport: a service type must end in _tcp, _udp, _sctp or _dccp")]
    Transport {
        /// The last label.
        label: Excerpt,
    },
    /// The label of the service name or of the transport does not begin with an underscore, as in `http._tcp`.
    #[error("{label} lacks an underscore: this label of a service type must begin with one")]
    MissingUnderscore {
        /// The label.
        label: Excerpt,
    },
    /// What follows the underscore is no [`ServiceName`], as in `_ht_tp._tcp`.
    #[error(transparent)]
    ServiceName(#[from] ServiceNameError),
    /// There are labels before the service name, but they do not end in `_sub`, as in `_printer._http._tcp`.
    #[error("{labels} before a service name must end in \"._sub\", after the label of a subtype")]
    MissingSub {
        /// The labels before the service name.
        labels: Excerpt,
    },
    /// The subtype has no octets, or more than [63](ServiceType::MAX_SUBTYPE_LEN).
    #[error("a subtype of {length} octets is no label: it must have 1 to 63")]
    SubtypeLength {
        /// Their number.
        length: usize,
    },
    /// The subtype is more than one label, or has a backslash that begins no escape.
    #[error("subtype {subtype} is not one label: in it, a dot is written \\. and a backslash \\\\")]
    Subtype {
        /// The subtype as written.
        subtype: Excerpt,
    },
}
