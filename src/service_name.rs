//! Service names under RFC 6335.

use crate::ServiceNameError;
use crate::encoding::words;
use crate::text::{shown_as_str, text_of, try_from_str};
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;
use core::num::NonZeroU8;
use core::str::FromStr;

/// A service name that follows the rules of
/// [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1), registered or not.
///
/// A `ServiceName` is `Copy`, takes 16 bytes and keeps its spelling. Equality, order and hash ignore ASCII case, as the
/// RFC requires: `http` and `HTTP` are the same service. Comparison with a `str` ignores case too; to compare
/// spellings, compare [`as_str`](ServiceName::as_str).
///
/// About a hundred names in the registry, most of them older than the RFC, break its rules, such as `documentum_s`.
/// They are not a `ServiceName`; [`lookup_name`](crate::lookup_name) finds them.
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
/// In ABNF ([RFC 5234](https://www.rfc-editor.org/rfc/rfc5234)), except for the length:
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
/// assert_eq!(typed.to_ascii_lowercase().as_str(), "ipp");
/// assert!(typed.as_str().len() <= ServiceName::MAX_LEN);
/// assert!("documentum_s".parse::<ServiceName>().is_err());
/// # Ok::<(), iana_ports::ServiceNameError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ServiceName {
    // Zeros follow the name.
    pub(crate) text: [u8; ServiceName::MAX_LEN],
    pub(crate) len: NonZeroU8,
}

const _: () = assert!(size_of::<ServiceName>() == 16 && size_of::<Option<ServiceName>>() == 16);

impl ServiceName {
    /// The maximum length of a service name, in characters of one byte each.
    pub const MAX_LEN: usize = 15;

    /// Checks `name` against the [syntax](ServiceName#syntax). To check a literal at compile time, use
    /// [`service_name!`](crate::service_name).
    ///
    /// # Errors
    ///
    /// Returns an error if `name` breaks a rule. The error reports the first one, in the order of RFC 6335 §5.1;
    /// [`violations`](ServiceName::violations) reports all of them.
    ///
    /// ```
    /// use iana_ports::ServiceName;
    ///
    /// assert_eq!(ServiceName::new("http-alt")?, "HTTP-ALT");
    ///
    /// let message = ServiceName::new("23").map_err(|error| error.to_string());
    /// assert_eq!(message, Err("invalid service name \"23\": expected at least one ASCII letter".into()));
    /// # Ok::<(), iana_ports::ServiceNameError>(())
    /// ```
    pub const fn new(name: &str) -> Result<Self, ServiceNameError> {
        match Self::check(name.as_bytes()) {
            Some(valid) => Ok(valid),
            None => Err(ServiceNameError::first(name)),
        }
    }

    /// Checks all the rules; `None` if any is broken.
    pub(crate) const fn check(name: &[u8]) -> Option<Self> {
        let mut text = [0; Self::MAX_LEN];
        let (mut free, mut rest): (&mut [u8], _) = (&mut text, name);
        // The start counts as a hyphen: no hyphen may follow it, and no name may end there.
        let mut before = b'-';
        let mut has_letter = false;
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

    /// Reports every rule that `name` breaks, each once and where it is first broken, in the order of RFC 6335 §5.1.
    ///
    /// The iterator is empty exactly when [`ServiceName::new`] accepts the name. An empty name breaks only the rule on
    /// length.
    ///
    /// ```
    /// use iana_ports::ServiceName;
    ///
    /// let rules = ServiceName::violations("-6000_").map(|error| error.rule().message());
    /// assert!(rules.eq([
    ///     "a service name must contain only ASCII letters, digits and hyphens",
    ///     "a service name must contain at least one ASCII letter",
    ///     "a service name must not begin with a hyphen",
    /// ]));
    /// assert_eq!(ServiceName::violations("http").count(), 0);
    /// ```
    pub fn violations(
        name: &str,
    ) -> impl DoubleEndedIterator<Item = ServiceNameError> + FusedIterator + Clone + fmt::Debug + use<> {
        ServiceNameError::all(name).into_iter().flatten()
    }

    /// The name as it was spelled.
    pub const fn as_str(&self) -> &str {
        text_of(&self.text, self.len.get() as usize)
    }

    /// The same name in lower case, as the registry spells almost every name.
    #[must_use]
    pub const fn to_ascii_lowercase(mut self) -> Self {
        self.text.make_ascii_lowercase();
        self
    }

    /// The first and the last eight octets, in lower case, for equality, order and hash. Bit 5 lower-cases letters.
    /// Digits and hyphens have it anyway, and the zeros after the name become spaces, which are less than all of them.
    fn key(&self) -> [u64; 2] {
        let (head, tail) = words(&self.text);
        [head, tail].map(|word| word.swap_bytes() | 0x2020_2020_2020_2020)
    }
}

shown_as_str!(ServiceName);

impl fmt::Debug for ServiceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServiceName").field(&self.as_str()).finish()
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
        // As numbers, which a hasher can read in one order on every machine. An array would give it bytes in this
        // one's.
        self.key().into_iter().for_each(|word| state.write_u64(word));
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

try_from_str!(ServiceName, ServiceNameError);
#[cfg(feature = "serde")]
crate::serde::as_string!(ServiceName, "a service name such as \"http\"");

/// A [`ServiceName`] checked at compile time, from a string literal or a constant `&str`.
///
/// For a string that is known only at run time, use [`ServiceName::new`]. The argument cannot be `Self::NAME`, because
/// an item inside a function cannot use `Self`; name the type instead, as in `service_name!(Server::NAME)`.
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
/// // error[E0080]: a service name must contain only ASCII letters, digits and hyphens
/// ```
#[macro_export]
macro_rules! service_name {
    ($name:expr $(,)?) => {{
        // Unlike a `const` block, an item is always evaluated, even by `cargo check` and in code that is never called.
        const __IANA_PORTS_SERVICE_NAME: $crate::ServiceName = $crate::__checked_service_name($name);
        __IANA_PORTS_SERVICE_NAME
    }};
}

/// The body of [`service_name!`], a function so that no name in the macro can clash with the caller's.
#[doc(hidden)]
#[expect(clippy::panic, reason = "evaluated by the compiler")]
pub const fn __checked_service_name(name: &str) -> ServiceName {
    match ServiceName::new(name) {
        Ok(name) => name,
        Err(error) => panic!("{}", error.rule().message()),
    }
}
