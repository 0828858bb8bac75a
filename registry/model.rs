//! Turns records into checked rows: parses numbers and dates, classifies the status, resolves notes on aliases.

use super::encoding::{self, EntryStatus, LIST_SEPARATOR, REFERENCE_SEPARATOR, Transport};
use super::error::Error;
use super::schema::{Record, Registry, Xref};
use std::collections::BTreeMap;
use std::fmt::Display;

/// A file with fewer rows is incomplete: the registry had 11,000 in 2011, and has grown since.
const MIN_ROWS: usize = 1000;

/// The checked registry.
#[derive(Debug)]
pub struct Model<'a> {
    /// Packed, like all dates here.
    pub updated: u16,
    /// The date of the file as text.
    pub release: String,
    /// Where the data comes from, in words.
    pub source: String,
    /// The rows, in registry order.
    pub rows: Vec<Row<'a>>,
    /// Distinct service names, in order of their first rows.
    pub names: Vec<&'a str>,
    /// Warnings or, if the build is strict enough, errors.
    pub doubts: Vec<Doubt>,
    /// The line of the release date in the file, from 1.
    line: usize,
}

/// What is doubtful in the registry, with the row that it is in.
#[derive(Debug)]
pub enum Doubt {
    /// The registry has too few rows.
    Incomplete,
    /// The status is unknown. The row counts as Assigned, since reporting an Assigned port as Unassigned does more
    /// harm than the reverse.
    Status(usize),
    /// The row has neither a name nor a port.
    Unfindable(usize),
    /// After these words, which introduce an alias, no service name of the registry is quoted. They are prose, and no
    /// other answer depends on them.
    Alias(usize, &'static str),
}

impl Model<'_> {
    /// An error at this row's record.
    pub fn error(&self, row: usize, message: impl Display) -> Error {
        Error::new(self.rows[row].line, Some(row + 1), message)
    }

    /// The doubt in words, and where it is.
    pub fn explain(&self, doubt: &Doubt) -> Error {
        match *doubt {
            Doubt::Incomplete => {
                let count = self.rows.len();
                let message = format!("the registry has {count} records; expected at least {MIN_ROWS}");
                Error::new(self.line, None, message)
            }
            Doubt::Status(row) => {
                let description = self.rows[row].description;
                let message = "of a row without a service name: treated as Assigned";
                self.error(row, format_args!("unknown status `{description}` {message}"))
            }
            Doubt::Unfindable(row) => {
                self.error(row, "neither a service name nor a port number; no look-up finds the row")
            }
            Doubt::Alias(row, lead) => {
                let message = "is not followed by a quoted service name of this registry: the alias is not linked";
                self.error(row, format_args!("`{lead}` {message}"))
            }
        }
    }
}

/// One checked row; absent texts are empty.
#[derive(Debug)]
pub struct Row<'a> {
    /// The record's line in the file, from 1.
    pub line: usize,
    /// Index in [`Model::names`].
    pub name: Option<usize>,
    /// The port number, or the first of a range.
    pub port: Option<u16>,
    /// The last port number of a range; `None` for a single port, even if IANA writes it as `N-N`.
    pub range_end: Option<u16>,
    /// `None` if the row applies to all four.
    pub transport: Option<Transport>,
    pub description: &'a str,
    /// Lists are joined by [`LIST_SEPARATOR`].
    pub assignees: String,
    pub contacts: String,
    pub registered: Option<u16>,
    pub modified: Option<u16>,
    /// Each encoded by [`encode_reference`].
    pub references: String,
    /// Whether a reference is to an RFC.
    pub cites_rfc: bool,
    pub service_code: Option<u32>,
    pub unauthorized: &'a str,
    pub notes: &'a str,
    pub status: EntryStatus,
    pub historic: bool,
    /// The name that replaces this row's, by its note, as an index in [`Model::names`].
    pub alias_of: Option<usize>,
    /// The name that this row's name replaces, by its description, as an index in [`Model::names`].
    pub replaces: Option<usize>,
}

impl Row<'_> {
    /// First and last port number.
    pub fn ports(&self) -> Option<(u16, u16)> {
        self.port.map(|start| (start, self.range_end.unwrap_or(start)))
    }
}

