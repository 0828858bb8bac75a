//! The status of every port on every transport, against a derivation of its own from the XML.

use crate::common::oracle;
use iana_ports::{
    EntryStatus, PortStatus, Transport, entries, lookup_port, name_by_port, port_status, unassigned_ports,
};
use std::collections::BTreeMap;

/// What the registry says of a port, with row numbers.
#[derive(Clone, Debug, PartialEq)]
enum Expected {
    Assigned(Vec<usize>),
    Reserved(usize),
    Unassigned(Option<usize>),
    Dynamic,
}

/// Paints the rows over the ports in three layers, the widest rows of a layer first, so that what a port shows in the
/// end is what counts there.
fn derive(rows: &[oracle::Row], transport: Transport) -> Vec<Expected> {
    let mut painted: Vec<Expected> =
        (0..=u16::MAX).map(|port| if port < 49152 { Expected::Unassigned(None) } else { Expected::Dynamic }).collect();
    let mut layers: BTreeMap<u8, Vec<(usize, &oracle::Row, u16, u16)>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        if let Some((start, end)) = row.ports
            && row.applies_to(start, transport)
        {
            let layer = match row.status() {
                EntryStatus::Unassigned => 0,
                EntryStatus::Reserved => 1,
                EntryStatus::Assigned => 2,
            };
            layers.entry(layer).or_default().push((number, row, start, end));
        }
    }
    for (layer, mut rows) in layers {
        // Of two rows of one width, the later is painted first, so that the earlier shows.
        rows.sort_by_key(|&(number, _, start, end)| (std::cmp::Reverse(end - start), std::cmp::Reverse(number)));
        for (number, _, start, end) in rows {
            for port in start..=end {
                let shown = &mut painted[usize::from(port)];
                *shown = match (layer, shown.clone()) {
                    (0, _) => Expected::Unassigned(Some(number)),
                    (1, _) => Expected::Reserved(number),
                    (_, Expected::Assigned(mut numbers)) => {
                        numbers.push(number);
                        numbers.sort_unstable();
                        Expected::Assigned(numbers)
                    }
                    (_, _) => Expected::Assigned(vec![number]),
                };
            }
        }
    }
    painted
}

fn number(entry: iana_ports::Entry) -> usize {
    entries().binary_search(&entry).unwrap()
}

#[test]
fn every_port_has_the_status_in_the_xml() {
    let rows = oracle::rows();
    let mut counts = [[0; 4]; 4];
    for transport in Transport::ALL {
        let expected = derive(rows, transport);
        for (port, mut expected) in (0..=u16::MAX).zip(expected) {
            if let Expected::Assigned(numbers) = &mut expected {
                oracle::usual_first(rows, numbers);
            }
            let status = port_status(port, transport);
            let (found, column) = match status {
                PortStatus::Assigned(list) => (Expected::Assigned(list.iter().copied().map(number).collect()), 0),
                PortStatus::Reserved(entry) => (Expected::Reserved(number(entry)), 1),
                PortStatus::Unassigned(entry) => (Expected::Unassigned(entry.map(number)), 2),
                PortStatus::Dynamic => (Expected::Dynamic, 3),
            };
            assert_eq!(found, expected, "{port}/{transport}");
            let assigned = if let PortStatus::Assigned(list) = status { list } else { &[] };
            assert_eq!(lookup_port(port, transport), assigned, "{port}/{transport}");
            assert_eq!(status.entries(), assigned, "{port}/{transport}");
            let usual = assigned.first().and_then(|entry| entry.service_name());
            assert_eq!(name_by_port(port, transport), usual, "{port}/{transport}");
            assert_eq!(status.to_string(), ["Assigned", "Reserved", "Unassigned", "Dynamic"][column]);
            counts[transport as usize][column] += 1;
        }
    }
    if let Some(expected) = oracle::counts() {
        assert_eq!(counts, expected.status);
    }
}

#[test]
fn unassigned_ports_are_those_with_that_status_from_both_ends() {
    for transport in Transport::ALL {
        let expected: Vec<u16> = derive(oracle::rows(), transport)
            .into_iter()
            .zip(0..=u16::MAX)
            .filter_map(|(expected, port)| matches!(expected, Expected::Unassigned(_)).then_some(port))
            .collect();
        assert!(unassigned_ports(transport).eq(expected.iter().copied()));
        assert!(unassigned_ports(transport).rev().eq(expected.iter().rev().copied()));
    }
}

#[test]
fn statuses_have_names() {
    for status in EntryStatus::ALL {
        let name = status.as_str();
        assert_eq!((status.to_string().as_str(), status.as_ref(), format!("{status:?}").as_str()), (name, name, name));
    }
}
