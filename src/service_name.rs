//! Service names under RFC 6335.

use crate::text::{Excerpt, text_of};
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;
use core::num::NonZeroU8;
use core::str::FromStr;

/// A service name that follows the rules of
/// [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1), registered or not.
///
/// A `ServiceName` is `Copy`, takes 16 bytes and keeps the spelling that it was given. Equality, order and hash ignore
/// ASCII case, as the RFC asks: `http` and `HTTP` denote the same service. Comparison with a string ignores it too.
///
/// About a hundred names in the registry are older than the RFC and break its rules, such as `documentum_s`. They are
/// not service names in this sense; [`lookup_name`](crate::lookup_name) finds them.
///
/// # Syntax
///
/// A service name
/// 1. has 1 to 15 characters,
/// 2. all of them ASCII letters, digits or hyphens,
/// 3. at least one of them an ASCII letter;
/// 4. neither begins nor ends with a hyphen,
/// 5. and has no two hyphens in a row.
///
/// In ABNF ([RFC 5234](https://www.rfc-editor.org/rfc/rfc5234)), without the limit on the length:
///
/// ```text
/// SRVNAME = *(1*DIGIT [HYPHEN]) ALPHA *([HYPHEN] ALNUM)
/// ALNUM   = ALPHA / DIGIT
/// HYPHEN  = "-"
/// ```
///
/// # Examples
///
/// ```
/// use iana_ports::{ServiceName, service_name};
///
/// const IPP: ServiceName = service_name!("ipp");
///
/// let typed: ServiceName = "IPP".parse()?;
/// assert_eq!(typed, IPP);
/// assert_eq!(typed, "ipp");
/// assert_eq!(typed.as_str(), "IPP");
/// assert!("documentum_s".parse::<ServiceName>().is_err());
/// # Ok::<(), iana_ports::ServiceNameError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ServiceName {
    // Zeros follow the name.
    text: [u8; ServiceName::MAX_LEN],
    len: NonZeroU8,
}

const _: () = assert!(size_of::<ServiceName>() == 16 && size_of::<Option<ServiceName>>() == 16);

impl ServiceName {
    /// The length of the longest service name, in characters, which are one byte each.
    ///
    /// ```
    /// assert_eq!(iana_ports::ServiceName::MAX_LEN, "abcdefghijklmno".len());
    /// ```
    pub const MAX_LEN: usize = 15;

    /// Checks `name` against the [syntax](ServiceName#syntax). To check a literal at compile time, use
    /// [`service_name!`](crate::service_name).
    ///
    /// # Errors
    ///
    /// If `name` breaks a rule. The error reports the first one, in the order of RFC 6335 §5.1;
    /// [`violations`](ServiceName::violations) reports all of them.
    ///
    /// ```
    /// use iana_ports::ServiceName;
    ///
    /// assert_eq!(ServiceName::new("http-alt")?, "HTTP-ALT");
    ///
    /// let message = ServiceName::new("23").map_err(|error| error.to_string());
    /// assert_eq!(message, Err("\"23\" has no ASCII letter: \
    ///     a service name must have at least one ASCII letter".into()));
    /// # Ok::<(), iana_ports::ServiceNameError>(())
    /// ```
    pub const fn new(name: &str) -> Result<Self, ServiceNameError> {
        match Self::check(name.as_bytes()) {
            Some(valid) => Ok(valid),
            None => Err(ServiceNameError::first(name)),
        }
    }

    /// The one check of names; `None` where a rule is broken, whichever it is.
    const fn check(name: &[u8]) -> Option<Self> {
        let mut text = [0; Self::MAX_LEN];
        let (mut free, mut rest): (&mut [u8], _) = (&mut text, name);
        // The beginning counts as a hyphen: no hyphen may follow it, and no name ends with it.
        let (mut before, mut has_letter) = (b'-', false);
        while let [octet, later @ ..] = rest {
            match *octet {
                b'A'..=b'Z' | b'a'..=b'z' => has_letter = true,
                b'0'..=b'9' => {}
                b'-' if before != b'-' => {}
                _ => return None,
            }
            let [place, places @ ..] = free else { return None };
            *place = *octet;
            (before, free, rest) = (*octet, places, later);
        }
        match NonZeroU8::new(name.len() as u8) {
            Some(len) if has_letter && before != b'-' => Some(ServiceName { text, len }),
            _ => None,
        }
    }

