//! `ports map`: its SVG, parsed and painted, against the status of every port.

use iana_ports::{PortClass, PortRange, Transport, lookup_port, port_status};
use iana_ports_cli::printable;
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

fn svg(transport: Transport) -> String {
    let (status, svg, err) = crate::ports(["map", transport.as_str()]);
    assert_eq!((status, err.as_str()), (0, ""));
    svg
}

fn with_id<'a, 'input>(document: &'a Document<'input>, id: &str) -> Node<'a, 'input> {
    document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap()
}

fn elements<'a, 'input>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(Node::is_element)
}

fn number(node: Node, attribute: &str) -> i32 {
    node.attribute(attribute).unwrap().parse().unwrap()
}

/// The colour and the title of every cell, row by row. Each `M x y h n` of a path is a bar of n cells.
fn paint<'a>(map: Node<'a, '_>) -> Vec<Option<(&'a str, &'a str)>> {
    let mut cells = vec![None; 65_536];
    for colour in elements(map) {
        for path in elements(colour) {
            let title = elements(path).find_map(|node| node.text()).unwrap();
            for bar in path.attribute("d").unwrap().split('M').skip(1) {
                let (point, length) = bar.split_once('h').unwrap();
                let (x, y) = point.split_once(' ').unwrap();
                // A stroke of width 1 is on both sides of its line.
                let (x, y): (usize, usize) = (x.parse().unwrap(), y.strip_suffix(".5").unwrap().parse().unwrap());
                let end = x + length.parse::<usize>().unwrap();
                assert!(x < end && end <= 256 && y < 256, "{bar}");
                for cell in &mut cells[y * 256 + x..y * 256 + end] {
                    assert_eq!(*cell, None, "{bar} paints over it");
                    *cell = Some((colour.attribute("stroke").unwrap(), title));
                }
            }
        }
    }
    cells
}

/// The class, the status and the count of each colour of the legend.
fn legend<'a>(legend: Node<'a, '_>) -> BTreeMap<&'a str, (&'a str, &'a str, usize)> {
    let mut kinds = BTreeMap::new();
    for class in elements(legend) {
        let mut texts = elements(class).filter_map(|node| node.text());
        let (heading, _) = texts.next().unwrap().split_once(" Ports ").unwrap();
        for colour in elements(class).filter_map(|node| node.attribute("fill")).filter(|&colour| colour != "none") {
            let status = texts.next().unwrap();
            let count = texts.next().unwrap();
            kinds.insert(colour, (heading, status, count.parse().unwrap()));
        }
    }
    kinds
}

#[test]
fn every_cell_has_the_colour_of_its_status_and_names_its_services() {
    for transport in Transport::ALL {
        let svg = svg(transport);
        assert!(svg.len() < 1_000_000, "{} octets", svg.len());
        let document = Document::parse(&svg).unwrap();
        let legend = legend(with_id(&document, "legend"));
        assert_eq!(legend.len(), 7);
        let mut counts = BTreeMap::<&str, usize>::new();
        for (port, cell) in (0..=u16::MAX).zip(paint(with_id(&document, "map"))) {
            let (colour, title) = cell.unwrap();
            let (class, status) = (PortClass::of(port).to_string(), port_status(port, transport).as_str());
            assert_eq!(legend[colour], (class.as_str(), status, legend[colour].2), "{port}/{transport}");
            *counts.entry(colour).or_default() += 1;
            let (range, label) = title.split_once(&format!("/{transport} ")).unwrap();
            assert!(range.parse::<PortRange>().unwrap().contains(port), "{port}: {title}");
            let names = lookup_port(port, transport).iter().filter_map(|entry| entry.service_name());
            let names = names.map(printable).collect::<Vec<_>>().join(", ");
            assert_eq!(label, if names.is_empty() { status } else { &names }, "{port}/{transport}");
        }
        for (colour, (class, status, count)) in &legend {
            assert_eq!(
                counts.get(colour).copied().unwrap_or_default(),
                *count,
                "{status} {class} Ports of {transport}"
            );
        }
    }
}

#[test]
fn the_picture_says_what_it_shows() {
    let svg = svg(Transport::Sctp);
    let document = Document::parse(&svg).unwrap();
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("role")), ("svg", Some("img")));
    let named = root.attribute("aria-labelledby").unwrap().split(' ').map(|id| with_id(&document, id));
    let tags: Vec<&str> = named.map(|node| node.tag_name().name()).collect();
    assert_eq!(tags, ["title", "desc"]);
    let title = "Registration status of the 65,536 SCTP ports";
    assert_eq!(with_id(&document, "title").text(), Some(title));
    let find = |label: &str| {
        let mut texts = document.descendants().filter(|node| node.tag_name().name() == "text");
        texts.find(|node| node.text() == Some(label)).unwrap_or_else(|| panic!("{label} is missing"))
    };
    for label in [title, "System Ports 0-1023", "User Ports 1024-49151", "Dynamic Ports 49152-65535"] {
        find(label);
    }
    find(iana_ports::REGISTRY_SOURCE);
    // The axes: a label is at the row or the column that it names.
    assert_eq!(with_id(&document, "map").attribute("transform"), Some("scale(3)"));
    assert_eq!(number(find("+224"), "x") - 1, 224 * 3);
    assert_eq!(number(find("61440"), "y") - 5, 240 * 3);
}

#[test]
fn landmarks_are_ringed_and_named() {
    let svg = svg(Transport::Tcp);
    let document = Document::parse(&svg).unwrap();
    let landmarks: Vec<Node> = elements(with_id(&document, "landmarks")).collect();
    let labels: Vec<&str> = landmarks.iter().filter_map(|node| node.text()).collect();
    let expected = [
        "22 ssh",
        "53 domain",
        "80 http",
        "443 https",
        "3306 mysql",
        "5432 postgresql",
        "6000-6063 x11",
        "8080 http-alt",
    ];
    assert_eq!(labels, expected);
    for [outline, ring, label] in landmarks.as_chunks().0 {
        let ports: PortRange = label.text().unwrap().split(' ').next().unwrap().parse().unwrap();
        // 4 pixels around the cells.
        let cell = |port: u16| (i32::from(port % 256) * 3, i32::from(port / 256) * 3);
        let ((left, top), (right, bottom)) = (cell(ports.start()), cell(ports.end()));
        for ring in [outline, ring] {
            assert_eq!((number(*ring, "x"), number(*ring, "y")), (left - 4, top - 4), "{ports}");
            let width = number(*ring, "width");
            let height = number(*ring, "height");
            assert_eq!((width, height), (right - left + 3 + 8, bottom - top + 3 + 8), "{ports}");
        }
    }
}
