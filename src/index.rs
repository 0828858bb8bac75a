//! How a port and a name are found.
//!
//! # Lists
//!
//! Every answer is a slice of [`LISTS`], which holds all rows in registry order and, after them, the few lists of rows
//! that do not follow one another there:
//!
//! ```text
//! LISTS   0 1 2 3 4 5 6 7 8 9 ... 14499 | 17 21  80 83  ... | 0 0 0 ... 0
//!             └─ a port: rows 3, 4        └─ a name: rows 17, 21
//! ```
//!
//! # Ports
//!
//! A perfect hash for integers in its plainest form: a table of pages. The upper twelve bits of a port number select a
//! page: where its 16 cells are, and where in the lists its rows begin; the lower four bits select the cell. A
//! cell is where in that list the port's rows begin, and a shape; the shape says for each transport how many of these
//! rows to skip, how many to take, and the status:
//!
//! ```text
//! port 80/udp = 0x0050     for instance pages[5] = (cells at 48, base 142)
//!                                      cells[48 + 0] = (8, 5)
//!                                      shapes[5][udp] = (3, 3), Assigned
//! rows        = LISTS[142 + 8 + 3..][..3]
//! ```
//!
//! Equal pages are stored once, and since cells count from their page's base, most free pages are equal. It takes
//! 22 instructions on average, about twice as long as one access to an array of 65,536 places for each transport. A
//! `phf::Map` from port and transport takes several times as long, and cannot hold ranges.
//!
//! # Names
//!
//! A `phf::Map` made by phf_codegen, from where a name lies in the text of all names to the list of its rows, four bytes
//! each. It hashes the number that [`hash_name`] makes of the name, and compares the candidate in full. A bit set in front
//! of the map turns away nine of ten names that are not registered, before they cost a SipHash.
//!
//! # What was tried
//!
//! - SipHash, inside phf, is half of a name look-up: 118 of 235 instructions. phf's feature `ptrhash` would save 41 of
//!   them, but it changes the layout of every phf map in a user's build and breaks those that other crates generated.
//! - There is no batch interface: successive calls overlap in the processor already.
//! - Columns stored as bytes compile more slowly than arrays of numbers.

#[allow(unused_imports, reason = "a registry can lack a status")]
use crate::EntryStatus::{self, Assigned, Reserved, Unassigned};
use crate::Transport;
use crate::encoding::{Count, PAGE, hash_name, unpack_span, words, write_hash};
use crate::entry::Entry;
use crate::tables::{NAME_TEXT, ROWS, get};

include!(concat!(env!("OUT_DIR"), "/index.rs"));

/// The length of [`LISTS`] without its padding.
const PLACES: usize = ROWS + EXTRA_ROWS.len();

/// All lists, followed by [`Count::MAX`] padding entries: `start <= PLACES` alone proves that `start + count` is in
/// bounds.
#[cfg_attr(not(test), expect(clippy::indexing_slicing, reason = "evaluated by the compiler"))]
#[allow(long_running_const_eval, reason = "ranges within ranges can make millions of places")]
static LISTS: [Entry; PLACES + Count::MAX as usize] = {
    let mut lists = [Entry(0); PLACES + Count::MAX as usize];
    let mut place = 0;
    while place < PLACES {
        lists[place] = Entry(if place < ROWS { place as u16 } else { EXTRA_ROWS[place - ROWS] });
        place += 1;
    }
    lists
};

/// `count` entries of [`LISTS`] from `start`.
#[inline]
pub(crate) const fn list(start: usize, count: Count) -> &'static [Entry] {
    let start = if start < PLACES { start } else { PLACES };
    match LISTS.split_at_checked(start) {
        Some((_, rest)) => match rest.split_at_checked(count as usize) {
            Some((list, _)) => list,
            None => &[],
        },
        None => &[],
    }
}

/// All rows, in registry order.
pub(crate) const fn all_rows() -> &'static [Entry] {
    match LISTS.split_at_checked(ROWS) {
        Some((rows, _)) => rows,
        None => &[],
    }
}

/// The index of the ports, as drawn above. All of it is one static, whose address is loaded once.
struct PortIndex<const PAGES: usize, const CELLS: usize, const SHAPES: usize> {
    /// Where the cells of a page start, and the base of its lists.
    pages: [(u16, Start); PAGES],
    /// Where the lists of a port start, counted from its page's base, and its shape.
    cells: [(Offset, Shape); CELLS],
    /// Where the list of each transport starts, counted from those of its port, and how many assigned rows it has.
    lists: [[(Offset, Count); Transport::ALL.len()]; SHAPES],
    /// The status on each transport; `None` if no row covers the port.
    statuses: [[Option<EntryStatus>; Transport::ALL.len()]; SHAPES],
}

