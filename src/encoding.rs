//! The format of the generated tables, shared by the build script, which writes them, and the library, which reads
//! them.
//!
//! The two can run on different machines, so nothing here depends on word size or byte order.

use core::hash::Hasher;

/// A transport protocol whose port numbers IANA assigns.
///
/// The four share one registry, but each has its own port number space
/// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)). UDP-Lite uses the ports of UDP
/// ([RFC 3828 §3.1](https://www.rfc-editor.org/rfc/rfc3828#section-3.1)), so `udp-lite` and `udplite` parse as
/// [`Udp`](Transport::Udp). Names parse in any ASCII case.
///
/// Transports are ordered as in [`ALL`](Transport::ALL), and `transport as usize` is the index in it, 0 to 3, not the
/// [IP protocol number](Transport::ip_protocol).
///
/// ```
/// use iana_ports::Transport;
///
/// assert_eq!("UDP".parse(), Ok(Transport::Udp));
/// assert_eq!("udp-lite".parse(), Ok(Transport::Udp));
/// assert_eq!(Transport::Udp.to_string(), "udp");
/// assert_eq!(Transport::from_ip_protocol(17), Some(Transport::Udp));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Transmission Control Protocol ([RFC 9293](https://www.rfc-editor.org/rfc/rfc9293)).
    Tcp = 0,
    /// User Datagram Protocol ([RFC 768](https://www.rfc-editor.org/rfc/rfc768)), and UDP-Lite.
    Udp = 1,
    /// Stream Control Transmission Protocol ([RFC 9260](https://www.rfc-editor.org/rfc/rfc9260)).
    Sctp = 2,
    /// Datagram Congestion Control Protocol ([RFC 4340](https://www.rfc-editor.org/rfc/rfc4340)).
    Dccp = 3,
}

impl Transport {
    /// Every transport, in order.
    ///
    /// ```
    /// use iana_ports::Transport;
    ///
    /// assert_eq!(Transport::ALL.map(Transport::as_str), ["tcp", "udp", "sctp", "dccp"]);
    /// ```
    pub const ALL: [Transport; 4] = [Transport::Tcp, Transport::Udp, Transport::Sctp, Transport::Dccp];

    /// The name in IANA's column Transport Protocol, which is in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Transport::Tcp => "tcp",
            Transport::Udp => "udp",
            Transport::Sctp => "sctp",
            Transport::Dccp => "dccp",
        }
    }
}

/// The status that a row of the registry gives its ports
/// ([RFC 6335 §6](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
///
/// Several rows can apply to one port; together, they give it a [`PortStatus`](crate::PortStatus).
///
/// ```
/// use iana_ports::{EntryStatus, lookup_name};
///
/// for entry in lookup_name("https") {
///     assert_eq!(entry.status(), EntryStatus::Assigned);
/// }
/// assert_eq!(EntryStatus::Unassigned.to_string(), "Unassigned");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryStatus {
    /// Registered for a service or, in a few old rows without a name, for a private use such as "any private mail
    /// system".
    ///
    /// Every row with a service name is `Assigned`, even if its description says otherwise: that of `sua` on 14001/udp
    /// is `De-Registered`. So is a row without a name whose description gives no status that this crate knows.
    Assigned,
    /// Not available for assignment: reserved by IANA, or withdrawn from a service
    /// ([RFC 6335 §8.2](https://www.rfc-editor.org/rfc/rfc6335#section-8.2)).
    Reserved,
    /// Available for assignment on request.
    Unassigned,
}

impl EntryStatus {
    /// Every status.
    pub const ALL: [EntryStatus; 3] = [EntryStatus::Assigned, EntryStatus::Reserved, EntryStatus::Unassigned];

    /// The name of the status in RFC 6335: `Assigned`, `Reserved` or `Unassigned`.
    pub const fn as_str(self) -> &'static str {
        match self {
            EntryStatus::Assigned => "Assigned",
            EntryStatus::Reserved => "Reserved",
            EntryStatus::Unassigned => "Unassigned",
        }
    }
}

/// One byte for each row: the transport in bits 0 to 2, the status in bits 3 and 4, then three flags.
#[derive(Clone, Copy)]
pub(crate) struct Flags(pub(crate) u8);

impl Flags {
    const EVERY_TRANSPORT: u8 = Transport::ALL.len() as u8;

