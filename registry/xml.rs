//! Strict XML: quick-xml's events, with the checks of well-formedness that quick-xml leaves to its caller.
//! [`Parser::next`] checks every event, and [`Parser::attributes`] every tag.

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape_with};
use quick_xml::events::{BytesRef, Event};
use std::borrow::Cow;
use std::fmt::{self, Display};

/// Events that are read; IANA's file has 417,000.
const MAX_EVENTS: usize = 2_000_000;

/// Each attribute of an element is compared with those before it.
const MAX_ATTRIBUTES: usize = 16;

/// What stopped the build: where in the file, and what was expected there.
#[derive(Debug)]
pub struct Error {
    /// Line in the file, from 1.
    pub line: usize,
    /// Number of the record, from 1, if the error lies in one.
    pub record: Option<usize>,
    pub message: String,
}

impl Error {
    /// The message is cut to 400 characters, since it may quote the file.
    pub fn new(line: usize, record: Option<usize>, message: impl Display) -> Self {
        Error { line, record, message: self::message(&message.to_string(), 400) }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        if let Some(record) = self.record {
            write!(f, "record {record}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// Escapes what would not show as itself, such as a control character or U+202E: Cargo reads each line that a build
/// script prints for itself.
pub fn one_line(text: &str) -> String {
    let mut line = String::new();
    for character in text.chars() {
        match character {
            '"' | '\'' | '\\' => line.push(character),
            // After another character, one that combines with it stays.
            _ => line.extend(format!("a{character}").escape_debug().skip(1)),
        }
    }
    line
}

/// One line of at most `limit` characters.
pub fn message(text: &str, limit: usize) -> String {
    // Each character is one or more in the line.
    let (kept, is_cut) = match text.char_indices().nth(limit) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    };
    let mut line = one_line(kept);
    match line.char_indices().nth(limit - 1) {
        Some((end, last)) if is_cut || line.len() > end + last.len_utf8() => line.replace_range(end.., "…"),
        _ if is_cut => line.push('…'),
        _ => {}
    }
    line
}

/// A name and its value.
pub(super) type Attribute<'a> = (&'a str, Cow<'a, str>);

pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Folds XML's whitespace; a no-break space is text.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Whether a processing instruction may be for this: namespaces forbid a colon, and `xml` is a declaration.
fn is_pi_target(text: &str) -> bool {
    is_name(text) && !text.contains(':') && !text.eq_ignore_ascii_case("xml")
}

/// How many lines end in the text: with LF, CR LF, or a CR alone.
pub(super) fn line_ends(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

/// Whether the text is an XML name in ASCII, with no prefix but `xml:`; IANA's files use no others.
pub(super) fn is_name(text: &str) -> bool {
    let name = text.strip_prefix("xml:").unwrap_or(text);
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

pub(super) struct Parser<'a> {
    reader: Reader<&'a [u8]>,
    source: &'a str,
    /// How many events were read.
    events: usize,
    /// Where the event that was read last starts, and its line.
    start: usize,
    pub(super) line: usize,
    /// Where it ends, and the line there.
    end: (usize, usize),
    /// Name and attributes in the tag that was read last.
    pub(super) tag: (&'a str, &'a str),
    /// Number of the record being read.
    pub(super) record: Option<usize>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let mut reader = Reader::from_str(source);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_comments = true;
        Parser { reader, source, events: 0, start: 0, line: 1, end: (0, 1), tag: ("", ""), record: None }
    }

    /// An error at the start of the event that was read last.
    pub(super) fn error(&self, message: impl Display) -> Error {
        Error::new(self.line, self.record, message)
    }

    pub(super) fn malformed(&self, reason: impl Display) -> Error {
        self.error(format_args!("not well-formed XML: {reason}"))
    }

    /// An error if XML does not have one of the characters.
    fn allowed(&self, characters: impl IntoIterator<Item = char>) -> Result<(), Error> {
        let is_allowed = |character| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
        match characters.into_iter().find(|character| !is_allowed(*character)) {
            Some(other) => Err(self.malformed(format_args!("character U+{:04X}", u32::from(other)))),
            None => Ok(()),
        }
    }

    /// The next event that carries content.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Error> {
        loop {
            (self.start, self.line) = self.end;
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.malformed(error)),
            };
            self.events += 1;
            if self.events > MAX_EVENTS {
                return Err(self.error(format_args!("more than {MAX_EVENTS} tags, texts and references")));
            }
            self.check_characters(matches!(event, Event::Text(_)))?;
            match &event {
                Event::Comment(_) => {}
                Event::Start(start) => {
                    let name = start.name().as_ref().len();
                    self.tag = self.source[self.start + 1..][..start.len()].split_at(name);
                    return Ok(event);
                }
                Event::PI(pi) if is_pi_target(pi.target()) => {}
                Event::PI(pi) => {
                    return Err(self.error(format_args!("unexpected processing instruction <?{}?>", pi.target())));
                }
                Event::Decl(declaration) if self.start == 0 => {
                    self.tag = self.source["<?".len()..][..declaration.len()].split_at("xml".len());
                    self.check_declaration()?;
                }
                Event::Decl(_) => return Err(self.malformed("<?xml ?> inside the file")),
                _ => return Ok(event),
            }
        }
    }

