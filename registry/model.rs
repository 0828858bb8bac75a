//! Turns the records as spelt into checked rows: numbers parsed, states classified, alias notes resolved.

use super::encoding::{self, parse_date};
use super::xml::{Error, Record, Registry, Xref};
use std::collections::BTreeMap;

/// The checked registry.
#[derive(Debug)]
pub struct Model {
    /// Packed, as all dates here.
    pub updated: u16,
    /// Where the data comes from, in words.
    pub source: String,
    /// The rows, in registry order.
    pub rows: Vec<Row>,
    /// Distinct service names, in order of their first row.
    pub names: Vec<String>,
    /// What the classification did not know; the rows are taken as assigned, since a port that is wrongly called
    /// free does more harm than one wrongly called taken.
    pub warnings: Vec<Error>,
}

/// One checked row.
#[derive(Debug, Default)]
pub struct Row {
    /// Index in [`Model::names`].
    pub name: Option<usize>,
    /// The port number, or the first of a range.
    pub port: Option<u16>,
    /// The last port number, where the file gives a range; IANA writes some single ports as `N-N`.
    pub range_end: Option<u16>,
    /// Number of the transport protocol; `None` speaks of all four.
    pub transport: Option<usize>,
    pub description: String,
    pub assignees: Vec<String>,
    pub contacts: Vec<String>,
    pub registered: Option<u16>,
    pub modified: Option<u16>,
    /// Encoded as [`reference`] says.
    pub references: Vec<String>,
    pub service_code: Option<u32>,
    pub unauthorized: String,
    pub notes: String,
    pub status: Status,
    pub historic: bool,
    /// The name that this row's note calls its successor, as an index in [`Model::names`].
    pub alias_of: Option<usize>,
    /// The name that this row's description says it replaces, as an index in [`Model::names`].
    pub replaces: Option<usize>,
}

impl Row {
    /// First and last port number.
    pub fn ports(&self) -> Option<(u16, u16)> {
        self.port.map(|start| (start, self.range_end.unwrap_or(start)))
    }
}

/// What a row says of its ports; the numbers are those of the generated tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Unassigned = encoding::UNASSIGNED as isize,
    Reserved = encoding::RESERVED as isize,
    #[default]
    Assigned = encoding::ASSIGNED as isize,
}

/// Checks every record of the file.
pub fn check(registry: &Registry) -> Result<Model, Error> {
    let (text, line) = &registry.updated;
    let updated = parse_date(text).filter(|_| text.len() == "YYYY-MM-DD".len()).ok_or_else(|| {
        let message = format!("<updated> is `{text}`; expected YYYY-MM-DD, 1970 to 2097");
        Error::new(*line, None, message)
    })?;
    let release = format!("IANA's release of {text}");
    let source = registry.amendments.as_ref().map_or(release.clone(), |note| format!("{release}. {note}"));
    let Names { distinct: names, index, of_records } = names(registry)?;
    let mut rows = Vec::with_capacity(registry.records.len());
    let mut warnings = Vec::new();
    for (number, (record, name)) in registry.records.iter().zip(of_records).enumerate() {
        let mut row = row(record, name, &index).map_err(|message| registry.error(number, message))?;
        let known = status(record);
        row.status = known.unwrap_or(Status::Assigned);
        if known.is_none() {
            let message = format!(
                "no service name, and the description `{}` tells none of Assigned, Reserved and Unassigned; the row is \
                 taken as Assigned",
                record.description
            );
            warnings.push(registry.error(number, message));
        } else if row.name.is_none() && row.port.is_none() {
            let message = "neither a service name nor a port number; no look-up finds the row";
            warnings.push(registry.error(number, message));
        }
        rows.push(row);
    }
    Ok(Model { updated, source, rows, names, warnings })
}

/// Service names with the case folded, and their place in [`Model::names`].
type NameIndex = BTreeMap<String, usize>;

/// The service names of all records.
struct Names {
    /// As [`Model::names`].
    distinct: Vec<String>,
    index: NameIndex,
    /// Each record's name, as an index in `distinct`.
    of_records: Vec<Option<usize>>,
}

fn names(registry: &Registry) -> Result<Names, Error> {
    let (mut names, mut index) = (Vec::<String>::new(), NameIndex::new());
    let mut of_records: Vec<Option<usize>> = Vec::with_capacity(registry.records.len());
    for (number, record) in registry.records.iter().enumerate() {
        let Some(name) = &record.name else {
            of_records.push(None);
            continue;
        };
        // Most names are those of the record before.
        let before = of_records.last().copied().flatten().filter(|&id| names.get(id) == Some(name));
        let id = before.unwrap_or_else(|| *index.entry(name.to_ascii_lowercase()).or_insert(names.len()));
        of_records.push(Some(id));
        match names.get(id) {
            None => names.push(name.clone()),
            Some(first) if first == name => {}
            Some(first) => {
                let message = format!("service name `{name}` differs from `{first}` of an earlier record only in case");
                return Err(registry.error(number, message));
            }
        }
    }
    Ok(Names { distinct: names, index, of_records })
}

