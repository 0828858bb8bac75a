//! Reads IANA's XML: quick-xml's events in, one [`Record`] for each `record` element out, in file order.
//!
//! The reader knows the elements of IANA's schema and stops at anything else, so that a file of another shape
//! never turns into wrong tables.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::fmt;

const NAMESPACE: &str = "http://www.iana.org/assignments";
const REGISTRY_ID: &str = "service-names-port-numbers";

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
    /// One line of no more than a few hundred characters, whatever the file holds: cargo takes each line that a build
    /// script prints for itself.
    pub fn new(line: usize, record: Option<usize>, message: impl AsRef<str>) -> Self {
        const LONGEST: usize = 400;
        let mut told = String::new();
        for character in message.as_ref().chars() {
            match character {
                _ if told.len() > LONGEST => {
                    told.push('…');
                    break;
                }
                '\0'..' ' | '\u{7f}'..'\u{a0}' => told.extend(character.escape_default()),
                _ => told.push(character),
            }
        }
        Error { line, record, message: told }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        if let Some(record) = self.record {
            write!(f, "record {record}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// The registry as the file states it; every text has its white space folded.
#[derive(Debug)]
pub struct Registry {
    /// Text and line of `updated`.
    pub updated: (String, usize),
    /// The note that tells what a registry other than IANA's own file was amended from.
    pub amendments: Option<String>,
    pub records: Vec<Record>,
}

impl Registry {
    /// An error at the record with this index.
    pub fn error(&self, index: usize, message: impl AsRef<str>) -> Error {
        let line = self.records.get(index).map_or(0, |record| record.line);
        Error::new(line, Some(index + 1), message)
    }
}

/// One `record`, as spelt; an element that is absent or empty is `None` or an empty list.
#[derive(Debug, Default)]
pub struct Record {
    /// Line of the element in the file, from 1.
    pub line: usize,
    pub date: Option<String>,
    pub updated: Option<String>,
    pub name: Option<String>,
    pub protocol: Option<String>,
    pub number: Option<String>,
    pub description: String,
    /// `None` without an `assignee` element, which means that the record's own persons are the assignees.
    pub assignees: Option<Vec<Xref>>,
    pub xrefs: Vec<Xref>,
    pub service_code: Option<String>,
    pub unauthorized: Option<String>,
    pub note: Option<String>,
}

/// One `xref`.
#[derive(Debug, PartialEq)]
pub struct Xref {
    pub kind: String,
    pub data: String,
    /// Text that replaces `data` for display; empty if there is none.
    pub text: String,
}

impl Xref {
    /// What IANA prints between the brackets.
    pub fn label(&self) -> String {
        match self.kind.as_str() {
            _ if !self.text.is_empty() => self.text.clone(),
            "rfc" | "bcp" | "std" => self.data.to_ascii_uppercase(),
            _ => self.data.clone(),
        }
    }
}

/// Reads the whole file.
pub fn read(source: &[u8]) -> Result<Registry, Error> {
    let text = str::from_utf8(source).map_err(|error| {
        let valid = source.get(..error.valid_up_to()).and_then(|valid| str::from_utf8(valid).ok());
        Error::new(1 + line_breaks(valid.unwrap_or("")), None, format!("not UTF-8; {}", expected()))
    })?;
    let source = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(source);
    reader.config_mut().expand_empty_elements = true;
    Parser { reader, source, counted: (0, 1), record: None }.document()
}

/// What a file has to be.
pub fn expected() -> String {
    format!("expected <registry> with id=\"{REGISTRY_ID}\", IANA's XML of the registry")
}

fn line_breaks(text: &str) -> usize {
    text.matches('\n').count()
}

/// Folds XML's white space; a no-break space is text. The error is a control character, which XML does not allow. One
/// plain loop, since build scripts are mostly built without optimisation.
fn fold(text: &str) -> Result<String, u8> {
    let bytes = text.as_bytes();
    let mut folded = String::with_capacity(bytes.len());
    let (mut word, mut at) = (0, 0);
    while at <= bytes.len() {
        let byte = if at < bytes.len() { bytes[at] } else { b' ' };
        if byte <= b' ' {
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Err(byte);
            }
            if word < at {
                if !folded.is_empty() {
                    folded.push(' ');
                }
                folded.push_str(&text[word..at]);
            }
            word = at + 1;
        }
        at += 1;
    }
    Ok(folded)
}

struct Parser<'a> {
    reader: Reader<&'a [u8]>,
    source: &'a str,
    /// A place up to which the lines are counted, and its line.
    counted: (usize, usize),
    /// Number of the record being read.
    record: Option<usize>,
}

impl<'a> Parser<'a> {
    /// The line that the reader has come to.
    fn line(&self) -> usize {
        let (offset, line) = self.counted;
        let read = self.source.get(offset..self.offset()).unwrap_or_default();
        line + line_breaks(read)
    }

    fn offset(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn error(&self, message: impl AsRef<str>) -> Error {
        Error::new(self.line(), self.record, message)
    }

    /// The next event that carries content.
    fn next(&mut self) -> Result<Event<'a>, Error> {
        loop {
            match self.reader.read_event() {
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => {}
                Ok(event) => return Ok(event),
                Err(error) => return Err(self.error(format!("not well-formed XML: {error}"))),
            }
        }
    }

    /// The next child element of `parent`, or `None` at its end; nothing but white space may stand between.
    fn child(&mut self, parent: &str) -> Result<Option<BytesStart<'a>>, Error> {
        loop {
            match self.next()? {
                Event::Start(start) => return Ok(Some(start)),
                Event::End(_) => return Ok(None),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::Eof => return Err(self.error(format!("the file ends inside <{parent}>"))),
                _ => return Err(self.error(format!("text where <{parent}> holds only elements"))),
            }
        }
    }

    fn document(mut self) -> Result<Registry, Error> {
        let expected = expected();
        let root = loop {
            match self.next()? {
                Event::Start(start) => break start,
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                // Without declarations of its own, which could change what follows.
                Event::DocType(name) if !name.contains('[') => {}
                Event::Eof => return Err(self.error(format!("the file holds no XML element; {expected}"))),
                _ => return Err(self.error(format!("the file is not XML; {expected}"))),
            }
        };
        if root.name().as_ref() != "registry" {
            return Err(self.error(format!("found <{}>; {expected}", root.name().as_ref())));
        }
        let found = self.attributes(&root, ["xmlns", "id"])?;
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

    fn registry(&mut self) -> Result<Registry, Error> {
        let mut updated = None;
        let mut amendments = None;
        let mut records = Vec::new();
        while let Some(start) = self.child("registry")? {
            self.counted = (self.offset(), self.line());
            let line = self.counted.1;
            match start.name().as_ref() {
                "record" => {
                    self.record = Some(records.len() + 1);
                    records.push(self.record(&start, line)?);
                    self.record = None;
                }
                "note" if matches!(start.try_get_attribute("title"), Ok(Some(title)) if title.value == "Amendments") => {
                    amendments = Some(self.text("note")?);
                }
                "updated" if updated.is_none() => updated = Some((self.text("updated")?, line)),
                "title" | "category" | "created" | "xref" | "expert" | "registration_rule" | "description" | "note"
                | "footnote" | "people" => self.skip(&start)?,
                other => return Err(self.error(format!("unexpected element <{other}> in <registry>"))),
            }
        }
        let updated = updated.ok_or_else(|| self.error("<registry> holds no <updated>, the date of its release"))?;
        Ok(Registry { updated, amendments, records })
    }

    fn record(&mut self, start: &BytesStart<'a>, line: usize) -> Result<Record, Error> {
        let [date, updated] = self.attributes(start, ["date", "updated"])?;
        let mut record = Record { line, date, updated, ..Record::default() };
        let mut seen = Vec::new();
        while let Some(start) = self.child("record")? {
            let name = start.name();
            let name = name.as_ref();
            if name == "xref" {
                record.xrefs.push(self.xref(&start)?);
                continue;
            }
            if !start.attributes_raw().trim_ascii().is_empty() {
                let [] = self.attributes(&start, [])?;
            }
            if seen.contains(&name.to_owned()) {
                return Err(self.error(format!("a second <{name}> in one <record>")));
            }
            seen.push(name.to_owned());
            if name == "assignee" {
                record.assignees = Some(self.assignees()?);
                continue;
            }
            if !matches!(name, "name" | "protocol" | "number" | "description" | "sc" | "unauthorized" | "note") {
                return Err(self.error(format!("unexpected element <{name}> in <record>")));
            }
            let text = self.text(name)?;
            let value = Some(text.clone()).filter(|text| !text.is_empty());
            match name {
                "name" => record.name = value,
                "protocol" => record.protocol = value,
                "number" => record.number = value,
                "sc" => record.service_code = value,
                "unauthorized" => record.unauthorized = value,
                "note" => record.note = value,
                _ => record.description = text,
            }
        }
        match seen.iter().any(|name| name == "description") {
            true => Ok(record),
            false => Err(self.error("expected a <description> in <record>")),
        }
    }

    fn assignees(&mut self) -> Result<Vec<Xref>, Error> {
        let mut xrefs = Vec::new();
        while let Some(start) = self.child("assignee")? {
            match start.name().as_ref() {
                "xref" => xrefs.push(self.xref(&start)?),
                other => return Err(self.error(format!("unexpected element <{other}> in <assignee>"))),
            }
        }
        Ok(xrefs)
    }

    fn xref(&mut self, start: &BytesStart<'a>) -> Result<Xref, Error> {
        let [kind, data] = self.attributes(start, ["type", "data"])?;
        let kind = kind.ok_or_else(|| self.error("expected a type on <xref>"))?;
        if !matches!(
            kind.as_str(),
            "person"
                | "rfc"
                | "bcp"
                | "std"
                | "draft"
                | "uri"
                | "text"
                | "note"
                | "rfc-errata"
                | "registry"
                | "unicode"
        ) {
            return Err(self.error(format!("unexpected type \"{kind}\" of <xref>")));
        }
        let data = data.unwrap_or_default();
        let text = self.text("xref")?;
        match data.is_empty() && text.is_empty() {
            true => Err(self.error("expected data or a text on <xref>")),
            false => Ok(Xref { kind, data, text }),
        }
    }

    /// The rich text up to the end of the element: white space folded, an inline `xref` in brackets.
    fn text(&mut self, element: &str) -> Result<String, Error> {
        let mut text = String::new();
        let mut open = 0_usize;
        loop {
            match self.next()? {
                Event::Text(part) => text.push_str(&part),
                Event::CData(part) => text.push_str(&part),
                Event::GeneralRef(reference) => text.push(self.character(&reference)?),
                Event::Start(start) => match start.name().as_ref() {
                    "xref" if element != "xref" => {
                        text.push('[');
                        text.push_str(&self.xref(&start)?.label());
                        text.push(']');
                    }
                    "br" | "paragraph" | "artwork" => {
                        text.push('\n');
                        open += 1;
                    }
                    other => return Err(self.error(format!("unexpected element <{other}> in <{element}>"))),
                },
                Event::End(_) if open == 0 => return self.folded(&text),
                Event::End(_) => {
                    text.push('\n');
                    open -= 1;
                }
                Event::Eof => return Err(self.error(format!("the file ends inside <{element}>"))),
                _ => return Err(self.error(format!("unexpected markup in <{element}>"))),
            }
        }
    }

    fn folded(&self, text: &str) -> Result<String, Error> {
        fold(text).map_err(|byte| self.error(format!("not well-formed XML: control character U+{byte:04X}")))
    }

    /// The character that `&lt;` or `&#233;` stands for.
    fn character(&self, reference: &quick_xml::events::BytesRef<'_>) -> Result<char, Error> {
        let resolved =
            reference.resolve_char_ref().map_err(|error| self.error(format!("not well-formed XML: {error}")))?;
        let named = quick_xml::escape::resolve_predefined_entity(reference).and_then(|text| text.chars().next());
        resolved.or(named).ok_or_else(|| self.error(format!("unknown entity &{};", &**reference)))
    }

    /// The values of the attributes that the element may have.
    fn attributes<const N: usize>(
        &self,
        start: &BytesStart<'_>,
        known: [&str; N],
    ) -> Result<[Option<String>; N], Error> {
        let malformed = |error: &dyn fmt::Display| self.error(format!("not well-formed XML: {error}"));
        let mut values = [const { None }; N];
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| malformed(&error))?;
            let name = attribute.key.as_ref();
            let Some((_, value)) = known.iter().zip(&mut values).find(|(known, _)| **known == name) else {
                return Err(self.error(format!("unexpected attribute {name} of <{}>", start.name().as_ref())));
            };
            let text = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            *value = Some(self.folded(&text.map_err(|error| malformed(&error))?)?);
        }
        Ok(values)
    }

    fn skip(&mut self, start: &BytesStart<'a>) -> Result<(), Error> {
        match self.reader.read_to_end(start.name()) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.error(format!("not well-formed XML: {error}"))),
        }
    }
}
