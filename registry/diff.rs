//! Compares two files of the registry, read as the build reads them.
//!
//! ```sh
//! cargo run --example registry_diff -- OLD.xml NEW.xml         # Markdown, a section for a changelog
//! cargo run --example registry_diff -- --check OLD.xml NEW.xml # the same, if NEW may replace OLD
//! ```
//!
//! No set of columns identifies a row: two rows have the same name, port and transport (`rdp`), and many have no name
//! or no port. So rows are matched in steps, each among the rows left over by the steps before it:
//!
//! 1. Rows equal in all twelve columns, in any place, are in both files; of equal rows, as many as both files have.
//! 2. **Changed**: rows of one service, on the same ports and transport, with a difference in another column.
//! 3. **Moved**: rows of a service that is left in both files, on other ports or transports.
//! 4. **Removed** and **added**: what remains of the old file and of the new one.
//!
//! A service is a name, compared as in RFC 6335, ignoring case; rows without a name are grouped by status. Of
//! Unassigned rows only the number is given, since every new service cuts them in another way.
//!
//! The exit status is 0 whether or not the files differ; 1 if, with `--check`, the new file is older than the old one
//! or has over 2 % fewer rows; and 2 if a file cannot be read or is not this registry. With 1 and 2, the reason is on
//! standard error, and nothing is on standard output.

#[path = "mod.rs"]
#[allow(dead_code, reason = "the tables are not written here")]
mod registry;

use registry::encoding::{EntryStatus, Transport};
use registry::error::{Error, message};
use registry::model::{self, Doubt};
use registry::{MAX_WARNINGS, schema};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: registry_diff [--check] OLD.xml NEW.xml";

const COLUMNS: [&str; 12] = [
    "Service Name",
    "Port Number",
    "Transport Protocol",
    "Description",
    "Assignee",
    "Contact",
    "Registration Date",
    "Modification Date",
    "Reference",
    "Service Code",
    "Unauthorized Use Reported",
    "Assignment Notes",
];

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    ExitCode::from(run(&arguments, &mut io::BufWriter::new(io::stdout().lock()), &mut io::stderr()))
}

/// The program: the exit status for these arguments.
pub fn run(arguments: &[OsString], out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match try_run(arguments, out, err) {
        Ok(()) => 0,
        Err((status, message)) => {
            // If standard error is closed too, the status must do.
            let _ = writeln!(err, "{message}");
            status
        }
    }
}

/// The error is the exit status and its reason.
fn try_run(arguments: &[OsString], out: &mut dyn Write, err: &mut dyn Write) -> Result<(), (u8, String)> {
    let (is_checked, old, new) = match arguments {
        [help] if help == "-h" || help == "--help" => {
            return printed(writeln!(out, "{USAGE}").and_then(|()| out.flush()));
        }
        [check, old, new] if check == "--check" => (true, old, new),
        [old, new] if old != "--check" => (false, old, new),
        _ => return Err((2, USAGE.to_owned())),
    };
    let mut read = |path| read(path, err).map_err(|message| (2, message));
    let old = read(old)?;
    let new = read(new)?;
    if is_checked {
        check(&old, &new).map_err(|message| (1, message))?;
    }
    printed(markdown(&old, &new, out).and_then(|()| out.flush()))
}

fn printed(written: io::Result<()>) -> Result<(), (u8, String)> {
    match written {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| (2, format!("registry_diff: {error}"))),
    }
}

/// Fails with the reason why the new file should not replace the old one.
fn check(old: &Release, new: &Release) -> Result<(), String> {
    if new.updated < old.updated {
        return Err(format!("the new file is of {}, older than the old one of {}", new.updated, old.updated));
    }
    let [old, new] = [old, new].map(|release| release.rows.len());
    if new * 100 < old * 98 {
        let counts = [old, new].map(plural);
        return Err(format!("the new file has {}, the old one {}: more than 2 % are gone", counts[1], counts[0]));
    }
    Ok(())
}

struct Release {
    updated: String,
    /// The note on amended port assignments, if there is one.
    amendments: Option<String>,
    rows: Vec<Row>,
}

struct Row {
    /// As IANA prints the columns.
    cells: [String; 12],
    /// The name in lower case; of a row without one, the status, which starts with a capital.
    service: String,
    ports: Option<(u16, u16)>,
    transport: Option<Transport>,
    status: EntryStatus,
}

/// Rows of the old file and of the new one.
type Change<'a> = [Vec<&'a Row>; 2];

