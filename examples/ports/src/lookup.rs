//! What is registered for ports or a name, in all columns; and the search in names and descriptions.

use crate::{cut, warn};
use iana_ports::{
    Entry, PortClass, PortRange, PortSpec, PortSpecError, PortStatus, Transport, entries, lookup_name, port_status,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::str::FromStr;

/// What is looked up.
#[derive(Clone)]
pub enum Query {
    Spec(PortSpec),
    /// The entries of a registered name that breaks the rules for service names, such as `whois++`.
    OldName(Vec<Entry>),
    Text(String),
}

impl FromStr for Query {
    type Err = PortSpecError;

    fn from_str(text: &str) -> Result<Self, PortSpecError> {
        let error = match text.parse() {
            Ok(spec) => return Ok(Query::Spec(spec)),
            Err(error) => error,
        };
        let (name, transport) = match text.rsplit_once('/').map(|(name, transport)| (name, transport.parse())) {
            Some((name, Ok(transport))) => (name, Some(transport)),
            _ => (text, None),
        };
        let applies =
            |entry: &&Entry| transport.is_none() || entry.transport().is_none_or(|own| Some(own) == transport);
        let entries: Vec<Entry> = lookup_name(name).iter().filter(applies).copied().collect();
        let text = text.trim();
        if !entries.is_empty() {
            Ok(Query::OldName(entries))
        } else if text.contains(char::is_whitespace) && !means_ports(text) {
            Ok(Query::Text(text.to_owned()))
        } else {
            Err(error)
        }
    }
}

/// Whether a text with whitespace, which occurs nowhere in the registry, was meant to be ports, such as `443 tcp`.
fn means_ports(text: &str) -> bool {
    let has_transport = text.split_whitespace().any(|word| word.parse::<Transport>().is_ok());
    let has_letter = text.contains(|character: char| character.is_alphabetic());
    (has_transport || !has_letter) && iana_ports::search(text).next().is_none()
}

/// Returns the exit status.
pub fn lookup(query: &Query, as_json: bool, out: &mut dyn Write) -> io::Result<u8> {
    let found: Vec<Entry> = match query {
        Query::Spec(spec) => spec.entries().collect(),
        Query::OldName(entries) => entries.clone(),
        Query::Text(text) => return search(text, as_json, out),
    };
    match query {
        Query::Spec(spec) if found.is_empty() => {
            explain(*spec);
            if as_json {
                print_json(blocks(*spec).map(block_object), out)?;
            }
            Ok(1)
        }
        _ if as_json => print_json(found.into_iter().map(object), out).map(|()| 0),
        _ => print_columns(&found, out).map(|()| 0),
    }
}

/// Returns the exit status.
pub fn search(text: &str, as_json: bool, out: &mut dyn Write) -> io::Result<u8> {
    if text.trim().is_empty() {
        return Err(io::Error::other("empty text: expected a part of a service name or description"));
    }
    let found: Vec<Entry> = iana_ports::search(text).collect();
    if found.is_empty() {
        warn(&format!("no service name or description contains {text:?}\n"));
    }
    let status = found.is_empty().into();
    if as_json {
        print_json(found.into_iter().map(object), out)?;
    } else {
        out.write_all(lines(&found).as_bytes())?;
    }
    Ok(status)
}

/// IANA's columns by their names.
pub fn columns(entry: Entry) -> Map<String, Value> {
    match serde_json::to_value(entry) {
        Ok(Value::Object(columns)) => columns,
        _ => Map::new(),
    }
}

/// IANA's columns, the status, and the URLs of the references.
fn object(entry: Entry) -> Map<String, Value> {
    let mut columns = columns(entry);
    let urls = entry.references().filter_map(|reference| Some(reference.url()?.to_string()));
    columns.insert("status".to_owned(), json!(entry.status().as_str()));
    columns.insert("reference_urls".to_owned(), urls.collect());
    columns
}

fn print_json(objects: impl Iterator<Item: Into<Value>>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:#}", Value::from_iter(objects))
}

/// Prints every column that has a value; rows that differ in nothing but the transport are printed once.
fn print_columns(found: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    const LABEL_WIDTH: usize = 27;
    let but_transport = |(column, _): &(String, Value)| column != "transport_protocol";
    let rows: Vec<(Entry, Vec<(String, Value)>)> =
        found.iter().map(|&entry| (entry, columns(entry).into_iter().filter(but_transport).collect())).collect();
    for (number, alike) in rows.chunk_by(|(_, row), (_, next)| row == next).enumerate() {
        let separator = if number == 0 { "" } else { "\n" };
        writeln!(out, "{separator}{}", heading(alike.iter().map(|(entry, _)| *entry)))?;
        for (column, value) in alike.iter().take(1).flat_map(|(_, columns)| columns).skip(2) {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
                other => other.to_string(),
            };
            if !text.is_empty() {
                let label = format!("  {:<25}", column.replace('_', " "));
                let width = textwrap::termwidth().max(LABEL_WIDTH + 1);
                let indent = " ".repeat(LABEL_WIDTH);
                let lines = textwrap::Options::new(width).initial_indent(&label).subsequent_indent(&indent);
                let lines = lines.break_words(false).word_splitter(textwrap::WordSplitter::NoHyphenation);
                writeln!(out, "{}", textwrap::fill(&text, lines))?;
            }
        }
    }
    Ok(())
}