/// Checks every record of the file.
pub fn check(registry: &Registry) -> Result<Model<'_>, Error> {
    let (text, line) = &registry.updated;
    let updated = encoding::parse_date(text).filter(|_| text.len() == "YYYY-MM-DD".len()).ok_or_else(|| {
        Error::new(*line, None, format_args!("invalid <updated> `{text}`: expected YYYY-MM-DD, from 1970 to 2097"))
    })?;
    let release = format!("registry file dated {text}");
    let source = registry.amendments.as_ref().map_or(release.clone(), |note| format!("{release}. {note}"));
    let count = registry.records.len();
    let mut doubts = Vec::new();
    if count < MIN_ROWS {
        doubts.push(Doubt::Incomplete);
    }
    let mut names = Vec::new();
    let mut index = NameIndex::new();
    let mut rows = Vec::<Row>::with_capacity(count);
    for (number, record) in registry.records.iter().enumerate() {
        let at_record = |message: String| Error::new(record.line, Some(number + 1), message);
        let name = intern_name(&record.name, &mut names, &mut index).map_err(at_record)?;
        let status = status(record);
        let row = row(record, name, status.unwrap_or(EntryStatus::Assigned)).map_err(at_record)?;
        if status.is_none() {
            doubts.push(Doubt::Status(number));
        }
        if row.name.is_none() && row.port.is_none() {
            doubts.push(Doubt::Unfindable(number));
        }
        rows.push(row);
    }
    link_aliases(&mut rows, &index, &mut doubts);
    Ok(Model { updated, release: text.clone(), source, rows, names, doubts, line: *line })
}

/// Service names in lower case, and their indexes in [`Model::names`].
type NameIndex = BTreeMap<String, usize>;

/// The index of the name, which is added if it is new.
fn intern_name<'a>(name: &'a str, names: &mut Vec<&'a str>, index: &mut NameIndex) -> Result<Option<usize>, String> {
    if name.is_empty() {
        return Ok(None);
    }
    let id = *index.entry(name.to_ascii_lowercase()).or_insert(names.len());
    if id == names.len() {
        names.push(name);
    }
    match names[id] {
        first if first == name => Ok(Some(id)),
        first => Err(format!("service name `{name}` differs from `{first}` of an earlier record only in case")),
    }
}

/// Links each row to the name that its note or its description quotes.
fn link_aliases(rows: &mut [Row], index: &NameIndex, doubts: &mut Vec<Doubt>) {
    for (number, row) in rows.iter_mut().enumerate() {
        for (text, lead, link) in [
            (row.notes, "This entry is an alias to", &mut row.alias_of),
            (row.description, "IANA assigned this well-formed service name as a replacement for", &mut row.replaces),
        ] {
            let Some((_, rest)) = text.split_once(lead) else { continue };
            let quoted = rest.strip_prefix(" \"").and_then(|rest| rest.split_once('"'));
            *link = quoted.and_then(|(name, _)| index.get(&name.to_ascii_lowercase()).copied());
            if link.is_none() {
                doubts.push(Doubt::Alias(number, lead));
            }
        }
    }
}

fn row<'a>(record: &'a Record, name: Option<usize>, status: EntryStatus) -> Result<Row<'a>, String> {
    let (port, range_end) = parse_if_any(&record.number, parse_ports)?.unzip();
    let contacts = join(record.xrefs.iter().filter(|xref| xref.kind == "person").map(Xref::label));
    let references = record.xrefs.iter().filter(|xref| xref.kind != "person");
    let cites_rfc = references.clone().any(|xref| xref.kind == "rfc");
    Ok(Row {
        line: record.line,
        name,
        port,
        range_end: range_end.flatten(),
        transport: parse_if_any(&record.protocol, parse_transport)?,
        description: &record.description,
        assignees: match &record.assignees {
            Some(xrefs) => join(xrefs.iter().map(Xref::label)),
            None => contacts.clone(),
        },
        contacts,
        registered: parse_if_any(&record.date, parse_date)?,
        modified: parse_if_any(&record.updated, parse_date)?,
        references: join(references.map(encode_reference)),
        cites_rfc,
        service_code: parse_if_any(&record.service_code, parse_service_code)?,
        unauthorized: &record.unauthorized,
        notes: &record.note,
        status,
        historic: record.note.contains("is now historic") || record.description.contains("(historic)"),
        alias_of: None,
        replaces: None,
    })
}

