//! The generated files, read as text and answered from step by step, as the library reads them but with nothing of it:
//! neither its code nor the byte order or the widths of this machine.

use std::collections::{BTreeMap, BTreeSet};

pub struct Decoded {
    files: BTreeMap<String, String>,
    /// The numbers of each array, by its name.
    tables: BTreeMap<String, Vec<usize>>,
    /// Pages, cells, shapes and statuses.
    port_index: [Vec<usize>; 4],
    /// Where each name is in the text of names, and its rows in the lists.
    names: Vec<[usize; 2]>,
    pub rows: usize,
}

impl Decoded {
    pub fn new(files: Vec<(String, String)>) -> Self {
        let files: BTreeMap<String, String> = files.into_iter().collect();
        // Without the lines that quote the registry.
        let code = |file| {
            let lines = files[file].lines().filter(|line| !line.starts_with("// ") && !line.contains("const SOURCE"));
            lines.collect::<Vec<_>>().join("\n")
        };
        let [columns, index] = ["tables.rs", "index.rs"].map(code);
        let rows = columns.split_once("const ROWS: usize = ").unwrap().1.split_once(';').unwrap().0.parse().unwrap();
        let mut tables = BTreeMap::new();
        for line in columns.lines().chain(index.lines()) {
            let Some((_, declared)) = line.split_once("static ") else { continue };
            let (name, array) = declared.split_once(": ").unwrap();
            let (kind, values) = array.split_once(" = ").unwrap();
            let (kind, count) = kind.split_once(['<', '[']).unwrap_or((kind, ""));
            let width = match kind {
                "" | "Dense" => 1,
                "Sparse" => 2,
                "Texts" => 18,
                _ => continue,
            };
            // Of texts, the blocks; their text has a file.
            let values = numbers(values.split_once("blocks: ").map_or(values, |(_, blocks)| blocks));
            let count = count.split(|character: char| !character.is_ascii_digit()).rfind(|digits| !digits.is_empty());
            assert_eq!(count.unwrap().parse(), Ok(values.len() / width), "{name}");
            assert!(kind != "Dense" || values.len() == rows, "{name}");
            tables.insert(name.to_owned(), values);
        }
        // As numbers, the highest of which counts where rows overlap.
        let statuses = [("Some(Unassigned)", "1"), ("Some(Reserved)", "2"), ("Some(Assigned)", "3"), ("None", "0")];
        let index = statuses.iter().fold(index, |code, (status, number)| code.replace(status, number));
        let after = |name| numbers(index.split_once(name).unwrap().1);
        let port_index = ["pages: ", "cells: ", "shapes: ", "statuses: "].map(after);
        let names = after("entries: &").as_chunks().0.to_vec();
        Decoded { files, tables, port_index, names, rows }
    }

    fn list(&self, start: usize, count: usize) -> Vec<usize> {
        let place = |place: usize| place.checked_sub(self.rows).map_or(place, |extra| self.tables["EXTRA_ROWS"][extra]);
        (start..start + count).map(place).collect()
    }

    /// The status of a port on a transport, and the rows that assign it, or the one that gives the status.
    pub fn port(&self, port: usize, transport: usize) -> (usize, Vec<usize>) {
        let [pages, cells, shapes, statuses] = &self.port_index;
        let Some(&[start, base]) = pages.as_chunks().0.get(port / 16) else { return (0, Vec::new()) };
        let [offset, shape] = cells.as_chunks().0[start + port % 16];
        let of_transport = 4 * shape + transport;
        let [skipped, count] = shapes.as_chunks().0[of_transport];
        let status = statuses[of_transport];
        (status, self.list(base + offset + skipped, if status == 0 || status == 3 { count } else { 1 }))
    }

    /// The numbers that the filter in front of the name map lets pass, of those below its number of bits, which is the
    /// other number returned.
    pub fn filter(&self) -> (BTreeSet<usize>, usize) {
        let words = &self.tables["NAME_FILTER"];
        let bits = 64 * words.len();
        ((0..bits).filter(|bit| words[bit / 64] >> (bit % 64) & 1 == 1).collect(), bits)
    }

    /// The number of pages, the number of rows in lists of their own, and the types that locate a list.
    pub fn sizes(&self) -> (usize, usize, String) {
        let kinds = ["Start", "Offset", "Shape"].map(|name| {
            let (_, kind) = self.files["index.rs"].split_once(&format!("type {name} = ")).unwrap();
            kind.split_once(';').unwrap().0
        });
        (self.port_index[0].len() / 2, self.tables["EXTRA_ROWS"].len(), kinds.join(" "))
    }

