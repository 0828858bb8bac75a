//! Ports and services as people type them: a port, a range or a name, with or without a transport.

use super::error::ErrorKind;
use crate::text::{debug_as_display, pad};
use crate::{Entry, PortRange, PortRangeError, PortSpecError, ServiceName, Transport, lookup_name, lookup_port};
use core::fmt;
use core::iter::FusedIterator;
use core::ops::RangeInclusive;

/// Ports or a service name as people type them, with or without a transport: `443`, `8000-8100/udp`, `https/tcp`.
///
/// A `PortSpec` is `Copy`. Names are compared without regard to ASCII case. `23` and `23/tcp` differ, since `23` means
/// every transport.
///
/// # Syntax
///
/// ```text
/// port-spec = (port / port "-" port / service-name) ["/" transport]
/// transport = "tcp" / "udp" / "sctp" / "dccp" / "udp-lite" / "udplite"
/// ```
///
/// - ASCII case does not matter.
/// - Text without an ASCII letter is a [`PortRange`]: `23` is a port, `6000-6063` a range. Any other text is a
///   [`ServiceName`], such as `9pfs` or `http-alt`. [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1)
///   requires a letter in every name, so the two cannot be confused.
/// - Parsing does not consult the registry. If a name is not registered, [`entries`](PortSpec::entries) is empty and
///   [`port_ranges`](PortSpec::port_ranges) an error. A registered name that breaks the rules of `ServiceName`, such
///   as `whois++`, does not parse; [`lookup_name`] finds it.
/// - Whitespace is rejected; to read a list, use [`parse_list`](PortSpec::parse_list).
///
/// # Examples
///
/// ```
/// use iana_ports::{PortRange, PortSpec, Transport, service_name};
///
/// let spec: PortSpec = "8000-8100/UDP".parse()?;
/// assert_eq!(spec.ports().map(|ports| ports.end()), Some(8100));
/// assert_eq!(spec.transport(), Some(Transport::Udp));
/// assert_eq!(spec.to_string(), "8000-8100/udp");
///
/// let spec: PortSpec = "http-alt".parse()?;
/// assert!(spec.service_name().is_some_and(|name| name == "http-alt"));
///
/// assert_eq!("HTTPS".parse::<PortSpec>()?, "https".parse()?);
/// assert_eq!("443/tcp".parse::<PortSpec>()?, PortSpec::from((443, Transport::Tcp)));
/// assert_eq!("443".parse::<PortSpec>()?.transport(), None);
/// assert_eq!("443".parse(), Ok(PortSpec::from_ports(PortRange::from_port(443))));
/// assert_eq!("https".parse(), Ok(PortSpec::from_name(service_name!("https"))));
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
}

impl Subject {
    /// The rows of a name, or ports.
    fn rows_or_ports(self) -> (&'static [Entry], Option<PortRange>) {
        match self {
            Subject::Ports(ports) => (&[], Some(ports)),
            Subject::Name(name) => (lookup_name(name.as_str()), None),
        }
    }
}

impl PortSpec {
    /// One port on every transport: `PortSpec::from(port)`, but `const`.
    ///
    /// ```
    /// use iana_ports::{PortSpec, Transport};
    ///
    /// const HTTPS: PortSpec = PortSpec::from_port(443).with_transport(Transport::Tcp);
    /// assert_eq!(HTTPS.to_string(), "443/tcp");
    /// ```
    pub const fn from_port(port: u16) -> Self {
        PortSpec::from_ports(PortRange::from_port(port))
    }

    /// Ports on every transport: `PortSpec::from(ports)`, but `const`.
    pub const fn from_ports(ports: PortRange) -> Self {
        PortSpec { subject: Subject::Ports(ports), transport: None }
    }

    /// A service name on every transport: `PortSpec::from(name)`, but `const`.
    pub const fn from_name(name: ServiceName) -> Self {
        PortSpec { subject: Subject::Name(name), transport: None }
    }

    /// Parses without a suggestion in the error.
    pub(super) fn parse_strictly(text: &str) -> Result<Self, ErrorKind> {
        let (subject, transport) = match text.split_once('/') {
            Some((subject, transport)) => (subject, Some(transport)),
            None => (text, None),
        };
        let subject = match subject {
            "" => return Err(ErrorKind::Empty),
            _ if subject.contains(|c: char| c.is_ascii_alphabetic()) => Subject::Name(subject.parse()?),
            _ => Subject::Ports(PortRange::parse_strictly(subject).map_err(PortRangeError)?),
        };
        Ok(PortSpec { subject, transport: transport.map(str::parse).transpose()? })
    }

