//! What is registered for ports or a name, in all columns; and the search in names and descriptions.

use crate::cut;
use iana_ports::{Entry, PortRange, PortSpec, PortSpecError, Transport, entries, lookup_name, port_status};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::str::FromStr;

/// What is looked up.
#[derive(Clone)]
pub enum Query {
    Spec(PortSpec),
    /// A registered name that is older than the rules for service names, such as `whois++`.
    OldName(String),
    Text(String),
}

impl FromStr for Query {
    type Err = PortSpecError;

    fn from_str(text: &str) -> Result<Self, PortSpecError> {
        match text.parse() {
            Ok(spec) => Ok(Query::Spec(spec)),
            Err(_) if !lookup_name(text).is_empty() => Ok(Query::OldName(text.to_owned())),
            Err(_) if text.trim().contains(char::is_whitespace) => Ok(Query::Text(text.trim().to_owned())),
            Err(error) => Err(error),
        }
    }
}

/// Returns the exit status.
pub fn lookup(query: &Query, as_json: bool, out: &mut dyn Write) -> io::Result<u8> {
    let found: Vec<Entry> = match query {
        Query::Spec(spec) => spec.entries().collect(),
        Query::OldName(name) => lookup_name(name).to_vec(),
        Query::Text(text) => return search(text, as_json, out),
    };
    if as_json {
        print_json(&found, out)?;
    } else {
        print_columns(&found, out)?;
    }
    match query {
        Query::Spec(spec) if found.is_empty() => explain(*spec).map(|()| 1),
        _ => Ok(0),
    }
}

/// Returns the exit status.
pub fn search(text: &str, as_json: bool, out: &mut dyn Write) -> io::Result<u8> {
    let found: Vec<Entry> = iana_ports::search(text).collect();
    if as_json {
        print_json(&found, out)?;
    } else {
        print_lines(&found, out)?;
    }
    if found.is_empty() {
        writeln!(io::stderr(), "no service name or description contains {text:?}")?;
    }
    Ok(found.is_empty().into())
}

/// IANA's columns by their names.
fn columns(entry: Entry) -> Map<String, Value> {
    match serde_json::to_value(entry) {
        Ok(Value::Object(columns)) => columns,
        _ => Map::new(),
    }
}

fn print_json(found: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    let object = |&entry: &Entry| {
        let mut columns = columns(entry);
        let urls = entry.references().filter_map(|reference| Some(reference.url()?.to_string()));
        columns.insert("status".to_owned(), json!(entry.status().as_str()));
        columns.insert("reference_urls".to_owned(), urls.collect());
        columns
    };
    writeln!(out, "{:#}", json!(found.iter().map(object).collect::<Vec<_>>()))
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
fn print_lines(found: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    let key = |entry: &Entry| (entry.service_name(), entry.ports(), entry.description());
    for alike in found.chunk_by(|entry, next| key(entry) == key(next)) {
        let line = format!("{:<32}  {}", heading(alike.iter().copied()), alike[0].description());
        writeln!(out, "{}", cut(line.trim_end(), textwrap::termwidth()))?;
    }
    Ok(())
}

/// Says in which blocks the ports lie that are registered for nothing, or what the name may stand for.
fn explain(spec: PortSpec) -> io::Result<()> {
    let mut err = io::stderr().lock();
    writeln!(err, "nothing is registered for {spec}")?;
    if let Some(name) = spec.service_name() {
        let suggestions = suggestions(&name.as_str().to_ascii_lowercase());
        if !suggestions.is_empty() {
            writeln!(err, "did you mean one of these?")?;
        }
        return suggestions.into_iter().try_for_each(|entry| print_lines(&[entry], &mut err));
    }
    let all: Vec<u16> = (0..=u16::MAX).collect();
    for transport in Transport::ALL.into_iter().filter(|each| spec.transport().is_none_or(|own| own == *each)) {
        let status = |port: u16| port_status(port, transport);
        let blocks = all.chunk_by(|&port, &next| status(port) == status(next));
        let blocks = blocks.filter_map(|block| PortRange::new(*block.first()?, *block.last()?));
        for block in blocks.filter(|block| spec.ports().is_some_and(|ports| ports.overlaps(*block))) {
            writeln!(err, "{block}/{transport} is {}", status(block.start()))?;
        }
    }
    Ok(())
}

/// Up to five services that a name may stand for: whose description has its letters as initials, as `dns` for Domain
/// Name Server; whose name is spelled almost so; whose name contains it; whose description does.
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
            let distance = strsim::damerau_levenshtein(own, name);
            let rank = match distance {
                _ if initials == name => 0,
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
