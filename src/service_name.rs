//! Service names under RFC 6335.

use crate::text::text_of;
use crate::{Entry, Excerpt, ServiceType, Transport, lookup_name};
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;
use core::num::NonZeroU8;
use core::str::FromStr;

/// A service name that obeys [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1), registered or not.
///
/// A `ServiceName` is 16 bytes, `Copy`, and keeps the spelling that it was given. Equality, order and hash ignore ASCII
/// case, as the RFC asks: `http` and `HTTP` denote the same service. So does comparison with a `str`.
///
/// Some names in the registry are older than the RFC and break it, such as `documentum_s`: this type refuses them,
/// [`lookup_name`] finds them.
///
/// # Syntax
///
/// A service name
/// 1. has 1 to 15 characters,
/// 2. all of them ASCII letters, digits or hyphens,
/// 3. at least one of them a letter;
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
#[repr(C)] // The text first, so that it is stored in words.
pub struct ServiceName {
    // Zeros follow the name.
    text: [u8; ServiceName::MAX_LEN],
    len: NonZeroU8,
}

const _: () = assert!(size_of::<ServiceName>() == 16 && size_of::<Option<ServiceName>>() == 16);

/// `octet` in each of the eight octets of a word.
const fn splat(octet: u8) -> u64 {
    u64::from_ne_bytes([octet; 8])
}

/// Marks in the top bits the octets of `word` that are from `first` to `last`, right where all are ASCII.
const fn within(word: u64, first: u8, last: u8) -> u64 {
    word.wrapping_add(splat(0x80 - first)) & !word.wrapping_add(splat(0x7f - last))
}

/// Marks in the top bits the octets of `word` that may not be in a name, or not there: what is not ASCII, what is not a
/// letter, a digit or a hyphen, and a hyphen that follows another or lies at one of the `edges`.
const fn misplaced(word: u64, edges: u64) -> u64 {
    let letters = within(word | splat(0x20), b'a', b'z');
    let digits = within(word, b'0', b'9');
    let hyphens = !(word ^ splat(b'-')).wrapping_add(splat(0x7f));
    let adjacent = hyphens & (hyphens << 8 | edges);
    word | !(letters | digits | hyphens) | adjacent
}

impl ServiceName {
    /// The length of the longest service name, in characters, which are one byte each.
    ///
    /// ```
    /// assert_eq!(iana_ports::ServiceName::MAX_LEN, "abcdefghijklmno".len());
    /// ```
    pub const MAX_LEN: usize = 15;

    /// Checks `name` against the [syntax](ServiceName#syntax). For a literal, see
    /// [`service_name!`](crate::service_name).
    ///
    /// # Errors
    ///
    /// The first rule that `name` breaks, in the order of RFC 6335 §5.1.
    ///
    /// ```
    /// use iana_ports::ServiceName;
    ///
    /// assert_eq!(ServiceName::new("http-alt")?, "HTTP-ALT");
    ///
    /// let error = ServiceName::new("23").unwrap_err();
    /// assert_eq!(error.to_string(), "\"23\" has no letter: a service name must have at least one letter");
    /// # Ok::<(), iana_ports::ServiceNameError>(())
    /// ```
    pub const fn new(name: &str) -> Result<Self, ServiceNameError> {
        match Self::check(name.as_bytes()) {
            Some(valid) => Ok(valid),
            None => Err(ServiceNameError::first(name)),
        }
    }

    /// The one checker of names; `None` where a rule is broken, whichever it is.
    ///
    /// It checks the first eight octets as one word and the last eight as another: at every length from 8 to 15, one or
    /// both hold each octet and each pair of neighbours. Digits fill the words of a shorter name.
    #[inline]
    const fn check(name: &[u8]) -> Option<Self> {
        let len = name.len();
        let (head, tail, low, high) = match (name.first_chunk(), name.last_chunk()) {
            (Some(head), Some(tail)) if len <= Self::MAX_LEN => {
                let (head, tail) = (u64::from_le_bytes(*head), u64::from_le_bytes(*tail));
                (head, tail, head, tail >> 8 >> (8 * (Self::MAX_LEN - len)))
            }
            _ => {
                let word = match (name.first_chunk(), name.last_chunk()) {
                    (Some(head), Some(tail)) if len < 8 => {
                        let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
                        head as u64 | (tail as u64) << (8 * (len - 4))
                    }
                    _ => match *name {
                        [a, b, c] => u32::from_le_bytes([a, b, c, 0]) as u64,
                        [a, b] => u16::from_le_bytes([a, b]) as u64,
                        [a] => a as u64,
                        _ => return None,
                    },
                };
                let bits = 8 * len;
                (word | splat(b'0') << bits, word << (64 - bits) | splat(b'0') >> bits, word, 0)
            }
        };
        let misplaced = misplaced(head, 0x80) | misplaced(tail, 0x80 << 56);
        // Of what may be in a name, only letters have the bit 0x40.
        let letters = (head | tail) & splat(0x40);
        if misplaced & splat(0x80) != 0 || letters == 0 {
            return None;
        }
        let [text @ .., len] = (low as u128 | ((high | (len as u64) << 56) as u128) << 64).to_le_bytes();
        match NonZeroU8::new(len) {
            Some(len) => Some(ServiceName { text, len }),
            None => None,
        }
    }

