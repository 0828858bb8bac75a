//! Writes the checked rows as Rust: integer columns, text pools, the name map and the port index. Data only; what
//! the numbers mean is told in `src/tables.rs`.

use super::folded::Folded;
use super::model::{Date, Model, Row, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write};

/// A generated file: its name and its text.
pub type File = (String, String);

/// What the tables cannot hold.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the registry has {0} records; the tables hold at most {MAX_ROWS}")]
    Rows(usize),
    #[error("two service names fall on one 56-bit number in the name map: `{0}` and `{1}`")]
    Mixed(String, String),
    #[error("port {port} has too many rows for the port index")]
    Port { port: u16 },
}

/// An entry is a row number of two bytes, and a name's number, from 1, is no larger.
pub const MAX_ROWS: usize = u16::MAX as usize;

/// The generated files: `tables.rs`, and one text file for each pool.
pub fn emit(model: &Model) -> Result<Vec<File>, Error> {
    if model.rows.len() > MAX_ROWS {
        return Err(Error::Rows(model.rows.len()));
    }
    let mut out = Output::default();
    let rows = &model.rows;
    out.line(format_args!("pub(crate) const UPDATED: u16 = {};", model.updated.packed()));
    out.line(format_args!("pub(crate) const SOURCE: &str = {:?};", model.source));
    out.number("ROWS", rows.len());
    let mut lists = EntryLists { rows: rows.len(), extra: Vec::new() };

    out.column("ROW_FLAGS", "u8", rows.iter().map(flags));
    out.column("ROW_PORT", "u16", rows.iter().map(|row| row.port.map_or(0, usize::from)));
    out.sparse("RANGE_END", "u16", rows.iter().map(|row| row.range_end.map(usize::from)));
    names(&mut out, model, &mut lists)?;
    ports(&mut out, rows, &mut lists)?;
    out.column("EXTRA_ROWS", "u16", lists.extra);

    out.texts("DESCRIPTION", rows.iter().map(|row| row.description.clone()));
    persons(&mut out, rows);
    out.sparse("REGISTERED", "u16", rows.iter().map(|row| row.registered.map(Date::packed)));
    out.sparse("MODIFIED", "u16", rows.iter().map(|row| row.modified.map(Date::packed)));
    out.sparse_texts("REFERENCES", rows.iter().map(|row| row.references.join("\n")));
    out.sparse("SERVICE_CODE", "u32", rows.iter().map(|row| row.service_code.map(|code| code as usize)));
    out.sparse_texts("UNAUTHORIZED", rows.iter().map(|row| row.unauthorized.clone()));
    out.sparse_texts("NOTES", rows.iter().map(|row| row.notes.clone()));
    out.sparse("ALIAS_OF", "u16", rows.iter().map(|row| row.alias_of.map(|name| name + 1)));
    out.sparse("REPLACES", "u16", rows.iter().map(|row| row.replaces.map(|name| name + 1)));
    out.files.push(("tables.rs".to_owned(), out.code));
    Ok(out.files)
}

/// Transport in bits 0 to 2 (4: none), status in bits 3 and 4, then: has a port, historic.
fn flags(row: &Row) -> usize {
    row.transport.unwrap_or(4)
        | (row.status as usize) << 3
        | usize::from(row.port.is_some()) << 5
        | usize::from(row.historic) << 6
}

#[derive(Default)]
struct Output {
    code: String,
    files: Vec<File>,
}

