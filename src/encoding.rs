//! What the generated tables mean, where both sides have to agree: compiled into the library, which reads them, and
//! into the build script, which writes them.
//!
//! Nothing here depends on the width or the byte order of a machine, since the two can run on different ones.

use core::hash::Hasher;

/// The transport protocols by their number, that of `Transport`.
pub(crate) const TRANSPORTS: [&str; 4] = ["tcp", "udp", "sctp", "dccp"];

/// No row covers the port.
pub(crate) const UNCOVERED: u8 = 0;
/// The numbers of the statuses. Where rows overlap, the highest counts.
pub(crate) const UNASSIGNED: u8 = 1;
pub(crate) const RESERVED: u8 = 2;
pub(crate) const ASSIGNED: u8 = 3;

/// One byte of each row: transport in bits 0 to 2, status in bits 3 and 4, then three flags.
#[derive(Clone, Copy)]
pub(crate) struct Flags(pub(crate) u8);

impl Flags {
    const NO_TRANSPORT: u8 = TRANSPORTS.len() as u8;

    pub(crate) fn new(transport: Option<u8>, status: u8, has_port: bool, is_historic: bool, is_range: bool) -> Self {
        let transport = transport.unwrap_or(Self::NO_TRANSPORT);
        let flags = ((has_port as u8) << 5) + ((is_historic as u8) << 6) + ((is_range as u8) << 7);
        Flags(transport + (status << 3) + flags)
    }

    /// The number of the transport; one past the last where the row applies to all.
    pub(crate) const fn transport(self) -> usize {
        (self.0 & 7) as usize
    }

    pub(crate) const fn status(self) -> u8 {
        self.0 >> 3 & 3
    }

    pub(crate) const fn has_port(self) -> bool {
        self.0 & 1 << 5 != 0
    }

    pub(crate) const fn is_historic(self) -> bool {
        self.0 & 1 << 6 != 0
    }

    pub(crate) const fn is_range(self) -> bool {
        self.0 & 1 << 7 != 0
    }
}

/// Packs the place of a slice into four bytes: where it starts, in the lower 24 bits, and its length. Names lie so in
/// their text, and the rows of a name in the lists.
pub(crate) const fn pack_span(start: u32, length: u8) -> u32 {
    assert!(start >> 24 == 0);
    start + ((length as u32) << 24)
}

/// Start and length.
#[inline]
pub(crate) const fn unpack_span(span: u32) -> (usize, u8) {
    ((span & 0xff_ffff) as usize, (span >> 24) as u8)
}

/// A text pool holds this many texts in a block.
pub(crate) const BLOCK: usize = 16;

/// Between the texts of a list that is stored as one text. XML's white space is folded, so no text contains it.
pub(crate) const LIST_SEPARATOR: char = '\n';

/// The first character of an encoded reference is its kind. Then comes what it points to and, after
/// [`REFERENCE_SEPARATOR`], what IANA prints besides.
pub(crate) const RFC: char = 'R';
pub(crate) const BCP: char = 'B';
pub(crate) const STD: char = 'S';
pub(crate) const DRAFT: char = 'D';
pub(crate) const URI: char = 'U';
pub(crate) const NOTE: char = 'N';
pub(crate) const TEXT: char = 'T';
pub(crate) const REFERENCE_SEPARATOR: char = '\t';

/// The ports of a page of the port index.
pub(crate) const PAGE: usize = 16;

/// The number of rows in a list.
pub(crate) type Count = u8;

/// Dates are counted from this year.
pub(crate) const FIRST_YEAR: u16 = 1970;

/// A date in two bytes, if there is such a day from 1970 to 2097: seven bits of years since [`FIRST_YEAR`], four of
/// month and five of day, which is 0 where only the month is given.
pub(crate) const fn pack_date(year: u16, month: u8, day: Option<u8>) -> Option<u16> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let day = match day {
        None => 0,
        Some(day) if 0 < day && day <= days => day,
        Some(_) => return None,
    };
    match year {
        FIRST_YEAR..=2097 => Some(((year - FIRST_YEAR) << 9) + ((month as u16) << 5) + day as u16),
        _ => None,
    }
}

/// Reads `YYYY-MM-DD` or `YYYY-MM`.
pub(crate) fn parse_date(text: &str) -> Option<u16> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = match rest.split_once('-') {
        Some((month, day)) => (month, Some(digits(day, 2)? as u8)),
        None => (rest, None),
    };
    pack_date(digits(year, 4)?, digits(month, 2)? as u8, day)
}

fn digits(text: &str, width: usize) -> Option<u16> {
    let plain = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// The 56-bit number that the name map hashes in place of a service name; ASCII case does not change it.
///
/// It is mixed from the product of the first and the last of the name's [`words`]. Names of more than 16 bytes, of which
/// there are few, are mixed in word by word first. The constants are arbitrary odd and even bit patterns without
/// structure; the build fails if two names of the registry get the same number.
#[inline]
pub(crate) fn hash_name(name: &[u8]) -> u64 {
    // Setting bit 5 lower-cases ASCII letters. It also merges a few other bytes (`_` and DEL); harmless, because the
    // candidate is compared in full.
    const LOWER_CASE: u64 = 0x2020_2020_2020_2020;
    let (head, tail) = words(name);
    let left = (head | LOWER_CASE) ^ 0x8bb8_4b93_962e_acc9;
    let mut right = (tail | LOWER_CASE) ^ 0x4b33_a62e_d433_d4a3;
    if name.len() > 16 {
        for word in name.as_chunks().0 {
            right = mix(right ^ (u64::from_le_bytes(*word) | LOWER_CASE), 0x2d35_8dcc_aa6c_78a5);
        }
    }
    // Names that differ in length can have the same words, such as `gf` and `gff`.
    mix(left, right.rotate_left(name.len() as u32)) >> 8
}

/// Writes the number of [`hash_name`] to phf's hasher, which takes up to seven bytes in one round.
#[inline]
pub(crate) fn write_hash(hash: u64, state: &mut impl Hasher) {
    state.write_u32(hash as u32);
    state.write_u16((hash >> 32) as u16);
    state.write_u8((hash >> 48) as u8);
}

#[inline]
fn mix(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    product as u64 ^ (product >> 64) as u64
}

/// The first and the last eight bytes, which overlap in a name of less than 16; of a name of less than eight bytes,
/// the first and last four, or two.
#[inline]
pub(crate) fn words(name: &[u8]) -> (u64, u64) {
    if let (Some(&head), Some(&tail)) = (name.first_chunk(), name.last_chunk()) {
        (u64::from_le_bytes(head), u64::from_le_bytes(tail))
    } else if let (Some(&head), Some(&tail)) = (name.first_chunk(), name.last_chunk()) {
        (u32::from_le_bytes(head).into(), u32::from_le_bytes(tail).into())
    } else if let (Some(&head), Some(&tail)) = (name.first_chunk(), name.last_chunk()) {
        (u16::from_le_bytes(head).into(), u16::from_le_bytes(tail).into())
    } else {
        (name.first().copied().unwrap_or(0).into(), 0)
    }
}
