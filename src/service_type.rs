//! Service types, and the DNS names that contain them.

use crate::label::{Label, LabelError, dot};
use crate::text::{Excerpt, debug_as_message, pad, try_from_str};
use crate::{ServiceName, ServiceNameError, Transport};
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

/// A service type, such as `_http._tcp`: a service name and a transport protocol as DNS labels.
///
/// DNS SRV records ([RFC 2782](https://www.rfc-editor.org/rfc/rfc2782)) use it, and so does DNS-Based Service Discovery
/// ([RFC 6763 §7](https://www.rfc-editor.org/rfc/rfc6763#section-7)), sometimes with a subtype
/// ([§7.1](https://www.rfc-editor.org/rfc/rfc6763#section-7.1)).
///
/// It has neither an instance nor a domain: to parse a whole name, such as `_http._tcp.local.`, use [`DnsSdName`].
///
/// A `ServiceType` is `Copy` and contains its subtype. Equality, order and hash ignore ASCII case, as DNS does. The
/// spelling is kept, except that the transport prints in lower case.
///
/// # Syntax
///
/// ```text
/// service-type = [subtype "._sub."] "_" service-name "." transport ["."]
/// transport    = "_tcp" / "_udp" / "_sctp" / "_dccp"
/// ```
///
/// ASCII case does not matter. [RFC 6335 §5.2](https://www.rfc-editor.org/rfc/rfc6335#section-5.2) makes the service
/// name a [`ServiceName`]. The subtype is one DNS label of 1 to 63 octets of any value; it often begins with an
/// underscore, but need not. In text, `\` and a character that is not a digit stand for that character, and `\DDD` from
/// 000 to 255 for the octet of that decimal value; a dot or a backslash in the subtype is written so ([RFC 6763 §4.3](https://www.rfc-editor.org/rfc/rfc6763#section-4.3),
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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceType {
    name: ServiceName,
    transport: Transport,
    subtype: Option<Label>,
}

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
    pub const MAX_SUBTYPE_LEN: usize = Label::MAX_LEN;

    /// The service type of a DNS SRV record, which names the transport itself
    /// ([RFC 2782](https://www.rfc-editor.org/rfc/rfc2782)).
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport, service_name};
    ///
    /// let sip = ServiceType::srv(service_name!("sip"), Transport::Sctp);
    /// assert_eq!(sip.to_string(), "_sip._sctp");
    /// ```
    pub const fn srv(name: ServiceName, transport: Transport) -> Self {
        ServiceType { name, transport, subtype: None }
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

    /// This service type with `subtype`, the octets of one DNS label, instead of any that it has
    /// ([RFC 6763 §7.1](https://www.rfc-editor.org/rfc/rfc6763#section-7.1)).
    ///
    /// # Errors
    ///
    /// Unless there are 1 to [63](ServiceType::MAX_SUBTYPE_LEN) octets.
    ///
    /// ```
    /// use iana_ports::{ServiceType, Transport, service_name};
    ///
    /// let http = ServiceType::dns_sd(service_name!("http"), Transport::Tcp);
    /// assert_eq!(http.with_subtype("_printer")?.to_string(), "_printer._sub._http._tcp");
    /// assert_eq!(http.with_subtype("v1.1")?.to_string(), r"v1\.1._sub._http._tcp");
    /// # Ok::<(), iana_ports::ServiceTypeError>(())
    /// ```
    pub fn with_subtype(self, subtype: impl AsRef<[u8]>) -> Result<Self, ServiceTypeError> {
        let subtype = subtype.as_ref();
        match Label::new(subtype) {
            Some(label) => Ok(ServiceType { subtype: Some(label), ..self }),
            None => Err(ServiceTypeError(Malformed::Subtype(subtype.len()))),
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

    /// The transport that the label names. In DNS-Based Service Discovery, [`Udp`](Transport::Udp) stands for every
    /// transport except TCP.
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
    pub const fn subtype(&self) -> Option<&[u8]> {
        match &self.subtype {
            Some(label) => Some(label.octets()),
            None => None,
        }
    }
}

impl fmt::Display for ServiceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ServiceType { name, transport, subtype } = self;
        match subtype {
            Some(subtype) => pad(f, format_args!("{subtype}._sub._{name}._{transport}")),
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
        let name = DnsSdName::parse(text)?;
        match (name.instance(), name.domain()) {
            (None, "" | ".") => Ok(name.service_type()),
            (Some(instance), _) => Err(ServiceTypeError(Malformed::Instance(Excerpt::new(instance)))),
            (None, domain) => Err(ServiceTypeError(Malformed::Domain(Excerpt::new(domain)))),
        }
    }
}

/// A whole name of DNS-Based Service Discovery or of an SRV record, split into instance, [`ServiceType`] and domain.
///
/// Examples are `My\ Printer._ipp._tcp.local.`, `_http._tcp.local.` and `_printer._sub._http._tcp.example.com`. The
/// domain is borrowed from the text; nothing is allocated. Equality, order and hash ignore ASCII case, as DNS does, and
/// how a label is escaped; `local` and `local.` differ. A name prints on one line, its labels escaped where they need it.
///
/// # Syntax
///
/// ```text
/// dns-sd-name = [instance "." / subtype "._sub."]
///               "_" service-name "." transport ["." [domain]]
/// ```
///
/// This is the form of [RFC 6763 §4.1](https://www.rfc-editor.org/rfc/rfc6763#section-4.1) and
/// [§7.1](https://www.rfc-editor.org/rfc/rfc6763#section-7.1). The last two labels that can be a service type are
/// taken for it. The instance is one label of 1 to 63 octets of UTF-8, in which a dot is written `\.`; a space
/// or any other character is written as it is or escaped. Every label of the domain has 1 to 63 octets, and the whole
/// name has at most 255.
///
/// The name `_services._dns-sd._udp.local.`, which asks for all service types
/// ([RFC 6763 §9](https://www.rfc-editor.org/rfc/rfc6763#section-9)), has the instance `_services`.
///
/// # Examples
///
/// ```
/// use iana_ports::DnsSdName;
///
/// let printer = DnsSdName::parse(r"My\ Printer\.2._ipp._tcp.local.")?;
/// assert_eq!(printer.instance(), Some("My Printer.2"));
/// assert_eq!(printer.service_type(), "_ipp._tcp".parse()?);
/// assert_eq!(printer.domain(), "local.");
///
/// let browsed = DnsSdName::parse("_printer._sub._http._tcp.example.com")?;
/// assert_eq!(browsed.instance(), None);
/// assert_eq!(browsed.service_type(), "_printer._sub._http._tcp".parse()?);
/// assert_eq!(browsed.domain(), "example.com");
/// # Ok::<(), iana_ports::ServiceTypeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DnsSdName<'a> {
    // UTF-8.
    instance: Option<Label>,
    service_type: ServiceType,
    domain: Domain<'a>,
}

