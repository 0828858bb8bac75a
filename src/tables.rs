//! The columns of the registry and their texts, as the build script writes them.
//!
//! Rows are numbered in registry order from 0. A column that most rows fill is an array with a value for each row; one
//! that few rows fill is a list of pairs of row and value, sorted by row. Each kind of text is one string, in which
//! equal texts are stored once, and columns hold the numbers of the texts. Arrays of `&'static str` would be simpler,
//! but they would take four megabytes, two seconds to compile, and 56,000 relocations when the program is loaded;
//! numbers take 0.6 MB and no relocations. Names are read most often, so their column holds spans rather than numbers.
//!
//! Each column and each kind of text is a separate static, so that a program links only those that it reads.

use crate::encoding::{BLOCK, unpack_span};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// A column that most rows fill: a value for each row.
pub(crate) struct Dense<T, const ROWS: usize>([T; ROWS]);

impl<T: Copy, const ROWS: usize> Dense<T, ROWS> {
    #[inline]
    pub(crate) const fn get(&self, row: u16) -> Option<T> {
        get(&self.0, row as usize).copied()
    }
}

/// A column that few rows fill: pairs of row and value, by row.
pub(crate) struct Sparse<T, const FILLED: usize>([(u16, T); FILLED]);

impl<T: Copy, const FILLED: usize> Sparse<T, FILLED> {
    /// A binary search, since `slice::binary_search` is not const.
    pub(crate) const fn get(&self, row: u16) -> Option<T> {
        let mut column: &[(u16, T)] = &self.0;
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
}

/// Concatenated texts, numbered from 1; number 0 is the empty text.
pub(crate) struct Texts<const BLOCKS: usize> {
    text: &'static str,
    blocks: [Block; BLOCKS],
}

/// Where the texts of a block are in their string. At each offset from `start`, one text ends and the next starts.
/// Offsets take two bytes, however long the string is.
struct Block {
    start: u32,
    offsets: [u16; BLOCK + 1],
}

impl<const BLOCKS: usize> Texts<BLOCKS> {
    pub(crate) const fn get(&self, number: u16) -> &'static str {
        let Some(Block { start, offsets }) = get(&self.blocks, number as usize / BLOCK) else { return "" };
        match offsets.split_at_checked(number as usize % BLOCK) {
            Some((_, [from, to, ..])) => {
                slice(self.text, *start as usize + *from as usize, to.wrapping_sub(*from) as usize)
            }
            _ => "",
        }
    }
}

/// The name of a row, or the empty string.
#[inline]
pub(crate) const fn name(row: u16) -> &'static str {
    let Some(span) = NAME.get(row) else { return "" };
    let (start, length) = unpack_span(span);
    slice(NAME_TEXT, start, length as usize)
}

#[inline]
const fn slice(text: &'static str, start: usize, length: usize) -> &'static str {
    match text.split_at_checked(start) {
        Some((_, rest)) => match rest.split_at_checked(length) {
            Some((text, _)) => text,
            None => "",
        },
        None => "",
    }
}

/// `slice::get`, which is not const.
#[inline]
pub(crate) const fn get<T>(slice: &[T], index: usize) -> Option<&T> {
    match slice.split_at_checked(index) {
        Some((_, [value, ..])) => Some(value),
        _ => None,
    }
}
