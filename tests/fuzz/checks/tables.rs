//! The generator and its tables against another reader of the same XML.

use super::common::decoded::Decoded;
use super::common::oracle::{self, Row};
use super::generator::encoding::hash_name;
use super::generator::{emit, model, schema};
use iana_ports::{EntryStatus, Transport};
use std::collections::{BTreeMap, BTreeSet};

/// Any bytes are rejected with an error of one line, or make tables that decode to what the other reader finds. Returns
/// whether they were accepted.
pub fn registry(source: &[u8]) -> bool {
    match generated(source) {
        Ok(files) => {
            let source = str::from_utf8(source).expect("the generator accepts UTF-8 alone");
            // The generator accepts some malformed XML that cannot turn one text into another, such as `]]>`.
            if roxmltree::Document::parse(source).is_ok() {
                decode(files, source, 997);
            }
            true
        }
        Err(message) => {
            assert!(message.len() < 600 && !message.contains('\n'), "{message:?}");
            false
        }
    }
}

pub fn generated(source: &[u8]) -> Result<Vec<emit::File>, String> {
    let registry = schema::read(source).map_err(|error| error.to_string())?;
    let model = model::check(&registry).map_err(|error| error.to_string())?;
    for doubt in &model.doubts {
        assert!(!model.explain(doubt).to_string().contains(char::is_control), "{doubt:?}");
    }
    emit::emit(&model).map_err(|error| error.to_string())
}

/// Compares every cell, every name, and every port on every transport.
#[track_caller]
pub fn decodes(source: &str) {
    decode(generated(source.as_bytes()).unwrap(), source, 1);
}

/// Compares of the ports each `step`th, and those of the index pages where a row starts or ends.
#[track_caller]
fn decode(files: Vec<emit::File>, source: &str, step: usize) {
    let tables = Decoded::new(files);
    let rows = oracle::rows_of(source);
    assert_eq!(tables.rows, rows.len());
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut ports: BTreeSet<u16> = (0..=u16::MAX).step_by(step).collect();
    for (number, row) in rows.iter().enumerate() {
        let mut cells = row.columns();
        for number in [1, 9] {
            cells[number] = plain(&cells[number]);
        }
        assert_eq!(tables.cells(number), cells, "row {number}");
        if !row.name().is_empty() {
            names.entry(row.name().to_ascii_lowercase()).or_default().push(number);
        }
        for bound in row.ports.into_iter().flat_map(|(start, end)| [start, end]) {
            ports.extend((bound & !15).saturating_sub(1)..=(bound | 15).saturating_add(1));
        }
    }
    // By port, then the rows without one.
    for list in names.values_mut() {
        list.sort_by_key(|&number| rows[number].ports.map_or(1 << 16, |(start, _)| u32::from(start)));
    }
    assert_eq!(tables.names(), names);
    // From eight to sixteen bits for each name, and none set but by a name.
    let (passing, bits) = tables.filter();
    assert!(bits == 64 || (8 * names.len()..16 * names.len()).contains(&bits), "{bits}");
    assert_eq!(passing, names.keys().map(|name| hash_name(name.as_bytes()) as usize % bits).collect());
    let ports: Vec<u16> = ports.into_iter().collect();
    for transport in Transport::ALL {
        decode_ports(&tables, &rows, &ports, transport);
    }
}

/// Compares these ports, in ascending order.
#[track_caller]
fn decode_ports(tables: &Decoded, rows: &[Row], ports: &[u16], transport: Transport) {
    let place = |port: u32| ports.partition_point(|&asked| u32::from(asked) < port);
    let mut found = vec![(Vec::new(), None::<(u16, usize)>, None::<(u16, usize)>); ports.len()];
    for (number, row) in rows.iter().enumerate() {
        let Some((start, end)) = row.ports.filter(|&(start, _)| row.applies_to(start, transport)) else { continue };
        // The narrowest row counts, and of two of one width the first.
        let this = (end - start, number);
        for (assigned, reserved, unassigned) in &mut found[place(start.into())..place(u32::from(end) + 1)] {
            match row.status() {
                EntryStatus::Assigned => assigned.push(number),
                EntryStatus::Reserved => *reserved = Some(reserved.map_or(this, |other| other.min(this))),
                EntryStatus::Unassigned => *unassigned = Some(unassigned.map_or(this, |other| other.min(this))),
            }
        }
    }
    for (port, (mut assigned, reserved, unassigned)) in ports.iter().zip(found) {
        oracle::usual_first(rows, &mut assigned);
        let expected = match (reserved, unassigned) {
            _ if !assigned.is_empty() => (3, assigned),
            (Some((_, number)), _) => (2, vec![number]),
            (None, Some((_, number))) => (1, vec![number]),
            (None, None) => (0, Vec::new()),
        };
        assert_eq!(tables.port(usize::from(*port), transport as usize), expected, "{port}/{transport}");
    }
}

/// A port number, a range or a service code without leading zeros: the tables hold its value.
fn plain(numbers: &str) -> String {
    let plain = |number: &str| match number.trim_start_matches('0') {
        "" => number.get(..1).unwrap_or("").to_owned(),
        digits => digits.to_owned(),
    };
    numbers.split('-').map(plain).collect::<Vec<_>>().join("-")
}