    pub(crate) fn new(
        transport: Option<Transport>,
        status: EntryStatus,
        has_port: bool,
        is_historic: bool,
        is_range: bool,
    ) -> Self {
        let transport = transport.map_or(Self::EVERY_TRANSPORT, |transport| transport as u8);
        let flags = ((has_port as u8) << 5) + ((is_historic as u8) << 6) + ((is_range as u8) << 7);
        Flags(transport + ((status as u8) << 3) + flags)
    }

    /// `None` if the row applies to every transport.
    pub(crate) const fn transport(self) -> Option<Transport> {
        match self.0 & 7 {
            0 => Some(Transport::Tcp),
            1 => Some(Transport::Udp),
            2 => Some(Transport::Sctp),
            3 => Some(Transport::Dccp),
            _ => None,
        }
    }

    pub(crate) const fn status(self) -> EntryStatus {
        match self.0 >> 3 & 3 {
            2 => EntryStatus::Unassigned,
            1 => EntryStatus::Reserved,
            _ => EntryStatus::Assigned,
        }
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

/// Packs a span into four bytes: its start in the lower 24 bits, its length in the upper 8. Spans locate names in their
/// text, and the rows of a name in the lists.
pub(crate) const fn pack_span(start: u32, length: u8) -> u32 {
    assert!(start >> 24 == 0);
    start + ((length as u32) << 24)
}

/// The start and the length of a span.
#[inline]
pub(crate) const fn unpack_span(span: u32) -> (usize, u8) {
    ((span & 0xff_ffff) as usize, (span >> 24) as u8)
}

/// The number of texts in a block of a text pool.
pub(crate) const BLOCK: usize = 16;

/// Separates the texts of a list that is stored as one text. Whitespace is folded, so no text contains it.
pub(crate) const LIST_SEPARATOR: char = '\n';

/// An encoded reference begins with one character for its kind. Its target follows and, after [`REFERENCE_SEPARATOR`],
/// any other text that IANA prints.
pub(crate) const RFC: char = 'R';
pub(crate) const BCP: char = 'B';
pub(crate) const STD: char = 'S';
pub(crate) const DRAFT: char = 'D';
pub(crate) const URI: char = 'U';
pub(crate) const NOTE: char = 'N';
pub(crate) const TEXT: char = 'T';
pub(crate) const REFERENCE_SEPARATOR: char = '\t';

/// The number of ports in a page of the two-stage table.
pub(crate) const PAGE: usize = 16;

/// The number of rows in a list.
pub(crate) type Count = u8;

/// The first year that a packed date can hold.
pub(crate) const FIRST_YEAR: u16 = 1970;

/// Packs a date into two bytes: seven bits for the years since [`FIRST_YEAR`], four for the month and five for the day,
/// 0 if only the month is given. `None` if there is no such date from 1970 to 2097.
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

/// A 56-bit hash of a service name, which the name map hashes again instead of the name. It ignores ASCII case.
///
/// It is mixed from the first and the last of the name's [`words`]. A name of more than 16 bytes, which only older
/// releases have, is also mixed in word by word. The constants are wyhash's, but any bit patterns without structure
/// would do, since the build fails if two names of the registry have the same hash.
#[inline]
pub(crate) fn hash_name(name: &[u8]) -> u64 {
    // Setting bit 5 lower-cases ASCII letters. It also merges a few other bytes, such as `_` and DEL, which does no
    // harm because the candidate is compared in full.
    const LOWER_CASE: u64 = 0x2020_2020_2020_2020;
    let (head, tail) = words(name);
    let left = (head | LOWER_CASE) ^ 0x8bb8_4b93_962e_acc9;
    let mut right = (tail | LOWER_CASE) ^ 0x4b33_a62e_d433_d4a3;
    if name.len() > 16 {
        for word in name.as_chunks().0 {
            right = mix(right ^ (u64::from_le_bytes(*word) | LOWER_CASE), 0x2d35_8dcc_aa6c_78a5);
        }
    }
    // Names of different lengths can have the same words, such as `gf` and `gff`.
    mix(left, right.rotate_left(name.len() as u32)) >> 8
}

/// Writes a hash from [`hash_name`] to phf's hasher, which takes up to seven bytes in one round.
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

/// The first and the last eight bytes of a name, which overlap if it has fewer than 16; if it has fewer than eight, the
/// first and the last four, or two.
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
