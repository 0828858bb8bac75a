//! Compares two files of the registry, read as the build reads them.
//!
//! ```sh
//! cargo run --example registry_diff -- OLD.xml NEW.xml         # Markdown, a section for a changelog
//! cargo run --example registry_diff -- --check OLD.xml NEW.xml # the same, if NEW can take the place of OLD
//! cargo run --example registry_diff -- --json OLD.xml NEW.xml  # JSON, every row in full
//! ```
//!
//! No set of columns identifies a row: two rows are equal in name, port and transport (`rdp`), many have no name or no
//! port, a port has up to three names. So the rows are matched in steps, each among those that the steps before it
//! left over, and every row of both files is in exactly one group:
//!
//! 1. **unchanged**: equal in all twelve columns, wherever they stand; of equal rows, as many as both files have.
//! 2. **changed**: one row of each file, with the same name (or none), ports and transport; another column differs. Of
//!    several such rows those of one description go together, then the first with the first.
//! 3. **moved**: a name that both files still have: all its rows, on other ports or transports.
//! 4. **renamed**: a port or range, with a transport, that is still registered in both files: all its rows with names,
//!    which are other names.
//! 5. **redrawn**: rows that only say that ports are Unassigned or Reserved; those that overlap go together.
//! 6. **removed** and **added**: what is left of the old file and of the new one.
//!
//! Names are compared as RFC 6335 compares them, without case; a name whose spelling alone differs is a changed column.
//!
//! Two more lists follow from the rows. **Status** says, for each port and transport, what was Unassigned, Reserved
//! or Assigned and is no longer: of the rows that cover a port, one that assigns it counts before one that reserves
//! it, and a System or User Port without a row is Unassigned. **Order** says where names on a port and transport have
//! changed places, since the first is the usual one.
//!
//! In the JSON each change has the rows `old` and `new` with IANA's twelve columns: the old file less the former plus
//! the latter is the new file. The Markdown gives only the number of redrawn rows; the status shows what came of them.
//!
//! The exit status is 0 whether the files differ or not; 1 if with `--check` the new file is older than the old one, or
//! more than 2 % of the rows are gone; 2 if a file cannot be read or is not this registry. A line on standard error
//! then gives the reason. With 1 and 2 nothing is printed.

mod compare;
#[path = "mod.rs"]
#[allow(dead_code, reason = "the tables are not written here")]
mod registry;

use compare::{Change, Comparison, Group, Release, Row, Run, View, compare, position};
use registry::encoding::Transport;
use registry::{model, schema, xml};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: registry_diff [--check | --json] OLD.xml NEW.xml";

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
            // Where standard error is closed too, the status has to do.
            let _ = writeln!(err, "{message}");
            status
        }
    }
}

/// The error is the exit status and its reason.
fn try_run(arguments: &[OsString], out: &mut dyn Write, err: &mut dyn Write) -> Result<(), (u8, String)> {
    if matches!(arguments, [help] if help == "-h" || help == "--help") {
        return printed(writeln!(out, "{USAGE}").and_then(|()| out.flush()));
    }
    let [options @ .., old, new] = arguments else { return Err((2, USAGE.to_owned())) };
    let option = match options {
        [] => "",
        [option] if option == "--check" => "--check",
        [option] if option == "--json" => "--json",
        _ => return Err((2, USAGE.to_owned())),
    };
    let mut read = |path| read(path, err).map_err(|message| (2, message));
    let old = read(old)?;
    let new = read(new)?;
    if option == "--check" {
        check(&old, &new).map_err(|message| (1, message))?;
    }
    let comparison = compare(&old, &new);
    let written = if option == "--json" { json(&comparison, out) } else { markdown(&comparison, out) };
    printed(written.and_then(|()| out.flush()))
}

fn printed(written: io::Result<()>) -> Result<(), (u8, String)> {
    match written {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| (2, format!("registry_diff: {error}"))),
    }
}

/// Fails with the reason for which a file should not take another's place.
fn check(old: &Release, new: &Release) -> Result<(), String> {
    if new.updated < old.updated {
        return Err(format!("the new file is of {}, older than the old one of {}", new.updated, old.updated));
    }
    let [old, new] = [old, new].map(|release| release.rows.len());
    if new * 100 < old * 98 {
        let counts = [old, new].map(|rows| plural(rows, "row"));
        return Err(format!("the new file has {}, the old one {}: more than 2 % are gone", counts[1], counts[0]));
    }
    Ok(())
}

