//! Full names in DNS-Based Service Discovery.

use super::error::ErrorKind;
use super::label::{Domain, Label, unescaped_dot};
use crate::text::{Excerpt, debug_as_display, pad};
use crate::{DnsSdError, ServiceName, ServiceNameError, ServiceType, Transport};
use core::fmt;

/// A full name in DNS-Based Service Discovery, or the name of an SRV record, split into instance or subtype, service,
/// transport and domain.
///
/// Examples are `My\ Printer._ipp._tcp.local.`, `_http._tcp.local.` and `_printer._sub._http._tcp.example.com`. The
/// domain is borrowed, and nothing is allocated. Equality, order and hash ignore ASCII case, as DNS does, and
/// differences in escaping; `local` and `local.` differ.
///
/// Parsing is lenient, and building is strict. Real networks have service labels that break
/// [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1), such as `_androidtvremote2`, `_nvstream_dbd` or
/// the port number `_443`. [`parse`](DnsSdName::parse) accepts them, and [`service_type`](DnsSdName::service_type)
/// checks them. [`new`](DnsSdName::new) takes a [`ServiceType`], which follows the rules, and checks the instance, the
/// domain and all lengths.
///
/// # Syntax
///
/// ```text
/// dns-sd-name = [instance "." / subtype "._sub."]
///               "_" service "." transport ["." [domain]]
/// transport   = "_tcp" / "_udp" / "_sctp" / "_dccp"
/// ```
///
/// This is the form of [RFC 6763 §4.1](https://www.rfc-editor.org/rfc/rfc6763#section-4.1) and
/// [§7.1](https://www.rfc-editor.org/rfc/rfc6763#section-7.1). If several pairs of labels could be the service type, it
/// is the last one whose service is a [`ServiceName`], or the last one if none is. Every label has 1 to 63 octets, and
/// the whole name at most 255. Instance and service are UTF-8; a subtype can be any octets.
///
/// Without `._sub`, all text before the service is the instance, and its dots need not be escaped, since many libraries
/// return names such as `Acme Inc.._ipp._tcp.local.`. So `host.example._http._tcp.local.` has the instance
/// `host.example`. If there are several labels before the service and one of them begins with an underscore, the name
/// is rejected, since that label was probably meant as part of a service type.
///
/// A backslash and a non-digit stand for that character, and `\DDD` (000 to 255) for the octet with that decimal value
/// ([RFC 1035 §5.1](https://www.rfc-editor.org/rfc/rfc1035#section-5.1)). `Display` escapes dots and backslashes in a
/// label, and writes a space as `\032` and unprintable characters in the same form, so that a name prints on one line
/// and parses back to itself. A zone file also needs a backslash before characters such as `;`, `"` and `(`.
///
/// Some names appear to have an instance but do not: browsers query `_services._dns-sd._udp.local.` for all service
/// types ([§9](https://www.rfc-editor.org/rfc/rfc6763#section-9)), and `b`, `db`, `r`, `dr` and `lb` before
/// `._dns-sd._udp` for domains ([§11](https://www.rfc-editor.org/rfc/rfc6763#section-11)).
///
/// There is no `FromStr`, because a name borrows its domain from the text. For the same reason, a name is serialized
/// but not deserialized: deserialize a `String`, keep it, and call [`parse`](DnsSdName::parse).
///
/// ```
/// # #[cfg(feature = "serde")] {
/// let text: String = serde_json::from_str(r#""_http._tcp.local.""#)?;
/// assert_eq!(iana_ports::DnsSdName::parse(&text)?.service(), "http");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Examples
///
/// ```
/// use iana_ports::{DnsSdName, ServiceType, Transport, service_name};
///
/// let printer = DnsSdName::parse(r"My\ Printer\.2._ipp._tcp.local.")?;
/// assert_eq!(printer.instance(), Some("My Printer.2"));
/// assert_eq!((printer.service(), printer.transport()), ("ipp", Transport::Tcp));
/// assert_eq!(printer.domain(), "local.");
///
/// let remote = DnsSdName::parse("_androidtvremote2._tcp.local.")?;
/// assert_eq!(remote.service(), "androidtvremote2");
/// assert!(remote.service_type().is_err());
///
/// let ipp = ServiceType::dns_sd(service_name!("ipp"), Transport::Tcp);
/// let office = DnsSdName::new(Some("J.Smith's Printer"), ipp, "local.")?;
/// assert_eq!(office.to_string(), r"J\.Smith's\032Printer._ipp._tcp.local.");
/// # Ok::<(), iana_ports::DnsSdError>(())
/// ```
#[doc(alias = "bonjour")]
#[doc(alias = "zeroconf")]
#[doc(alias = "mdns")]
#[doc(alias = "srv")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DnsSdName<'a> {
    pub(super) prefix: Prefix,
    // UTF-8 that begins with an underscore.
    pub(super) service: Label,
    pub(super) transport: Transport,
    pub(super) domain: Domain<'a>,
}

