//! The crate's answers against a second reading of the same XML: every row, every port, every name.

use crate::common::{oracle, skipped};
use iana_ports::Transport::{Dccp, Sctp, Tcp, Udp};
use iana_ports::{
    Entry, REGISTRY_SOURCE, REGISTRY_UPDATED, Transport, entries, lookup_name, lookup_port, name_by_port, port_by_name,
    search,
};
use std::collections::{BTreeMap, BTreeSet};

fn number(entry: Entry) -> usize {
    entries().binary_search(&entry).unwrap()
}

#[test]
fn every_row_has_the_twelve_columns_of_the_xml() {
    let rows = oracle::rows();
    assert_eq!(entries().len(), rows.len());
    for (number, (&entry, row)) in entries().iter().zip(rows).enumerate() {
        assert_eq!(oracle::cells(entry), row.columns(), "record {}", number + 1);
    }
    assert_eq!(REGISTRY_UPDATED.to_string(), oracle::updated());
}

#[test]
fn every_name_returns_its_rows_in_any_case() {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, row) in oracle::rows().iter().enumerate() {
        if !row.name().is_empty() {
            by_name.entry(row.name().to_owned()).or_default().push(number);
        }
    }
    // A registry whose rows of a name do not ascend by port has them in that order here.
    let by_port = |&number: &usize| oracle::rows()[number].ports.map_or(u32::MAX, |(start, _)| start.into());
    by_name.values_mut().for_each(|rows| rows.sort_by_key(by_port));
    assert!(by_name.len() > 7_000);
    for (name, expected) in by_name {
        for spelling in [name.clone(), name.to_ascii_uppercase(), name.to_ascii_lowercase()] {
            assert!(lookup_name(&spelling).iter().copied().map(number).eq(expected.iter().copied()), "{spelling}");
        }
    }
}

#[test]
fn search_finds_names_and_descriptions_in_any_case() {
    let rows = oracle::rows();
    for text in ["postgres", "HTTP", "zabbix", "é", "", "x", "no such text", "sql*net", "Protocol", "\u{1f980}"] {
        let lower = text.to_ascii_lowercase();
        let holds = |cell: &String| cell.to_ascii_lowercase().contains(&lower);
        let expected = rows.iter().enumerate().filter(|(_, row)| holds(&row.cells[0]) || holds(&row.cells[3]));
        let expected: Vec<usize> = expected.map(|(number, _)| number).collect();
        assert_eq!(search(text).map(number).collect::<Vec<_>>(), expected, "{text:?}");
        assert!(search(text).rev().map(number).eq(expected.into_iter().rev()));
    }
    assert_eq!(search("").count(), entries().len());
}

#[test]
fn port_by_name_is_the_lowest_port() {
    let rows = oracle::rows();
    let mut ports: BTreeMap<(String, Transport), u16> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.name().is_empty()) {
        for transport in Transport::ALL {
            for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
                if row.applies_to(port, transport) {
                    let lowest = ports.entry((row.name().to_owned(), transport)).or_insert(port);
                    *lowest = port.min(*lowest);
                }
            }
        }
    }
    for transport in Transport::ALL {
        for name in rows.iter().map(oracle::Row::name) {
            assert_eq!(port_by_name(name, transport), ports.get(&(name.to_owned(), transport)).copied(), "{name}");
        }
    }
}

/// The only check in which the rule and the oracle cannot share a mistake.
#[test]
fn fourteen_usual_names_are_not_the_first_in_the_file() {
    if !oracle::is_amended() && oracle::source() != "registry file dated 2025-10-30" {
        return skipped("the list of usual names", "amended");
    }
    let mut first = BTreeMap::new();
    for row in oracle::rows().iter().filter(|row| !row.name().is_empty()) {
        for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
            for transport in Transport::ALL.into_iter().filter(|&transport| row.applies_to(port, transport)) {
                first.entry((port, transport)).or_insert(row.name());
            }
        }
    }
    let usual = first.iter().filter_map(|(&(port, transport), &first)| {
        let usual = name_by_port(port, transport).unwrap();
        (usual != first).then(|| format!("{usual} {port}/{transport}"))
    });
    assert_eq!(
        usual.collect::<Vec<_>>().join(", "),
        "auth 113/tcp, submissions 465/tcp, biff 512/udp, doom 666/tcp, doom 666/udp, kerberos-iv 750/udp, \
         l2tp 1701/tcp, l2tp 1701/udp, mshnet 1989/tcp, mshnet 1989/udp, ipsendmsg 1992/tcp, ipsendmsg 1992/udp, \
         nfs 2049/tcp, nfs 2049/udp"
    );
}