    /// Every rule that `name` breaks, each once, in the order of RFC 6335 §5.1, for tools that report them all.
    ///
    /// None, if and only if [`ServiceName::new`] takes the name. An empty name breaks only the rule on length.
    ///
    /// ```
    /// use iana_ports::{ServiceName, ServiceNameError};
    ///
    /// let broken: Vec<String> = ServiceName::violations("-6000_").map(|rule| rule.to_string()).collect();
    /// assert_eq!(broken, [
    ///     "\"-6000_\" has '_' at byte 5: a service name must have only ASCII letters, digits and hyphens",
    ///     "\"-6000_\" has no letter: a service name must have at least one letter",
    ///     "\"-6000_\" has a hyphen at byte 0: a service name must not begin with a hyphen",
    /// ]);
    /// assert_eq!(ServiceName::violations("http").next(), None);
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

    /// The same name in lower case, the spelling of almost every name in the registry.
    ///
    /// ```
    /// assert_eq!(iana_ports::service_name!("HTTP").to_ascii_lowercase().as_str(), "http");
    /// ```
    #[must_use]
    pub const fn to_ascii_lowercase(mut self) -> Self {
        self.text.make_ascii_lowercase();
        self
    }

    /// The registry's entries of this name, over every port and transport.
    ///
    /// Empty where the name is not registered; see [`lookup_name`].
    ///
    /// ```
    /// use iana_ports::service_name;
    ///
    /// assert!(service_name!("HTTPS").entries().iter().any(|entry| entry.port() == Some(443)));
    /// ```
    pub fn entries(&self) -> &'static [Entry] {
        lookup_name(self.as_str())
    }

    /// Whether the registry has the name.
    ///
    /// ```
    /// use iana_ports::service_name;
    ///
    /// assert!(service_name!("https").is_registered());
    /// assert!(!service_name!("not-registered").is_registered());
    /// ```
    pub fn is_registered(&self) -> bool {
        !self.entries().is_empty()
    }

    /// The service type under which DNS-Based Service Discovery knows the service: `_tcp` for TCP, and `_udp` for every
    /// other transport ([RFC 6763 §7](https://www.rfc-editor.org/rfc/rfc6763#section-7)).
    ///
    /// The same as [`ServiceType::dns_sd`]; [`ServiceType::srv`] keeps the transport.
    ///
    /// ```
    /// use iana_ports::{Transport, service_name};
    ///
    /// assert_eq!(service_name!("http").service_type(Transport::Tcp).to_string(), "_http._tcp");
    /// assert_eq!(service_name!("sip").service_type(Transport::Sctp).to_string(), "_sip._udp");
    /// ```
    pub const fn service_type(self, transport: Transport) -> ServiceType {
        ServiceType::dns_sd(self, transport)
    }

    /// The name with its case folded, in numbers that are ordered as the folded text is.
    const fn key(&self) -> (u64, u64) {
        let (head, tail) = match (self.text.first_chunk(), self.text.last_chunk()) {
            (Some(head), Some(tail)) => (u64::from_be_bytes(*head), u64::from_be_bytes(*tail)),
            _ => (0, 0),
        };
        // Of the octets of a name, only letters have the bit 0x40.
        const LETTER: u64 = u64::from_ne_bytes([0x40; 8]);
        (head | (head & LETTER) >> 1, tail | (tail & LETTER) >> 1)
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

impl TryFrom<&str> for ServiceName {
    type Error = ServiceNameError;

    fn try_from(name: &str) -> Result<Self, ServiceNameError> {
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

/// The rule of [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1) that a text breaks, and where.
///
/// Each variant holds the beginning of the text. Offsets count bytes from 0.
///
/// ```
/// use iana_ports::{ServiceName, ServiceNameError};
///
/// let error = ServiceName::new("documentum_s").unwrap_err();
/// assert!(matches!(error, ServiceNameError::IllegalCharacter { character: '_', offset: 10, .. }));
/// assert_eq!(error.rule(), "a service name must have only ASCII letters, digits and hyphens");
/// assert_eq!(
///     error.to_string(),
///     "\"documentum_s\" has '_' at byte 10: a service name must have only ASCII letters, digits and hyphens"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ServiceNameError {
    /// There is no character at all.
    #[error("a service name is missing: {}", self.rule())]
    Empty,
    /// There are more than [15](ServiceName::MAX_LEN) characters.
    #[error("{name} has {length} characters: {}", self.rule())]
    TooLong {
        /// The text.
        name: Excerpt,
        /// Its length, in characters.
        length: usize,
    },
    /// A character is neither an ASCII letter, nor a digit, nor a hyphen.
    #[error("{name} has {character:?} at byte {offset}: {}", self.rule())]
    IllegalCharacter {
        /// The text.
        name: Excerpt,
        /// The first such character.
        character: char,
        /// Where it is.
        offset: usize,
    },
    /// No character is an ASCII letter.
    #[error("{name} has no letter: {}", self.rule())]
    NoLetter {
        /// The text.
        name: Excerpt,
    },
    /// The first character is a hyphen.
    #[error("{name} has a hyphen at byte 0: {}", self.rule())]
    LeadingHyphen {
        /// The text.
        name: Excerpt,
    },
    /// The last character is a hyphen.
    #[error("{name} has a hyphen at byte {offset}: {}", self.rule())]
    TrailingHyphen {
        /// The text.
        name: Excerpt,
        /// Where that hyphen is.
        offset: usize,
    },
    /// A hyphen follows a hyphen.
    #[error("{name} has a second hyphen at byte {offset}: {}", self.rule())]
    AdjacentHyphens {
        /// The text.
        name: Excerpt,
        /// Where the first hyphen that follows another is.
        offset: usize,
    },
}

const _: () = assert!(size_of::<ServiceNameError>() <= 48);

impl ServiceNameError {
    /// The rule that was broken, without the text that broke it.
    ///
    /// ```
    /// use iana_ports::ServiceName;
    ///
    /// let error = ServiceName::new("abcdefghijklmnop").unwrap_err();
    /// assert_eq!(error.rule(), "a service name must have 1 to 15 characters");
    /// ```
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Empty | Self::TooLong { .. } => "a service name must have 1 to 15 characters",
            Self::IllegalCharacter { .. } => "a service name must have only ASCII letters, digits and hyphens",
            Self::NoLetter { .. } => "a service name must have at least one letter",
            Self::LeadingHyphen { .. } => "a service name must not begin with a hyphen",
            Self::TrailingHyphen { .. } => "a service name must not end with a hyphen",
            Self::AdjacentHyphens { .. } => "a service name must not have two hyphens in a row",
        }
    }

    /// The first rule that `text` breaks; it breaks one.
    #[cold]
    const fn first(text: &str) -> Self {
        let mut rest: &[Option<Self>] = &Self::all(text);
        while let [rule, later @ ..] = rest {
            if let Some(broken) = rule {
                return *broken;
            }
            rest = later;
        }
        Self::Empty
    }

    /// Every rule that `text` breaks, in the order of the RFC.
    const fn all(text: &str) -> [Option<Self>; 7] {
        let name = Excerpt::new(text);
        let (mut length, mut letters, mut hyphen_before) = (0, 0, false);
        let (mut illegal, mut leading, mut trailing, mut adjacent) = (None, None, None, None);
        let (mut offset, mut rest) = (0, text.as_bytes());
        while let [byte, later @ ..] = rest {
            // Octets 10xxxxxx continue a character.
            if *byte & 0xc0 != 0x80 {
                length += 1;
            }
            let hyphen = *byte == b'-';
            if byte.is_ascii_alphabetic() {
                letters += 1;
            } else if hyphen {
                if offset == 0 {
                    leading = Some(Self::LeadingHyphen { name });
                }
                if later.is_empty() {
                    trailing = Some(Self::TrailingHyphen { name, offset });
                }
                if hyphen_before && adjacent.is_none() {
                    adjacent = Some(Self::AdjacentHyphens { name, offset });
                }
            } else if !byte.is_ascii_digit() && illegal.is_none() {
                let character = first_char(rest);
                illegal = Some(Self::IllegalCharacter { name, character, offset });
            }
            hyphen_before = hyphen;
            (offset, rest) = (offset + 1, later);
        }
        [
            if length == 0 { Some(Self::Empty) } else { None },
            if length > ServiceName::MAX_LEN { Some(Self::TooLong { name, length }) } else { None },
            illegal,
            if length > 0 && letters == 0 { Some(Self::NoLetter { name }) } else { None },
            leading,
            trailing,
            adjacent,
        ]
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
        (code, rest) = (code << 6 | (*octet & 0x3f) as u32, later);
    }
    match char::from_u32(code) {
        Some(character) => character,
        None => char::REPLACEMENT_CHARACTER,
    }
}

/// A [`ServiceName`] checked at compile time, from a string literal or any constant `&str`; for a text that is known
/// only at run time, see [`ServiceName::new`].
///
/// ```
/// use iana_ports::{ServiceName, service_name};
///
/// const HTTP: ServiceName = service_name!("http");
/// assert_eq!(HTTP, "http");
/// ```
///
/// A name that breaks a rule does not compile, whether or not the code is reached:
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
            ::core::result::Result::Err(error) => ::core::panic!("{}", error.rule()),
        };
        __SERVICE_NAME
    }};
}