impl Output {
    fn line(&mut self, line: impl Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.code, "{line}");
    }

    fn number(&mut self, name: &str, value: usize) {
        self.line(format_args!("pub(crate) const {name}: usize = {value};"));
    }

    fn column(&mut self, name: &str, kind: &str, values: impl IntoIterator<Item = usize>) {
        let mut list = String::new();
        let mut len = 0;
        for value in values {
            let _ = write!(list, "{value},");
            len += 1;
        }
        self.line(format_args!("pub(crate) static {name}: [{kind}; {len}] = [{list}];"));
    }

    /// A column of the smallest integer type that holds its values.
    fn ints(&mut self, name: &str, values: impl IntoIterator<Item = usize>) {
        let values: Vec<usize> = values.into_iter().collect();
        self.column(name, int_type(&values), values);
    }

    /// A column that few rows fill: row numbers, ascending, and their values.
    fn sparse(&mut self, name: &str, kind: &str, values: impl IntoIterator<Item = Option<usize>>) {
        let mut list = String::new();
        let mut len = 0;
        for (row, value) in values.into_iter().enumerate() {
            if let Some(value) = value {
                let _ = write!(list, "({row},{value}),");
                len += 1;
            }
        }
        self.line(format_args!("pub(crate) static {name}: [(u16, {kind}); {len}] = [{list}];"));
    }

    /// A column of texts, each an index in a pool of the distinct ones.
    fn texts(&mut self, name: &str, texts: impl Iterator<Item = String>) {
        let mut pool = Pool::default();
        let ids: Vec<usize> = texts.map(|text| pool.id(text)).collect();
        self.ints(&format!("ROW_{name}"), ids);
        self.pool(name, pool);
    }

    /// A column of texts that few rows fill.
    fn sparse_texts(&mut self, name: &str, texts: impl Iterator<Item = String>) {
        let mut pool = Pool::default();
        let ids: Vec<usize> = texts.map(|text| pool.id(text)).collect();
        let kind = int_type(&ids);
        self.sparse(&format!("ROW_{name}"), kind, ids.into_iter().map(|id| Some(id).filter(|&id| id > 0)));
        self.pool(name, pool);
    }

    /// The distinct texts end to end, and where each ends; text 0 is empty.
    fn pool(&mut self, name: &str, pool: Pool) {
        let file = format!("{}.txt", name.to_ascii_lowercase());
        self.line(format_args!(
            "pub(crate) static {name}_TEXT: &str = include_str!(concat!(env!(\"OUT_DIR\"), \"/{file}\"));"
        ));
        self.ints(&format!("{name}_END"), [0].into_iter().chain(pool.ends));
        self.files.push((file, pool.text));
    }
}

fn int_type<'a>(values: impl IntoIterator<Item = &'a usize>) -> &'static str {
    match values.into_iter().max().copied().unwrap_or(0) {
        0..=0xff => "u8",
        0x100..=0xffff => "u16",
        _ => "u32",
    }
}

/// Distinct texts, in order of first use; the empty text has number 0.
#[derive(Default)]
struct Pool {
    text: String,
    ends: Vec<usize>,
    ids: BTreeMap<String, usize>,
}

impl Pool {
    /// The number of this text, from 1; 0 for the empty one.
    fn id(&mut self, text: String) -> usize {
        if text.is_empty() {
            return 0;
        }
        let next = self.ids.len() + 1;
        *self.ids.entry(text).or_insert_with_key(|text| {
            self.text.push_str(text);
            self.ends.push(self.text.len());
            next
        })
    }

    /// Where the text with this number begins.
    fn start(&self, id: usize) -> usize {
        id.checked_sub(2).and_then(|before| self.ends.get(before)).copied().unwrap_or(0)
    }
}

/// Lists of rows as slices of one static array: all rows in registry order, so that a list of successive rows is
/// a part of it, and after them the lists that are not.
struct EntryLists {
    rows: usize,
    extra: Vec<usize>,
}

impl EntryLists {
    /// Where the list starts.
    fn place(&mut self, list: &[usize]) -> usize {
        let first = list.first().copied().unwrap_or(0);
        if list.iter().copied().eq(first..first + list.len()) {
            return first;
        }
        self.extra.extend(list);
        self.rows + self.extra.len() - list.len()
    }
}