/// The rows for a port on a transport.
pub(crate) struct PortRows {
    pub(crate) start: usize,
    pub(crate) count: Count,
    /// `None` if no row covers the port.
    pub(crate) status: Option<EntryStatus>,
}

impl PortRows {
    /// The assigned rows.
    #[inline]
    pub(crate) const fn assigned(&self) -> &'static [Entry] {
        list(self.start, self.count)
    }

    /// The first assigned row; if there is none, the row that reserves the port or calls it Unassigned. Not for a port
    /// that no row covers.
    #[inline]
    pub(crate) const fn first(&self) -> Option<Entry> {
        // Most lists are rows in registry order; their first row is their start, and need not be read.
        if self.start < ROWS { Some(Entry(self.start as u16)) } else { get(&LISTS, self.start).copied() }
    }
}

/// Finds a port on a transport; `None` past the last page, where no row covers any port.
#[inline]
pub(crate) const fn rows_by_port(port: u16, transport: Transport) -> Option<PortRows> {
    let index = &PORT_INDEX;
    let Some(&(cells, base)) = get(&index.pages, port as usize / PAGE) else { return None };
    let Some(&(offset, shape)) = get(&index.cells, cells as usize + port as usize % PAGE) else { return None };
    // The number of shapes is a power of two, so that the remainder is a mask, and the shape itself.
    let shape = shape as usize % index.lists.len();
    let (Some(lists), Some(statuses)) = (get(&index.lists, shape), get(&index.statuses, shape)) else { return None };
    match (get(lists, transport as usize), get(statuses, transport as usize)) {
        (Some(&(skipped, count)), Some(&status)) => {
            Some(PortRows { start: base as usize + offset as usize + skipped as usize, count, status })
        }
        _ => None,
    }
}

/// A key of the name map: where the name lies in [`NAME_TEXT`], packed by `pack_span`.
struct Name(u32);

/// A value of the name map: where the rows of the name lie in [`LISTS`], packed by `pack_span`.
struct Rows(u32);

/// The key of a look-up and its hash. phf requires `Eq` and never calls it.
#[derive(PartialEq, Eq)]
struct Query<'a> {
    name: &'a [u8],
    hash: u64,
}

impl phf::PhfHash for Query<'_> {
    #[inline]
    fn phf_hash<H: core::hash::Hasher>(&self, state: &mut H) {
        write_hash(self.hash, state);
    }
}

impl phf::PhfEq<Query<'_>> for Name {
    #[inline]
    fn phf_eq(&self, query: &Query<'_>) -> bool {
        let (start, length) = unpack_span(self.0);
        // Sliced as bytes, which needs no check of character boundaries.
        let name = NAME_TEXT.as_bytes().get(start..start + usize::from(length));
        name.is_some_and(|name| equals_ignoring_case(query.name, name))
    }
}

/// Whether two names are equal, ignoring ASCII case.
#[inline]
fn equals_ignoring_case(name: &[u8], other: &[u8]) -> bool {
    if name.len() != other.len() {
        return false;
    }
    let (head, tail) = words(name);
    let (other_head, other_tail) = words(other);
    // Most names are looked up in the registry's spelling. The two words cover a name of up to 16 bytes.
    ((head, tail) == (other_head, other_tail)
        || words_equal_ignoring_case(head, other_head) && words_equal_ignoring_case(tail, other_tail))
        && (name.len() <= 16 || name.eq_ignore_ascii_case(other))
}

/// Whether two words of eight bytes are equal, ignoring ASCII case: they may differ only in bit 5, and only in letters.
#[inline]
fn words_equal_ignoring_case(word: u64, other: u64) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let small = other | (0x20 * EACH);
    let low = small & (0x7f * EACH);
    let from_a = low + (0x80 - b'a' as u64) * EACH;
    let past_z = low + (0x7f - b'z' as u64) * EACH;
    let letters = from_a & !past_z & !small & (0x80 * EACH);
    (word ^ other) & !(letters >> 2) == 0
}

/// Whether a name with this hash can be in the map.
#[inline]
fn passes_filter(hash: u64) -> bool {
    let bit = hash as usize % (NAME_FILTER.len() * 64);
    get(&NAME_FILTER, bit / 64).is_some_and(|word| word >> (bit % 64) & 1 != 0)
}

/// The rows with this name, ignoring ASCII case.
#[inline]
pub(crate) fn rows_by_name(name: &str) -> &'static [Entry] {
    let name = name.as_bytes();
    if name.len() > NAME_MAX_LEN {
        return &[];
    }
    let hash = hash_name(name);
    if !passes_filter(hash) {
        return &[];
    }
    match NAME_MAP.get(&Query { name, hash }) {
        Some(&Rows(span)) => {
            let (start, count) = unpack_span(span);
            list(start, count)
        }
        None => &[],
    }
}

