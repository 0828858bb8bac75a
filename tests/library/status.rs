//! The status of every port on every transport, against a derivation of its own from the XML.

use crate::common::oracle;
use iana_ports::Transport::{self, Tcp, Udp};
use iana_ports::{
    EntryStatus, PortClass, PortSpec, PortStatus, REGISTRY_UPDATED, Reference, entries, lookup_name, lookup_port,
    name_by_port, port_by_name, port_status, search, service_name, unassigned_ports,
};
use std::collections::{BTreeMap, BTreeSet, HashSet};

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
            assert_eq!(status.to_string(), ["Assigned", "Reserved", "Unassigned", "Dynamic"][column]);
            counts[transport as usize][column] += 1;
        }
    }
    if let Some(expected) = oracle::counts() {
        assert_eq!(counts, expected.status);
    }
}

#[test]
fn every_row_has_its_status_and_aliases() {
    let rows = oracle::rows();
    let mut aliases = 0;
    let mut replacements = 0;
    for (&entry, row) in entries().iter().zip(rows) {
        assert_eq!(entry.status(), row.status(), "{:?}", row.cells);
        let quoted =
            |text: &str, lead: &str| text.split(lead).nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        let alias_of = quoted(&row.cells[11], "This entry is an alias to \"");
        let replaces = quoted(&row.cells[3], "as a replacement for \"");
        assert_eq!(entry.alias_of(), alias_of.as_deref());
        assert_eq!(entry.replaces(), replaces.as_deref());
        let historic = row.cells[11].contains("This entry is now historic") || row.cells[3].ends_with("(historic)");
        assert_eq!(entry.is_historic(), historic, "{:?}", row.cells);
        for other in [entry.alias_of(), entry.replaces()].into_iter().flatten() {
            assert!(lookup_name(other).iter().all(|found| found.service_name() == Some(other)));
            assert!(!lookup_name(other).is_empty());
        }
        aliases += usize::from(alias_of.is_some());
        replacements += usize::from(replaces.is_some());
    }
    assert!(aliases > 150 && replacements > 150);
    if let Some(expected) = oracle::counts() {
        assert_eq!((aliases, replacements), expected.links);
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
        assert!(expected.iter().all(|&port| PortClass::of(port) != PortClass::Dynamic));
        let mut ports = unassigned_ports(transport);
        let mut met = BTreeSet::new();
        while let Some(front) = ports.next() {
            assert!(met.insert(front));
            met.extend(ports.next_back());
        }
        assert!(met.into_iter().eq(expected));
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
fn name_by_port_is_the_usual_name_and_port_by_name_the_lowest_port() {
    let rows = oracle::rows();
    let mut lists: BTreeMap<(u16, Transport), Vec<usize>> = BTreeMap::new();
    let mut ports: BTreeMap<(String, Transport), u16> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate().filter(|(_, row)| !row.name().is_empty()) {
        for transport in Transport::ALL {
            for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
                if row.applies_to(port, transport) {
                    lists.entry((port, transport)).or_default().push(number);
                    let lowest = ports.entry((row.name().to_owned(), transport)).or_insert(port);
                    *lowest = port.min(*lowest);
                }
            }
        }
    }
    for transport in Transport::ALL {
        for port in 0..=u16::MAX {
            let mut list = lists.remove(&(port, transport)).unwrap_or_default();
            oracle::usual_first(rows, &mut list);
            let usual = list.first().map(|&row| rows[row].name());
            assert_eq!(name_by_port(port, transport), usual, "{port}/{transport}");
        }
        for name in rows.iter().map(oracle::Row::name) {
            assert_eq!(port_by_name(name, transport), ports.get(&(name.to_owned(), transport)).copied(), "{name}");
        }
    }
}

#[test]
fn references_print_as_in_the_registry_and_have_urls() {
    let all: HashSet<Reference> = entries().iter().flat_map(|entry| entry.references()).collect();
    let url = |reference: Reference| reference.url().map(|url| url.to_string());
    for reference in all {
        let label = reference.to_string();
        let url = url(reference);
        match reference {
            Reference::Rfc { number, .. } => {
                assert!(label.starts_with(&format!("[RFC{number}")));
                assert_eq!(url.unwrap(), format!("https://www.rfc-editor.org/rfc/rfc{number}"));
            }
            Reference::Draft(name) => {
                let url = url.unwrap();
                let draft = url.strip_prefix("https://datatracker.ietf.org/doc/draft-").unwrap();
                assert!(name.ends_with(draft), "{name} {url}");
            }
            Reference::Uri { uri, .. } => assert_eq!(url.as_deref(), Some(uri)),
            _ => assert_eq!(url, None, "{label}"),
        }
    }
    let section = lookup_name("dnssd-push")
        .iter()
        .chain(lookup_name("dnssd-push-tls"))
        .chain(entries())
        .flat_map(|entry| entry.references())
        .find(|reference| matches!(reference, Reference::Rfc { section: Some(_), .. }));
    assert_eq!(section.map(|reference| reference.to_string()).as_deref(), Some("[RFC8765, Section 6.1]"));
    let printed = [
        (Reference::Bcp(14), "[BCP14]", Some("https://www.rfc-editor.org/info/bcp14")),
        (Reference::Std(90), "[STD90]", Some("https://www.rfc-editor.org/info/std90")),
        (
            Reference::Draft("RFC-ietf-a-b-01"),
            "[RFC-ietf-a-b-01]",
            Some("https://datatracker.ietf.org/doc/draft-ietf-a-b-01"),
        ),
        (Reference::Uri { uri: "http://a/", title: Some("TR-1") }, "[TR-1]", Some("http://a/")),
        (Reference::Uri { uri: "http://a/", title: None }, "[http://a/]", Some("http://a/")),
        (Reference::Note("1"), "[1]", None),
        (Reference::Text("n/a"), "[n/a]", None),
    ];
    for (reference, label, expected) in printed {
        assert_eq!((reference.to_string().as_str(), url(reference).as_deref()), (label, expected));
        if let Some(url) = reference.url() {
            assert_eq!(format!("[{url:>60}]"), format!("[{:>60}]", expected.unwrap()));
        }
    }
}

#[test]
fn entries_are_handles_in_registry_order() {
    fn is<T: Copy + Ord + std::hash::Hash + std::fmt::Debug + std::fmt::Display + Send + Sync>(_: T) {}
    is(entries()[0]);
    assert!(entries().windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(size_of::<iana_ports::Entry>(), 2);
    let shown = |port, transport| lookup_port(port, transport)[0].to_string();
    assert_eq!(shown(10050, Udp), "zabbix-agent 10050/udp");
    assert_eq!(shown(6003, Tcp), "x11 6000-6063/tcp");
    assert_eq!(shown(7300, Tcp), "swx 7300-7359/-");
    assert_eq!(shown(24, Tcp), "- 24/tcp");
    assert_eq!(format!("[{:>22}]", lookup_port(6003, Tcp)[0]), "[     x11 6000-6063/tcp]");
    let portless = entries().iter().find(|entry| entry.ports().is_none()).unwrap().to_string();
    assert!(portless.contains(" -/"), "{portless}");
    assert!(format!("{:?}", lookup_port(10050, Udp)[0]).ends_with(": zabbix-agent 10050/udp)"));
}

#[test]
fn statuses_have_names() {
    for status in EntryStatus::ALL {
        let name = status.as_str();
        assert_eq!((status.to_string().as_str(), status.as_ref(), format!("{status:?}").as_str()), (name, name, name));
    }
    for (port, name) in [(443, "Assigned"), (0, "Reserved"), (4, "Unassigned"), (50_000, "Dynamic")] {
        // Whatever today's registry says of port 4, the name is that of the variant.
        let status = port_status(port, Tcp);
        let expected = match status {
            PortStatus::Unassigned(_) => "Unassigned",
            PortStatus::Assigned(_) => "Assigned",
            PortStatus::Reserved(_) | PortStatus::Dynamic => name,
        };
        assert_eq!(status.as_str(), expected);
        assert_eq!(format!("{status:.3}"), expected[..3]);
    }
}

/// Every type cuts what it prints as a string is cut.
#[test]
fn display_has_a_precision() {
    let cut = |value: &dyn std::fmt::Display| {
        let all = value.to_string();
        let head: String = all.chars().take(3).collect();
        assert_eq!(format!("[{value:.3}][{value:>6.3}]"), format!("[{head}][   {head}]"));
    };
    cut(&lookup_port(22, Tcp)[0]);
    cut(&Tcp);
    cut(&PortClass::System);
    cut(&PortClass::System.range());
    cut(&PortSpec::from((8000, Tcp)));
    cut(&REGISTRY_UPDATED);
    cut(&Reference::Bcp(14));
    cut(&service_name!("https"));
}