/// Names: their text, and the map from a folded name to where it stands in lower case and to its rows.
fn names(out: &mut Output, model: &Model, lists: &mut EntryLists) -> Result<(), Error> {
    let mut pool = Pool::default();
    for name in &model.names {
        pool.id(name.clone());
    }
    out.ints("ROW_NAME", model.rows.iter().map(|row| row.name.map_or(0, |name| name + 1)));
    out.number("NAME_MAX_LEN", model.names.iter().map(String::len).max().unwrap_or(0));

    let mut rows = vec![Vec::new(); model.names.len()];
    for (number, row) in model.rows.iter().enumerate() {
        if let Some(rows) = row.name.and_then(|name| rows.get_mut(name)) {
            rows.push(number);
        }
    }
    // phf's generator would never end on two equal numbers.
    let mut mixed = BTreeMap::new();
    let mut map = phf_codegen::Map::new();
    map.phf_path("phf");
    let mut values = Vec::new();
    for (name, rows) in model.names.iter().zip(&rows) {
        let number = Folded::new(name).mixed();
        if let Some(other) = mixed.insert(number, name) {
            return Err(Error::Mixed(other.clone(), name.clone()));
        }
        let lower = pool.id(name.to_ascii_lowercase());
        let (start, len, list) = (pool.start(lower), name.len(), lists.place(rows));
        map.entry(number, format!("({start}, {len}, {list}, {})", rows.len()));
        values.push([start, len, list, rows.len()]);
    }
    for (column, name) in ["NameStart", "NameLen", "NameRows", "NameCount"].into_iter().enumerate() {
        let kind = int_type(values.iter().filter_map(|value| value.get(column)));
        out.line(format_args!("type {name} = {kind};"));
    }
    out.line(format_args!("name_map!({});", map.build()));
    out.pool("NAME", pool);
    Ok(())
}

/// What the port index says of a transport on a segment: where its list starts, counted from the segment's base,
/// how many assigned rows it has, and its status (0: no row).
type Cell = (usize, usize, usize);

/// The port index. A segment is a run of ports that the same rows cover.
fn ports(out: &mut Output, rows: &[Row], lists: &mut EntryLists) -> Result<(), Error> {
    let mut segments: Vec<(u16, [List; 4])> = Vec::new();
    for (start, lists) in sweep(rows) {
        if segments.last().is_none_or(|(_, last)| *last != lists) {
            segments.push((start, lists));
        }
    }
    // Past the last segment that a row covers, the index ends.
    let words = segments.iter().rfind(|(_, lists)| lists.iter().any(|list| !list.rows.is_empty()));
    let words = match (words, segments.last()) {
        (None, _) => 0,
        (Some((covered, _)), Some(&(last, _))) if last > *covered => usize::from(last).div_ceil(64),
        _ => 1024,
    };
    segments.retain(|&(start, _)| usize::from(start) < words * 64);

    let mut bits = vec![0_u64; words];
    for &(start, _) in &segments {
        if let Some(word) = bits.get_mut(usize::from(start) / 64) {
            *word |= 1 << (start % 64);
        }
    }
    let mut rank = 0;
    out.line(format_args!("pub(crate) static SEGMENT_BITS: [u64; {words}] = {bits:?};"));
    out.ints(
        "SEGMENT_RANK",
        bits.iter().map(|word| {
            rank += word.count_ones() as usize;
            rank - word.count_ones() as usize
        }),
    );

    let mut bases = vec![0];
    let mut shapes: BTreeMap<[Cell; 4], usize> = BTreeMap::new();
    let mut shape_of = vec![0];
    for (start, segment) in &segments {
        let (base, shape) = place(segment, lists);
        if shape.iter().any(|&(offset, count, _)| offset.max(count) > 0xffff) {
            return Err(Error::Port { port: *start });
        }
        let next = shapes.len();
        bases.push(base);
        shape_of.push(*shapes.entry(shape).or_insert(next));
    }
    out.ints("SEGMENT_ROWS", bases);
    out.ints("SEGMENT_SHAPE", shape_of);
    let mut by_number: Vec<_> = shapes.into_iter().map(|(shape, number)| (number, shape)).collect();
    by_number.sort_unstable();
    let cells: Vec<Cell> = by_number.into_iter().flat_map(|(_, shape)| shape).collect();
    out.line(format_args!("pub(crate) static SHAPES: [(u16, u16, u8); {}] = {cells:?};", cells.len()));
    Ok(())
}