    /// Reports every rule that `name` breaks, each once, in the order of RFC 6335 §5.1.
    ///
    /// The iterator is empty exactly when [`ServiceName::new`] accepts the name. An empty name breaks only the rule on
    /// length.
    ///
    /// ```
    /// use iana_ports::ServiceName;
    ///
    /// let rules = ServiceName::violations("-6000_").map(|error| error.rule().as_str());
    /// assert!(rules.eq([
    ///     "a service name must have only ASCII letters, digits and hyphens",
    ///     "a service name must have at least one ASCII letter",
    ///     "a service name must not begin with a hyphen",
    /// ]));
    /// assert_eq!(ServiceName::violations("http").count(), 0);
    /// ```
    pub fn violations(
        name: &str,
    ) -> impl DoubleEndedIterator<Item = ServiceNameError> + FusedIterator + Clone + fmt::Debug + use<> {
        ServiceNameError::all(name).into_iter().flatten()
    }

    /// The name as it was spelt.
    ///
    /// ```
    /// assert_eq!(iana_ports::service_name!("HTTP").as_str(), "HTTP");
    /// ```
    pub const fn as_str(&self) -> &str {
        text_of(&self.text, self.len.get() as usize)
    }

    /// The same name in lower case, as almost every name in the registry is spelt.
    ///
    /// ```
    /// assert_eq!(iana_ports::service_name!("HTTP").to_ascii_lowercase().as_str(), "http");
    /// ```
    #[must_use]
    pub const fn to_ascii_lowercase(mut self) -> Self {
        self.text.make_ascii_lowercase();
        self
    }

    /// What equality, order and hash see.
    const fn key(&self) -> [u8; Self::MAX_LEN] {
        self.to_ascii_lowercase().text
    }
}

impl fmt::Display for ServiceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for ServiceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServiceName").field(&self.as_str()).finish()
    }
}

impl AsRef<str> for ServiceName {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl FromStr for ServiceName {
    type Err = ServiceNameError;

    fn from_str(name: &str) -> Result<Self, ServiceNameError> {
        ServiceName::new(name)
    }
}

impl PartialEq for ServiceName {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for ServiceName {}

impl PartialOrd for ServiceName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ServiceName {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for ServiceName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialEq<str> for ServiceName {
    fn eq(&self, other: &str) -> bool {
        self.as_str().eq_ignore_ascii_case(other)
    }
}

impl PartialEq<&str> for ServiceName {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<ServiceName> for str {
    fn eq(&self, other: &ServiceName) -> bool {
        *other == *self
    }
}

impl PartialEq<ServiceName> for &str {
    fn eq(&self, other: &ServiceName) -> bool {
        *other == **self
    }
}

#[cfg(feature = "alloc")]
mod of_string {
    use super::{ServiceName, ServiceNameError};
    use alloc::string::String;

    impl TryFrom<String> for ServiceName {
        type Error = ServiceNameError;

        /// Parses the string, as `FromStr` does.
        fn try_from(name: String) -> Result<Self, ServiceNameError> {
            ServiceName::new(&name)
        }
    }

    impl PartialEq<String> for ServiceName {
        fn eq(&self, other: &String) -> bool {
            *self == **other
        }
    }

    impl PartialEq<ServiceName> for String {
        fn eq(&self, other: &ServiceName) -> bool {
            *other == **self
        }
    }
}

/// A rule of [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1) for service names; returned by
/// [`ServiceNameError::rule`].
///
/// `Display` prints it as a sentence.
///
/// ```
/// use iana_ports::ServiceNameRule;
///
/// let rule = ServiceNameRule::Letter;
/// assert_eq!(rule.to_string(), "a service name must have at least one ASCII letter");
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
    ///
    /// ```
    /// use iana_ports::ServiceNameRule;
    ///
    /// let rule = ServiceNameRule::Length;
    /// assert_eq!(rule.as_str(), "a service name must have 1 to 15 characters");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Length => "a service name must have 1 to 15 characters",
            Self::Characters => "a service name must have only ASCII letters, digits and hyphens",
            Self::Letter => "a service name must have at least one ASCII letter",
            Self::LeadingHyphen => "a service name must not begin with a hyphen",
            Self::TrailingHyphen => "a service name must not end with a hyphen",
            Self::AdjacentHyphens => "a service name must not have two hyphens in a row",
        }
    }
}

impl fmt::Display for ServiceNameRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
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
///     assert_eq!(error.to_string(), "\"documentum_s\" has '_' at byte 10: \
///         a service name must have only ASCII letters, digits and hyphens");
/// }
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ServiceNameError {
    name: Excerpt,
    rule: ServiceNameRule,
    offset: Option<usize>,
    // Of the name, in characters.
    length: usize,
    // The first that no name has; NUL if there is none.
    character: char,
}

impl fmt::Display for ServiceNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ServiceNameError { name, rule, length, character, .. } = *self;
        let offset = self.offset.unwrap_or_default();
        match rule {
            ServiceNameRule::Length if length == 0 => f.write_str("a service name is missing"),
            ServiceNameRule::Length => write!(f, "{name} has {length} characters"),
            ServiceNameRule::Characters => write!(f, "{name} has {} at byte {offset}", Shown(character)),
            ServiceNameRule::Letter => write!(f, "{name} has no ASCII letter"),
            ServiceNameRule::LeadingHyphen | ServiceNameRule::TrailingHyphen => {
                write!(f, "{name} has a hyphen at byte {offset}")
            }
            ServiceNameRule::AdjacentHyphens => write!(f, "{name} has a second hyphen at byte {offset}"),
        }?;
        write!(f, ": {rule}")
    }
}

