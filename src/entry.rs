//! One row of the registry.

use crate::encoding::{Flags, LIST_SEPARATOR};
use crate::tables;
use crate::text::pad;
use crate::{Date, EntryStatus, PortRange, Reference, ServiceName, ServiceType, Transport};
use core::fmt;
use core::iter::FusedIterator;

/// A row of the registry. `Entry` is a two-byte handle; its methods return IANA's twelve columns.
///
/// Two entries are equal if they are the same row, and entries are ordered as in the registry. Name, port number and
/// transport together do not identify a row: some rows agree in all three.
///
/// `Display` prints the service name, the port numbers and the transport protocol, as in `ssh 22/tcp`, with `-` for
/// a missing part.
///
/// ```
/// use iana_ports::{Transport::Tcp, lookup_port};
///
/// for entry in lookup_port(22, Tcp) {
///     assert_eq!(entry.service_name(), Some("ssh"));
///     assert_eq!(entry.to_string(), "ssh 22/tcp");
/// }
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
    /// Names follow [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1), except for about a hundred,
    /// most of them older than the RFC, such as `whois++`. This is why the type is not [`ServiceName`].
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// for entry in lookup_name("WHOIS++") {
    ///     assert_eq!(entry.service_name(), Some("whois++"));
    /// }
    /// ```
    #[inline]
    pub const fn service_name(self) -> Option<&'static str> {
        let name = tables::name(self.0);
        if name.is_empty() { None } else { Some(name) }
    }

    /// The port numbers in IANA's column Port Number: one, or a range; `None` for a service without a port, which
    /// clients find by other means, such as DNS-SD.
    ///
    /// ```
    /// use iana_ports::{Transport::Tcp, lookup_port};
    ///
    /// let ports = lookup_port(6003, Tcp).iter().filter_map(|entry| entry.ports());
    /// assert!(ports.map(|ports| (ports.start(), ports.end())).eq([(6000, 6063)]));
    /// ```
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

    /// The port number, if the row has exactly one. `None` for a row without a port and for a range; see
    /// [`ports`](Entry::ports).
    ///
    /// ```
    /// use iana_ports::{Transport::Tcp, lookup_port};
    ///
    /// assert!(lookup_port(22, Tcp).iter().all(|entry| entry.port() == Some(22)));
    /// assert!(lookup_port(6003, Tcp).iter().all(|entry| entry.port() == None));
    /// ```
    pub const fn port(self) -> Option<u16> {
        let flags = self.flags();
        if flags.has_port() && !flags.is_range() { tables::PORT.get(self.0) } else { None }
    }

    /// The first port.
    #[inline]
    pub(crate) const fn start(self) -> Option<u16> {
        if self.flags().has_port() { tables::PORT.get(self.0) } else { None }
    }

    /// The last port of a range. Few rows have one; only they pay for the search.
    const fn range_end(self) -> Option<u16> {
        if self.flags().is_range() { tables::RANGE_END.get(self.0) } else { None }
    }

    /// The transport protocol in IANA's column Transport Protocol; `None` for a row that applies to all four.
    ///
    /// ```
    /// use iana_ports::{Transport::{Sctp, Udp}, lookup_port};
    ///
    /// assert!(lookup_port(53, Udp).iter().all(|entry| entry.transport() == Some(Udp)));
    /// // Registered without a transport, and so found on each:
    /// assert!(lookup_port(7300, Sctp).iter().all(|entry| entry.transport() == None));
    /// ```
    pub const fn transport(self) -> Option<Transport> {
        self.flags().transport()
    }

    /// IANA's column Description, with runs of whitespace folded to one space; it can be empty.
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// let mut descriptions = lookup_name("ssh").iter().map(|entry| entry.description());
    /// assert!(descriptions.any(|description| description.contains("Secure Shell")));
    /// ```
    pub const fn description(self) -> &'static str {
        match tables::DESCRIPTION.get(self.0) {
            Some(number) => tables::DESCRIPTION_TEXTS.get(number),
            None => "",
        }
    }

    /// Who the service is assigned to (IANA's column Assignee): IANA's identifiers of people and organizations, without
    /// brackets.
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// let mut assignees = lookup_name("http").iter().flat_map(|entry| entry.assignees());
    /// assert!(assignees.any(|assignee| assignee == "IESG"));
    /// ```
    pub fn assignees(self) -> impl DoubleEndedIterator<Item = &'static str> + FusedIterator + Clone + fmt::Debug {
        lines(person_list(tables::ASSIGNEES.get(self.0)))
    }

    /// Who to ask about the registration (IANA's column Contact): IANA's identifiers of people and organizations,
    /// without brackets.
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// let mut contacts = lookup_name("http").iter().flat_map(|entry| entry.contacts());
    /// assert!(contacts.any(|contact| contact == "IETF_Chair"));
    /// ```
    pub fn contacts(self) -> impl DoubleEndedIterator<Item = &'static str> + FusedIterator + Clone + fmt::Debug {
        // Most rows have the same list as their assignees.
        let own = tables::CONTACTS.get(self.0);
        lines(person_list(own.or_else(|| tables::ASSIGNEES.get(self.0))))
    }

    /// When the service was registered: IANA's column Registration Date.
    ///
    /// ```
    /// use iana_ports::entries;
    ///
    /// let dates = entries().iter().filter_map(|entry| entry.registration_date());
    /// assert!(dates.min().is_some_and(|oldest| oldest.year() < 2000));
    /// ```
    pub const fn registration_date(self) -> Option<Date> {
        match tables::REGISTERED.get(self.0) {
            Some(packed) => Some(Date::from_packed(packed)),
            None => None,
        }
    }

    /// When the registration last changed: IANA's column Modification Date.
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// let http = lookup_name("http");
    /// let dates = http.iter().filter_map(|entry| entry.modification_date());
    /// assert!(dates.max().is_some_and(|latest| latest.year() >= 2021));
    /// ```
    pub const fn modification_date(self) -> Option<Date> {
        match tables::MODIFIED.get(self.0) {
            Some(packed) => Some(Date::from_packed(packed)),
            None => None,
        }
    }

    /// Where the service is defined: IANA's column Reference.
    ///
    /// ```
    /// use iana_ports::{Reference, lookup_name};
    ///
    /// let rfc9110 = Reference::Rfc { number: 9110, section: None };
    /// let http = lookup_name("http");
    /// let mut references = http.iter().flat_map(|entry| entry.references());
    /// assert!(references.any(|reference| reference == rfc9110));
    /// ```
    pub fn references(self) -> impl DoubleEndedIterator<Item = Reference> + FusedIterator + Clone + fmt::Debug {
        let list = texts(tables::REFERENCES.get(self.0), &tables::REFERENCES_TEXTS);
        lines(list).map(Reference::from_encoded)
    }

    /// The DCCP service code in IANA's column Service Code: 32 bits that name the service on a DCCP connection
    /// ([RFC 4340 §8.1.2](https://www.rfc-editor.org/rfc/rfc4340#section-8.1.2)), often four ASCII letters.
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

    /// Reported unauthorized use of the port: IANA's column Unauthorized Use Reported.
    ///
    /// ```
    /// use iana_ports::entries;
    ///
    /// assert!(entries().iter().any(|entry| entry.unauthorized_use().is_some()));
    /// ```
    pub const fn unauthorized_use(self) -> Option<&'static str> {
        texts(tables::UNAUTHORIZED.get(self.0), &tables::UNAUTHORIZED_TEXTS)
    }

    /// IANA's column Assignment Notes, with runs of whitespace folded to one space.
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// let alias = lookup_name("documentum_s");
    /// let mut notes = alias.iter().filter_map(|entry| entry.assignment_notes());
    /// assert!(notes.all(|note| note.contains("alias to \"documentum-s\"")));
    /// ```
    pub const fn assignment_notes(self) -> Option<&'static str> {
        texts(tables::NOTES.get(self.0), &tables::NOTES_TEXTS)
    }

    /// What the row says about its ports. Most rows assign them to a service; the others have no name, and say that the
    /// ports are Reserved or Unassigned.
    ///
    /// ```
    /// use iana_ports::{EntryStatus, entries, lookup_name};
    ///
    /// assert!(lookup_name("ssh").iter().all(|entry| entry.status() == EntryStatus::Assigned));
    /// assert!(entries().iter().any(|entry| entry.status() == EntryStatus::Reserved));
    /// ```
    pub const fn status(self) -> EntryStatus {
        self.flags().status()
    }

    /// Whether IANA calls the registration historic, that is, kept only for software that still uses it. Names that
    /// break the rules of RFC 6335 become historic once a [well-formed name replaces them](Entry::alias_of).
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// assert!(lookup_name("documentum_s").iter().all(|entry| entry.is_historic()));
    /// assert!(!lookup_name("documentum-s").iter().any(|entry| entry.is_historic()));
    /// ```
    pub const fn is_historic(self) -> bool {
        self.flags().is_historic()
    }

    /// For a name that breaks the rules of RFC 6335, the well-formed name that replaces it
    /// ([§10.1](https://www.rfc-editor.org/rfc/rfc6335#section-10.1)), from IANA's note on this row.
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// for entry in lookup_name("documentum_s") {
    ///     assert_eq!(entry.alias_of(), Some("documentum-s"));
    /// }
    /// ```
    pub const fn alias_of(self) -> Option<&'static str> {
        match tables::ALIAS_OF.get(self.0) {
            Some(row) => Entry(row).service_name(),
            None => None,
        }
    }

    /// For a well-formed name that replaces one that breaks the rules, that older name
    /// ([RFC 6335 §10.1](https://www.rfc-editor.org/rfc/rfc6335#section-10.1)), from IANA's description of this row.
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// for entry in lookup_name("documentum-s") {
    ///     assert_eq!(entry.replaces(), Some("documentum_s"));
    /// }
    /// ```
    pub const fn replaces(self) -> Option<&'static str> {
        match tables::REPLACES.get(self.0) {
            Some(row) => Entry(row).service_name(),
            None => None,
        }
    }

    /// The service type under which DNS-Based Service Discovery finds the service, as
    /// [`ServiceType::dns_sd`] makes it: `_tcp` for TCP, and `_udp` for every other transport. `None` for a row without
    /// a name or without a transport, and for a name that breaks the rules of [`ServiceName`].
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

impl fmt::Display for EntryStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for EntryStatus {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

#[cfg(feature = "serde")]
crate::serde::serialize_as_string!(EntryStatus);
