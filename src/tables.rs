//! The columns of the registry and their texts, as the build script writes them.
//!
//! Rows are numbered in registry order from 0. A column that most rows fill is an array with a place for each row; one
//! that few rows fill is a list of pairs of row and value, sorted by row. Equal texts are stored once, end to end in
//! one string for each kind of text, and a column holds their numbers. A table of `&'static str` would be simpler and
//! cost four megabytes, two seconds of the compiler's time, and 56,000 addresses for the loader to relocate at
//! start-up; the numbers cost 0.6 MB and no relocation. Names, which are asked for most, have their place in the column
//! itself.
//!
//! Each column, and each kind of text, is a static of its own, so that a program links only those that it reads.

use crate::encoding::{BLOCK, unpack_span};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// Where the texts of a block lie in their string: one starts and the one before ends at each offset from `start`.
/// Offsets have two bytes, however long the string.
pub(crate) struct Block {
    start: u32,
    offsets: [u16; BLOCK + 1],
}

/// Where the name of a row starts, and its length, which is 0 for none.
#[inline]
pub(crate) const fn name_span(row: u16) -> (usize, u8) {
    match full(&NAME, row as usize) {
        Some(&span) => unpack_span(span),
        None => (0, 0),
    }
}

/// The name of a row, empty for none.
#[inline]
pub(crate) const fn name(row: u16) -> &'static str {
    let (start, length) = name_span(row);
    slice(NAME_TEXT, start, length as usize)
}

/// The text with this number, the empty one for 0.
pub(crate) const fn text(texts: &'static str, blocks: &[Block], number: u16) -> &'static str {
    let Some(Block { start, offsets }) = full(blocks, number as usize / BLOCK) else { return "" };
    match offsets.split_at_checked(number as usize % BLOCK) {
        Some((_, [from, to, ..])) => slice(texts, *start as usize + *from as usize, to.wrapping_sub(*from) as usize),
        _ => "",
    }
}

#[inline]
const fn slice(texts: &'static str, start: usize, length: usize) -> &'static str {
    match texts.split_at_checked(start) {
        Some((_, rest)) => match rest.split_at_checked(length) {
            Some((text, _)) => text,
            None => "",
        },
        None => "",
    }
}

/// The value at a place of a full column; `slice::get` is not const.
#[inline]
pub(crate) const fn full<T>(column: &[T], place: usize) -> Option<&T> {
    match column.split_at_checked(place) {
        Some((_, [value, ..])) => Some(value),
        _ => None,
    }
}

/// The value of a row in a sparse column; `slice::binary_search` is not const.
pub(crate) const fn sparse<T: Copy>(mut column: &[(u16, T)], row: u16) -> Option<T> {
    while let Some((before, [(middle, value), after @ ..])) = column.split_at_checked(column.len() / 2) {
        if *middle < row {
            column = after;
        } else if row < *middle {
            column = before;
        } else {
            return Some(*value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sparse_column_gives_its_values_and_no_others() {
        let column: [(u16, u16); 9] = core::array::from_fn(|place| (place as u16 * 3 + 1, place as u16));
        for length in 0..=column.len() {
            for row in 0..40 {
                let expected = column[..length].iter().find(|(filled, _)| *filled == row).map(|&(_, value)| value);
                assert_eq!(sparse(&column[..length], row), expected, "{row} of {length}");
            }
        }
    }

    #[test]
    fn texts_lie_between_offsets_of_their_block() {
        const BLOCKS: [Block; 2] = [
            Block { start: 0, offsets: [0, 0, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3] },
            Block { start: 3, offsets: [0, 2, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4] },
        ];
        let texts = [0, 1, 2, 15, 16, 17, 31, 32, u16::MAX].map(|number| text("abc\u{e9}de", &BLOCKS, number));
        assert_eq!(texts, ["", "a", "bc", "", "\u{e9}", "de", "", "", ""]);
    }
}