impl core::error::Error for ServiceNameError {}

/// A character, and its code point if it is not ASCII: it can look like one that is.
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
    /// The rule that is broken.
    ///
    /// ```
    /// use iana_ports::{ServiceName, ServiceNameRule};
    ///
    /// let rule = ServiceName::new("abcdefghijklmnop").map_err(|error| error.rule());
    /// assert_eq!(rule, Err(ServiceNameRule::Length));
    /// ```
    pub const fn rule(&self) -> ServiceNameRule {
        self.rule
    }

    /// Where the first character that breaks the rule begins, in bytes from 0; `None` where no character does, but one
    /// is missing.
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

    /// The first rule that `text` breaks; it breaks one.
    #[cold]
    const fn first(text: &str) -> Self {
        let mut rest: &[Option<Self>] = &Self::all(text);
        while let [error, later @ ..] = rest {
            if let Some(error) = error {
                return *error;
            }
            rest = later;
        }
        Self::any(text)
    }

    /// An error on `text`, whatever is wrong with it.
    const fn any(text: &str) -> Self {
        let (name, rule) = (Excerpt::new(text), ServiceNameRule::Length);
        ServiceNameError { name, rule, offset: None, length: 0, character: '\0' }
    }

    /// Every rule that `text` breaks, in the order of the RFC.
    const fn all(text: &str) -> [Option<Self>; 6] {
        let mut error = Self::any(text);
        let (mut sixteenth, mut has_letter, mut hyphen_before) = (None, false, false);
        let (mut illegal, mut adjacent) = (None, None);
        let (mut offset, mut rest) = (0, text.as_bytes());
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
                (illegal, error.character) = (Some(offset), first_char(rest));
            }
            hyphen_before = hyphen;
            (offset, rest) = (offset + 1, later);
        }
        let (leading, last) = (matches!(text.as_bytes(), [b'-', ..]), text.len().checked_sub(1));
        [
            error.on(ServiceNameRule::Length, text.is_empty() || sixteenth.is_some(), sixteenth),
            error.on(ServiceNameRule::Characters, illegal.is_some(), illegal),
            error.on(ServiceNameRule::Letter, !text.is_empty() && !has_letter, None),
            error.on(ServiceNameRule::LeadingHyphen, leading, Some(0)),
            error.on(ServiceNameRule::TrailingHyphen, hyphen_before, last),
            error.on(ServiceNameRule::AdjacentHyphens, adjacent.is_some(), adjacent),
        ]
    }

    /// This error on `rule`, if it is broken, at `offset`.
    const fn on(self, rule: ServiceNameRule, is_broken: bool, offset: Option<usize>) -> Option<Self> {
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

/// A [`ServiceName`] checked at compile time, from a string literal or any constant `&str`.
///
/// For a string that is known only at run time, use [`ServiceName::new`].
///
/// ```
/// use iana_ports::{ServiceName, service_name};
///
/// const HTTP: ServiceName = service_name!("http");
/// assert_eq!(HTTP, "http");
/// ```
///
/// A name that breaks a rule is a compile error, whether or not the code is ever run:
///
/// ```compile_fail,E0080
/// iana_ports::service_name!("documentum_s");
/// // error[E0080]: a service name must have only ASCII letters, digits and hyphens
/// ```
#[macro_export]
macro_rules! service_name {
    ($name:expr $(,)?) => {{
        // An item, unlike a `const` block, is evaluated wherever it stands, and by `cargo check` too.
        const __SERVICE_NAME: $crate::ServiceName = match $crate::ServiceName::new($name) {
            ::core::result::Result::Ok(name) => name,
            ::core::result::Result::Err(error) => ::core::panic!("{}", error.rule().as_str()),
        };
        __SERVICE_NAME
    }};
}