/// A domain as it is written in a name; its labels are valid.
#[derive(Clone, Copy)]
struct Domain<'a>(&'a str);

impl<'a> Domain<'a> {
    /// The labels; `None` after a dot at the end.
    fn labels(self) -> impl Iterator<Item = Option<Label>> + use<'a> {
        self.0.split(dot()).map(|label| Label::parse(label).ok())
    }
}

impl<'a> DnsSdName<'a> {
    /// The length of the longest DNS name, in octets, with a length octet for each label and for the root
    /// ([RFC 1035 §3.1](https://www.rfc-editor.org/rfc/rfc1035#section-3.1)).
    const MAX_LEN: usize = 255;

    /// Splits a name. The same as `TryFrom<&str>`.
    ///
    /// # Errors
    ///
    /// If the text has no service type, if one of its labels is not valid, or if it is too long for a DNS name.
    ///
    /// ```
    /// use iana_ports::DnsSdName;
    ///
    /// let name = DnsSdName::parse("_http._tcp.local.")?;
    /// assert_eq!(name.service_type().service_name(), "http");
    ///
    /// let message = DnsSdName::parse("http._tcp").map_err(|error| error.to_string());
    /// assert_eq!(message, Err("\"http\" lacks an underscore: \
    ///     both labels of a service type begin with one, as in _http._tcp".into()));
    /// # Ok::<(), iana_ports::ServiceTypeError>(())
    /// ```
    pub fn parse(text: &'a str) -> Result<Self, ServiceTypeError> {
        DnsSdName::split(text).map_err(ServiceTypeError)
    }

