//! Reads IANA's XML: quick-xml's events in, one [`Record`] for each `record` element out, in file order.
//!
//! The reader knows the elements of IANA's schema and stops at anything else, so that a file of another shape
//! never turns into wrong tables. The rules of XML that quick-xml leaves to its caller are checked in
//! [`Parser::next`], which every event passes, and in [`Parser::attributes`], which every tag passes.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;
use std::fmt::{self, Display};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

const NAMESPACE: &str = "http://www.iana.org/assignments";
const REGISTRY_ID: &str = "service-names-port-numbers";

/// The largest file that is read; IANA's has 5 MB.
const MAX_MEGABYTES: u64 = 64;

/// The tables number the records with two bytes.
pub const MAX_RECORDS: usize = u16::MAX as usize;

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
    /// The message is cut to a few hundred bytes, since it may quote the file.
    pub fn new(line: usize, record: Option<usize>, message: impl AsRef<str>) -> Self {
        const LONGEST: usize = 400;
        let mut message = one_line(message.as_ref());
        if let Some((cut, _)) = message.char_indices().find(|&(at, _)| at >= LONGEST) {
            message.truncate(cut);
            message.push('…');
        }
        Error { line, record, message }
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

impl std::error::Error for Error {}

/// Escapes control characters: cargo takes each line that a build script prints for itself.
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| match character.is_control() {
            true => character.escape_default().to_string(),
            false => character.to_string(),
        })
        .collect()
}

/// The registry as the file states it; every text has its white space folded.
#[derive(Debug)]
pub struct Registry<'a> {
    /// Text and line of `updated`.
    pub updated: (Cow<'a, str>, usize),
    /// The note that tells what a registry other than IANA's own file was amended from.
    pub amendments: Option<Cow<'a, str>>,
    pub records: Vec<Record<'a>>,
}

impl Registry<'_> {
    /// An error at the record with this index.
    pub fn error(&self, index: usize, message: impl AsRef<str>) -> Error {
        Error::new(self.records[index].line, Some(index + 1), message)
    }
}

/// One `record`, as spelt; what is absent is empty.
#[derive(Debug)]
pub struct Record<'a> {
    /// Line of the element in the file, from 1.
    pub line: usize,
    pub date: Cow<'a, str>,
    pub updated: Cow<'a, str>,
    pub name: Cow<'a, str>,
    pub protocol: Cow<'a, str>,
    pub number: Cow<'a, str>,
    pub description: Cow<'a, str>,
    /// `None` without an `assignee` element, which means that the record's own persons are the assignees.
    pub assignees: Option<Vec<Xref<'a>>>,
    pub xrefs: Vec<Xref<'a>>,
    pub service_code: Cow<'a, str>,
    pub unauthorized: Cow<'a, str>,
    pub note: Cow<'a, str>,
}

/// One `xref`.
#[derive(Debug)]
pub struct Xref<'a> {
    pub kind: &'static str,
    pub data: Cow<'a, str>,
    /// Text that replaces `data` for display; empty if there is none.
    pub text: Cow<'a, str>,
}

const KINDS: [&str; 11] =
    ["person", "rfc", "bcp", "std", "draft", "uri", "text", "note", "rfc-errata", "registry", "unicode"];

impl<'a> Xref<'a> {
    /// What IANA prints between the brackets.
    pub fn label(&self) -> Cow<'a, str> {
        match self.kind {
            _ if !self.text.is_empty() => self.text.clone(),
            "rfc" | "bcp" | "std" => self.data.to_ascii_uppercase().into(),
            _ => self.data.clone(),
        }
    }
}

/// What a file has to be.
pub fn expected() -> String {
    format!("expected <registry> with id=\"{REGISTRY_ID}\", IANA's XML of the registry")
}

/// Reads a file of bytes; a device or a pipe might never end.
pub fn load(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: &dyn Display| format!("{error}; {}", expected());
    if !fs::metadata(path).map_err(|error| failed(&error))?.is_file() {
        return Err(failed(&"not a regular file"));
    }
    let (mut source, limit) = (Vec::new(), MAX_MEGABYTES << 20);
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut source));
    match read.map_err(|error| failed(&error))? as u64 > limit {
        true => Err(failed(&format_args!("the file is larger than {MAX_MEGABYTES} MB"))),
        false => Ok(source),
    }
}

