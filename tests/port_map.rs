//! The example `port_map`: its SVG, parsed and painted, against the status of every port in the XML.

mod common;

use common::oracle;
use common::program::{run, run_unread};
use iana_ports::{PortClass, Status, Transport};
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

/// What the legend shall call each port.
fn labels(rows: &[oracle::Row], transport: Transport) -> Vec<String> {
    let mut statuses = vec![Status::Unassigned; 65_536];
    // A row that tells more hides one that tells less: `Status` ascends from Assigned to Unassigned.
    for row in rows {
        for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
            if row.speaks_of(port, transport) {
                let status = &mut statuses[usize::from(port)];
                *status = row.status().min(*status);
            }
        }
    }
    let label = |(port, status): (u16, Status)| match port {
        0..1024 => format!("{status:?} System Ports"),
        1024..49152 => format!("{status:?} User Ports"),
        _ => "Dynamic Ports".to_owned(),
    };
    (0..=u16::MAX).zip(statuses).map(label).collect()
}

fn with_id<'a, 'input>(document: &'a Document<'input>, id: &str) -> Node<'a, 'input> {
    document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap()
}

fn elements<'a, 'input>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(Node::is_element)
}

/// The colour of every cell, row by row. Each `M x y h n` of a path is a bar of n cells.
fn paint(map: Node) -> Vec<String> {
    let mut cells = vec![String::new(); 65_536];
    for path in elements(map) {
        let colour = path.attribute("stroke").unwrap();
        let commands = path.attribute("d").unwrap().split('M');
        for bar in commands.skip(1) {
            let (point, length) = bar.split_once('h').unwrap();
            let (x, y) = point.split_once(' ').unwrap();
            // A stroke of width 1 lies to both sides of its line.
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.strip_suffix(".5").unwrap().parse().unwrap());
            let end = x + length.parse::<usize>().unwrap();
            assert!(x < end && end <= 256 && y < 256, "{bar}");
            for cell in &mut cells[y * 256 + x..y * 256 + end] {
                assert_eq!(cell, "", "{bar} paints over it");
                *cell = colour.to_owned();
            }
        }
    }
    cells
}

/// The labels and counts of the legend, by colour.
fn legend(legend: Node) -> BTreeMap<String, (String, usize)> {
    let key = |key: Node| {
        let texts: Vec<&str> = elements(key).filter_map(|node| node.text()).collect();
        let colour = elements(key).find_map(|node| node.attribute("fill")).unwrap();
        (colour.to_owned(), (texts[0].to_owned(), texts[1].replace(',', "").parse().unwrap()))
    };
    elements(legend).map(key).collect()
}

#[test]
fn every_cell_has_the_colour_of_its_status_and_class() {
    let rows = oracle::rows();
    for transport in Transport::ALL {
        let (status, svg, err) = run("port_map", &[transport.as_str()]);
        assert_eq!((status, err.as_str()), (Some(0), ""));
        assert!(svg.len() < 64_000, "{} octets", svg.len());
        let document = Document::parse(&svg).unwrap();
        let legend = legend(with_id(&document, "legend"));
        assert_eq!(legend.len(), 7);
        let cells = paint(with_id(&document, "map"));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (port, (colour, label)) in cells.into_iter().zip(labels(&rows, transport)).enumerate() {
            assert_eq!(legend[&colour].0, label, "{port}/{transport}");
            *counts.entry(colour).or_default() += 1;
        }
        for (colour, (label, count)) in &legend {
            assert_eq!(counts.get(colour).copied().unwrap_or_default(), *count, "{label} of {transport}");
        }
        for path in elements(with_id(&document, "map")) {
            let (label, count) = &legend[path.attribute("stroke").unwrap()];
            let title = elements(path).find_map(|node| node.text()).unwrap().replace(',', "");
            assert_eq!(title, format!("{label}: {count}"));
        }
    }
}

#[test]
fn the_picture_says_what_it_shows() {
    let (_, svg, _) = run("port_map", &["sctp"]);
    let document = Document::parse(&svg).unwrap();
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("role")), ("svg", Some("img")));
    let named = root.attribute("aria-labelledby").unwrap().split(' ').map(|id| with_id(&document, id));
    let tags: Vec<&str> = named.map(|node| node.tag_name().name()).collect();
    assert_eq!(tags, ["title", "desc"]);
    let title = "Registration status of the 65,536 SCTP ports";
    assert_eq!(with_id(&document, "title").text(), Some(title));
    let texts: Vec<&str> =
        document.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
    for class in [PortClass::System, PortClass::User, PortClass::Dynamic] {
        assert!(
            texts.contains(&format!("{class} Ports").as_str()) && texts.contains(&class.range().to_string().as_str())
        );
    }
    for label in [title, "+224", "61440"].into_iter().chain(iana_ports::REGISTRY_SOURCE.lines()) {
        assert!(texts.contains(&label), "{label}");
    }
    // The axes: a label lies at the row or the column that it names.
    let map = with_id(&document, "map").attribute("transform").unwrap();
    assert_eq!(map, "translate(96 134) scale(3)");
    let at = |label: &str, axis| {
        let mut texts = document.descendants().filter(|node| node.tag_name().name() == "text");
        let node = texts.find(|node| node.text() == Some(label)).unwrap();
        node.attribute(axis).unwrap().parse::<u32>().unwrap()
    };
    assert_eq!(at("+224", "x"), 96 + 224 * 3);
    assert_eq!(at("61440", "y").abs_diff(134 + 240 * 3), 4);
}

#[test]
fn arguments_and_a_closed_pipe() {
    assert_eq!(run("port_map", &[""; 0]), run("port_map", &["TCP"]));
    let (status, out, err) = run("port_map", &["icmp"]);
    let message = "port_map: \"icmp\" is no transport protocol with ports: expected tcp, udp, sctp or dccp\n";
    assert_eq!((status, out.as_str(), err.as_str()), (Some(2), "", message));
    let usage = "usage: port_map [tcp|udp|sctp|dccp]\n";
    assert_eq!(run("port_map", &["tcp", "udp"]), (Some(2), String::new(), usage.to_owned()));
    #[cfg(unix)]
    assert_eq!(run_unread("port_map", &["udp"]), (Some(0), String::new(), String::new()));
}
