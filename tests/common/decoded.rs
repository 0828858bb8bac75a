//! The generated files, read as text and answered from step by step, as the library reads them but with nothing of it:
//! neither its code nor the byte order or the widths of this machine.

use std::collections::{BTreeMap, BTreeSet};

pub struct Decoded {
    files: BTreeMap<String, String>,
    tables: BTreeMap<&'static str, Vec<usize>>,
    /// Pages, cells, lists and statuses.
    port_index: [Vec<usize>; 4],
    /// Where each name lies in the text of names, and its rows in the lists.
    names: Vec<[usize; 2]>,
    pub rows: usize,
}

const DENSE: [&str; 5] = ["FLAGS", "PORT", "NAME", "DESCRIPTION", "ASSIGNEES"];
const SPARSE: [&str; 10] = [
    "RANGE_END",
    "CONTACTS",
    "REGISTERED",
    "MODIFIED",
    "SERVICE_CODE",
    "REFERENCES",
    "UNAUTHORIZED",
    "NOTES",
    "ALIAS_OF",
    "REPLACES",
];
const TEXTS: [&str; 5] = ["DESCRIPTION_TEXTS", "PERSON_TEXTS", "REFERENCES_TEXTS", "UNAUTHORIZED_TEXTS", "NOTES_TEXTS"];

impl Decoded {
    pub fn new(files: Vec<(String, String)>) -> Self {
        let files: BTreeMap<String, String> = files.into_iter().collect();
        // Without the lines that quote the registry.
        let code = |file| {
            let lines = files[file].lines().filter(|line| !line.starts_with("// ") && !line.contains("const SOURCE"));
            lines.collect::<Vec<_>>().join("\n")
        };
        let columns = &code("tables.rs");
        let index = &code("index.rs");
        let rows = columns.split_once("const ROWS: usize = ").unwrap().1.split_once(';').unwrap().0.parse().unwrap();
        let mut tables = BTreeMap::new();
        let arrays = [(columns, &DENSE[..], 1), (columns, &SPARSE, 2), (columns, &TEXTS, 18)];
        for (source, names, width) in arrays.into_iter().chain([(index, &["EXTRA_ROWS", "NAME_FILTER"][..], 1)]) {
            for &name in names {
                let (_, array) = source.split_once(&format!("static {name}: ")).unwrap();
                let (kind, values) = array.split_once(" = ").unwrap();
                // Of texts, the blocks; their text has a file.
                let blocks = if width == 18 { values.find("blocks: ").unwrap() } else { 0 };
                let values = numbers(&values[blocks..]);
                let count =
                    kind.split(|character: char| !character.is_ascii_digit()).rfind(|digits| !digits.is_empty());
                assert_eq!(count.unwrap().parse(), Ok(values.len() / width), "{name}: {kind}");
                tables.insert(name, values);
            }
        }
        // As numbers, the highest of which counts where rows overlap.
        let statuses = [("Some(Unassigned)", "1"), ("Some(Reserved)", "2"), ("Some(Assigned)", "3"), ("None", "0")];
        let index = &statuses.iter().fold(index.clone(), |code, (status, number)| code.replace(status, number));
        let after = |name| numbers(index.split_once(name).unwrap().1);
        let port_index = ["pages: ", "cells: ", "shapes: ", "statuses: "].map(after);
        let names = after("entries: &").as_chunks().0.to_vec();
        assert!(DENSE.iter().all(|name| tables[name].len() == rows));
        Decoded { files, tables, port_index, names, rows }
    }

    fn list(&self, start: usize, count: usize) -> Vec<usize> {
        let place = |place: usize| place.checked_sub(self.rows).map_or(place, |extra| self.tables["EXTRA_ROWS"][extra]);
        (start..start + count).map(place).collect()
    }

