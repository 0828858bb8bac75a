//! The errors of service names.

use crate::ServiceName;
use crate::text::{Excerpt, debug_as_display};
use core::fmt;

/// A rule of [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1) for service names, as returned by
/// [`ServiceNameError::rule`]. `Display` prints its [message](ServiceNameRule::message).
///
/// ```
/// use iana_ports::ServiceNameRule;
///
/// let rule = ServiceNameRule::Letter;
/// assert_eq!(rule.to_string(), "a service name must contain at least one ASCII letter");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ServiceNameRule {
    /// There are 1 to [15](ServiceName::MAX_LEN) characters.
    Length,
    /// Every character is an ASCII letter, an ASCII digit or a hyphen.
    Characters,
    /// At least one character is an ASCII letter.
    Letter,
    /// The first character is not a hyphen.
    LeadingHyphen,
    /// The last character is not a hyphen.
    TrailingHyphen,
    /// No hyphen follows another.
    AdjacentHyphens,
}

impl ServiceNameRule {
    /// The rule as a sentence, without a full stop.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Length => "a service name must have 1 to 15 characters",
            Self::Characters => "a service name must contain only ASCII letters, digits and hyphens",
            Self::Letter => "a service name must contain at least one ASCII letter",
            Self::LeadingHyphen => "a service name must not begin with a hyphen",
            Self::TrailingHyphen => "a service name must not end with a hyphen",
            Self::AdjacentHyphens => "a service name must not contain two hyphens in a row",
        }
    }
}

impl fmt::Display for ServiceNameRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.message())
    }
}

/// The error returned when a string is not a valid [`ServiceName`]: the [rule](ServiceNameError::rule) that it breaks,
/// and [where](ServiceNameError::offset).
///
/// ```
/// use iana_ports::{ServiceName, ServiceNameRule};
///
/// if let Err(error) = ServiceName::new("documentum_s") {
///     assert_eq!(error.rule(), ServiceNameRule::Characters);
///     assert_eq!(error.offset(), Some(10));
///     assert_eq!(error.to_string(), "invalid service name \"documentum_s\": \
///         '_' at byte 10 is not an ASCII letter, digit or hyphen");
/// }
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ServiceNameError {
    name: Excerpt,
    rule: ServiceNameRule,
    offset: Option<usize>,
    // The length of the name in characters.
    length: usize,
    // The first character that is not allowed; NUL if there is none.
    character: char,
}

impl fmt::Display for ServiceNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ServiceNameError { name, rule, length, character, .. } = *self;
        let offset = self.offset.unwrap_or_default();
        if length == 0 {
            return f.write_str("empty service name: expected 1 to 15 characters");
        }
        write!(f, "invalid service name {name}: ")?;
        match rule {
            ServiceNameRule::Length => write!(f, "{length} characters, at most 15 allowed"),
            ServiceNameRule::Characters => {
                write!(f, "{} at byte {offset} is not an ASCII letter, digit or hyphen", Shown(character))
            }
            ServiceNameRule::Letter => f.write_str("expected at least one ASCII letter"),
            ServiceNameRule::LeadingHyphen => f.write_str("hyphen at the start"),
            ServiceNameRule::TrailingHyphen => f.write_str("hyphen at the end"),
            ServiceNameRule::AdjacentHyphens => write!(f, "consecutive hyphens at byte {offset}"),
        }
    }
}

debug_as_display!(ServiceNameError);

impl core::error::Error for ServiceNameError {}

/// A character, with its code point if it is not ASCII, since it may look like one that is.
struct Shown(char);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown(character) = *self;
        if character.is_ascii() {
            write!(f, "{character:?}")
        } else {
            write!(f, "{character:?} (U+{:04X})", u32::from(character))
        }
    }
}

impl ServiceNameError {
    /// The broken rule.
    pub const fn rule(&self) -> ServiceNameRule {
        self.rule
    }

