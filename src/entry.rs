//! One row of the registry.

use crate::tables::{self, sparse, text};
use crate::text::pad;
use crate::{Date, PortRange, Reference, ServiceName, ServiceType, Status, Transport};
use core::fmt;
use core::iter::FusedIterator;

/// One row of the registry: a handle of two bytes, whose methods read IANA's twelve columns.
///
/// Entries are equal if they are the same row, and ordered as the registry is. Two rows can be alike in name, port
/// number and transport.
///
/// `Display` gives the name, the port number and the transport, as in `zabbix-agent 10050/tcp`, with `-` for what
/// the row does not have.
///
/// ```
/// use iana_ports::{Transport::Tcp, lookup_port};
///
/// let entry = lookup_port(10050, Tcp)[0];
/// assert_eq!(entry.service_name(), Some("zabbix-agent"));
/// assert_eq!(entry.description(), "Zabbix Agent");
/// assert_eq!(entry.to_string(), "zabbix-agent 10050/tcp");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry(pub(crate) u16);

impl Entry {
    fn row(self) -> usize {
        usize::from(self.0)
    }

    fn flags(self) -> u8 {
        tables::ROW_FLAGS.get(self.row()).copied().unwrap_or(0)
    }

    /// The service name, as spelt in IANA's column Service Name; `None` on a row that only tells the status of its
    /// ports. Names are at most 15 characters long and otherwise well-formed, except about a hundred that are older
    /// than [RFC 6335](https://www.rfc-editor.org/rfc/rfc6335#section-5.1).
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// assert_eq!(lookup_name("WHOIS++")[0].service_name(), Some("whois++"));
    /// ```
    pub fn service_name(self) -> Option<&'static str> {
        let number = *tables::ROW_NAME.get(self.row())?;
        text!(tables::NAME_TEXT, tables::NAME_END, number)
    }

    /// The port numbers, of IANA's column Port Number: one, or a range; `None` for a service without a port, which
    /// is found by other means, such as DNS-SD.
    ///
    /// ```
    /// use iana_ports::{Transport::Tcp, lookup_port};
    ///
    /// let x11 = lookup_port(6003, Tcp)[0].ports().unwrap();
    /// assert_eq!((x11.start(), x11.end()), (6000, 6063));
    /// ```
    pub fn ports(self) -> Option<PortRange> {
        if self.flags() & tables::HAS_PORT == 0 {
            return None;
        }
        let start = *tables::ROW_PORT.get(self.row())?;
        PortRange::new(start, sparse(&tables::RANGE_END, self.0).unwrap_or(start))
    }

    /// The port number, where the registry gives a single one; `None` for a range, which IANA writes as `N-M` even
    /// where it holds one port, and for a service without a port.
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// assert_eq!(lookup_name("https")[0].port(), Some(443));
    /// assert_eq!(lookup_name("x11")[0].port(), None);
    /// ```
    pub fn port(self) -> Option<u16> {
        match sparse(&tables::RANGE_END, self.0) {
            None => self.ports().map(PortRange::start),
            Some(_) => None,
        }
    }

    /// The transport protocol, of IANA's column Transport Protocol; `None` on a row that speaks of all four.
    ///
    /// ```
    /// use iana_ports::{Transport, lookup_port};
    ///
    /// assert_eq!(lookup_port(53, Transport::Udp)[0].transport(), Some(Transport::Udp));
    /// // Registered without a transport, and so found on each:
    /// assert_eq!(lookup_port(7300, Transport::Sctp)[0].transport(), None);
    /// ```
    pub fn transport(self) -> Option<Transport> {
        Transport::ALL.get(usize::from(self.flags() & 7)).copied()
    }

    /// The service type under which DNS-Based Service Discovery knows the service, `_tcp` for TCP and `_udp` for every
    /// other transport ([`ServiceType::dns_sd`]). `None` if the row has no service name or no transport, or if the name
    /// breaks the rules of [`ServiceName`].
    ///
    /// ```
    /// use iana_ports::lookup_name;
    ///
    /// let mut types = lookup_name("https").iter().filter_map(|entry| entry.service_type());
    /// assert!(types.any(|service_type| service_type.to_string() == "_https._tcp"));
    /// ```
    pub fn service_type(self) -> Option<ServiceType> {
        let name = ServiceName::new(self.service_name()?).ok()?;
        Some(ServiceType::dns_sd(name, self.transport()?))
    }

    /// IANA's column Description, white space folded; can be empty.
    ///
    /// ```
    /// # use iana_ports::{Transport::Tcp, lookup_port};
    /// assert_eq!(lookup_port(22, Tcp)[0].description(), "The Secure Shell (SSH) Protocol");
    /// ```
    pub fn description(self) -> &'static str {
        let number = tables::ROW_DESCRIPTION.get(self.row()).copied().unwrap_or(0);
        text!(tables::DESCRIPTION_TEXT, tables::DESCRIPTION_END, number).unwrap_or("")
    }

    /// Who the service is assigned to: IANA's column Assignee, as the identifiers of persons and organisations that
    /// IANA uses.
    ///
    /// ```
    /// # use iana_ports::{Transport::Tcp, lookup_port};
    /// let entry = lookup_port(9310, Tcp)[0];
    /// assert!(entry.assignees().eq(["SAP_SE"]));
    /// assert!(entry.contacts().eq(["Stefan_Hagen"]));
    /// ```
    pub fn assignees(self) -> impl DoubleEndedIterator<Item = &'static str> + FusedIterator + Clone + fmt::Debug {
        lines(tables::ROW_ASSIGNEES.get(self.row()).and_then(|&number| persons(number as usize)))
    }

    /// Whom to ask about the registration: IANA's column Contact, as the identifiers of persons and organisations
    /// that IANA uses.
    ///
    /// ```
    /// # use iana_ports::lookup_name;
    /// assert!(lookup_name("sphinxql")[0].contacts().eq(["Andrew_Aksyonoff"]));
    /// ```
    pub fn contacts(self) -> impl DoubleEndedIterator<Item = &'static str> + FusedIterator + Clone + fmt::Debug {
        let of_assignees = || tables::ROW_ASSIGNEES.get(self.row()).map(|&number| number as usize);
        let number = sparse(&tables::ROW_CONTACTS, self.0).map(|number| number as usize).or_else(of_assignees);
        lines(number.and_then(persons))
    }

    /// When the service was registered: IANA's column Registration Date.
    ///
    /// ```
    /// # use iana_ports::{Transport::Tcp, lookup_port};
    /// assert_eq!(lookup_port(9390, Tcp)[0].registration_date().unwrap().year(), 2008);
    /// ```
    pub fn registration_date(self) -> Option<Date> {
        sparse(&tables::REGISTERED, self.0).map(Date::from_packed)
    }

    /// When the registration last changed: IANA's column Modification Date.
    ///
    /// ```
    /// # use iana_ports::{Transport::Tcp, lookup_port};
    /// assert_eq!(lookup_port(25, Tcp)[0].modification_date().unwrap().to_string(), "2017-06-05");
    /// ```
    pub fn modification_date(self) -> Option<Date> {
        sparse(&tables::MODIFIED, self.0).map(Date::from_packed)
    }

    /// Where the service is defined: IANA's column Reference.
    ///
    /// ```
    /// # use iana_ports::{Reference, Transport::Tcp, lookup_port};
    /// let http = lookup_port(80, Tcp)[0];
    /// assert!(http.references().eq([Reference::Rfc { number: 9110, section: None }]));
    /// ```
    pub fn references(self) -> impl DoubleEndedIterator<Item = Reference> + FusedIterator + Clone + fmt::Debug {
        let number = sparse(&tables::ROW_REFERENCES, self.0).map_or(0, |number| number as usize);
        lines(text!(tables::REFERENCES_TEXT, tables::REFERENCES_END, number)).map(Reference::from_encoded)
    }

    /// The DCCP service code, of IANA's column Service Code: 32 bits that name the service on a DCCP connection
    /// ([RFC 4340 §8.1.2](https://www.rfc-editor.org/rfc/rfc4340#section-8.1.2)), often four ASCII letters.
    ///
    /// ```
    /// # use iana_ports::{Transport::Dccp, lookup_port};
    /// assert_eq!(lookup_port(9, Dccp)[0].service_code().map(u32::to_be_bytes), Some(*b"DISC"));
    /// ```
    pub fn service_code(self) -> Option<u32> {
        sparse(&tables::SERVICE_CODE, self.0)
    }

    /// Use of the port by others that was reported to IANA: its column Unauthorized Use Reported.
    ///
    /// ```
    /// # use iana_ports::{Transport::Tcp, lookup_port};
    /// assert_eq!(lookup_port(80, Tcp)[0].unauthorized_use(), None);
    /// assert!(iana_ports::entries().iter().any(|entry| entry.unauthorized_use().is_some()));
    /// ```
    pub fn unauthorized_use(self) -> Option<&'static str> {
        let number = sparse(&tables::ROW_UNAUTHORIZED, self.0)?;
        text!(tables::UNAUTHORIZED_TEXT, tables::UNAUTHORIZED_END, number)
    }

    /// IANA's column Assignment Notes, white space folded.
    ///
    /// ```
    /// # use iana_ports::{Transport::Tcp, lookup_port};
    /// let notes = lookup_port(22, Tcp)[0].assignment_notes();
    /// assert_eq!(notes, Some("Defined TXT keys: u=<username> p=<password>"));
    /// ```
    pub fn assignment_notes(self) -> Option<&'static str> {
        let number = sparse(&tables::ROW_NOTES, self.0)?;
        text!(tables::NOTES_TEXT, tables::NOTES_END, number)
    }

    /// What the row says of its ports: most rows assign them to a service; the others have no name and tell that the
    /// ports are Reserved or Unassigned.
    ///
    /// ```
    /// # use iana_ports::{Status, entries, lookup_name};
    /// assert_eq!(lookup_name("ssh")[0].status(), Status::Assigned);
    /// assert!(entries().iter().any(|entry| entry.status() == Status::Reserved));
    /// ```
    pub fn status(self) -> Status {
        Status::from_number(self.flags() >> tables::STATUS_SHIFT & 3)
    }

    /// Whether IANA calls the registration historic: one that is kept for what still uses it. The names that break
    /// RFC 6335 are, where a [well-formed name took their place](Entry::alias_of).
    ///
    /// ```
    /// # use iana_ports::lookup_name;
    /// assert!(lookup_name("documentum_s")[0].is_historic());
    /// assert!(!lookup_name("documentum-s")[0].is_historic());
    /// ```
    pub fn is_historic(self) -> bool {
        self.flags() & tables::HISTORIC != 0
    }

    /// The well-formed name that IANA assigned in place of this one
    /// ([RFC 6335 §10.1](https://www.rfc-editor.org/rfc/rfc6335#section-10.1)), which breaks the rules for service
    /// names; from IANA's own note on this row.
    ///
    /// ```
    /// # use iana_ports::lookup_name;
    /// assert_eq!(lookup_name("documentum_s")[0].alias_of(), Some("documentum-s"));
    /// ```
    pub fn alias_of(self) -> Option<&'static str> {
        text!(tables::NAME_TEXT, tables::NAME_END, sparse(&tables::ALIAS_OF, self.0)?)
    }

    /// The older name that this well-formed one replaces
    /// ([RFC 6335 §10.1](https://www.rfc-editor.org/rfc/rfc6335#section-10.1)); from IANA's own description of this
    /// row.
    ///
    /// ```
    /// # use iana_ports::lookup_name;
    /// assert_eq!(lookup_name("documentum-s")[0].replaces(), Some("documentum_s"));
    /// ```
    pub fn replaces(self) -> Option<&'static str> {
        text!(tables::NAME_TEXT, tables::NAME_END, sparse(&tables::REPLACES, self.0)?)
    }
}

fn persons(number: usize) -> Option<&'static str> {
    text!(tables::PERSON_TEXT, tables::PERSON_END, number)
}

fn lines(
    text: Option<&'static str>,
) -> impl DoubleEndedIterator<Item = &'static str> + FusedIterator + Clone + fmt::Debug {
    text.into_iter().flat_map(|text| text.split('\n'))
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