    /// The status of a port on a transport, and the rows that assign it, or the one that gives the status.
    pub fn port(&self, port: usize, transport: usize) -> (usize, Vec<usize>) {
        let [pages, cells, lists, statuses] = &self.port_index;
        let Some(&[start, base]) = pages.as_chunks().0.get(port / 16) else { return (0, Vec::new()) };
        let [offset, shape] = cells.as_chunks().0[start + port % 16];
        let of_transport = 4 * shape + transport;
        let [skipped, count] = lists.as_chunks().0[of_transport];
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

    /// The number of pages, of places in lists of their own, and the widths of what says where a list is.
    pub fn sizes(&self) -> (usize, usize, [&str; 3]) {
        let kinds = ["Start", "Offset", "Shape"].map(|name| {
            let (_, kind) = self.files["index.rs"].split_once(&format!("type {name} = ")).unwrap();
            kind.split_once(';').unwrap().0
        });
        (self.port_index[0].len() / 2, self.tables["EXTRA_ROWS"].len(), kinds)
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
        let blocks = &self.tables[TEXTS.into_iter().find(|name| name.strip_suffix("_TEXTS") == Some(kind)).unwrap()];
        let block = &blocks[number / 16 * 18..][..18];
        let [from, to] = [1, 2].map(|next| block[0] + block[number % 16 + next]);
        &self.files[&format!("{}.txt", kind.to_lowercase())][from..to]
    }

    fn sparse(&self, column: &str, row: usize) -> Option<usize> {
        let (pairs, _) = self.tables[column].as_chunks();
        let found = pairs.binary_search_by_key(&row, |&[filled, _]| filled).ok()?;
        pairs.get(found).map(|&[_, value]| value)
    }

    /// IANA's twelve columns of a row.
    pub fn cells(&self, row: usize) -> [String; 12] {
        let flags = self.tables["FLAGS"][row];
        let sparse_text =
            |column, kind| self.sparse(column, row).map_or(String::new(), |at| self.text(kind, at).to_owned());
        let bracketed =
            |list: &str| list.split('\n').filter(|text| !text.is_empty()).map(|text| format!("[{text}]")).collect();
        let date = |column| {
            let shown = |date: usize| match (1970 + (date >> 9), date >> 5 & 15, date & 31) {
                (year, month, 0) => format!("{year}-{month:02}"),
                (year, month, day) => format!("{year}-{month:02}-{day:02}"),
            };
            self.sparse(column, row).map_or(String::new(), shown)
        };
        let reference = |encoded: &str| {
            let (target, more) =
                encoded[1..].split_once('\t').map_or((&encoded[1..], None), |(one, two)| (one, Some(two)));
            match (encoded.as_bytes()[0], more) {
                (b'R', Some(section)) => format!("[RFC{target}, {section}]"),
                (b'R', None) => format!("[RFC{target}]"),
                (b'B', None) => format!("[BCP{target}]"),
                (b'S', None) => format!("[STD{target}]"),
                (b'U', Some(title)) => format!("[{title}]"),
                (b'D' | b'U' | b'N' | b'T', None) => format!("[{target}]"),
                other => panic!("{other:?}"),
            }
        };
        let assignees = self.tables["ASSIGNEES"][row];
        let port = self.tables["PORT"][row];
        let end = self.sparse("RANGE_END", row);
        [
            self.name(row).to_owned(),
            match end {
                _ if flags & 32 == 0 => String::new(),
                Some(end) => format!("{port}-{end}"),
                None => port.to_string(),
            },
            ["tcp", "udp", "sctp", "dccp", ""][flags & 7].to_owned(),
            self.text("DESCRIPTION", self.tables["DESCRIPTION"][row]).to_owned(),
            bracketed(self.text("PERSON", assignees)),
            bracketed(self.text("PERSON", self.sparse("CONTACTS", row).unwrap_or(assignees))),
            date("REGISTERED"),
            date("MODIFIED"),
            sparse_text("REFERENCES", "REFERENCES")
                .split('\n')
                .filter(|text| !text.is_empty())
                .map(reference)
                .collect(),
            self.sparse("SERVICE_CODE", row).map_or(String::new(), |code| code.to_string()),
            sparse_text("UNAUTHORIZED", "UNAUTHORIZED"),
            sparse_text("NOTES", "NOTES"),
        ]
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
