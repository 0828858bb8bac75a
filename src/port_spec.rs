//! What people type for a service: a port, a range or a name, with or without a transport.

use crate::text::pad;
use crate::{
    Entry, Excerpt, PortRange, PortRangeError, ServiceName, ServiceNameError, Transport, TransportError, entries,
    lookup_name, lookup_port,
};
use core::fmt;
use core::iter::FusedIterator;
use core::str::FromStr;

/// Ports or a service name as people type them, perhaps with a transport protocol: `443`, `8000-8100/udp`, `https/tcp`.
///
/// A `PortSpec` is `Copy`. Names are equal whatever their ASCII case; `23` and `23/tcp` differ, since one means every
/// transport.
///
/// # Syntax
///
/// ```text
/// port-spec = (port / port "-" port / service-name) ["/" transport]
/// transport = "tcp" / "udp" / "sctp" / "dccp"      ; in any ASCII case
/// ```
///
/// - Digits and hyphens alone are a [`PortRange`]: `23` is a port, `6000-6063` a range. Anything else is a name, such as
///   `9pfs` or `http-alt`. [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1) asks for a letter in each
///   [`ServiceName`] so that the two cannot be confused.
/// - A name need not be registered; [`entries`](PortSpec::entries) is empty then.
/// - A registered name that breaks the rules of [`ServiceName`] is taken too, such as `whois++/tcp` or `914c/g`; it is
///   found as [`lookup_name`] finds it, and keeps the registry's spelling.
/// - There is no white space, but in such a name.
///
/// # Examples
///
/// ```
/// use iana_ports::{PortSpec, Transport};
///
/// let spec: PortSpec = "8000-8100/UDP".parse()?;
/// assert_eq!(spec.ports().map(|ports| ports.end()), Some(8100));
/// assert_eq!(spec.transport(), Some(Transport::Udp));
/// assert_eq!(spec.to_string(), "8000-8100/udp");
///
/// assert_eq!("http-alt".parse::<PortSpec>()?.service_name(), Some("http-alt"));
/// assert_eq!("HTTPS".parse::<PortSpec>()?, "https".parse()?);
/// # Ok::<(), iana_ports::PortSpecError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortSpec {
    subject: Subject,
    transport: Option<Transport>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Subject {
    Ports(PortRange),
    Name(ServiceName),
    /// A name of the registry, in its spelling, that is no `ServiceName`.
    LegacyName(&'static str),
}

impl PortSpec {
    /// The ports, where it names ports.
    ///
    /// ```
    /// use iana_ports::{PortRange, PortSpec};
    ///
    /// assert_eq!("23/tcp".parse::<PortSpec>()?.ports(), Some(PortRange::from(23)));
    /// assert_eq!("telnet".parse::<PortSpec>()?.ports(), None);
    /// # Ok::<(), iana_ports::PortSpecError>(())
    /// ```
    pub const fn ports(&self) -> Option<PortRange> {
        match self.subject {
            Subject::Ports(ports) => Some(ports),
            Subject::Name(_) | Subject::LegacyName(_) => None,
        }
    }

    /// The service name, where it is one, as it was spelt.
    ///
    /// ```
    /// use iana_ports::PortSpec;
    ///
    /// assert_eq!("9pfs".parse::<PortSpec>()?.service_name(), Some("9pfs"));
    /// assert_eq!("9".parse::<PortSpec>()?.service_name(), None);
    /// # Ok::<(), iana_ports::PortSpecError>(())
    /// ```
    pub const fn service_name(&self) -> Option<&str> {
        match &self.subject {
            Subject::Ports(_) => None,
            Subject::Name(name) => Some(name.as_str()),
            Subject::LegacyName(name) => Some(name),
        }
    }

    /// The transport; `None` stands for every one.
    ///
    /// ```
    /// use iana_ports::{PortSpec, Transport};
    ///
    /// assert_eq!("443/TCP".parse::<PortSpec>()?.transport(), Some(Transport::Tcp));
    /// assert_eq!("443".parse::<PortSpec>()?.transport(), None);
    /// # Ok::<(), iana_ports::PortSpecError>(())
    /// ```
    pub const fn transport(&self) -> Option<Transport> {
        self.transport
    }

    /// This on `transport` alone, in place of any that it has.
    ///
    /// ```
    /// use iana_ports::{PortSpec, Transport};
    ///
    /// assert_eq!(PortSpec::from(443).with_transport(Transport::Tcp), "443/tcp".parse()?);
    /// # Ok::<(), iana_ports::PortSpecError>(())
    /// ```
    #[must_use]
    pub const fn with_transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// The registry's entries that it selects, each once, in the registry's order.
    ///
    /// For ports, those that [`lookup_port`] finds on any of them; for a name, those that [`lookup_name`] finds. With a
    /// transport, those of that transport and those that speak of every transport. The cost is a few look-ups for each
    /// port, and one pass over the registry at most.
    ///
    /// ```
    /// use iana_ports::PortSpec;
    ///
    /// let displays: PortSpec = "6010-6020/tcp".parse()?;
    /// assert!(displays.entries().map(|entry| entry.service_name()).eq([Some("x11")]));
    /// let http: PortSpec = "HTTP/sctp".parse()?;
    /// assert!(http.entries().map(|entry| entry.port()).eq([Some(80)]));
    /// # Ok::<(), iana_ports::PortSpecError>(())
    /// ```
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry> + FusedIterator + Clone + fmt::Debug + use<> {
        let PortSpec { subject, transport } = *self;
        let (candidates, ports) = match subject {
            Subject::Ports(ports) => (around(ports), Some(ports)),
            Subject::Name(name) => (lookup_name(name.as_str()), None),
            Subject::LegacyName(name) => (lookup_name(name), None),
        };
        candidates.iter().copied().filter(move |entry| match ports {
            None => transport.is_none() || entry.transport().is_none_or(|own| Some(own) == transport),
            Some(ports) => entry.ports().is_some_and(|own| {
                let port = own.start().max(ports.start());
                own.contains(port)
                    && ports.contains(port)
                    && selected(transport).any(|transport| lookup_port(port, transport).contains(entry))
            }),
        })
    }
}

fn selected(transport: Option<Transport>) -> impl Iterator<Item = Transport> {
    Transport::ALL.into_iter().filter(move |each| transport.is_none_or(|transport| *each == transport))
}

/// A run of the registry's rows that holds every entry on `ports`.
fn around(ports: PortRange) -> &'static [Entry] {
    let all = entries();
    // The look-ups of so many ports cost as much as reading every row.
    if ports.len() > 1024 {
        return all;
    }
    let on = |port| Transport::ALL.into_iter().flat_map(move |transport| lookup_port(port, transport));
    let found = || ports.iter().flat_map(on);
    let (Some(first), Some(last)) = (found().min(), found().max()) else {
        return &[];
    };
    let (start, end) = (all.partition_point(|entry| entry < first), all.partition_point(|entry| entry <= last));
    all.get(start..end).unwrap_or_default()
}