fn read(path: &OsStr, err: &mut dyn Write) -> Result<Release, String> {
    let path = Path::new(path);
    let name = message(&path.to_string_lossy(), 300);
    let at_line = |error: Error| format!("{name}:{error}");
    let source = schema::load(path).map_err(|error| format!("{name}: {error}"))?;
    let registry = schema::read(&source).map_err(at_line)?;
    let model = model::check(&registry).map_err(at_line)?;
    // Incomplete registries can be compared too.
    let doubts = model.doubts.iter().filter(|doubt| !matches!(doubt, Doubt::Incomplete));
    for doubt in doubts.take(MAX_WARNINGS) {
        let _ = writeln!(err, "{}", at_line(model.explain(doubt)));
    }
    let rows = registry.records.iter().zip(model.rows).map(|(record, row)| Row {
        cells: cells(record),
        service: match record.name.as_str() {
            "" => row.status.as_str().to_owned(),
            name => name.to_ascii_lowercase(),
        },
        ports: row.ports(),
        transport: row.transport,
        status: row.status,
    });
    let rows = rows.collect();
    Ok(Release { updated: registry.updated.0.clone(), amendments: registry.amendments.clone(), rows })
}

fn cells(record: &schema::Record) -> [String; 12] {
    let printed = |xrefs: &[schema::Xref], person: bool| -> String {
        let xrefs = xrefs.iter().filter(|xref| (xref.kind == "person") == person);
        xrefs.map(|xref| format!("[{}]", xref.label())).collect()
    };
    [
        record.name.clone(),
        record.number.clone(),
        record.protocol.clone(),
        record.description.clone(),
        printed(record.assignees.as_ref().unwrap_or(&record.xrefs), true),
        printed(&record.xrefs, true),
        record.date.clone(),
        record.updated.clone(),
        printed(&record.xrefs, false),
        record.service_code.clone(),
        record.unauthorized.clone(),
        record.note.clone(),
    ]
}

fn markdown(old: &Release, new: &Release, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = different(old, new);
    let both = old.rows.len() - rest[0].len();
    let is_unassigned = |row: &&Row| row.status == EntryStatus::Unassigned;
    let unassigned = rest.each_mut().map(|rows| rows.extract_if(.., |row| is_unassigned(row)).count());
    let changed = take(&mut rest, |row| (&row.service, row.ports, row.transport));
    let moved = take(&mut rest, |row| &row.service);
    let [removed, added] = rest;

    let source = |release: &Release| {
        let amendments = release.amendments.iter().map(|text| format!(" {}", code(text))).collect::<String>();
        format!("registry file dated {}, {}.{amendments}", release.updated, plural(release.rows.len()))
    };
    writeln!(out, "### Registry of {}\n", new.updated)?;
    writeln!(out, "- Now: {}", source(new))?;
    writeln!(out, "- Before: {}", source(old))?;
    writeln!(out, "- {} in both.", plural(both))?;
    for (title, changes) in [
        ("Added: {}, newly registered", added.into_iter().map(|row| [vec![], vec![row]]).collect::<Vec<Change>>()),
        ("Removed: {}, no longer registered", removed.into_iter().map(|row| [vec![row], vec![]]).collect()),
        ("Moved: {}, registered on other ports or transports", moved),
        ("Changed: {}, on the same ports, with differences in other columns", changed),
    ] {
        if !changes.is_empty() {
            let sizes = [0, 1].map(|side| changes.iter().map(|change| change[side].len()).sum());
            writeln!(out, "\n{}.\n", title.replace("{}", &rows(sizes)))?;
        }
        for line in lines(&changes) {
            writeln!(out, "- {line}")?;
        }
    }
    if unassigned != [0, 0] {
        writeln!(out, "\nUnassigned: {}, in other blocks.", rows(unassigned))?;
    }
    Ok(())
}

/// The rows that are not in both files. Of equal rows, as many are as both have.
fn different<'a>(old: &'a Release, new: &'a Release) -> Change<'a> {
    let mut counts = BTreeMap::<_, usize>::new();
    old.rows.iter().for_each(|row| *counts.entry(&row.cells).or_default() += 1);
    // Whether there is one more such row, which then counts no longer.
    let mut taken = |row: &&Row| counts.get_mut(&row.cells).filter(|count| **count > 0).map(|count| *count -= 1);
    let new = new.rows.iter().filter(|row| taken(row).is_none()).collect();
    let old = old.rows.iter().filter(|row| taken(row).is_some()).collect();
    [old, new]
}