/// Service name, ports and transports: `ssh  22/tcp,udp`.
fn heading(alike: impl Iterator<Item = Entry> + Clone) -> String {
    let first = alike.clone().next();
    let name = first.and_then(Entry::service_name).unwrap_or("-");
    let ports = first.and_then(Entry::ports).map_or("-".to_owned(), |ports| ports.to_string());
    let transports: Vec<_> =
        alike.map(|entry| entry.transport().map_or("tcp,udp,sctp,dccp", Transport::as_str)).collect();
    format!("{name}  {ports}/{}", transports.join(","))
}

/// A line for each service: heading and description.
fn lines(found: &[Entry]) -> String {
    let key = |entry: &Entry| (entry.service_name(), entry.ports(), entry.description());
    let line = |alike: &[Entry]| {
        let line = format!("{:<32}  {}", heading(alike.iter().copied()), alike[0].description());
        cut(line.trim_end(), textwrap::termwidth()) + "\n"
    };
    found.chunk_by(|entry, next| key(entry) == key(next)).map(line).collect()
}

/// Says on standard error in which blocks the ports lie that are registered for nothing, or what the name may stand
/// for.
fn explain(spec: PortSpec) {
    let mut text = format!("nothing is registered for {spec}\n");
    if let Some(name) = spec.service_name() {
        let suggestions = suggestions(&name.as_str().to_ascii_lowercase());
        if !suggestions.is_empty() {
            text += "did you mean one of these?\n";
        }
        // One by one: two names can be those of one port.
        suggestions.into_iter().for_each(|entry| text += &lines(&[entry]));
    }
    for (block, transport, status) in blocks(spec) {
        text += &format!("{block}/{transport} is {status}\n");
    }
    warn(&text);
}

/// The blocks of ports of one status in which the ports lie; none for a name.
fn blocks(spec: PortSpec) -> impl Iterator<Item = (PortRange, Transport, PortStatus)> {
    let transports = Transport::ALL.into_iter().filter(move |each| spec.transport().is_none_or(|own| own == *each));
    transports.flat_map(move |transport| {
        let status = |port: u16| port_status(port, transport);
        let all: Vec<u16> = (0..=u16::MAX).collect();
        let blocks = all.chunk_by(|&port, &next| status(port) == status(next));
        let blocks = blocks.filter_map(|block| PortRange::new(*block.first()?, *block.last()?));
        let blocks = blocks.filter(|block| spec.ports().is_some_and(|ports| ports.overlaps(*block)));
        blocks.map(|block| (block, transport, status(block.start()))).collect::<Vec<_>>()
    })
}

fn block_object((block, transport, status): (PortRange, Transport, PortStatus)) -> Value {
    json!({ "port_number": block.to_string(), "transport_protocol": transport.as_str(), "status": status.as_str() })
}

/// Up to five services that an unregistered name may stand for, the likeliest first: those on a System Port whose
/// description has the name as its initials, as `dns` for Domain Name Server; those with a similar name; those whose
/// name contains it; those whose description does.
fn suggestions(name: &str) -> Vec<Entry> {
    let mut first_rows = BTreeMap::new();
    for &entry in entries().iter().filter(|entry| entry.ports().is_some() && !entry.is_historic()) {
        if let Some(own) = entry.service_name() {
            first_rows.entry(own.to_ascii_lowercase()).or_insert(entry);
        }
    }
    let mut ranked: Vec<_> = first_rows
        .iter()
        .filter_map(|(own, &entry)| {
            let description = entry.description().to_ascii_lowercase();
            let initials: String = description.split_whitespace().filter_map(|word| word.chars().next()).collect();
            let is_system = entry.ports().is_some_and(|ports| PortClass::of(ports.start()) == PortClass::System);
            let distance = strsim::damerau_levenshtein(own, name);
            let rank = match distance {
                _ if initials == name && is_system => 0,
                distance if distance <= name.len() / 4 => 1,
                _ if own.contains(name) => 2,
                _ if description.contains(name) => 3,
                _ => return None,
            };
            Some(((rank, distance, entry.ports().map(PortRange::start)), entry))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().take(5).map(|(_, entry)| entry).collect()
}