fn read(path: &OsStr, err: &mut dyn Write) -> Result<Release, String> {
    let path = Path::new(path);
    let at_line = |error: xml::Error| format!("{}:{error}", path.display());
    let source = schema::load(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let registry = schema::read(&source).map_err(at_line)?;
    let model = model::check(&registry).map_err(at_line)?;
    // A part of the registry can be compared too.
    for warning in model.unknown.into_iter().chain(model.warnings) {
        let _ = writeln!(err, "{}", at_line(warning));
    }
    let rows = registry.records.iter().zip(model.rows).enumerate().map(|(number, (record, row))| Row {
        number,
        cells: cells(record),
        name: Some(record.name.to_ascii_lowercase()).filter(|name| !name.is_empty()),
        ports: row.ports(),
        transport: row.transport,
        status: row.status,
    });
    let rows = rows.collect();
    let amendments = registry.amendments.as_ref().map(ToString::to_string);
    Ok(Release { updated: registry.updated.0.to_string(), amendments, rows })
}

fn cells(record: &schema::Record) -> [String; 12] {
    let printed = |xrefs: &[schema::Xref], person: bool| -> String {
        xrefs
            .iter()
            .filter(|xref| (xref.kind == "person") == person)
            .map(|xref| format!("[{}]", xref.label()))
            .collect()
    };
    let text = |text: &std::borrow::Cow<str>| text.to_string();
    [
        text(&record.name),
        text(&record.number),
        text(&record.protocol),
        text(&record.description),
        printed(record.assignees.as_ref().unwrap_or(&record.xrefs), true),
        printed(&record.xrefs, true),
        text(&record.date),
        text(&record.updated),
        printed(&record.xrefs, false),
        text(&record.service_code),
        text(&record.unauthorized),
        text(&record.note),
    ]
}

/// What is printed of a group: as one line, changes that differ in nothing but port and transport.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Item<'a> {
    names: String,
    /// The description where it is what names a service that came or went.
    description: &'a str,
    /// The other columns that differ.
    columns: Vec<&'static str>,
}

/// The items of a group and their places, in order.
fn items<'a>(group: Group, changes: &[Change<'a>]) -> Vec<(Item<'a>, String)> {
    let mut items = BTreeMap::<Item, Change>::new();
    for change in changes {
        let [old, new] = change;
        let names = |rows: &[&Row]| {
            let names: BTreeSet<String> = rows.iter().map(|row| row.label()).collect();
            names.into_iter().collect::<Vec<_>>().join(", ")
        };
        let row = new.first().or(old.first());
        let item = Item {
            names: match group {
                Group::Renamed => format!("{} → {}", names(old), names(new)),
                _ => row.map(|row| row.label()).unwrap_or_default(),
            },
            description: match row {
                Some(row) if matches!(group, Group::Added | Group::Removed) => &row.cells[3],
                _ => "",
            },
            columns: match group {
                Group::Renamed => columns(change, &[0]),
                Group::Moved => columns(change, &[1, 2]),
                Group::Changed => columns(change, &[]),
                Group::Added | Group::Removed | Group::Redrawn => Vec::new(),
            },
        };
        let merged = items.entry(item).or_default();
        for (merged, rows) in merged.iter_mut().zip(change) {
            merged.extend(rows);
        }
    }
    let mut items: Vec<_> = items.into_iter().collect();
    items.sort_by(|(_, one), (_, other)| position(one).cmp(&position(other)));
    let place = |[old, new]: Change| match group {
        Group::Moved => format!("{} → {}", places(&old), places(&new)),
        _ => places(if new.is_empty() { &old } else { &new }),
    };
    items.into_iter().map(|(item, change)| (item, place(change))).collect()
}

/// The columns that differ, but for those which make the group.
fn columns([old, new]: &Change, of_group: &[usize]) -> Vec<&'static str> {
    let values = |rows: &[&Row], column: usize| -> BTreeSet<String> {
        rows.iter().map(|row| row.cells[column].clone()).collect()
    };
    let columns = COLUMNS.into_iter().enumerate().filter(|(column, _)| !of_group.contains(column));
    columns.filter(|&(column, _)| values(old, column) != values(new, column)).map(|(_, name)| name).collect()
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