/// Takes the rows of each key that both files have a row of.
fn take<'a, K: Ord>(rest: &mut Change<'a>, key: impl Fn(&'a Row) -> K) -> Vec<Change<'a>> {
    let mut by_key = BTreeMap::<K, Change<'a>>::new();
    for (side, rows) in rest.iter_mut().enumerate() {
        rows.drain(..).for_each(|row| by_key.entry(key(row)).or_default()[side].push(row));
    }
    let (taken, left): (Vec<_>, Vec<_>) =
        by_key.into_values().partition(|[old, new]| !old.is_empty() && !new.is_empty());
    for [old, new] in left {
        rest[0].extend(old);
        rest[1].extend(new);
    }
    taken
}

/// A line for each service and what is said of it, by port.
fn lines(changes: &[Change]) -> Vec<String> {
    let mut merged = BTreeMap::<(String, String), Change>::new();
    for change in changes {
        let [old, new] = change;
        let Some(row) = first(change) else { continue };
        let (name, description) = (&row.cells[0], &row.cells[3]);
        let label = if name.is_empty() { format!("{} (no name)", code(description)) } else { code(name) };
        let more = match (old.is_empty() || new.is_empty(), name.is_empty()) {
            (false, _) => columns(change).join(", "),
            (true, false) => code(description),
            (true, true) => String::new(),
        };
        let merged = merged.entry((label, more)).or_default();
        merged[0].extend(old);
        merged[1].extend(new);
    }
    let mut merged: Vec<_> = merged.into_iter().collect();
    merged.sort_by_key(|(_, change)| first(change).map(|row| (row.ports.is_none(), row.ports, row.transport)));
    let line = |((label, more), change): ((String, String), Change)| {
        let places = match change.map(|rows| places(&rows)) {
            [old, new] if old.is_empty() || old == new => new,
            [old, new] if new.is_empty() => old,
            [old, new] => format!("{old} → {new}"),
        };
        format!("{label}, {places}{}{more}", if more.is_empty() { "" } else { ": " })
    };
    merged.into_iter().map(line).collect()
}

fn first<'a>([old, new]: &Change<'a>) -> Option<&'a Row> {
    new.first().or(old.first()).copied()
}

/// The columns that differ, but for ports and transport where these are shown.
fn columns([old, new]: &Change) -> Vec<&'static str> {
    let is_moved = places(old) != places(new);
    let differs = |column: usize| {
        let values = |rows: &[&Row]| -> BTreeSet<String> { rows.iter().map(|row| row.cells[column].clone()).collect() };
        !(is_moved && (column == 1 || column == 2)) && values(old) != values(new)
    };
    COLUMNS.into_iter().enumerate().filter(|&(column, _)| differs(column)).map(|(_, name)| name).collect()
}

/// `4319/tcp, udp; no port/tcp`; without a transport where a row applies to all four.
fn places(rows: &[&Row]) -> String {
    let mut places = BTreeMap::<_, BTreeSet<Option<Transport>>>::new();
    for row in rows {
        places.entry((row.ports.is_none(), row.ports)).or_default().insert(row.transport);
    }
    places.iter().map(|((_, ports), transports)| place(*ports, transports)).collect::<Vec<_>>().join("; ")
}

fn place(ports: Option<(u16, u16)>, transports: &BTreeSet<Option<Transport>>) -> String {
    let ports = match ports {
        None => "no port".to_owned(),
        Some((start, end)) if start == end => start.to_string(),
        Some((start, end)) => format!("{start}-{end}"),
    };
    let names: Vec<_> = transports.iter().flatten().map(|transport| transport.as_str()).collect();
    let names = names.join(", ");
    match (names.is_empty(), transports.contains(&None)) {
        (true, _) => ports,
        (false, true) => format!("{ports}; {ports}/{names}"),
        (false, false) => format!("{ports}/{names}"),
    }
}

/// `1,024`
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

/// `1 row`, `1,024 rows`
fn plural(number: usize) -> String {
    format!("{} row{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// Those of one file, or of both: `3 → 5 rows`.
fn rows(sizes: [usize; 2]) -> String {
    match sizes {
        [0, number] | [number, 0] => plural(number),
        [old, new] if old == new => plural(new),
        [old, new] => format!("{} → {}", thousands(old), plural(new)),
    }
}

/// Text of the file as a code span, in which Markdown finds no markup, mention or reference: its fence is longer than
/// any run of backticks in the text. What would not show as itself is escaped.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = message(text, 500);
    let runs = text.split(|character| character != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let space = if text.contains('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