/// Reads the registry.
pub fn read(source: &[u8]) -> Result<Registry<'_>, Error> {
    let text = str::from_utf8(source).map_err(|error| {
        let lines = 1 + source[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Error::new(lines, None, format!("not UTF-8; {}", expected()))
    })?;
    let source = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mut reader = Reader::from_str(source);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_comments = true;
    let parser = Parser { reader, source, start: 0, line: 1, end: (0, 1), record: None };
    match source.starts_with(BYTE_ORDER_MARK) {
        // quick-xml would skip it and not count its bytes.
        true => Err(parser.malformed("a second byte order mark")),
        false => parser.document(),
    }
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Folds XML's white space; a no-break space is text.
fn fold(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_plain(&text) {
        return text;
    }
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect();
    words.join(" ").into()
}

/// Whether there is nothing to fold, and nothing that means something else in an attribute. A plain loop, since build
/// scripts are mostly built without optimisation.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut before) = (0, b' ');
    while at < bytes.len() {
        let byte = bytes[at];
        if byte < b' ' || byte == b' ' && before == b' ' || byte == b'&' || byte == b'<' {
            return false;
        }
        before = byte;
        at += 1;
    }
    before != b' ' || bytes.is_empty()
}

/// Whether XML has the character.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Whether the name is one of XML's, in ASCII and in no namespace but `xml`: no other is in IANA's files.
fn is_name(text: &str) -> bool {
    let name = text.strip_prefix("xml:").unwrap_or(text);
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

struct Parser<'a> {
    reader: Reader<&'a [u8]>,
    source: &'a str,
    /// Where the event that was read last starts, and its line.
    start: usize,
    line: usize,
    /// Where it ends, and the line there.
    end: (usize, usize),
    /// Number of the record being read.
    record: Option<usize>,
}

impl<'a> Parser<'a> {
    /// An error at the start of the event that was read last.
    fn error(&self, message: impl AsRef<str>) -> Error {
        Error::new(self.line, self.record, message)
    }

    fn malformed(&self, reason: impl Display) -> Error {
        self.error(format!("not well-formed XML: {reason}"))
    }