    /// The rows of every name, in lower case.
    pub fn names(&self) -> BTreeMap<String, Vec<usize>> {
        let rows = |&[name, rows]: &[usize; 2]| {
            let rows = self.list(rows % (1 << 24), rows >> 24);
            assert!(rows.iter().all(|&row| self.tables["NAME"][row] == name));
            (self.name(rows[0]).to_ascii_lowercase(), rows)
        };
        self.names.iter().map(rows).collect()
    }

    fn name(&self, row: usize) -> &str {
        let span = self.tables["NAME"][row];
        &self.files["name.txt"][span % (1 << 24)..][..span >> 24]
    }

    fn text(&self, kind: &str, number: usize) -> &str {
        let blocks = &self.tables[&format!("{kind}_TEXTS")];
        let block = &blocks[number / 16 * 18..][..18];
        let [from, to] = [1, 2].map(|next| block[0] + block[number % 16 + next]);
        &self.files[&format!("{}.txt", kind.to_lowercase())][from..to]
    }

    fn sparse(&self, column: &str, row: usize) -> Option<usize> {
        let (pairs, _) = self.tables[column].as_chunks();
        let found = pairs.binary_search_by_key(&row, |&[filled, _]| filled).ok()?;
        pairs.get(found).map(|&[_, value]| value)
    }

    /// The text of a sparse column, which has the name of its texts.
    fn sparse_text(&self, column: &str, row: usize) -> &str {
        self.sparse(column, row).map_or("", |number| self.text(column, number))
    }

    /// IANA's twelve columns of a row.
    pub fn cells(&self, row: usize) -> [String; 12] {
        let flags = self.tables["FLAGS"][row];
        let port = self.tables["PORT"][row];
        let assignees = self.tables["ASSIGNEES"][row];
        let contacts = self.sparse("CONTACTS", row).unwrap_or(assignees);
        let persons = |number| list(self.text("PERSON", number)).map(|person| format!("[{person}]")).collect();
        let day = |column| self.sparse(column, row).map_or(String::new(), date);
        [
            self.name(row).to_owned(),
            match self.sparse("RANGE_END", row) {
                _ if flags & 32 == 0 => String::new(),
                Some(end) => format!("{port}-{end}"),
                None => port.to_string(),
            },
            ["tcp", "udp", "sctp", "dccp", ""][flags & 7].to_owned(),
            self.text("DESCRIPTION", self.tables["DESCRIPTION"][row]).to_owned(),
            persons(assignees),
            persons(contacts),
            day("REGISTERED"),
            day("MODIFIED"),
            list(self.sparse_text("REFERENCES", row)).map(reference).collect(),
            self.sparse("SERVICE_CODE", row).map_or(String::new(), |code| code.to_string()),
            self.sparse_text("UNAUTHORIZED", row).to_owned(),
            self.sparse_text("NOTES", row).to_owned(),
        ]
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter(|text| !text.is_empty())
}

fn date(packed: usize) -> String {
    match (1970 + (packed >> 9), packed >> 5 & 15, packed & 31) {
        (year, month, 0) => format!("{year}-{month:02}"),
        (year, month, day) => format!("{year}-{month:02}-{day:02}"),
    }
}

fn reference(encoded: &str) -> String {
    let (kind, text) = encoded.split_at(1);
    match (kind, text.split_once('\t')) {
        ("R", Some((number, section))) => format!("[RFC{number}, {section}]"),
        ("R", None) => format!("[RFC{text}]"),
        ("B", None) => format!("[BCP{text}]"),
        ("S", None) => format!("[STD{text}]"),
        ("U", Some((_, title))) => format!("[{title}]"),
        ("D" | "U" | "N" | "T", None) => format!("[{text}]"),
        other => panic!("{other:?}"),
    }
}

/// The numbers within the first brackets of the text.
fn numbers(text: &str) -> Vec<usize> {
    let text = &text[text.find('[').unwrap()..];
    let mut depth = 0;
    let end = text.bytes().position(|byte| {
        depth += i32::from(byte == b'[') - i32::from(byte == b']');
        depth == 0
    });
    let digits = text[..end.unwrap()].split(|character: char| !character.is_ascii_digit());
    digits.filter(|digits| !digits.is_empty()).map(|digits| digits.parse().unwrap()).collect()
}
