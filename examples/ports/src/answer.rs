//! The answer to a look-up or a search, and what may be meant by a word that is not registered.

use crate::query::{self, Subject};
use crate::table::{self, Row, table};
use crate::{Arguments, cut, printable};
use clap::CommandFactory;
use iana_ports::{Entry, EntryStatus, PortRange, entries};
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Default)]
pub struct Answer {
    pub rows: Vec<Row>,
    /// Lines for standard error.
    pub notes: String,
    pub exit_status: u8,
}

/// Looks up everything that was typed or pasted. Lines of suggestions are cut to `width`.
pub fn lookup(what: &[String], width: usize) -> Result<Answer, String> {
    let mut answer = Answer::default();
    // Suggestions for a name take milliseconds, so only the first names of a long list get them.
    let mut suggested_for = 0..10;
    for query in query::parse(what)? {
        let found = query.rows();
        answer.exit_status |= u8::from(found.is_empty());
        if let Subject::Name(name) = &query.subject {
            if found.iter().all(|row| row.ports.is_none()) {
                let state = if found.is_empty() { "not registered" } else { "registered without a port" };
                let command = similar_command(name).filter(|_| found.is_empty());
                let services = suggested_for.next().map_or(Vec::new(), |_| suggestions(name));
                answer.notes += &note(&format!("{query} is {state}"), command, &services, width);
            } else if let Some(new) = found.iter().find_map(|row| row.entry?.alias_of()) {
                let old = format!("{query} is an old name: IANA replaced it with {new}");
                answer.notes += &note(&old, None, &[], width);
            }
        }
        answer.rows.extend(if found.is_empty() { query.statuses() } else { found });
    }
    table::sort(&mut answer.rows);
    Ok(answer)
}

/// The services whose name or description contains `text`. Lines of suggestions are cut to `width`.
pub fn search(text: &str, width: usize) -> Result<Answer, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("empty text: expected a part of a service name or description".to_owned());
    }
    let services = iana_ports::search(text).filter(|entry| entry.status() == EntryStatus::Assigned);
    let mut rows: Vec<Row> = services.map(Row::of).collect();
    table::sort(&mut rows);
    let none = format!("no service name or description contains {}", cut(text, 60));
    let notes = if rows.is_empty() { note(&none, None, &suggestions(text), width) } else { String::new() };
    Ok(Answer { exit_status: rows.is_empty().into(), rows, notes })
}

/// A line, which asks whether a similar command or service is meant, and the table of these services.
fn note(text: &str, command: Option<&str>, services: &[Row], width: usize) -> String {
    let one = (!services.is_empty()).then(|| "one of these".to_owned());
    let meant = command.map(|name| format!("the command {name}")).into_iter().chain(one).collect::<Vec<_>>();
    let ask = if meant.is_empty() { String::new() } else { format!("; did you mean {}?", meant.join(", or ")) };
    format!("{}{ask}\n{}", printable(text), table(services, width))
}

/// What people call a service that is registered under another name.
const KNOWN_AS: [(&str, &str); 8] = [
    ("dhcp", "bootps"),
    ("dns", "domain"),
    ("ike", "isakmp"),
    ("mssql", "ms-sql-s"),
    ("rabbitmq", "amqp"),
    ("rdp", "ms-wbt-server"),
    ("smb", "microsoft-ds"),
    ("vnc", "rfb"),
];

/// Rows of up to five services that have a port, the likeliest first: one that people call by this word; those whose
/// name begins with the word and a hyphen; those with a similar name; those whose name contains it; those whose
/// description does. Equally likely services ascend by port.
pub fn suggestions(text: &str) -> Vec<Row> {
    let mut services = BTreeMap::<String, Vec<Entry>>::new();
    let with_port = entries().iter().filter(|entry| entry.ports().is_some() && !entry.is_historic());
    let named = with_port.filter_map(|&entry| Some((entry.service_name()?.to_ascii_lowercase(), entry)));
    named.for_each(|(name, entry)| services.entry(name).or_default().push(entry));
    let word = &*text.trim().to_ascii_lowercase().replace('_', "-");
    let known = KNOWN_AS.iter().find(|(known, _)| *known == word).map_or(word, |(_, name)| name);
    let rank = |(name, rows): (String, Vec<Entry>)| {
        let rank = match (name.strip_prefix(word), distance(word, &name)) {
            _ if name == word || name == known => (0, 0),
            (Some(rest), _) if rest.starts_with('-') => (1, 0),
            (_, Some(distance)) => (2, distance),
            _ if name.contains(word) => (3, name.len()),
            _ if rows.iter().any(|row| row.description().to_ascii_lowercase().contains(word)) => (4, 0),
            _ => return None,
        };
        Some((rank, rows[0].ports().map(PortRange::start), rows))
    };
    let mut ranked: Vec<_> = services.into_iter().filter_map(rank).collect();
    ranked.sort_by_key(|(rank, port, _)| (*rank, *port));
    ranked.into_iter().take(5).flat_map(|(.., rows)| rows.into_iter().map(Row::of)).collect()
}

/// The command that may be meant by this word.
fn similar_command(word: &str) -> Option<&'static str> {
    static COMMANDS: LazyLock<clap::Command> = LazyLock::new(Arguments::command);
    let is_similar = |name: &&str| distance(word, name).is_some() || word.len() > 2 && name.starts_with(word);
    COMMANDS.get_subcommands().map(clap::Command::get_name).find(is_similar)
}

/// How many letters differ, if few do. Comparing takes long for long texts, which are like no name.
fn distance(word: &str, name: &str) -> Option<usize> {
    let few = word.len() / 4;
    let may_be_few = name.len().abs_diff(word.len()) <= few;
    may_be_few.then(|| strsim::osa_distance(word, name)).filter(|&distance| distance <= few)
}
