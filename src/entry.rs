//! One row of the registry.

use crate::encoding::{Flags, LIST_SEPARATOR};
use crate::tables;
use crate::text::{pad, shown_as_str};
use crate::{Date, EntryStatus, PortRange, Reference, ServiceName, ServiceType, Transport};
use core::fmt;
use core::iter::FusedIterator;

/// A row of the registry: a two-byte handle, whose methods return IANA's twelve columns and values
/// derived from them, such as the status.
///
/// Two entries are equal if they are the same row, and entries are ordered as in the registry. Name, port number and
/// transport together do not identify a row: some rows agree in all three.
///
/// `Display` prints the service name, the port numbers and the transport, as in `ssh 22/tcp`, with `-` for a missing
/// part.
///
/// ```
/// use iana_ports::{EntryStatus, Reference, Transport::{Sctp, Tcp}, lookup_name, lookup_port};
///
/// for entry in lookup_port(13, Tcp) {
///     assert_eq!(entry.to_string(), "daytime 13/tcp");
///     assert_eq!((entry.service_name(), entry.port(), entry.transport()), (Some("daytime"), Some(13), Some(Tcp)));
///     assert!(entry.description().starts_with("Daytime"));
///     assert!(entry.references().eq([Reference::Rfc { number: 867, section: None }]));
///     assert_eq!(entry.status(), EntryStatus::Assigned);
/// }
/// for entry in lookup_port(80, Tcp).iter().take(1) {
///     assert!(entry.assignees().eq(["IESG"]));
///     assert!(entry.contacts().eq(["IETF_Chair"]));
///     assert!(entry.modification_date().is_some_and(|date| date.year() >= 2021));
/// }
/// assert!(lookup_name("zabbix-agent").iter().all(|entry| entry.registration_date().is_some()));
/// for note in lookup_port(8001, Tcp).iter().filter_map(|entry| entry.unauthorized_use()) {
///     println!("{note}"); // Known Unauthorized Use on port 8001
/// }
/// // A range.
/// for entry in lookup_port(6003, Tcp) {
///     assert_eq!(entry.port(), None);
///     assert_eq!(entry.ports().map(|ports| (ports.start(), ports.end())), Some((6000, 6063)));
/// }
/// // Without a transport, and so found on each.
/// assert!(lookup_port(7300, Sctp).iter().all(|entry| entry.transport() == None));
/// // A name that breaks the rules of RFC 6335, and the one that replaces it.
/// for entry in lookup_name("documentum_s") {
///     assert!(entry.is_historic() && entry.assignment_notes().is_some());
///     assert_eq!(entry.alias_of(), Some("documentum-s"));
/// }
/// assert!(lookup_name("documentum-s").iter().all(|entry| entry.replaces() == Some("documentum_s")));
/// ```
#[doc(alias = "json")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry(pub(crate) u16);

impl Entry {
    const fn flags(self) -> Flags {
        match tables::FLAGS.get(self.0) {
            Some(flags) => Flags(flags),
            None => Flags(0),
        }
    }