    fn split(text: &'a str) -> Result<Self, Malformed> {
        let (before, mut service_type, domain) = find_type(text)?;
        let mut octets = 1;
        for label in text.split_terminator(dot()) {
            if label.is_empty() {
                return Err(Malformed::EmptyLabel(Excerpt::new(text)));
            }
            octets += 1 + Label::parse(label)?.octets().len();
        }
        if octets > DnsSdName::MAX_LEN {
            return Err(Malformed::TooLong(octets));
        }
        let is_sub = |text| Label::parse(text).is_ok_and(|label| label.octets().eq_ignore_ascii_case(b"_sub"));
        let mut instance = None;
        match before.map(|labels| (labels, labels.split_once(dot()))) {
            None => {}
            Some((only, None)) => {
                let label = Label::parse(only)?;
                if label.as_str().is_none() {
                    return Err(Malformed::NotUtf8(Excerpt::new(only)));
                }
                instance = Some(label);
            }
            Some((_, Some((subtype, sub)))) if is_sub(sub) => service_type.subtype = Some(Label::parse(subtype)?),
            Some((labels, _)) => return Err(Malformed::SeveralLabels(Excerpt::new(labels))),
        }
        Ok(DnsSdName { instance, service_type, domain: Domain(domain) })
    }

    /// The name of the instance as people see it, without escapes; `None` if the name has no instance.
    ///
    /// ```
    /// use iana_ports::DnsSdName;
    ///
    /// let office = DnsSdName::parse(r"B\195\188ro._ipp._tcp.local.")?;
    /// assert_eq!(office.instance(), Some("Büro"));
    /// assert_eq!(DnsSdName::parse("_ipp._tcp.local.")?.instance(), None);
    /// # Ok::<(), iana_ports::ServiceTypeError>(())
    /// ```
    pub const fn instance(&self) -> Option<&str> {
        match &self.instance {
            Some(label) => label.as_str(),
            None => None,
        }
    }

    /// The service type, with its subtype if it has one.
    ///
    /// ```
    /// use iana_ports::DnsSdName;
    ///
    /// let name = DnsSdName::parse(r"My\ Printer._ipp._tcp.local.")?;
    /// assert_eq!(name.service_type().to_string(), "_ipp._tcp");
    /// # Ok::<(), iana_ports::ServiceTypeError>(())
    /// ```
    pub const fn service_type(&self) -> ServiceType {
        self.service_type
    }

    /// The domain as it is written, perhaps with a dot at the end. `.` means the root; the empty string means that there
    /// is no domain.
    ///
    /// ```
    /// use iana_ports::DnsSdName;
    ///
    /// assert_eq!(DnsSdName::parse("_ipp._tcp.local.")?.domain(), "local.");
    /// assert_eq!(DnsSdName::parse("_ipp._tcp.example.com")?.domain(), "example.com");
    /// assert_eq!(DnsSdName::parse("_ipp._tcp.")?.domain(), ".");
    /// assert_eq!(DnsSdName::parse("_ipp._tcp")?.domain(), "");
    /// # Ok::<(), iana_ports::ServiceTypeError>(())
    /// ```
    pub const fn domain(&self) -> &'a str {
        self.domain.0
    }
}

