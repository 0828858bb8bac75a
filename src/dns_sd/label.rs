//! The labels of a DNS name, its domain, and their escapes in text: `\` and a non-digit stand for that character, and
//! `\DDD` (000 to 255) for the octet with that decimal value ([RFC 1035
//! §5.1](https://www.rfc-editor.org/rfc/rfc1035#section-5.1), [RFC 6763
//! §4.3](https://www.rfc-editor.org/rfc/rfc6763#section-4.3)).

use super::error::ErrorKind;
use crate::text::{Excerpt, is_printable};
use crate::{ServiceName, Transport};
use core::cmp::Ordering;
use core::fmt::{self, Write};
use core::hash::{Hash, Hasher};

/// A label of 1 to 63 octets by value, without escapes. Equality, order and hash ignore ASCII case, as DNS does.
#[derive(Clone, Copy)]
pub(crate) struct Label {
    len: u8,
    // Zeros follow the label.
    octets: [u8; Label::MAX_LEN],
}

impl Label {
    pub(crate) const MAX_LEN: usize = 63;

    /// `None` unless there are 1 to 63 octets.
    pub(crate) fn new(octets: &[u8]) -> Option<Self> {
        let mut label = Label { len: octets.len() as u8, octets: [0; Label::MAX_LEN] };
        label.octets.get_mut(..octets.len())?.copy_from_slice(octets);
        (!octets.is_empty()).then_some(label)
    }

    /// The label of a service: an underscore and its name.
    pub(crate) fn with_underscore(name: &ServiceName) -> Self {
        let mut label = Label { len: 1 + name.len.get(), octets: [0; Label::MAX_LEN] };
        let octets = b"_".iter().chain(&name.text);
        label.octets.iter_mut().zip(octets).for_each(|(place, octet)| *place = *octet);
        label
    }

    /// Parses a label as it is written in `name`, which the error for an empty one quotes.
    pub(crate) fn parse(text: &str, name: &str) -> Result<Self, ErrorKind> {
        let bad_escape = || ErrorKind::Escape(Excerpt::new(text));
        let mut label = Label { len: 0, octets: [0; Label::MAX_LEN] };
        let mut length = 0;
        let mut rest = text.as_bytes();
        loop {
            let (octet, later) = match *rest {
                [] => break,
                [b'\\', a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', ref later @ ..] => {
                    let value = [a, b, c].iter().fold(0, |value, digit| 10 * value + u16::from(digit - b'0'));
                    (u8::try_from(value).map_err(|_| bad_escape())?, later)
                }
                [b'\\', b'0'..=b'9', ..] | [b'\\'] => return Err(bad_escape()),
                [b'\\', octet, ref later @ ..] | [octet, ref later @ ..] => (octet, later),
            };
            if let Some(place) = label.octets.get_mut(length) {
                *place = octet;
            }
            length += 1;
            rest = later;
        }
        match length {
            1..=Label::MAX_LEN => Ok(Label { len: length as u8, ..label }),
            0 => Err(ErrorKind::EmptyLabel(Excerpt::new(name))),
            _ => Err(ErrorKind::LongLabel(Excerpt::new(text), length)),
        }
    }

    pub(crate) const fn octets(&self) -> &[u8] {
        match self.octets.split_at_checked(self.len as usize) {
            Some((octets, _)) => octets,
            None => &[],
        }
    }

    /// Octets in a DNS message, including the length octet.
    pub(crate) const fn wire_len(&self) -> usize {
        self.len as usize + 1
    }

    /// The label as text, if it is UTF-8.
    pub(crate) const fn as_str(&self) -> Option<&str> {
        match str::from_utf8(self.octets()) {
            Ok(text) => Some(text),
            Err(_) => None,
        }
    }

    /// The text after an underscore.
    pub(crate) fn after_underscore(&self) -> Option<&str> {
        self.as_str()?.strip_prefix('_')
    }

    /// Whether the label is an underscore and a [`ServiceName`].
    pub(crate) fn is_service(&self) -> bool {
        matches!(self.octets(), [b'_', name @ ..] if ServiceName::check(name).is_some())
    }

    /// The transport in a label such as `_tcp`.
    pub(crate) fn transport(&self) -> Option<Transport> {
        Transport::from_name(self.after_underscore()?)
    }

    fn lower_case(&self) -> impl Iterator<Item = u8> {
        self.octets().iter().map(u8::to_ascii_lowercase)
    }
}

impl PartialEq for Label {
    fn eq(&self, other: &Self) -> bool {
        self.octets() == other.octets() || self.octets().eq_ignore_ascii_case(other.octets())
    }
}

impl Eq for Label {}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        self.lower_case().cmp(other.lower_case())
    }
}

impl Hash for Label {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_octets(self.octets(), state);
    }
}

fn hash_octets(octets: &[u8], state: &mut impl Hasher) {
    state.write_u8(octets.len() as u8);
    for octets in octets.chunks(8) {
        // Bit 5 is the case of a letter. A few other octets that differ in it have the same hash, which does no harm.
        state.write_u64(octets.iter().fold(0, |word, octet| word << 8 | u64::from(octet | 0x20)));
    }
}

impl fmt::Display for Label {
    /// As it is written in a name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.octets().utf8_chunks() {
            for character in chunk.valid().chars() {
                match character {
                    '.' | '\\' => write!(f, "\\{character}")?,
                    // A space and unprintable characters.
                    _ if character == ' ' || !(character.is_ascii_graphic() || is_printable(character)) => {
                        escape(f, character.encode_utf8(&mut [0; 4]).as_bytes())?;
                    }
                    _ => f.write_char(character)?,
                }
            }
            escape(f, chunk.invalid())?;
        }
        Ok(())
    }
}

fn escape(f: &mut fmt::Formatter<'_>, octets: &[u8]) -> fmt::Result {
    octets.iter().try_for_each(|octet| write!(f, "\\{octet:03}"))
}

/// A pattern that matches the dots between the labels of a name, and not those that are escaped.
pub(crate) fn unescaped_dot() -> impl FnMut(char) -> bool {
    let mut escaped = false;
    move |character| {
        let ends_label = character == '.' && !escaped;
        escaped = character == '\\' && !escaped;
        ends_label
    }
}

/// A domain as it is written in a name; its labels are valid.
#[derive(Clone, Copy)]
pub(crate) struct Domain<'a>(pub(crate) &'a str);

impl<'a> Domain<'a> {
    /// The labels; `None` after a dot at the end.
    pub(crate) fn labels(self) -> impl Iterator<Item = Option<Label>> + use<'a> {
        self.0.split(unescaped_dot()).map(|label| Label::parse(label, label).ok())
    }
}

impl PartialEq for Domain<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.labels().eq(other.labels())
    }
}

impl Eq for Domain<'_> {}

impl PartialOrd for Domain<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Domain<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.labels().cmp(other.labels())
    }
}

impl Hash for Domain<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for text in self.0.split(unescaped_dot()) {
            if text.contains('\\')
                && let Ok(label) = Label::parse(text, text)
            {
                label.hash(state);
            } else {
                hash_octets(text.as_bytes(), state);
            }
        }
    }
}

impl fmt::Display for Domain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, label) in self.labels().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            match label {
                Some(label) => write!(f, "{dot}{label}")?,
                None => f.write_str(dot)?,
            }
        }
        Ok(())
    }
}