/// What comes before the service.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Prefix {
    Nothing,
    Subtype(Label),
    // UTF-8.
    Instance(Label),
}

impl Prefix {
    fn octets(&self) -> usize {
        match self {
            Prefix::Nothing => 0,
            Prefix::Subtype(label) => label.wire_len() + "_sub".len() + 1,
            Prefix::Instance(label) => label.wire_len(),
        }
    }
}

impl<'a> DnsSdName<'a> {
    /// The maximum number of octets in a DNS name, counting a length octet for each label and for the root
    /// ([RFC 1035 §3.1](https://www.rfc-editor.org/rfc/rfc1035#section-3.1)).
    const MAX_LEN: usize = 255;

    /// Builds a name from its parts. `domain` is text, escaped where necessary; `""` means no domain, and `"."` the
    /// root.
    ///
    /// # Errors
    ///
    /// Returns an error if
    ///
    /// - the instance does not have 1 to 63 octets, or contains an ASCII control character
    ///   ([RFC 6763 §4.1.1](https://www.rfc-editor.org/rfc/rfc6763#section-4.1.1))
    /// - there is an instance, and the service is over `_sctp` or `_dccp`, which only SRV names have
    ///   ([§7](https://www.rfc-editor.org/rfc/rfc6763#section-7))
    /// - a label of the domain is not valid, or would be parsed as part of the service type
    /// - the whole name has more than 255 octets
    ///
    /// ```
    /// use iana_ports::{DnsSdName, ServiceType, Transport, service_name};
    ///
    /// let http = ServiceType::dns_sd(service_name!("http"), Transport::Tcp);
    /// assert_eq!(DnsSdName::new(None, http, "local.")?.to_string(), "_http._tcp.local.");
    /// assert_eq!(DnsSdName::new(Some("a.b"), http, "")?.to_string(), r"a\.b._http._tcp");
    /// assert!(DnsSdName::new(Some(""), http, "local.").is_err());
    /// # Ok::<(), iana_ports::DnsSdError>(())
    /// ```
    pub fn new(instance: Option<&str>, service_type: ServiceType, domain: &'a str) -> Result<Self, DnsSdError> {
        let prefix = match instance {
            None => Prefix::Nothing,
            Some(instance) => Prefix::Instance(instance_label(instance, service_type.transport()).map_err(DnsSdError)?),
        };
        check_domain(service_type, domain).map_err(DnsSdError)?;
        let service = Label::with_underscore(&service_type.service_name());
        DnsSdName { prefix, service, transport: service_type.transport(), domain: Domain(domain) }
            .check_length()
            .map_err(DnsSdError)
    }

    /// The same name with this subtype, the octets of one label, replacing any subtype it has
    /// ([RFC 6763 §7.1](https://www.rfc-editor.org/rfc/rfc6763#section-7.1)).
    ///
    /// # Errors
    ///
    /// Returns an error if `subtype` does not have 1 to 63 octets, if the name has an instance or is over `_sctp` or
    /// `_dccp`, or if the whole name has more than 255 octets.
    ///
    /// ```
    /// use iana_ports::DnsSdName;
    ///
    /// let http = DnsSdName::parse("_http._tcp.local.")?;
    /// assert_eq!(http.with_subtype("_printer")?.to_string(), "_printer._sub._http._tcp.local.");
    /// # Ok::<(), iana_ports::DnsSdError>(())
    /// ```
    pub fn with_subtype(self, subtype: impl AsRef<[u8]>) -> Result<Self, DnsSdError> {
        let subtype = subtype.as_ref();
        if let Prefix::Instance(_) = self.prefix {
            return Err(DnsSdError(ErrorKind::SubtypeOfInstance));
        }
        check_transport("subtype", self.transport).map_err(DnsSdError)?;
        match Label::new(subtype) {
            Some(label) => DnsSdName { prefix: Prefix::Subtype(label), ..self }.check_length().map_err(DnsSdError),
            None => Err(DnsSdError(ErrorKind::SubtypeLength(subtype.len()))),
        }
    }

    pub(super) fn check_length(self) -> Result<Self, ErrorKind> {
        let domain: usize = self.domain.labels().flatten().map(|label| label.wire_len()).sum();
        let transport = "_".len() + self.transport.as_str().len() + 1;
        match self.prefix.octets() + self.service.wire_len() + transport + domain + 1 {
            0..=DnsSdName::MAX_LEN => Ok(self),
            octets => Err(ErrorKind::LongName(octets)),
        }
    }

    /// The instance as users see it, without escapes; `None` if the name has none.
    pub const fn instance(&self) -> Option<&str> {
        match &self.prefix {
            Prefix::Instance(label) => label.as_str(),
            Prefix::Nothing | Prefix::Subtype(_) => None,
        }
    }