impl From<u16> for PortSpec {
    fn from(port: u16) -> Self {
        PortRange::from(port).into()
    }
}

impl From<PortRange> for PortSpec {
    fn from(ports: PortRange) -> Self {
        PortSpec { subject: Subject::Ports(ports), transport: None }
    }
}

impl From<ServiceName> for PortSpec {
    fn from(name: ServiceName) -> Self {
        PortSpec { subject: Subject::Name(name), transport: None }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Ports(ports) => ports.fmt(f),
            Subject::Name(name) => name.fmt(f),
            Subject::LegacyName(name) => f.pad(name),
        }
    }
}

impl fmt::Display for PortSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PortSpec { subject, transport } = self;
        match transport {
            Some(transport) => pad(f, format_args!("{subject}/{transport}")),
            None => subject.fmt(f),
        }
    }
}

impl fmt::Debug for PortSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PortSpec({self})")
    }
}

impl FromStr for PortSpec {
    type Err = PortSpecError;

    fn from_str(text: &str) -> Result<Self, PortSpecError> {
        if text.is_empty() {
            return Err(PortSpecError::Empty);
        }
        parse(text).map_err(|error| match text.find(char::is_whitespace) {
            Some(offset) => PortSpecError::Whitespace { text: Excerpt::new(text), offset },
            None => error,
        })
    }
}

