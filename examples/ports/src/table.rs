//! What is printed of the registry: a table, every column, or JSON.

use crate::cut;
use iana_ports::{Entry, PortRange, PortStatus, Transport, entries, lookup_port, port_status};
use serde_json::{Map, Value, json};
use std::io::{self, IsTerminal, Write};

/// How rows are printed.
#[derive(Clone, Copy, clap::Args)]
pub struct Form {
    /// Show every column
    #[arg(short, long, conflicts_with = "json")]
    long: bool,
    /// Print an array of objects, with every column
    #[arg(long)]
    pub json: bool,
}

impl Form {
    /// The options before and after a command.
    pub fn or(self, other: Form) -> Form {
        Form { long: self.long || other.long, json: self.json || other.json }
    }
}

/// A row of the registry, or ports that no row assigns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub ports: Option<PortRange>,
    pub transport: Option<Transport>,
    pub entry: Option<Entry>,
    status: &'static str,
}

impl Row {
    pub fn of(entry: Entry) -> Self {
        let (ports, transport) = (entry.ports(), entry.transport());
        Row { ports, transport, entry: Some(entry), status: entry.status().as_str() }
    }

    /// Ports of one status, with the usual service of the first, or the row that reserves it.
    pub fn of_ports(ports: PortRange, transport: Transport) -> Self {
        let status = port_status(ports.start(), transport);
        let entry = match status {
            PortStatus::Assigned(entries) => entries.first().copied(),
            PortStatus::Reserved(entry) => Some(entry),
            PortStatus::Unassigned(entry) => entry,
            PortStatus::Dynamic => None,
        };
        Row { ports: Some(ports), transport: Some(transport), entry, status: status.as_str() }
    }

    fn name(&self) -> &'static str {
        self.entry.and_then(Entry::service_name).unwrap_or("-")
    }

    /// That of the registry, or the status.
    fn description(&self) -> &'static str {
        self.entry.map_or(self.status, Entry::description)
    }
}

/// Prints the rows as they are ordered; no table where there are none.
pub fn print(rows: &[Row], form: Form, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form { json: true, .. } => writeln!(out, "{:#}", Value::from_iter(rows.iter().map(object))),
        Form { long: true, .. } => print_columns(rows, out),
        _ => out.write_all(table(rows, io::stdout().is_terminal()).as_bytes()),
    }
}

/// By port, the usual service of a port first, and what has no port last.
pub fn sort(rows: &mut Vec<Row>) {
    let is_usual = |row: &Row| Some(lookup_port(row.ports?.start(), row.transport?).first().copied() == row.entry);
    rows.sort_by_key(|row| (row.ports.is_none(), row.ports, is_usual(row) == Some(false), row.entry, row.transport));
    rows.dedup();
}

/// A line for rows that differ in the transport alone; nothing for no rows. Lines are cut to the width of a terminal,
/// and never in a pipe.
pub fn table(rows: &[Row], is_terminal: bool) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let key = |row: &Row| (row.ports, row.name(), row.description());
    let lines = rows.chunk_by(|row, next| key(row) == key(next));
    let lines = lines.map(|alike| [ports(alike), alike[0].name().to_owned(), alike[0].description().to_owned()]);
    let lines: Vec<_> = std::iter::once(["PORT", "SERVICE", "DESCRIPTION"].map(str::to_owned)).chain(lines).collect();
    let [port_width, name_width] = [0, 1].map(|column| lines.iter().map(|line| line[column].len()).max().unwrap_or(0));
    let width = if is_terminal { textwrap::termwidth() } else { usize::MAX };
    let line = |[ports, name, description]: &[String; 3]| {
        let line = format!("{ports:<port_width$}  {name:<name_width$}  {description}");
        cut(line.trim_end(), width) + "\n"
    };
    lines.iter().map(line).collect()
}

/// `22/tcp,udp`; no transport stands for all four.
fn ports(alike: &[Row]) -> String {
    let ports = alike[0].ports.map_or("-".to_owned(), |ports| ports.to_string());
    let transports: Vec<_> = alike.iter().filter_map(|row| Some(row.transport?.as_str())).collect();
    if transports.is_empty() || transports.len() == Transport::ALL.len() {
        return ports;
    }
    format!("{ports}/{}", transports.join(","))
}

/// IANA's columns by their names.
pub fn columns(entry: Entry) -> Map<String, Value> {
    match serde_json::to_value(entry) {
        Ok(Value::Object(columns)) => columns,
        _ => Map::new(),
    }
}

/// IANA's columns, the status, and the URLs of the references. What is not in the registry is null or empty.
pub fn object(row: &Row) -> Map<String, Value> {
    let mut object = entries().first().map(|&entry| columns(entry)).unwrap_or_default();
    match row.entry {
        Some(entry) => object = columns(entry),
        None => object.values_mut().for_each(|value| *value = if value.is_array() { json!([]) } else { Value::Null }),
    }
    object.insert("port_number".to_owned(), json!(row.ports));
    object.insert("transport_protocol".to_owned(), json!(row.transport));
    let urls = row.entry.into_iter().flat_map(Entry::references).filter_map(|one| Some(one.url()?.to_string()));
    object.insert("status".to_owned(), json!(row.status));
    object.insert("reference_urls".to_owned(), urls.collect());
    object
}

/// Prints every column that has a value; rows that differ in nothing but the transport are printed once.
fn print_columns(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    const LABEL_WIDTH: usize = 29;
    let width = if io::stdout().is_terminal() { textwrap::termwidth() } else { usize::MAX };
    let but_transport = |(column, _): &(String, Value)| column != "transport_protocol";
    let columns: Vec<Vec<_>> = rows.iter().map(|row| object(row).into_iter().filter(but_transport).collect()).collect();
    let mut start = 0;
    for alike in columns.chunk_by(|row, next| row == next) {
        let separator = if start == 0 { "" } else { "\n" };
        let rows = &rows[start..start + alike.len()];
        start += alike.len();
        writeln!(out, "{separator}{}  {}", rows[0].name(), ports(rows))?;
        for (column, value) in alike[0].iter().skip(2).filter(|(column, _)| column != "reference_urls") {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
                other => other.to_string(),
            };
            if !text.is_empty() {
                let label = format!("  {:<27}", column.replace('_', " "));
                let indent = " ".repeat(LABEL_WIDTH);
                let lines = textwrap::Options::new(width.max(LABEL_WIDTH + 1)).initial_indent(&label);
                let lines = lines.subsequent_indent(&indent).break_words(false);
                let lines = lines.word_splitter(textwrap::WordSplitter::NoHyphenation);
                writeln!(out, "{}", textwrap::fill(&text, lines))?;
            }
        }
    }
    Ok(())
}