    /// The service name, as spelled in IANA's column Service Name; `None` for a row that only gives the status of its
    /// ports.
    ///
    /// It is not a [`ServiceName`], since about a hundred names, most of them older than the RFC, break the rules of
    /// [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1), such as `whois++`.
    #[inline]
    pub const fn service_name(self) -> Option<&'static str> {
        let name = tables::name(self.0);
        if name.is_empty() { None } else { Some(name) }
    }

    /// The port number or range in IANA's column Port Number; `None` for a service without a port, which clients find
    /// by other means, such as DNS-SD.
    pub const fn ports(self) -> Option<PortRange> {
        if !self.flags().has_port() {
            return None;
        }
        match (tables::PORT.get(self.0), self.range_end()) {
            (Some(start), Some(end)) => PortRange::new(start, end),
            (Some(start), None) => PortRange::new(start, start),
            (None, _) => None,
        }
    }

    /// The port number, if the row has exactly one; `None` for a row without a port and for a range, whose ports
    /// [`ports`](Entry::ports) returns.
    pub const fn port(self) -> Option<u16> {
        let flags = self.flags();
        if flags.has_port() && !flags.is_range() { tables::PORT.get(self.0) } else { None }
    }

    /// The first port.
    #[inline]
    pub(crate) const fn start(self) -> Option<u16> {
        if self.flags().has_port() { tables::PORT.get(self.0) } else { None }
    }

    /// The last port of a range. Few rows have one, and only they pay for the search.
    const fn range_end(self) -> Option<u16> {
        if self.flags().is_range() { tables::RANGE_END.get(self.0) } else { None }
    }

    /// IANA's column Transport Protocol; `None` for a row that applies to all four transports.
    pub const fn transport(self) -> Option<Transport> {
        self.flags().transport()
    }

    /// IANA's column Description, with each run of whitespace folded to one space; it can be empty.
    pub const fn description(self) -> &'static str {
        match tables::DESCRIPTION.get(self.0) {
            Some(number) => tables::DESCRIPTION_TEXTS.get(number),
            None => "",
        }
    }

    /// IANA's column Assignee: the people and organizations that the service is assigned to, by IANA's identifiers,
    /// such as `IESG`, without brackets; empty if the column is.
    pub fn assignees(self) -> impl DoubleEndedIterator<Item = &'static str> + FusedIterator + Clone + fmt::Debug {
        lines(person_list(tables::ASSIGNEES.get(self.0)))
    }

    /// IANA's column Contact: whom to ask about the registration, in the same form as the
    /// [assignees](Entry::assignees); empty if the column is.
    pub fn contacts(self) -> impl DoubleEndedIterator<Item = &'static str> + FusedIterator + Clone + fmt::Debug {
        // Most rows have the same contacts as assignees.
        let own = tables::CONTACTS.get(self.0);
        lines(person_list(own.or_else(|| tables::ASSIGNEES.get(self.0))))
    }

    /// IANA's column Registration Date: when the service was registered; `None` if the column is empty.
    pub const fn registration_date(self) -> Option<Date> {
        match tables::REGISTERED.get(self.0) {
            Some(packed) => Some(Date(packed)),
            None => None,
        }
    }

    /// IANA's column Modification Date: when the registration last changed; `None` if the column is empty.
    pub const fn modification_date(self) -> Option<Date> {
        match tables::MODIFIED.get(self.0) {
            Some(packed) => Some(Date(packed)),
            None => None,
        }
    }

    /// IANA's column Reference: the documents, notes and remarks that belong to the registration; empty if the column
    /// is.
    pub fn references(self) -> impl DoubleEndedIterator<Item = Reference> + FusedIterator + Clone + fmt::Debug {
        let list = texts(tables::REFERENCES.get(self.0), &tables::REFERENCES_TEXTS);
        lines(list).map(Reference::from_encoded)
    }

    /// IANA's column Service Code: 32 bits, often four ASCII letters, that identify the service on a DCCP connection
    /// ([RFC 4340 §8.1.2](https://www.rfc-editor.org/rfc/rfc4340#section-8.1.2)); `None` if the column is empty.
    ///
    /// ```
    /// use iana_ports::{Transport::Dccp, lookup_port};
    ///
    /// let codes = lookup_port(9, Dccp).iter().filter_map(|entry| entry.service_code());
    /// assert!(codes.map(u32::to_be_bytes).eq([*b"DISC"]));
    /// ```
    pub const fn service_code(self) -> Option<u32> {
        tables::SERVICE_CODE.get(self.0)
    }

    /// IANA's column Unauthorized Use Reported: a note on uses of the port for which it is not registered; `None` if
    /// the column is empty.
    pub const fn unauthorized_use(self) -> Option<&'static str> {
        texts(tables::UNAUTHORIZED.get(self.0), &tables::UNAUTHORIZED_TEXTS)
    }

    /// IANA's column Assignment Notes, with each run of whitespace folded to one space; `None` if the column is empty.
    pub const fn assignment_notes(self) -> Option<&'static str> {
        texts(tables::NOTES.get(self.0), &tables::NOTES_TEXTS)
    }

    /// The status that the row gives its ports. Every row with a service name is `Assigned`; most rows without one are
    /// `Reserved` or `Unassigned`.
    pub const fn status(self) -> EntryStatus {
        self.flags().status()
    }

    /// Whether IANA calls the registration historic, that is, kept only for software that still uses it. A name that
    /// breaks the rules of RFC 6335 becomes historic once a [well-formed name replaces it](Entry::alias_of). Read from
    /// IANA's columns Assignment Notes and Description.
    pub const fn is_historic(self) -> bool {
        self.flags().is_historic()
    }

    /// For a name that breaks the rules of RFC 6335, the well-formed name that replaces it
    /// ([§10.1](https://www.rfc-editor.org/rfc/rfc6335#section-10.1)), read from IANA's column Assignment Notes; `None`
    /// for any other row.
    pub const fn alias_of(self) -> Option<&'static str> {
        match tables::ALIAS_OF.get(self.0) {
            Some(row) => Entry(row).service_name(),
            None => None,
        }
    }

    /// The reverse of [`alias_of`](Entry::alias_of): for a well-formed name that replaces one that breaks the rules,
    /// that older name, read from IANA's column Description; `None` for any other row.
    pub const fn replaces(self) -> Option<&'static str> {
        match tables::REPLACES.get(self.0) {
            Some(row) => Entry(row).service_name(),
            None => None,
        }
    }

    /// The service type of the service in DNS-Based Service Discovery, as built by [`ServiceType::dns_sd`]: `_tcp` for
    /// TCP, and `_udp` for every other transport. `None` for a row without a name or without a transport, and for a
    /// name that is not a [`ServiceName`].
    ///
    /// ```
    /// use iana_ports::{Transport::Tcp, lookup_port};
    ///
    /// let web = lookup_port(443, Tcp);
    /// let mut types = web.iter().filter_map(|entry| entry.dns_sd_type());
    /// assert!(types.any(|service_type| service_type.to_string() == "_https._tcp"));
    /// ```
    pub const fn dns_sd_type(self) -> Option<ServiceType> {
        match (self.service_name(), self.transport()) {
            (Some(name), Some(transport)) => match ServiceName::new(name) {
                Ok(name) => Some(ServiceType::dns_sd(name, transport)),
                Err(_) => None,
            },
            _ => None,
        }
    }
}

const fn texts<const N: usize>(number: Option<u16>, texts: &tables::Texts<N>) -> Option<&'static str> {
    match number {
        Some(number) => Some(texts.get(number)),
        None => None,
    }
}

fn person_list(number: Option<u16>) -> Option<&'static str> {
    number.filter(|&number| number > 0).map(|number| tables::PERSON_TEXTS.get(number))
}

fn lines(
    list: Option<&'static str>,
) -> impl DoubleEndedIterator<Item = &'static str> + FusedIterator + Clone + fmt::Debug {
    list.into_iter().flat_map(|list| list.split(LIST_SEPARATOR))
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.service_name().unwrap_or("-");
        let transport = self.transport().map_or("-", Transport::as_str);
        match self.ports() {
            Some(ports) => pad(f, format_args!("{name} {ports}/{transport}")),
            None => pad(f, format_args!("{name} -/{transport}")),
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({}: {self})", self.0)
    }
}

shown_as_str!(EntryStatus);

#[cfg(feature = "serde")]
crate::serde::serialize_as_string!(EntryStatus);