    /// Checks what `<?xml ?>` states: version, encoding and standalone, in this order.
    fn check_declaration(&self) -> Result<(), Error> {
        let mut known = ["version", "encoding", "standalone"].into_iter();
        let mut rest = self.tag.1;
        let mut version = "";
        while !rest.trim_ascii().is_empty() {
            let Some((name, value, after)) = attribute(rest) else {
                return Err(self.malformed("attributes of <?xml ?>"));
            };
            match (known.find(|known| *known == name), value) {
                (None, _) => return Err(self.malformed(format_args!("attribute {name} of <?xml ?>"))),
                (Some("version"), value) => version = value,
                (Some("encoding"), value) if value.eq_ignore_ascii_case("UTF-8") => {}
                (Some("standalone"), "yes" | "no") => {}
                (Some("standalone"), _) => return Err(self.malformed("standalone is neither yes nor no")),
                (Some(_), _) => return Err(self.error("expected XML 1.0 in UTF-8")),
            }
            rest = after;
        }
        if version == "1.0" { Ok(()) } else { Err(self.error("expected XML 1.0 in UTF-8")) }
    }

    /// Checks the characters of an event, and counts its lines on the way. A plain loop, since build scripts are mostly
    /// built without optimisation.
    fn check_characters(&mut self, is_text: bool) -> Result<(), Error> {
        let bytes = self.source.as_bytes();
        let mut at = self.start;
        let mut line = self.line;
        let end = self.reader.buffer_position() as usize;
        while at < end {
            let byte = bytes[at];
            // A CR ends a line, and so does the LF after it, once.
            if byte == b'\n' && (at == 0 || bytes[at - 1] != b'\r') || byte == b'\r' {
                line += 1;
            } else if byte < b' ' || byte == 0xef || byte == b']' {
                // U+FFFE and U+FFFF start with 0xEF.
                let rest = &self.source[at..];
                let checked = match is_text && rest.starts_with("]]>") {
                    true => Err(self.malformed("]]> in text")),
                    false => self.allowed(rest.chars().take(1)),
                };
                checked.map_err(|error| Error { line, ..error })?;
            }
            at += 1;
        }
        self.end = (end, line);
        Ok(())
    }

    /// The name of the next child element of `parent`, or `None` at its end; nothing but white space may stand between.
    pub(super) fn child(&mut self, parent: &str) -> Result<Option<&'a str>, Error> {
        loop {
            match self.next()? {
                Event::Start(_) => return Ok(Some(self.tag.0)),
                Event::End(_) => return Ok(None),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::Text(text) => {
                    let space = text.len() - text.trim_ascii_start().len();
                    self.line += line_ends(&text[..space]);
                    return Err(self.error(format_args!("unexpected text in <{parent}>")));
                }
                Event::Eof => return Err(self.error(format_args!("the file ends inside <{parent}>"))),
                _ => return Err(self.error(format_args!("unexpected markup in <{parent}>"))),
            }
        }
    }

    /// The character that `&lt;` or `&#233;` stands for.
    pub(super) fn character(&self, reference: &BytesRef<'_>) -> Result<char, Error> {
        let named = || resolve_xml_entity(reference).and_then(|text| text.chars().next());
        let resolved = reference.resolve_char_ref().map_err(|error| self.malformed(error))?.or_else(named);
        let character = resolved.ok_or_else(|| self.error(format_args!("unknown entity &{};", &**reference)))?;
        self.allowed([character]).map(|()| character)
    }

    /// Names and values of the attributes in the tag that was read last.
    pub(super) fn attributes(&self, is_known: impl Fn(&str) -> bool) -> Result<Vec<Attribute<'a>>, Error> {
        let mut attributes = Vec::<Attribute>::new();
        let (element, mut rest) = self.tag;
        while !rest.trim_ascii().is_empty() {
            let Some((name, value, after)) = attribute(rest) else {
                return Err(self.malformed(format_args!("attributes of <{element}>")));
            };
            if attributes.iter().any(|(earlier, _)| *earlier == name) {
                return Err(self.malformed(format_args!("duplicate attribute {name} of <{element}>")));
            }
            if !is_known(name) || attributes.len() == MAX_ATTRIBUTES {
                return Err(self.error(format_args!("unexpected attribute {name} of <{element}>")));
            }
            let folded = self.value(value)?;
            // Namespaces are the same only if they are written so.
            attributes.push((name, if name == "xmlns" { value.into() } else { folded }));
            rest = after;
        }
        Ok(attributes)
    }

    /// What the text in an attribute's quotation marks stands for.
    fn value(&self, text: &'a str) -> Result<Cow<'a, str>, Error> {
        if text.contains('<') {
            return Err(self.malformed("< in an attribute"));
        }
        let text = unescape_with(text, resolve_xml_entity).map_err(|error| self.malformed(error))?;
        self.allowed(text.chars())?;
        Ok(fold(&text).into())
    }
}

/// Name and value of the first attribute, and what follows it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, value) = text.split_once('=')?;
    let spaced = name.trim_ascii_start();
    let value = value.trim_ascii_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, rest) = value[1..].split_once(quote)?;
    (spaced.len() < name.len()).then_some((spaced.trim_ascii_end(), value, rest))
}
