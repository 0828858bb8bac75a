//! Short texts without allocation: what an error keeps of the text it refuses, and padding for `Display`.

use core::fmt::{self, Write};

/// The first `len` of `bytes` as text; empty where they are none.
pub(crate) const fn text_of(bytes: &[u8], len: usize) -> &str {
    let Some((head, _)) = bytes.split_at_checked(len) else {
        return "";
    };
    match core::str::from_utf8(head) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// Text of at most `N` octets, written piece by piece.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Text<const N: usize> {
    len: u16,
    bytes: [u8; N],
}

impl<const N: usize> Text<N> {
    const EMPTY: Self = Text { len: 0, bytes: [0; N] };

    /// Appends `piece`, or nothing where it does not fit.
    const fn push(&mut self, piece: &str) -> bool {
        let Some((_, mut free)) = self.bytes.split_at_mut_checked(self.len as usize) else {
            return false;
        };
        if piece.len() > free.len() {
            return false;
        }
        let mut rest = piece.as_bytes();
        while let ([to, free_rest @ ..], [from, piece_rest @ ..]) = (free, rest) {
            *to = *from;
            (free, rest) = (free_rest, piece_rest);
        }
        self.len += piece.len() as u16;
        true
    }

    const fn as_str(&self) -> &str {
        text_of(&self.bytes, self.len as usize)
    }
}

impl<const N: usize> Write for Text<N> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        if self.push(piece) { Ok(()) } else { Err(fmt::Error) }
    }
}

/// Writes `text` with the width, fill and precision of `f`; one of more than `N` octets as it is.
pub(crate) fn pad<const N: usize>(f: &mut fmt::Formatter<'_>, text: fmt::Arguments<'_>) -> fmt::Result {
    let mut padded = Text::<N>::EMPTY;
    match padded.write_fmt(text) {
        Ok(()) => f.pad(padded.as_str()),
        Err(fmt::Error) => f.write_fmt(text),
    }
}

/// The beginning of a text that was refused, kept by value in the error that refuses it.
///
/// A text of more than 30 octets is cut after a character and ends in `…`. [`Display`](fmt::Display) quotes it and
/// escapes what would not print, so that a message that holds it stays one line.
///
/// ```
/// use iana_ports::{ServiceName, ServiceNameError};
///
/// let Err(ServiceNameError::TooLong { name, .. }) = ServiceName::new("Apple Remote Desktop (Net Assistant)") else {
///     panic!("this name has 36 characters");
/// };
/// assert_eq!(name.as_str(), "Apple Remote Desktop (Net A…");
/// assert_eq!(name.to_string(), "\"Apple Remote Desktop (Net A…\"");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Excerpt(Text<30>);

impl Excerpt {
    const ELLIPSIS: &str = "…";

    pub(crate) const fn new(text: &str) -> Self {
        let mut excerpt = Text::EMPTY;
        if !excerpt.push(text) {
            let mut end = excerpt.bytes.len() - Self::ELLIPSIS.len();
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            if let Some((head, _)) = text.split_at_checked(end) {
                let _ = excerpt.push(head) && excerpt.push(Self::ELLIPSIS);
            }
        }
        Excerpt(excerpt)
    }

    /// The excerpt as it was given, neither quoted nor escaped.
    ///
    /// ```
    /// use iana_ports::{ServiceName, ServiceNameError};
    ///
    /// let Err(ServiceNameError::NoLetter { name }) = ServiceName::new("23") else { panic!("no letter") };
    /// assert_eq!(name.as_str(), "23");
    /// ```
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
