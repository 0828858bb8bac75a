//! The documents that a registration refers to.

use crate::encoding;
use crate::text::pad;
use core::fmt;

/// A document or note in IANA's column Reference, as returned by [`Entry::references`](crate::Entry::references).
/// `Display` prints it in brackets, as IANA does.
///
/// ```
/// use iana_ports::{Reference, Transport::Tcp, lookup_port};
///
/// for reference in lookup_port(13, Tcp).iter().flat_map(|entry| entry.references()) {
///     assert_eq!(reference, Reference::Rfc { number: 867, section: None });
///     assert_eq!(reference.to_string(), "[RFC867]");
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reference {
    /// An RFC, and the section if IANA gives one: `[RFC8765, Section 6.1]`.
    Rfc {
        /// The number of the RFC.
        number: u32,
        /// What IANA prints after the number, such as `Section 6.1`.
        section: Option<&'static str>,
    },
    /// A Best Current Practice, by its number.
    Bcp(u32),
    /// An Internet Standard, by its number.
    Std(u32),
    /// An Internet-Draft, by its name: `draft-herbert-gue-02`, or `RFC-ietf-rift-rift-24` for one in the RFC Editor's
    /// queue.
    Draft(&'static str),
    /// A URI, and the title if IANA prints one instead.
    Uri {
        /// The URI.
        uri: &'static str,
        /// What IANA prints instead of the URI.
        title: Option<&'static str>,
    },
    /// A footnote of the registry, by its label.
    Note(&'static str),
    /// Anything else, as IANA prints it; it can be a whole sentence.
    Text(&'static str),
}

impl Reference {
    pub(crate) fn from_encoded(encoded: &'static str) -> Self {
        let mut characters = encoded.chars();
        let kind = characters.next();
        let (target, more) = match characters.as_str().split_once(encoding::REFERENCE_SEPARATOR) {
            Some((target, more)) => (target, Some(more)),
            None => (characters.as_str(), None),
        };
        match (kind, target.parse()) {
            (Some(encoding::RFC), Ok(number)) => Reference::Rfc { number, section: more },
            (Some(encoding::BCP), Ok(number)) => Reference::Bcp(number),
            (Some(encoding::STD), Ok(number)) => Reference::Std(number),
            (Some(encoding::DRAFT), _) => Reference::Draft(target),
            (Some(encoding::URI), _) => Reference::Uri { uri: target, title: more },
            (Some(encoding::NOTE), _) => Reference::Note(target),
            _ => Reference::Text(target),
        }
    }

    /// The URL of the document, ready to print: at rfc-editor.org for an RFC, BCP or STD, at datatracker.ietf.org for
    /// an Internet-Draft, and the URI itself for a URI. `None` for a note or text.
    ///
    /// ```
    /// use iana_ports::Reference;
    ///
    /// if let Some(url) = Reference::Bcp(165).url() {
    ///     assert_eq!(url.to_string(), "https://www.rfc-editor.org/info/bcp165");
    /// }
    /// assert!(Reference::Note("1").url().is_none());
    /// ```
    pub fn url(self) -> Option<impl fmt::Display + fmt::Debug + Copy> {
        match self {
            Reference::Note(_) | Reference::Text(_) => None,
            _ => Some(Url(self)),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, format_args!("[{}]", Unbracketed(*self)))
    }
}

/// A reference as IANA prints it, without the brackets.
pub(crate) struct Unbracketed(pub(crate) Reference);

impl fmt::Display for Unbracketed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Reference::Rfc { number, section: None } => write!(f, "RFC{number}"),
            Reference::Rfc { number, section: Some(section) } => write!(f, "RFC{number}, {section}"),
            Reference::Bcp(number) => write!(f, "BCP{number}"),
            Reference::Std(number) => write!(f, "STD{number}"),
            Reference::Uri { title: Some(text), .. }
            | Reference::Uri { uri: text, title: None }
            | Reference::Draft(text)
            | Reference::Note(text)
            | Reference::Text(text) => f.write_str(text),
        }
    }
}

/// The URL of a reference.
#[derive(Clone, Copy, Debug)]
struct Url(Reference);

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Reference::Rfc { number, .. } => pad(f, format_args!("https://www.rfc-editor.org/rfc/rfc{number}")),
            Reference::Bcp(number) => pad(f, format_args!("https://www.rfc-editor.org/info/bcp{number}")),
            Reference::Std(number) => pad(f, format_args!("https://www.rfc-editor.org/info/std{number}")),
            // The datatracker lists a draft in the RFC Editor's queue under its name as a draft.
            Reference::Draft(name) => {
                let (series, name) = match name.strip_prefix("RFC-") {
                    Some(name) => ("draft-", name),
                    None => ("", name),
                };
                pad(f, format_args!("https://datatracker.ietf.org/doc/{series}{name}"))
            }
            Reference::Uri { uri: text, .. } | Reference::Note(text) | Reference::Text(text) => {
                pad(f, format_args!("{text}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reference;

    /// Each kind, whether the registry has it or not.
    #[test]
    fn references_are_decoded_by_kind() {
        let expected = [
            ("R8765\tSection 6.1", Reference::Rfc { number: 8765, section: Some("Section 6.1") }),
            ("R1", Reference::Rfc { number: 1, section: None }),
            ("B14", Reference::Bcp(14)),
            ("S90", Reference::Std(90)),
            ("Ddraft-a-00", Reference::Draft("draft-a-00")),
            ("Uhttp://a/", Reference::Uri { uri: "http://a/", title: None }),
            ("Uhttp://a/\tTR-352", Reference::Uri { uri: "http://a/", title: Some("TR-352") }),
            ("N1", Reference::Note("1")),
            ("T1912", Reference::Text("1912")),
        ];
        for (encoded, reference) in expected {
            assert_eq!(Reference::from_encoded(encoded), reference);
        }
    }
}