/// phf lays its maps out in another way when any crate of the build turns on its feature `ptrhash`, and phf_codegen
/// follows its own feature of that name.
const _: () = assert!(
    PTRHASH == (size_of::<phf::Map<(), ()>>() == size_of::<(u64, [&[()]; 3])>()),
    "a crate of this build turns on the feature `ptrhash` of phf or of phf_codegen, but not of both: \
     add phf = {{ version = \"0.14\", features = [\"ptrhash\"] }} to your [dependencies], and \
     add phf_codegen = {{ version = \"0.14\", features = [\"ptrhash\"] }} to your [build-dependencies]"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::pack_span;
    use std::string::String;
    use std::vec::Vec;

    #[test]
    fn only_the_case_of_ascii_letters_is_ignored() {
        for (byte, other) in (0..=u8::MAX).flat_map(|byte| (0..=u8::MAX).map(move |other| (byte, other))) {
            for place in 0..8 {
                let mut bytes = *b"@Z[`z{\x7f\xff";
                let mut others = bytes;
                (bytes[place], others[place]) = (byte, other);
                let expected = byte.eq_ignore_ascii_case(&other);
                assert_eq!(
                    words_equal_ignoring_case(u64::from_le_bytes(bytes), u64::from_le_bytes(others)),
                    expected,
                    "{byte} {other}"
                );
            }
        }
    }

    /// Every byte at every place of a name of every length: equal in either case, and to nothing else.
    #[test]
    fn names_are_equal_in_any_case() {
        for length in 0..=40 {
            let name: Vec<u8> = "ab-cd_9".bytes().cycle().take(length).collect();
            assert!(equals_ignoring_case(&name, &name) && equals_ignoring_case(&name.to_ascii_uppercase(), &name));
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut other = name.clone();
                    other[place] = byte;
                    assert_eq!(
                        equals_ignoring_case(&other, &name),
                        byte.eq_ignore_ascii_case(&name[place]),
                        "{other:?}"
                    );
                }
            }
        }
    }

    /// Bit 5, which holds the case of a letter, is the only one that the hash ignores.
    #[test]
    fn every_byte_changes_the_hash() {
        for length in 0..=40 {
            let name: Vec<u8> = "ab-cd_9".bytes().cycle().take(length).collect();
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut other = name.clone();
                    other[place] = byte;
                    assert_eq!(hash_name(&other) == hash_name(&name), byte | 0x20 == name[place] | 0x20, "{other:?}");
                }
            }
        }
    }

    #[test]
    fn a_span_starts_past_two_bytes() {
        assert_eq!(unpack_span(pack_span(0x82_fffe, 255)), (0x82_fffe, 255));
        assert_eq!(unpack_span(pack_span(0, 1)), (0, 1));
    }

    #[test]
    fn all_of_the_hash_is_written() {
        struct Written(Vec<u8>);
        impl core::hash::Hasher for Written {
            fn write(&mut self, bytes: &[u8]) {
                self.0.extend(bytes);
            }

            fn finish(&self) -> u64 {
                0
            }
        }
        let mut written = Written(Vec::new());
        write_hash(0x77_6655_4433_2211, &mut written);
        written.0.sort_unstable();
        assert_eq!(written.0, [0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77]);
    }

    #[test]
    fn filter_rejects_most_unregistered_names() {
        let passed =
            (0..10_000).filter(|number| passes_filter(hash_name(std::format!("{number}-no-name").as_bytes()))).count();
        assert!((1..2_000).contains(&passed), "{passed}");
        let mut names = crate::entries().iter().filter_map(|entry| entry.service_name());
        assert!(names.all(|name| passes_filter(hash_name(name.as_bytes()))));
    }

    #[test]
    fn registered_names_have_distinct_hashes() {
        let names: std::collections::BTreeSet<String> =
            crate::entries().iter().filter_map(|entry| entry.service_name()).map(str::to_ascii_lowercase).collect();
        let numbers: std::collections::BTreeSet<u64> = names.iter().map(|name| hash_name(name.as_bytes())).collect();
        assert_eq!(numbers.len(), names.len());
        assert!(numbers.iter().all(|number| number >> 56 == 0));
        // Each bit is set in about half of them, so that any will do for the filter.
        for bit in 0..56 {
            let set = numbers.iter().filter(|&number| number >> bit & 1 == 1).count();
            assert!((45..=55).contains(&(100 * set / numbers.len())), "bit {bit} in {set} of {}", numbers.len());
        }
    }
}
