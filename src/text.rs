//! Text without allocation: excerpts of rejected text for errors, and padding for `Display`.

use core::fmt::{self, Alignment, Write};

/// The first `len` of `bytes` as text; empty if they are not UTF-8.
pub(crate) const fn text_of(bytes: &[u8], len: usize) -> &str {
    let Some((head, _)) = bytes.split_at_checked(len) else {
        return "";
    };
    match core::str::from_utf8(head) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// Whether the text has ASCII digits and nothing else.
pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Counts the characters written to it.
struct CharCount(usize);

impl Write for CharCount {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.0 += piece.chars().count();
        Ok(())
    }
}

/// Passes on the first `left` characters written to it.
struct Truncated<'a, 'b> {
    f: &'a mut fmt::Formatter<'b>,
    left: usize,
}

impl Write for Truncated<'_, '_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        for character in piece.chars().take(self.left) {
            self.f.write_char(character)?;
            self.left -= 1;
        }
        Ok(())
    }
}

/// Writes `text` as [`fmt::Formatter::pad`] writes a string: with the width, fill, alignment and precision of `f`.
pub(crate) fn pad(f: &mut fmt::Formatter<'_>, text: fmt::Arguments<'_>) -> fmt::Result {
    if f.width().is_none() && f.precision().is_none() {
        return f.write_fmt(text);
    }
    let mut length = CharCount(0);
    length.write_fmt(text)?;
    let shown = length.0.min(f.precision().unwrap_or(usize::MAX));
    let fill = f.fill();
    let padding = f.width().unwrap_or(0).saturating_sub(shown);
    let before = match f.align() {
        Some(Alignment::Right) => padding,
        Some(Alignment::Center) => padding / 2,
        Some(Alignment::Left) | None => 0,
    };
    (0..before).try_for_each(|_| f.write_char(fill))?;
    Truncated { f, left: shown }.write_fmt(text)?;
    (before..padding).try_for_each(|_| f.write_char(fill))
}

/// Whether the character shows as itself; one that combines with the character before it does, as in `e\u{301}`.
pub(crate) fn is_printable(character: char) -> bool {
    let mut text = [b'a'; 5];
    let [_, rest @ ..] = &mut text;
    let length = 1 + character.encode_utf8(rest).len();
    text_of(&text, length).escape_debug().nth(2).is_none()
}

/// The beginning of a rejected text, kept by value in the error that rejects it.
///
/// A text of more than 30 bytes is cut between characters and ends in `…`. `Display` quotes it and escapes unprintable
/// characters, so that an error message stays on one line. Backslashes, which begin the escapes of DNS names, print as
/// they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    len: u8,
    bytes: [u8; Excerpt::MAX_LEN],
}

impl Excerpt {
    const MAX_LEN: usize = 30;
    const ELLIPSIS: &str = "…";

    pub(crate) const fn new(text: &str) -> Self {
        let empty = Excerpt { len: 0, bytes: [0; Self::MAX_LEN] };
        if text.len() <= Self::MAX_LEN {
            return empty.followed_by(text);
        }
        let mut end = Self::MAX_LEN - Self::ELLIPSIS.len();
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        match text.split_at_checked(end) {
            Some((head, _)) => empty.followed_by(head).followed_by(Self::ELLIPSIS),
            None => empty,
        }
    }

    /// This excerpt followed by `piece`, which must fit.
    const fn followed_by(mut self, piece: &str) -> Self {
        if let Some((_, mut free)) = self.bytes.split_at_mut_checked(self.len as usize) {
            let mut rest = piece.as_bytes();
            while let ([to, free_rest @ ..], [from, piece_rest @ ..]) = (free, rest) {
                *to = *from;
                (free, rest) = (free_rest, piece_rest);
            }
            self.len += piece.len() as u8;
        }
        self
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for character in text_of(&self.bytes, self.len.into()).chars() {
            match character {
                '\\' | '\'' => f.write_char(character)?,
                _ if is_printable(character) => f.write_char(character)?,
                _ => write!(f, "{}", character.escape_debug())?,
            }
        }
        f.write_char('"')
    }
}

/// `Debug` as the type's name around what `Display` prints, so that an error returned from `main` is readable.
macro_rules! debug_as_display {
    ($type:ident $(<$lifetime:lifetime>)?) => {
        impl core::fmt::Debug for $type $(<$lifetime>)? {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($type), "({})"), self)
            }
        }
    };
}

/// `Display` and `AsRef<str>` for a type, as the text that its `as_str` returns.
macro_rules! shown_as_str {
    ($type:ident) => {
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    };
}

/// `TryFrom<&str>` for a type that `FromStr` parses.
macro_rules! try_from_str {
    ($type:ident, $error:ident) => {
        impl TryFrom<&str> for $type {
            type Error = $error;

            /// Parses the string, as `FromStr` does.
            fn try_from(text: &str) -> Result<Self, $error> {
                text.parse()
            }
        }
    };
}

pub(crate) use {debug_as_display, shown_as_str, try_from_str};
