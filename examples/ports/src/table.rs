//! Prints rows as a table, with every column, or as JSON.

use crate::{cut, export, printable, width};
use iana_ports::{Entry, EntryStatus, PortRange, PortStatus, Transport, entries, lookup_port, port_status};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// How rows are printed.
#[derive(Clone, Copy, Default, PartialEq, Eq, clap::Args)]
pub struct Form {
    /// Show every column
    #[arg(short, long, conflicts_with = "json")]
    pub long: bool,
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
    pub status: &'static str,
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
            PortStatus::Reserved(entry) | PortStatus::Unassigned(Some(entry)) => Some(entry),
            _ => status.entries().first().copied(),
        };
        Row { ports: Some(ports), transport: Some(transport), entry, status: status.as_str() }
    }

    fn name(&self) -> &'static str {
        self.entry.and_then(Entry::service_name).unwrap_or("-")
    }

    /// Of a port that is assigned, IANA's; of any other, the status.
    fn description(&self) -> &'static str {
        self.entry.filter(|entry| entry.status() == EntryStatus::Assigned).map_or(self.status, Entry::description)
    }
}

/// Prints the rows as they are ordered; no table where there are none.
pub fn print(rows: &[Row], form: Form, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form { json: true, .. } => writeln!(out, "{:#}", Value::from_iter(rows.iter().map(object))),
        Form { long: true, .. } => print_columns(rows, out),
        _ => out.write_all(table(rows, width(&io::stdout())).as_bytes()),
    }
}

/// Sorts by port, the usual service of a port first, rows without a port last.
pub fn sort(rows: &mut Vec<Row>) {
    rows.sort_by_cached_key(|row| {
        let named = row.entry.filter(|entry| entry.service_name().is_some());
        let on = |ports: PortRange| lookup_port(ports.start(), row.transport.unwrap_or(Transport::Tcp));
        let usual = row.ports.and_then(|ports| on(ports).first().copied());
        (row.ports.is_none(), row.ports, named.is_some() && named != usual, named.is_none(), named, row.transport)
    });
    rows.dedup();
}

/// A line for rows that differ in the transport alone, cut to `width`; nothing for no rows.
pub fn table(rows: &[Row], width: usize) -> String {
    let key = |row: &Row| (row.ports, row.name(), row.description());
    let lines = rows.chunk_by(|row, next| key(row) == key(next));
    let lines = lines.map(|alike| [ports(alike), alike[0].name().to_owned(), alike[0].description().to_owned()]);
    if rows.is_empty() { String::new() } else { aligned(lines, width) }
}

/// Lines with columns of equal width under a header.
pub fn aligned(lines: impl Iterator<Item = [String; 3]>, width: usize) -> String {
    let header = ["PORT", "SERVICE", "DESCRIPTION"].map(str::to_owned);
    let lines: Vec<_> = std::iter::once(header).chain(lines).map(|line| line.map(|cell| printable(&cell))).collect();
    let widest = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let (port_width, name_width) = (widest(0), widest(1));
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
    if [0, 4].contains(&transports.len()) { ports } else { format!("{ports}/{}", transports.join(",")) }
}

/// IANA's columns by their names.
pub fn columns(entry: Entry) -> Map<String, Value> {
    serde_json::to_value(entry).and_then(serde_json::from_value).unwrap_or_default()
}

/// IANA's columns, the status, and the URLs of the references. What is not in the registry is null or empty.
pub fn object(row: &Row) -> Map<String, Value> {
    let empty = |(column, value): (String, Value)| (column, if value.is_array() { json!([]) } else { Value::Null });
    let nothing = || entries().iter().take(1).flat_map(|&entry| columns(entry)).map(empty).collect();
    let mut object = row.entry.map_or_else(nothing, columns);
    object.insert("port_number".to_owned(), json!(row.ports));
    object.insert("transport_protocol".to_owned(), json!(row.transport));
    let urls = row.entry.into_iter().flat_map(Entry::references).filter_map(|one| Some(one.url()?.to_string()));
    object.insert("status".to_owned(), json!(row.status));
    object.insert("reference_urls".to_owned(), urls.collect());
    object
}

/// Prints every column that has a value; rows that differ in nothing but the transport are printed once.
fn print_columns(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let but_transport = |(column, _): &(String, Value)| column != "transport_protocol";
    let columns = |row: &Row| object(row).into_iter().filter(but_transport).collect::<Vec<_>>();
    let mut separator = "";
    for alike in rows.chunk_by(|row, next| columns(row) == columns(next)) {
        writeln!(out, "{separator}{}  {}", printable(alike[0].name()), ports(alike))?;
        separator = "\n";
        for (column, value) in columns(&alike[0]).iter().skip(2).filter(|(column, _)| column != "reference_urls") {
            let text = match value {
                Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
                other => export::cell(other),
            };
            if !text.is_empty() {
                writeln!(out, "{}", field(column, &text, width(&io::stdout())))?;
            }
        }
    }
    Ok(())
}

/// The name of a column, and its text in lines of `width`.
pub fn field(column: &str, text: &str, width: usize) -> String {
    const LABEL_WIDTH: usize = 29;
    let label = format!("  {:<27}", column.replace('_', " "));
    let indent = " ".repeat(LABEL_WIDTH);
    let lines = textwrap::Options::new(width.max(LABEL_WIDTH + 1)).initial_indent(&label).subsequent_indent(&indent);
    let lines = lines.break_words(false).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(&printable(text), lines)
}