fn row(record: &Record, name: Option<usize>, names: &NameIndex) -> Result<Row, String> {
    let (persons, references): (Vec<&Xref>, Vec<&Xref>) = record.xrefs.iter().partition(|xref| xref.kind == "person");
    let contacts: Vec<String> = persons.into_iter().map(Xref::label).collect();
    let note = record.note.clone().unwrap_or_default();
    let resolve = |quoted: Option<&str>, what: &str| match quoted {
        None => Ok(None),
        Some(name) => match names.get(&name.to_ascii_lowercase()).copied() {
            None => Err(format!("{what} names `{name}`, which is no service name of this registry")),
            id => Ok(id),
        },
    };
    let (port, range_end) = record.number.as_deref().map(ports).transpose()?.unwrap_or_default();
    Ok(Row {
        name,
        port,
        range_end,
        transport: record.protocol.as_deref().map(transport).transpose()?,
        assignees: match &record.assignees {
            Some(assignees) => assignees.iter().map(Xref::label).collect(),
            None => contacts.clone(),
        },
        contacts,
        registered: record.date.as_deref().map(date).transpose()?,
        modified: record.updated.as_deref().map(date).transpose()?,
        references: references.into_iter().map(reference).collect(),
        service_code: record.service_code.as_deref().map(service_code).transpose()?,
        unauthorized: record.unauthorized.clone().unwrap_or_default(),
        status: Status::default(),
        historic: note.contains("is now historic") || record.description.contains("(historic)"),
        alias_of: resolve(quoted_after(&note, "This entry is an alias to ")?, "the alias note")?,
        replaces: resolve(
            quoted_after(&record.description, "IANA assigned this well-formed service name as a replacement for ")?,
            "the description",
        )?,
        description: record.description.clone(),
        notes: note,
    })
}

/// The text in quotation marks after `lead`, if `lead` occurs.
fn quoted_after<'a>(text: &'a str, lead: &str) -> Result<Option<&'a str>, String> {
    let Some((_, rest)) = text.split_once(lead) else { return Ok(None) };
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    quoted.map(|(name, _)| Some(name)).ok_or_else(|| format!("expected a name in quotation marks after `{lead}`"))
}

/// The first port number, and the last of a range.
fn ports(text: &str) -> Result<(Option<u16>, Option<u16>), String> {
    let (start, end) = match text.split_once('-') {
        None => (number(text), None),
        Some((start, end)) => (number(start), Some(number(end))),
    };
    match (start, end) {
        (Some(_), None) => Ok((start, None)),
        (Some(start), Some(Some(end))) if start <= end => Ok((Some(start), Some(end))),
        _ => Err(format!("port number is `{text}`; expected N or N-M, 0 to 65535, N at most M")),
    }
}

/// Digits only: `str::parse` would take a sign.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn transport(text: &str) -> Result<usize, String> {
    let known = encoding::TRANSPORTS.iter().position(|&transport| transport == text);
    known.ok_or_else(|| format!("transport protocol is `{text}`; expected tcp, udp, sctp or dccp"))
}

fn service_code(text: &str) -> Result<u32, String> {
    number(text).ok_or_else(|| format!("service code is `{text}`; expected a number of 32 bits"))
}

fn date(text: &str) -> Result<u16, String> {
    parse_date(text).ok_or_else(|| format!("date is `{text}`; expected YYYY-MM or YYYY-MM-DD, 1970 to 2097"))
}

/// One reference as the tables hold it: a letter for its kind, what it points to, and after a tab what IANA prints
/// besides. A reference whose text IANA prints in another way than the kind would is kept as text.
fn reference(xref: &Xref) -> String {
    let label = xref.label();
    let numbered = |prefix: &str| {
        let digits = xref.data.strip_prefix(prefix)?;
        // Printed again, it must be the same.
        number::<u32>(digits).filter(|number| number.to_string() == digits)?;
        let plain = format!("{}{digits}", prefix.to_ascii_uppercase());
        let section = label.strip_prefix(&plain)?;
        let section = if section.is_empty() { "" } else { section.strip_prefix(", ")? };
        Some((digits.to_owned(), section.to_owned()))
    };
    let encoded = match xref.kind.as_str() {
        "rfc" => numbered("rfc").map(|parts| (encoding::RFC, parts)),
        "bcp" => numbered("bcp").filter(|(_, section)| section.is_empty()).map(|parts| (encoding::BCP, parts)),
        "std" => numbered("std").filter(|(_, section)| section.is_empty()).map(|parts| (encoding::STD, parts)),
        "uri" if !xref.data.is_empty() => Some((encoding::URI, (xref.data.clone(), xref.text.clone()))),
        "draft" if xref.text.is_empty() => Some((encoding::DRAFT, (xref.data.clone(), String::new()))),
        "note" if xref.text.is_empty() => Some((encoding::NOTE, (xref.data.clone(), String::new()))),
        _ => None,
    };
    match encoded {
        Some((kind, (data, more))) if more.is_empty() => format!("{kind}{data}"),
        Some((kind, (data, more))) => format!("{kind}{data}{}{more}", encoding::REFERENCE_SEPARATOR),
        None => format!("{}{label}", encoding::TEXT),
    }
}

/// RFC 6335 §6 and §8.2: what a row says of its ports. A named row is assigned whatever its description says. `None`
/// for a description that no release from 2024-06-12 to 2025-10-30 has.
fn status(record: &Record) -> Option<Status> {
    if record.name.is_some() {
        return Some(Status::Assigned);
    }
    match record.description.as_str() {
        "Unassigned"
        | "unassigned"
        | "Unassigned [was netstat]"
        | "(unassigned) Possibly assigned"
        | "Unassigned (FRP-Released 12/7/00)" => Some(Status::Unassigned),
        "Reserved" | "Reserved - IANA" | "IANA Reserved" => Some(Status::Reserved),
        // Ports that were taken back.
        "De-registered"
        | "De-Registered"
        | "Removed"
        | "Deprecated"
        | "De-Commissioned Port"
        | "Decomissioned Port 04/14/00, ms" => Some(Status::Reserved),
        "Possibly used by Sun Solaris????" => Some(Status::Assigned),
        other if other.starts_with("any private ") => Some(Status::Assigned),
        _ => None,
    }
}