    /// The byte offset, from 0, of the first character that breaks the rule; `None` if something is missing instead.
    ///
    /// ```
    /// use iana_ports::ServiceName;
    ///
    /// let offset = |name| ServiceName::new(name).map_err(|error| error.offset());
    /// assert_eq!(offset("caf\u{e9}"), Err(Some(3)));
    /// // The sixteenth character.
    /// assert_eq!(offset("abcdefghijklmnop"), Err(Some(15)));
    /// // No letter.
    /// assert_eq!(offset("23"), Err(None));
    /// ```
    pub const fn offset(&self) -> Option<usize> {
        self.offset
    }

    /// The first rule that `text` breaks; it must break one.
    #[cold]
    pub(crate) const fn first(text: &str) -> Self {
        let mut rest: &[Option<Self>] = &Self::all(text);
        while let [error, later @ ..] = rest {
            if let Some(error) = error {
                return *error;
            }
            rest = later;
        }
        Self::template(text)
    }

    /// An error for `text`, before the broken rule is filled in.
    const fn template(text: &str) -> Self {
        let name = Excerpt::new(text);
        let rule = ServiceNameRule::Length;
        ServiceNameError { name, rule, offset: None, length: 0, character: '\0' }
    }

    /// Every rule that `text` breaks, in the order of the RFC.
    pub(crate) const fn all(text: &str) -> [Option<Self>; 6] {
        let mut error = Self::template(text);
        let mut sixteenth = None;
        let mut illegal = None;
        let mut adjacent = None;
        let mut has_letter = false;
        let mut hyphen_before = false;
        let mut offset = 0;
        let mut rest = text.as_bytes();
        while let [byte, later @ ..] = rest {
            // Octets 10xxxxxx continue a character.
            if *byte & 0xc0 != 0x80 {
                if error.length == ServiceName::MAX_LEN {
                    sixteenth = Some(offset);
                }
                error.length += 1;
            }
            let hyphen = *byte == b'-';
            if byte.is_ascii_alphabetic() {
                has_letter = true;
            } else if hyphen {
                if hyphen_before && adjacent.is_none() {
                    adjacent = Some(offset);
                }
            } else if !byte.is_ascii_digit() && illegal.is_none() {
                illegal = Some(offset);
                error.character = first_char(rest);
            }
            hyphen_before = hyphen;
            offset += 1;
            rest = later;
        }
        let leading = matches!(text.as_bytes(), [b'-', ..]);
        let last = text.len().checked_sub(1);
        [
            error.if_broken(ServiceNameRule::Length, text.is_empty() || sixteenth.is_some(), sixteenth),
            error.if_broken(ServiceNameRule::Characters, illegal.is_some(), illegal),
            error.if_broken(ServiceNameRule::Letter, !text.is_empty() && !has_letter, None),
            error.if_broken(ServiceNameRule::LeadingHyphen, leading, Some(0)),
            error.if_broken(ServiceNameRule::TrailingHyphen, hyphen_before, last),
            error.if_broken(ServiceNameRule::AdjacentHyphens, adjacent.is_some(), adjacent),
        ]
    }

    /// This error on `rule`, if it is broken, at `offset`.
    const fn if_broken(self, rule: ServiceNameRule, is_broken: bool, offset: Option<usize>) -> Option<Self> {
        if is_broken { Some(ServiceNameError { rule, offset, ..self }) } else { None }
    }
}

/// The character that `utf8` begins with.
const fn first_char(utf8: &[u8]) -> char {
    let (mut code, mut rest) = match utf8 {
        [ascii @ ..0x80, ..] => (*ascii as u32, utf8),
        [lead, later @ ..] => ((*lead & 0x7f >> lead.leading_ones()) as u32, later),
        [] => (0, utf8),
    };
    while let [octet @ 0x80..0xc0, later @ ..] = rest {
        (code, rest) = ((code << 6) + (*octet & 0x3f) as u32, later);
    }
    match char::from_u32(code) {
        Some(character) => character,
        None => char::REPLACEMENT_CHARACTER,
    }
}