    /// The next event that carries content.
    fn next(&mut self) -> Result<Event<'a>, Error> {
        loop {
            (self.start, self.line) = self.end;
            let event = self.reader.read_event().map_err(|error| self.malformed(error))?;
            self.check_characters()?;
            match &event {
                Event::Comment(_) => {}
                Event::PI(pi) if is_name(pi.target()) && !pi.target().eq_ignore_ascii_case("xml") => {}
                Event::PI(pi) => return Err(self.malformed(format_args!("processing instruction {}", pi.target()))),
                Event::Decl(declaration) if self.start == 0 => {
                    let [_, encoding] = self.known_attributes("?xml", ["version", "encoding"])?;
                    let is_utf8 = encoding.is_none_or(|name| name.eq_ignore_ascii_case("UTF-8"));
                    if !is_utf8 || !declaration.version().is_ok_and(|version| version == "1.0") {
                        return Err(self.error("expected XML 1.0 in UTF-8"));
                    }
                }
                Event::Decl(_) => return Err(self.malformed("<?xml ?> inside the file")),
                Event::Text(text) if text.contains("]]>") => return Err(self.malformed("]]> in text")),
                _ => return Ok(event),
            }
        }
    }

    /// Checks the characters of an event, and counts its lines on the way.
    fn check_characters(&mut self) -> Result<(), Error> {
        let bytes = self.source.as_bytes();
        let (mut at, mut line) = (self.start, self.line);
        let end = self.reader.buffer_position() as usize;
        while at < end {
            let byte = bytes[at];
            // U+FFFE and U+FFFF start with 0xEF.
            if byte < b' ' || byte == 0xef {
                match self.source[at..].chars().next() {
                    Some('\n') => line += 1,
                    Some(character) if is_allowed(character) => {}
                    other => {
                        self.line = line;
                        return Err(self.malformed(format_args!("character U+{:04X}", other.map_or(0, u32::from))));
                    }
                }
            }
            at += 1;
        }
        self.end = (end, line);
        Ok(())
    }

    /// The name of the next child element of `parent`, or `None` at its end; nothing but white space may stand between.
    fn child(&mut self, parent: &str) -> Result<Option<&'a str>, Error> {
        loop {
            match self.next()? {
                Event::Start(start) => return Ok(Some(self.name(&start))),
                Event::End(_) => return Ok(None),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::Text(text) => {
                    let space = text.len() - text.trim_ascii_start().len();
                    self.line += text[..space].matches('\n').count();
                    return Err(self.error(format!("text where <{parent}> holds only elements")));
                }
                Event::Eof => return Err(self.error(format!("the file ends inside <{parent}>"))),
                _ => return Err(self.error(format!("unexpected markup where <{parent}> holds only elements"))),
            }
        }
    }

    fn document(mut self) -> Result<Registry<'a>, Error> {
        let expected = expected();
        let root = loop {
            match self.next()? {
                Event::Start(start) => break self.name(&start),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                // It could declare what the rest of the file means.
                Event::DocType(_) => {
                    return Err(self.error(format!("found a document type declaration (DTD); {expected}")));
                }
                Event::Eof => return Err(self.error(format!("the file holds no XML element; {expected}"))),
                _ => return Err(self.error(format!("the file is not XML; {expected}"))),
            }
        };
        if root != "registry" {
            return Err(self.error(format!("found <{root}>; {expected}")));
        }
        let found = self.known_attributes(root, ["xmlns", "id"])?;
        for (attribute, value, found) in [("xmlns", NAMESPACE, &found[0]), ("id", REGISTRY_ID, &found[1])] {
            if found.as_deref() != Some(value) {
                let found = found.as_ref().map_or(String::from("none"), |found| format!("\"{found}\""));
                return Err(self.error(format!("<registry> has {attribute} {found}; expected \"{value}\"")));
            }
        }
        let registry = self.registry()?;
        loop {
            match self.next()? {
                Event::Eof => return Ok(registry),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                _ => return Err(self.error("expected nothing after </registry>")),
            }
        }
    }

    fn registry(&mut self) -> Result<Registry<'a>, Error> {
        let (mut updated, mut amendments, mut records) = (None, None, Vec::new());
        while let Some(name) = self.child("registry")? {
            let line = self.line;
            match name {
                "record" if records.len() == MAX_RECORDS => {
                    return Err(
                        self.error(format!("more than {MAX_RECORDS} records, which is all that the tables hold"))
                    );
                }
                "record" => {
                    self.record = Some(records.len() + 1);
                    records.push(self.record()?);
                    self.record = None;
                }
                "updated" if updated.is_none() => updated = Some((self.text("updated")?, line)),
                "note" if self.attributes(name)?.contains(&("title", "Amendments".into())) => {
                    amendments = Some(self.text("note")?);
                }
                "title" | "category" | "created" | "xref" | "expert" | "registration_rule" | "description" | "note"
                | "footnote" | "people" => self.skip(name)?,
                other => return Err(self.error(format!("unexpected element <{other}> in <registry>"))),
            }
        }
        let updated = updated.ok_or_else(|| self.error("<registry> holds no <updated>, the date of its release"))?;
        Ok(Registry { updated, amendments, records })
    }

    fn record(&mut self) -> Result<Record<'a>, Error> {
        const FIELDS: [&str; 7] = ["name", "protocol", "number", "description", "sc", "unauthorized", "note"];
        let line = self.line;
        let dates = self.known_attributes("record", ["date", "updated"])?;
        let (mut texts, mut assignees, mut xrefs) = ([const { None }; FIELDS.len()], None, Vec::new());
        while let Some(name) = self.child("record")? {
            if name == "xref" {
                xrefs.push(self.xref()?);
                continue;
            }
            let [] = self.known_attributes(name, [])?;
            let again = match FIELDS.iter().position(|field| *field == name) {
                Some(field) => texts[field].replace(self.text(name)?).is_some(),
                None if name == "assignee" => assignees.replace(self.assignees()?).is_some(),
                None => return Err(self.error(format!("unexpected element <{name}> in <record>"))),
            };
            if again {
                return Err(self.error(format!("a second <{name}> in one <record>")));
            }
        }
        if texts[3].is_none() {
            return Err(self.error("expected a <description> in <record>"));
        }
        let [date, updated] = dates.map(Option::unwrap_or_default);
        let [name, protocol, number, description, service_code, unauthorized, note] =
            texts.map(Option::unwrap_or_default);
        Ok(Record {
            line,
            date,
            updated,
            name,
            protocol,
            number,
            description,
            assignees,
            xrefs,
            service_code,
            unauthorized,
            note,
        })
    }

    fn assignees(&mut self) -> Result<Vec<Xref<'a>>, Error> {
        let mut xrefs = Vec::new();
        while let Some(name) = self.child("assignee")? {
            match name {
                "xref" => xrefs.push(self.xref()?),
                other => return Err(self.error(format!("unexpected element <{other}> in <assignee>"))),
            }
        }
        Ok(xrefs)
    }

    fn xref(&mut self) -> Result<Xref<'a>, Error> {
        let [kind, data] = self.known_attributes("xref", ["type", "data"])?;
        let kind = kind.ok_or_else(|| self.error("expected a type on <xref>"))?;
        let known = KINDS.iter().find(|known| **known == kind);
        let kind = known.ok_or_else(|| self.error(format!("unexpected type \"{kind}\" of <xref>")))?;
        let (data, text) = (data.unwrap_or_default(), self.text("xref")?);
        match data.is_empty() && text.is_empty() {
            true => Err(self.error("expected data or a text on <xref>")),
            false => Ok(Xref { kind, data, text }),
        }
    }

    /// The rich text up to the end of the element: white space folded, an inline `xref` in brackets.
    fn text(&mut self, element: &str) -> Result<Cow<'a, str>, Error> {
        let mut text = Cow::Borrowed("");
        let mut open = 0_usize;
        loop {
            match self.next()? {
                Event::Text(part) => text += part.into_inner(),
                Event::CData(part) => text += part.into_inner(),
                Event::GeneralRef(reference) => text.to_mut().push(self.character(&reference)?),
                Event::Start(start) => match self.name(&start) {
                    "xref" if element != "xref" => {
                        text += "[";
                        text += self.xref()?.label();
                        text += "]";
                    }
                    name @ ("br" | "paragraph" | "artwork") => {
                        self.attributes(name)?;
                        text += "\n";
                        open += 1;
                    }
                    other => return Err(self.error(format!("unexpected element <{other}> in <{element}>"))),
                },
                Event::End(_) if open == 0 => return Ok(fold(text)),
                Event::End(_) => {
                    text += "\n";
                    open -= 1;
                }
                Event::Eof => return Err(self.error(format!("the file ends inside <{element}>"))),
                _ => return Err(self.error(format!("unexpected markup in <{element}>"))),
            }
        }
    }

    /// Reads on to the end of an element that says nothing of ports.
    fn skip(&mut self, element: &str) -> Result<(), Error> {
        self.attributes(element)?;
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Event::Start(start) => {
                    let name = self.name(&start);
                    if !is_name(name) {
                        return Err(self.error(format!("unexpected element <{name}> in <{element}>")));
                    }
                    self.attributes(name)?;
                    open += 1;
                }
                Event::End(_) => open -= 1,
                Event::Text(_) | Event::CData(_) => {}
                Event::GeneralRef(reference) => drop(self.character(&reference)?),
                Event::Eof => return Err(self.error(format!("the file ends inside <{element}>"))),
                _ => return Err(self.error(format!("unexpected markup in <{element}>"))),
            }
        }
        Ok(())
    }

    /// The character that `&lt;` or `&#233;` stands for.
    fn character(&self, reference: &BytesRef<'_>) -> Result<char, Error> {
        let named = || resolve_predefined_entity(reference).and_then(|text| text.chars().next());
        match reference.resolve_char_ref().map_err(|error| self.malformed(error))?.or_else(named) {
            None => Err(self.error(format!("unknown entity &{};", &**reference))),
            Some(character) if is_allowed(character) => Ok(character),
            Some(other) => Err(self.malformed(format_args!("character U+{:04X}", u32::from(other)))),
        }
    }

    /// The tag's name, as a part of the source.
    fn name(&self, start: &BytesStart<'_>) -> &'a str {
        let name = self.start + 1;
        &self.source[name..name + start.name().as_ref().len()]
    }

    /// The values of the attributes that the element with this name may have.
    fn known_attributes<const N: usize>(
        &self,
        element: &str,
        known: [&str; N],
    ) -> Result<[Option<Cow<'a, str>>; N], Error> {
        let mut values = [const { None }; N];
        for (name, value) in self.attributes(element)? {
            match known.iter().position(|known| *known == name) {
                Some(place) => values[place] = Some(value),
                None => return Err(self.error(format!("unexpected attribute {name} of <{element}>"))),
            }
        }
        Ok(values)
    }

    /// All attributes in the tag with this name that was read last.
    fn attributes(&self, element: &str) -> Result<Vec<(&'a str, Cow<'a, str>)>, Error> {
        let tag = &self.source[self.start + 1 + element.len()..self.end.0];
        let closing = if element == "?xml" {
            "?>"
        } else if tag.ends_with("/>") {
            "/>"
        } else {
            ">"
        };
        let mut rest = &tag[..tag.len() - closing.len()];
        let mut attributes = Vec::new();
        while !rest.trim_ascii().is_empty() {
            let Some((name, value, after)) = attribute(rest) else {
                return Err(self.malformed(format_args!("attributes of <{element}>")));
            };
            if attributes.iter().any(|(earlier, _)| *earlier == name) {
                return Err(self.malformed(format_args!("a second attribute {name} of <{element}>")));
            }
            if !is_name(name) || attributes.len() == MAX_ATTRIBUTES {
                return Err(self.error(format!("unexpected attribute {name} of <{element}>")));
            }
            attributes.push((name, self.value(value)?));
            rest = after;
        }
        Ok(attributes)
    }

    /// What the text in an attribute's quotation marks stands for.
    fn value(&self, text: &'a str) -> Result<Cow<'a, str>, Error> {
        if is_plain(text) {
            return Ok(text.into());
        }
        if text.contains('<') {
            return Err(self.malformed("< in an attribute"));
        }
        let text = unescape(text).map_err(|error| self.malformed(error))?;
        match text.chars().find(|character| !is_allowed(*character)) {
            Some(other) => Err(self.malformed(format_args!("character U+{:04X}", u32::from(other)))),
            None => Ok(fold(text)),
        }
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