/// The rows that speak for a port on one transport: the assigned ones, else the one row that tells its status.
#[derive(Clone, Debug, Default, PartialEq)]
struct List {
    rows: Vec<usize>,
    status: usize,
}

/// The lists of the four transports, for each run of ports between two places where some row starts or ends.
fn sweep(rows: &[Row]) -> Vec<(u16, [List; 4])> {
    let mut borders = BTreeSet::from([0]);
    let mut starting: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        if let Some((start, end)) = row.ports() {
            borders.insert(start);
            borders.extend(end.checked_add(1));
            starting.entry(start).or_default().push(number);
        }
    }
    let mut active: Vec<usize> = Vec::new();
    borders
        .into_iter()
        .map(|border| {
            active.retain(|&number| rows.get(number).and_then(Row::ports).is_some_and(|(_, end)| end >= border));
            active.extend(starting.get(&border).into_iter().flatten());
            active.sort_unstable();
            (border, std::array::from_fn(|transport| list(rows, &active, transport)))
        })
        .collect()
}

/// Assigned rows come before reserved, reserved before unassigned; among the latter two, the narrowest row wins.
fn list(rows: &[Row], active: &[usize], transport: usize) -> List {
    let covering = || {
        active
            .iter()
            .filter_map(|&number| rows.get(number).map(|row| (number, row)))
            .filter(move |(_, row)| row.transport.is_none_or(|of_row| of_row == transport))
    };
    let assigned: Vec<usize> =
        covering().filter(|(_, row)| row.status == Status::Assigned).map(|(number, _)| number).collect();
    if !assigned.is_empty() {
        return List { rows: assigned, status: Status::Assigned as usize };
    }
    let width = |row: &Row| row.ports().map_or(0, |(start, end)| end - start);
    match covering().min_by_key(|(_, row)| (std::cmp::Reverse(row.status), width(row))) {
        Some((number, row)) => List { rows: vec![number], status: row.status as usize },
        None => List::default(),
    }
}

/// Finds the segment's lists in the rows themselves, if they stand close together there, else places them anew.
fn place(segment: &[List; 4], lists: &mut EntryLists) -> (usize, [Cell; 4]) {
    const NEAR: usize = 8;
    let all: BTreeSet<usize> = segment.iter().flat_map(|list| list.rows.iter().copied()).collect();
    let (first, last) = (all.first().copied().unwrap_or(0), all.last().copied().unwrap_or(0));
    let successive = |list: &List| list.rows.windows(2).all(|pair| matches!(pair, [one, next] if one + 1 == *next));
    let in_place = last - first < NEAR && segment.iter().all(successive);
    let (base, order) = if in_place {
        (first, (first..=last).collect())
    } else {
        let mut order: Vec<usize> = Vec::new();
        for list in segment {
            if find(&order, &list.rows).is_none() {
                order.extend(&list.rows);
            }
        }
        (lists.place(&order), order)
    };
    let cells = segment.each_ref().map(|list| {
        let count = if list.status == Status::Assigned as usize { list.rows.len() } else { 0 };
        (find(&order, &list.rows).unwrap_or(0), count, list.status)
    });
    (base, cells)
}

/// Where `part` stands in `whole`.
fn find(whole: &[usize], part: &[usize]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    whole.windows(part.len()).position(|window| window == part)
}

/// Assignees and contacts, as lists of names with a line break between; most rows have the same list for both, and
/// the others stand in a column of their own.
fn persons(out: &mut Output, rows: &[Row]) {
    let mut pool = Pool::default();
    let ids: Vec<(usize, usize)> =
        rows.iter().map(|row| (pool.id(row.assignees.join("\n")), pool.id(row.contacts.join("\n")))).collect();
    out.ints("ROW_ASSIGNEES", ids.iter().map(|&(assignees, _)| assignees));
    let others = ids.iter().map(|&(assignees, contacts)| (contacts != assignees).then_some(contacts));
    out.sparse("ROW_CONTACTS", int_type(ids.iter().map(|(_, contacts)| contacts)), others);
    out.pool("PERSON", pool);
}