    /// The ports; `None` for a service name, whose ports [`port_ranges`](PortSpec::port_ranges) returns.
    pub const fn ports(&self) -> Option<PortRange> {
        match self.subject {
            Subject::Ports(ports) => Some(ports),
            Subject::Name(_) => None,
        }
    }

    /// The service name; `None` for ports.
    pub const fn service_name(&self) -> Option<ServiceName> {
        match self.subject {
            Subject::Ports(_) => None,
            Subject::Name(name) => Some(name),
        }
    }

    /// The transport; `None` for every transport.
    pub const fn transport(&self) -> Option<Transport> {
        self.transport
    }

    /// The same ports or service name on `transport` only, replacing any transport it has.
    #[must_use]
    pub const fn with_transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// The registry's entries for the ports or the service name, each once. With a transport, only entries of that
    /// transport and entries without a transport are included.
    ///
    /// - For ports, these are the entries that [`lookup_port`] returns, port by port: for each, the usual service on
    ///   each transport, in the order of [`Transport::ALL`], then the second on each transport, and so on.
    /// - For a name, these are the entries that [`lookup_name`] returns, even without a port.
    ///
    /// For ports, the iterator calls [`lookup_port`] at least once for each port and transport.
    ///
    /// ```
    /// use iana_ports::PortSpec;
    ///
    /// let entries = PortSpec::from(2049).entries().map(|entry| entry.to_string()).collect::<Vec<_>>();
    /// assert_eq!(entries, ["nfs 2049/tcp", "nfs 2049/udp", "nfs 2049/sctp", "shilp 2049/tcp", "shilp 2049/udp"]);
    /// let displays: PortSpec = "6010-6020/tcp".parse()?;
    /// assert!(displays.entries().map(|entry| entry.service_name()).eq([Some("x11")]));
    /// let http: PortSpec = "HTTP/sctp".parse()?;
    /// assert!(http.entries().map(|entry| entry.port()).eq([Some(80)]));
    /// # Ok::<(), iana_ports::PortSpecError>(())
    /// ```
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry> + FusedIterator + Clone + fmt::Debug + use<> {
        let PortSpec { subject, transport } = *self;
        let (rows, ports) = subject.rows_or_ports();
        let on_transport =
            move |row: &&Entry| row.transport().is_none_or(|own| transport.is_none_or(|only| only == own));
        let of_ports = ports.into_iter().flat_map(move |all| {
            all.iter().flat_map(move |port| {
                let transports = transports(transport);
                let longest = transports.iter().map(|&on| lookup_port(port, on).len()).max().unwrap_or(0);
                let places = (0..longest).flat_map(move |place| transports.iter().map(move |&on| (place, on)));
                places.filter_map(move |(place, on)| {
                    let row = lookup_port(port, on).get(place)?;
                    // Each row once: on its first port, and there at its first place.
                    let is_first_port = port == row.ports()?.start().max(all.start());
                    let place_on = |&each: &Transport| {
                        Some((lookup_port(port, each).iter().position(|other| other == row)?, each))
                    };
                    let first_place = transports.iter().filter_map(place_on).min();
                    (is_first_port && first_place == Some((place, on))).then_some(row)
                })
            })
        });
        rows.iter().filter(on_transport).chain(of_ports).copied()
    }