#[test]
fn near_misses_find_nothing() {
    let names: BTreeSet<String> =
        entries().iter().filter_map(|entry| entry.service_name()).map(str::to_ascii_lowercase).collect();
    let missing = |near: &str| {
        let found = !lookup_name(near).is_empty();
        assert_eq!(found, names.contains(&near.to_ascii_lowercase()), "{near:?}");
    };
    for name in names.iter().step_by(3) {
        for (place, _) in name.char_indices() {
            missing(&name[..place]);
            for other in ["a", "-", "_", "0", "\u{10}", "\u{7f}", "é", "\0"] {
                missing(&format!("{}{other}{}", &name[..place], &name[place + 1..]));
            }
            // Bit 5 is the case of a letter, and nothing in any other character.
            let mut flipped = name.clone().into_bytes();
            flipped[place] ^= 0x20;
            missing(&String::from_utf8(flipped).unwrap());
        }
        missing(&format!("{name} "));
        missing(&format!(" {name}"));
        missing(&format!("{name}{name}"));
    }
    for nothing in ["", " ", "\0", "é", "ｈｔｔｐ", &"a".repeat(300), &"http".repeat(75), &"\u{1f980}".repeat(75)]
    {
        assert!(lookup_name(nothing).is_empty(), "{nothing:?}");
    }
}

#[test]
fn registry_source_matches_the_file() {
    assert_eq!(REGISTRY_SOURCE, oracle::source());
}

#[test]
fn counts_of_the_registry() {
    let Some(counts) = oracle::counts() else { return };
    let count = |of: &dyn Fn(Entry) -> bool| entries().iter().filter(|&&entry| of(entry)).count();
    assert_eq!(entries().len(), counts.rows);
    let per_transport = [Some(Tcp), Some(Udp), Some(Sctp), Some(Dccp), None]
        .map(|transport| count(&|entry| entry.transport() == transport));
    assert_eq!(per_transport, counts.per_transport);
    assert_eq!(count(&|entry| entry.ports().is_none()), counts.without_a_port);
    assert_eq!(count(&|entry| entry.ports().is_some() && entry.port().is_none()), counts.ranges);
    let named_range =
        |entry: Entry| entry.service_name().is_some() && entry.ports().is_some() && entry.port().is_none();
    let ranges: BTreeSet<&str> =
        entries().iter().filter(|&&entry| named_range(entry)).filter_map(|entry| entry.service_name()).collect();
    assert!(
        ranges.into_iter().eq(["active-net", "flex-lm", "ircu", "satvid-datalnk", "swx", "vrml-multi-use", "x11",])
    );
    let names: BTreeSet<&str> = entries().iter().filter_map(|entry| entry.service_name()).collect();
    assert_eq!(names.len(), counts.names);
    assert_eq!(count(&|entry| entry.unauthorized_use().is_some()), counts.unauthorized);
    assert_eq!(count(&|entry| entry.service_code().is_some()), 4);
    let several = (0..=u16::MAX).flat_map(|port| Transport::ALL.map(|transport| lookup_port(port, transport)));
    assert_eq!(several.filter(|list| list.len() > 1).count(), 226);
}

#[test]
fn the_excerpt_is_found_cell_for_cell() {
    if oracle::counts().is_none() {
        return;
    }
    let mut reader =
        csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/excerpt-9301-10054.csv")).unwrap();
    assert_eq!(reader.headers().unwrap(), oracle::COLUMNS.as_slice());
    let mut found = 0;
    for record in reader.records() {
        let record = record.unwrap();
        let expected: [String; 12] = std::array::from_fn(|column| record[column].to_owned());
        let candidates = match (record[0].is_empty(), record[2].parse()) {
            (true, _) => entries(),
            (false, Ok(transport)) => lookup_port(record[1].parse().unwrap(), transport),
            (false, Err(_)) => lookup_name(&record[0]),
        };
        let is_it = |entry: &Entry| entry.description() == expected[3] && oracle::cells(*entry) == expected;
        assert!(candidates.iter().any(is_it), "{expected:?}");
        assert!(record[0].is_empty() || lookup_name(&record[0]).iter().any(is_it), "{expected:?}");
        found += 1;
    }
    assert_eq!(found, 101);
}