/// What changed on a run of ports, and what it is or was registered for.
fn describe_change(views: &[View; 2]) -> String {
    let [old, new] = views;
    let names = |view: &View| view.names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
    if old.status() == new.status() {
        return format!("{} → {}", names(old), names(new));
    }
    let services = match (old.names.is_empty(), new.names.is_empty()) {
        (_, false) => format!(", registered for {}", names(new)),
        (false, _) => format!(", was registered for {}", names(old)),
        _ => String::new(),
    };
    format!("{} → {}{services}", old.status(), new.status())
}

/// How many rows of either file.
fn sizes(changes: &[Change]) -> [usize; 2] {
    [0, 1].map(|side| changes.iter().map(|change| change[side].len()).sum())
}

/// `1,024`
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

/// `1 row`, `1,024 rows`
fn plural(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// Those of one file, or of both: `3 → 5 rows`.
fn rows(sizes: [usize; 2]) -> String {
    match sizes {
        [0, number] | [number, 0] => plural(number, "row"),
        [old, new] if old == new => plural(new, "row"),
        [old, new] => format!("{} → {}", thousands(old), plural(new, "row")),
    }
}

fn markdown(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let [old, new] = comparison.releases;
    let source = |release: &Release| {
        let amendments = release.amendments.iter().map(|amendments| format!(" {}", code(amendments)));
        format!(
            "registry file dated {}, {}.{}",
            release.updated,
            plural(release.rows.len(), "row"),
            amendments.collect::<String>()
        )
    };
    writeln!(out, "### Registry of {}\n", new.updated)?;
    writeln!(out, "- Now: {}", source(new))?;
    writeln!(out, "- Before: {}", source(old))?;
    writeln!(out, "- {} in both.", plural(comparison.unchanged, "row"))?;
    for (group, changes) in comparison.groups.iter().filter(|(_, changes)| !changes.is_empty()) {
        writeln!(out, "\n{group:?}: {}, {}.", rows(sizes(changes)), group.meaning())?;
        if *group == Group::Redrawn {
            // The status shows what came of it.
            continue;
        }
        writeln!(out)?;
        for (item, place) in items(*group, changes) {
            let columns = item.columns.join(", ");
            let more = if columns.is_empty() { code(item.description) } else { columns };
            writeln!(out, "- {}, {place}{}{more}", item.names, if more.is_empty() { "" } else { ": " })?;
        }
    }
    for (title, runs) in comparison.lists() {
        writeln!(out, "\n{title}.\n")?;
        for run in runs {
            writeln!(
                out,
                "- {}: {}",
                place(Some(run.ports), &run.transports.iter().copied().map(Some).collect()),
                describe_change(&run.views)
            )?;
        }
    }
    Ok(())
}

/// Text of IANA's as a code span, in which Markdown finds no markup, mention or reference: its fence is longer than any
/// run of backticks in the text.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let runs = text.split(|character| character != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let space = if text.contains('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

fn json(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let row = |row: &&Row| -> Value {
        let columns = COLUMNS.iter().map(|column| column.to_lowercase().replace(' ', "_"));
        columns.zip(&row.cells).map(|(column, cell)| (column, json!(cell))).collect()
    };
    let rows = |rows: &[&Row]| -> Value { rows.iter().map(row).collect() };
    let change = |[old, new]: &Change| json!({ "old": rows(old), "new": rows(new) });
    let view = |view: &View| json!({ "status": view.status(), "services": view.names });
    let run = |run: &Run| {
        let [old, new] = &run.views;
        let ports = place(Some(run.ports), &BTreeSet::new());
        let transports: Vec<_> = run.transports.iter().map(|transport| transport.as_str()).collect();
        json!({ "ports": ports, "transports": transports, "old": view(old), "new": view(new) })
    };
    let release = |release: &Release| {
        let rows = release.rows.len();
        json!({ "updated": release.updated, "amendments": release.amendments, "rows": rows })
    };
    let [old, new] = comparison.releases.map(release);
    let status: Value = comparison.status.iter().map(run).collect();
    let order: Value = comparison.order.iter().map(run).collect();
    let mut value =
        json!({ "old": old, "new": new, "unchanged": comparison.unchanged, "status": status, "order": order });
    for (group, changes) in &comparison.groups {
        value[format!("{group:?}").to_lowercase()] = changes.iter().map(change).collect();
    }
    writeln!(out, "{value:#}")
}