    /// The port ranges, each with its transport, as a firewall rule or a scan needs them.
    ///
    /// - Ports are returned as they are, registered or not: on the transport, or on all four transports if there is
    ///   none.
    /// - A name yields the ports that are registered for it, in the order of [`lookup_name`]. A row without a transport
    ///   applies to all four, and a row without a port adds nothing.
    ///
    /// The iterator yields at least one pair, and no pair twice. Ranges can overlap.
    ///
    /// # Errors
    ///
    /// Returns an error if a name is not registered, has no port, or has none on the transport. Ports are never an
    /// error.
    ///
    /// ```
    /// use iana_ports::{PortSpec, PortSpecError};
    ///
    /// fn ranges(text: &str) -> Result<Vec<String>, PortSpecError> {
    ///     let spec: PortSpec = text.parse()?;
    ///     Ok(spec.port_ranges()?.map(|(ports, transport)| format!("{ports}/{transport}")).collect())
    /// }
    /// assert_eq!(ranges("https/tcp")?, ["443/tcp"]);
    /// assert_eq!(ranges("x11")?, ["6000-6063/tcp", "6000-6063/udp"]);
    /// assert_eq!(ranges("8000-8100/udp")?, ["8000-8100/udp"]);
    /// assert_eq!(ranges("8000")?, ["8000/tcp", "8000/udp", "8000/sctp", "8000/dccp"]);
    ///
    /// let message = |text| ranges(text).map_err(|error| error.to_string());
    /// assert_eq!(message("htps/tcp"), Err("service name \"htps\" is not registered".into()));
    /// assert_eq!(message("rdp"), Err("service name \"rdp\" is registered without a port".into()));
    /// assert_eq!(message("ssh/dccp"), Err("service name \"ssh\" has no port on dccp".into()));
    /// # Ok::<(), PortSpecError>(())
    /// ```
    pub fn port_ranges(
        &self,
    ) -> Result<impl FusedIterator<Item = (PortRange, Transport)> + Clone + fmt::Debug + use<>, PortSpecError> {
        let PortSpec { subject, transport } = *self;
        let (rows, ports) = subject.rows_or_ports();
        let of_rows = rows.iter().filter_map(|row| Some((row.ports()?, row.transport())));
        let all = ports.map(|ports| (ports, None)).into_iter().chain(of_rows);
        let ranges = distinct(all.clone().flat_map(move |(ports, own)| {
            let applies = move |each: &&Transport| own.is_none_or(|own| own == **each);
            transports(transport).iter().filter(applies).map(move |&each| (ports, each))
        }));
        let Subject::Name(name) = subject else { return Ok(ranges) };
        Err(PortSpecError(match transport {
            _ if ranges.clone().next().is_some() => return Ok(ranges),
            _ if rows.is_empty() => ErrorKind::NotRegistered(name),
            Some(transport) if all.clone().next().is_some() => ErrorKind::NoPortOn(name, transport),
            _ => ErrorKind::NoPort(name),
        }))
    }
}

/// Drops repeated items, keeping the first. Quadratic, but a name has few ranges.
fn distinct<T: PartialEq + fmt::Debug>(
    items: impl FusedIterator<Item = T> + Clone + fmt::Debug,
) -> impl FusedIterator<Item = T> + Clone + fmt::Debug {
    let all = items.clone();
    let is_first = move |(index, item): &(usize, T)| !all.clone().take(*index).any(|earlier| earlier == *item);
    items.enumerate().filter(is_first).map(|(_, item)| item)
}

/// `transport`, or all four.
const fn transports(transport: Option<Transport>) -> &'static [Transport] {
    match transport {
        None => &Transport::ALL,
        Some(Transport::Tcp) => &[Transport::Tcp],
        Some(Transport::Udp) => &[Transport::Udp],
        Some(Transport::Sctp) => &[Transport::Sctp],
        Some(Transport::Dccp) => &[Transport::Dccp],
    }
}

impl From<u16> for PortSpec {
    fn from(port: u16) -> Self {
        PortSpec::from_port(port)
    }
}

impl From<(u16, Transport)> for PortSpec {
    fn from((port, transport): (u16, Transport)) -> Self {
        PortSpec::from_port(port).with_transport(transport)
    }
}

impl From<(PortRange, Transport)> for PortSpec {
    fn from((ports, transport): (PortRange, Transport)) -> Self {
        PortSpec::from_ports(ports).with_transport(transport)
    }
}

impl TryFrom<RangeInclusive<u16>> for PortSpec {
    type Error = PortSpecError;

    /// Returns an error if the start is greater than the end, or if the range has been iterated to its end.
    fn try_from(ports: RangeInclusive<u16>) -> Result<Self, PortSpecError> {
        Ok(PortSpec::from_ports(ports.try_into()?))
    }
}

impl From<PortRange> for PortSpec {
    fn from(ports: PortRange) -> Self {
        PortSpec::from_ports(ports)
    }
}

impl From<(ServiceName, Transport)> for PortSpec {
    fn from((name, transport): (ServiceName, Transport)) -> Self {
        PortSpec::from_name(name).with_transport(transport)
    }
}

impl From<ServiceName> for PortSpec {
    fn from(name: ServiceName) -> Self {
        PortSpec::from_name(name)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Ports(ports) => ports.fmt(f),
            Subject::Name(name) => name.fmt(f),
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

debug_as_display!(PortSpec);
#[cfg(feature = "serde")]
crate::serde::port_as_string!(PortSpec, "a port or service such as 443 or \"https/tcp\"");

#[cfg(test)]
mod tests {
    /// No name of the registry has a port range twice on one transport yet.
    #[test]
    fn distinct_items_keep_their_order() {
        assert!(super::distinct([3, 1, 3, 2, 1, 1, 4].into_iter()).eq([3, 1, 2, 4]));
    }
}