/// The labels before the service type in a name, the service type without a subtype, and the domain.
fn find_type(text: &str) -> Result<(Option<&str>, ServiceType, &str), Malformed> {
    let mut rest = text;
    let (mut found, mut lacking): (Option<(_, Result<_, ServiceNameError>, _, _)>, _) = (None, None);
    while let Some((name, after)) = rest.split_once(dot()) {
        let (transport, domain) = match after.split_once(dot()) {
            Some((transport, "")) => (transport, "."),
            Some((transport, domain)) => (transport, domain),
            None => (after, ""),
        };
        // What counts is the label, however it is escaped.
        let [name, transport] = [name, transport].map(|text| Label::parse(text).ok());
        let [name, transport] = [&name, &transport].map(|label| label.as_ref().and_then(Label::as_str).unwrap_or(""));
        if let Some(known) = Transport::from_name(transport.strip_prefix('_').unwrap_or(transport)) {
            match (name.strip_prefix('_'), transport.starts_with('_')) {
                (Some(name), true) => {
                    let before = text.get(..text.len() - rest.len()).and_then(|before| before.strip_suffix('.'));
                    let name = ServiceName::new(name);
                    if name.is_ok() || !matches!(found, Some((_, Ok(_), ..))) {
                        found = Some((before, name, known, domain));
                    }
                }
                (None, true) => lacking = lacking.or(Some(Excerpt::new(name))),
                (_, false) => lacking = lacking.or(Some(Excerpt::new(transport))),
            }
        }
        rest = after;
    }
    match (found, lacking) {
        (Some((before, name, transport, domain)), _) => Ok((before, ServiceType::srv(name?, transport), domain)),
        (None, Some(label)) => Err(Malformed::MissingUnderscore(label)),
        (None, None) => Err(Malformed::Missing(Excerpt::new(text))),
    }
}

impl<'a> TryFrom<&'a str> for DnsSdName<'a> {
    type Error = ServiceTypeError;

    fn try_from(text: &'a str) -> Result<Self, ServiceTypeError> {
        DnsSdName::parse(text)
    }
}

impl PartialEq for Domain<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Domain<'_> {}

impl PartialOrd for Domain<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Domain<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.labels().cmp(other.labels())
    }
}

impl Hash for Domain<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.labels().for_each(|label| label.hash(state));
    }
}

impl fmt::Display for Domain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, label) in self.labels().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            match label {
                Some(label) => write!(f, "{dot}{label}")?,
                None => f.write_str(dot)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for DnsSdName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DnsSdName { service_type, domain, .. } = self;
        let dot = if matches!(domain.0, "" | ".") { "" } else { "." };
        match &self.instance {
            Some(instance) => pad(f, format_args!("{instance}.{service_type}{dot}{domain}")),
            None => pad(f, format_args!("{service_type}{dot}{domain}")),
        }
    }
}

impl fmt::Debug for DnsSdName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DnsSdName({self})")
    }
}

/// The error returned when a string is not a valid [`ServiceType`] or [`DnsSdName`], or when a subtype is not a valid
/// label.
///
/// ```
/// use iana_ports::ServiceType;
///
/// let parsed = "_http._tcp.local".parse::<ServiceType>();
/// let message = parsed.map_err(|error| error.to_string());
/// assert_eq!(message, Err("\"local\" is a domain, which a service type \
///     does not have: parse the whole name as a DnsSdName".into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub struct ServiceTypeError(Malformed);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum Malformed {
    #[error("{0} has no service type: expected labels such as _http._tcp, the second _tcp, _udp, _sctp or _dccp")]
    Missing(Excerpt),
    #[error("{0} lacks an underscore: both labels of a service type begin with one, as in _http._tcp")]
    MissingUnderscore(Excerpt),
    #[error(transparent)]
    ServiceName(#[from] ServiceNameError),
    #[error(transparent)]
    Label(#[from] LabelError),
    #[error(
        "{0} has an empty label (two dots in a row, or one at the beginning): a DNS label must have 1 to 63 octets"
    )]
    EmptyLabel(Excerpt),
    #[error("a subtype must have 1 to 63 octets, not {0}")]
    Subtype(usize),
    #[error("a DNS name must have at most 255 octets, not {0}")]
    TooLong(usize),
    #[error("{0} before a service type is not one label: write \\. for a dot in an instance, or ._sub after a subtype")]
    SeveralLabels(Excerpt),
    #[error("instance {0} is not UTF-8")]
    NotUtf8(Excerpt),
    #[error("{0} is an instance, which a service type does not have: parse the whole name as a DnsSdName")]
    Instance(Excerpt),
    #[error("{0} is a domain, which a service type does not have: parse the whole name as a DnsSdName")]
    Domain(Excerpt),
}

debug_as_message!(ServiceTypeError);
try_from_str!(ServiceType, ServiceTypeError);
#[cfg(feature = "serde")]
crate::serde::as_string!(ServiceType, "a service type such as \"_http._tcp\"");