    /// The 1 to 63 octets of the subtype, without escapes, which need not be UTF-8; `None` if the name has none.
    ///
    /// ```
    /// use iana_ports::DnsSdName;
    ///
    /// let name = DnsSdName::parse(r"_a\.b._sub._http._tcp")?;
    /// assert_eq!(name.subtype(), Some(&b"_a.b"[..]));
    /// # Ok::<(), iana_ports::DnsSdError>(())
    /// ```
    pub const fn subtype(&self) -> Option<&[u8]> {
        match &self.prefix {
            Prefix::Subtype(label) => Some(label.octets()),
            Prefix::Nothing | Prefix::Instance(_) => None,
        }
    }

    /// The service label, without its underscore and without escapes. It need not be a [`ServiceName`].
    pub fn service(&self) -> &str {
        self.service.after_underscore().unwrap_or("")
    }

    /// The transport in the label after the service. In DNS-Based Service Discovery, [`Udp`](Transport::Udp) means
    /// every transport except TCP, so `_sip._udp` can be SIP over SCTP.
    pub const fn transport(&self) -> Transport {
        self.transport
    }

    /// The service type, if the service is a [`ServiceName`].
    ///
    /// # Errors
    ///
    /// Returns an error if the service breaks a rule of
    /// [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1). The error reports the first one;
    /// [`ServiceName::violations`] reports all of them.
    ///
    /// ```
    /// use iana_ports::DnsSdName;
    ///
    /// let name = DnsSdName::parse(r"My\ Printer._ipp._tcp.local.")?;
    /// assert!(name.service_type().is_ok_and(|service_type| service_type.to_string() == "_ipp._tcp"));
    /// assert!(DnsSdName::parse("_443._tcp.example.com")?.service_type().is_err());
    /// # Ok::<(), iana_ports::DnsSdError>(())
    /// ```
    pub fn service_type(&self) -> Result<ServiceType, ServiceNameError> {
        Ok(ServiceType::srv(ServiceName::new(self.service())?, self.transport))
    }

    /// The domain as written, with any dot at the end. `.` is the root; the empty string means no domain.
    ///
    /// ```
    /// use iana_ports::DnsSdName;
    ///
    /// assert_eq!(DnsSdName::parse("_ipp._tcp.local.")?.domain(), "local.");
    /// assert_eq!(DnsSdName::parse("_ipp._tcp.")?.domain(), ".");
    /// assert_eq!(DnsSdName::parse("_ipp._tcp")?.domain(), "");
    /// # Ok::<(), iana_ports::DnsSdError>(())
    /// ```
    pub const fn domain(&self) -> &'a str {
        self.domain.0
    }
}

fn instance_label(instance: &str, transport: Transport) -> Result<Label, ErrorKind> {
    let label = Label::new(instance.as_bytes()).ok_or(ErrorKind::InstanceLength(instance.len()))?;
    if instance.chars().any(|character| character.is_ascii_control()) {
        return Err(ErrorKind::ControlCharacter(Excerpt::new(instance)));
    }
    check_transport("instance", transport)?;
    Ok(label)
}

/// Only SRV names are over `_sctp` and `_dccp`, and they have no instance and no subtype.
fn check_transport(prefix: &'static str, transport: Transport) -> Result<(), ErrorKind> {
    match transport {
        Transport::Tcp | Transport::Udp => Ok(()),
        Transport::Sctp | Transport::Dccp => Err(ErrorKind::PrefixTransport(prefix, transport)),
    }
}

/// Rejects a domain with an invalid label, or one in which `parse` would find another service type.
fn check_domain(service_type: ServiceType, domain: &str) -> Result<(), ErrorKind> {
    if matches!(domain, "" | ".") {
        return Ok(());
    }
    let mut previous = Label::new(service_type.transport_label().as_bytes());
    for text in domain.split_terminator(unescaped_dot()) {
        let label = Label::parse(text, domain)?;
        if label.transport().is_some() && previous.is_some_and(|previous| previous.is_service()) {
            return Err(ErrorKind::ServiceInDomain(Excerpt::new(domain)));
        }
        previous = Some(label);
    }
    Ok(())
}

impl fmt::Display for DnsSdName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DnsSdName { prefix, service, transport, domain } = self;
        let dot = if matches!(domain.0, "" | ".") { "" } else { "." };
        match prefix {
            Prefix::Nothing => pad(f, format_args!("{service}._{transport}{dot}{domain}")),
            Prefix::Instance(instance) => pad(f, format_args!("{instance}.{service}._{transport}{dot}{domain}")),
            Prefix::Subtype(subtype) => pad(f, format_args!("{subtype}._sub.{service}._{transport}{dot}{domain}")),
        }
    }
}

debug_as_display!(DnsSdName<'_>);
#[cfg(feature = "serde")]
crate::serde::serialize_as_string!(DnsSdName<'_>);