/// Parses the text unless it is empty.
fn parse_if_any<T>(text: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some) }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(&LIST_SEPARATOR.to_string())
}

/// The first port number, and the last of a range.
fn parse_ports(text: &str) -> Result<(u16, Option<u16>), String> {
    let (start, end) = match text.split_once('-') {
        None => (parse_number(text), None),
        Some((start, end)) => (parse_number(start), Some(parse_number(end))),
    };
    match (start, end) {
        (Some(start), None) => Ok((start, None)),
        (Some(start), Some(Some(end))) if start <= end => Ok((start, Some(end).filter(|&end| start < end))),
        _ => Err(format!("invalid port number `{text}`: expected N or N-M, where N <= M <= 65535")),
    }
}

/// Accepts only digits; `str::parse` would also accept a sign.
fn parse_number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn parse_transport(text: &str) -> Result<Transport, String> {
    let known = Transport::ALL.into_iter().find(|transport| transport.as_str() == text);
    known.ok_or_else(|| format!("unknown transport protocol `{text}`: expected tcp, udp, sctp or dccp"))
}

fn parse_service_code(text: &str) -> Result<u32, String> {
    parse_number(text).ok_or_else(|| format!("invalid service code `{text}`: expected a 32-bit number"))
}

fn parse_date(text: &str) -> Result<u16, String> {
    encoding::parse_date(text)
        .ok_or_else(|| format!("invalid date `{text}`: expected YYYY-MM or YYYY-MM-DD, from 1970 to 2097"))
}

/// One reference as the tables hold it: a letter for its kind, its target and, after a tab, any other text that IANA
/// prints. A reference that would not print as IANA prints it is kept as text.
fn encode_reference(xref: &Xref) -> String {
    let data = &*xref.data;
    let text = &*xref.text;
    let label = &*xref.label();
    let numbered = |letter, prefix: &str| {
        let digits = data.strip_prefix(prefix)?;
        // It must print as it was written.
        parse_number::<u32>(digits).filter(|number| number.to_string() == digits)?;
        let more = label.strip_prefix(&format!("{}{digits}", prefix.to_ascii_uppercase()))?;
        Some((letter, digits, if more.is_empty() { "" } else { more.strip_prefix(", ")? }))
    };
    let encoded = match xref.kind {
        "rfc" => numbered(encoding::RFC, "rfc"),
        "bcp" => numbered(encoding::BCP, "bcp").filter(|(.., section)| section.is_empty()),
        "std" => numbered(encoding::STD, "std").filter(|(.., section)| section.is_empty()),
        "uri" if !data.is_empty() => Some((encoding::URI, data, text)),
        "draft" if text.is_empty() => Some((encoding::DRAFT, data, "")),
        "note" if text.is_empty() => Some((encoding::NOTE, data, "")),
        _ => None,
    };
    match encoded {
        Some((letter, data, "")) => format!("{letter}{data}"),
        Some((letter, data, more)) => format!("{letter}{data}{REFERENCE_SEPARATOR}{more}"),
        None => format!("{}{label}", encoding::TEXT),
    }
}

/// The status of a row's ports, by RFC 6335 §6 and §8.2. A named row is Assigned, even if its description says
/// otherwise. `None` for a description that no release from 2024-06-12 to 2025-10-30 has.
fn status(record: &Record) -> Option<EntryStatus> {
    if !record.name.is_empty() {
        return Some(EntryStatus::Assigned);
    }
    match &*record.description {
        "Unassigned"
        | "unassigned"
        | "Unassigned [was netstat]"
        | "(unassigned) Possibly assigned"
        | "Unassigned (FRP-Released 12/7/00)" => Some(EntryStatus::Unassigned),
        "Reserved" | "Reserved - IANA" | "IANA Reserved" => Some(EntryStatus::Reserved),
        // Ports that were taken back.
        "De-registered"
        | "De-Registered"
        | "Removed"
        | "Deprecated"
        | "De-Commissioned Port"
        | "Decomissioned Port 04/14/00, ms" => Some(EntryStatus::Reserved),
        "Possibly used by Sun Solaris????" => Some(EntryStatus::Assigned),
        other if other.starts_with("any private ") => Some(EntryStatus::Assigned),
        _ => None,
    }
}