fn parse(text: &str) -> Result<PortSpec, PortSpecError> {
    let Some((subject, transport)) = text.rsplit_once('/') else {
        return Ok(PortSpec { subject: parse_subject(text)?, transport: None });
    };
    match (subject, transport, transport.parse()) {
        ("", ..) => Err(PortSpecError::MissingSubject { text: Excerpt::new(text) }),
        (_, _, Ok(transport)) => Ok(PortSpec { subject: parse_subject(subject)?, transport: Some(transport) }),
        (_, _, Err(error)) => match legacy_name(text) {
            Some(name) => Ok(PortSpec { subject: Subject::LegacyName(name), transport: None }),
            None if transport.is_empty() => Err(PortSpecError::MissingTransport { text: Excerpt::new(text) }),
            None => Err(error.into()),
        },
    }
}

fn parse_subject(text: &str) -> Result<Subject, PortSpecError> {
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return Ok(Subject::Ports(text.parse()?));
    }
    match ServiceName::new(text) {
        Ok(name) => Ok(Subject::Name(name)),
        Err(error) => Ok(Subject::LegacyName(legacy_name(text).ok_or(error)?)),
    }
}

/// The registry's spelling of `name`, where it has it.
fn legacy_name(name: &str) -> Option<&'static str> {
    lookup_name(name).first()?.service_name()
}

impl TryFrom<&str> for PortSpec {
    type Error = PortSpecError;

    fn try_from(text: &str) -> Result<Self, PortSpecError> {
        text.parse()
    }
}

/// Why a text is no [`PortSpec`].
///
/// ```
/// use iana_ports::{PortSpec, PortSpecError};
///
/// let error = "100-1".parse::<PortSpec>().unwrap_err();
/// assert!(matches!(error, PortSpecError::Ports(_)));
/// assert_eq!(error.to_string(), "port range 100-1 runs backwards: its first port must not be above its last");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PortSpecError {
    /// The text is empty.
    #[error("a port or service is missing: expected one such as 443, 8000-8100/udp or https/tcp")]
    Empty,
    /// There is white space, as in `80 ` or `http tcp`.
    #[error("{text} has white space at byte {offset}: expected none, as in 443/tcp or 8000-8100")]
    Whitespace {
        /// The text.
        text: Excerpt,
        /// Where the white space begins, in bytes.
        offset: usize,
    },
    /// Nothing is before the slash, as in `/tcp`.
    #[error("{text} lacks a port or service name before the slash: expected one such as 443/tcp or https/tcp")]
    MissingSubject {
        /// The text.
        text: Excerpt,
    },
    /// Nothing is after the slash, as in `80/`.
    #[error("{text} lacks a transport protocol after the slash: expected tcp, udp, sctp or dccp")]
    MissingTransport {
        /// The text.
        text: Excerpt,
    },
    /// What follows the slash is no [`Transport`], as in `80/foo`.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// Digits and hyphens that are no [`PortRange`], as in `65536`, `1-` or `100-1`.
    #[error(transparent)]
    Ports(#[from] PortRangeError),
    /// A text that is neither a [`ServiceName`] nor a registered name, as in `ht_tp`.
    #[error(transparent)]
    ServiceName(#[from] ServiceNameError),
}
