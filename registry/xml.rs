//! Reads IANA's XML: quick-xml's events in, one [`Record`] for each `record` element out, in file order.
//!
//! The reader knows the elements of IANA's schema and stops at anything else, so that a file of another shape
//! never turns into wrong tables. The rules of XML that quick-xml leaves to its caller are checked in
//! [`Parser::next`], which every event passes, and in [`Parser::attributes`], which every tag passes.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, Event};
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
    pub fn new(line: usize, record: Option<usize>, message: impl Display) -> Self {
        const LONGEST: usize = 400;
        let mut message = one_line(&message.to_string());
        if let Some((cut, _)) = message.char_indices().find(|&(at, _)| at >= LONGEST) {
            message.replace_range(cut.., "…");
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

/// Escapes control characters: cargo takes each line that a build script prints for itself.
pub fn one_line(text: &str) -> String {
    let mut line = String::new();
    for character in text.chars() {
        match character.is_control() {
            true => line.extend(character.escape_default()),
            false => line.push(character),
        }
    }
    line
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
    pub fn error(&self, index: usize, message: impl Display) -> Error {
        Error::new(self.records[index].line, Some(index + 1), message)
    }
}

/// One `record`, as spelt; what is absent is empty.
#[derive(Debug, Default)]
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
    let parser = Parser { reader, source, start: 0, line: 1, end: (0, 1), tag: ("", ""), record: None };
    match source.starts_with(BYTE_ORDER_MARK) {
        // quick-xml would skip it and not count its bytes.
        true => Err(parser.malformed("a second byte order mark")),
        false => parser.document(),
    }
}

/// A name and its value.
type Attribute<'a> = (&'a str, Cow<'a, str>);

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Folds XML's white space; a no-break space is text.
fn fold(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_plain(&text) {
        return text;
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded.into()
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
    /// Name and attributes in the tag that was read last.
    tag: (&'a str, &'a str),
    /// Number of the record being read.
    record: Option<usize>,
}

impl<'a> Parser<'a> {
    /// An error at the start of the event that was read last.
    fn error(&self, message: impl Display) -> Error {
        Error::new(self.line, self.record, message)
    }

    fn malformed(&self, reason: impl Display) -> Error {
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
    fn next(&mut self) -> Result<Event<'a>, Error> {
        loop {
            (self.start, self.line) = self.end;
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.malformed(error)),
            };
            self.check_characters(matches!(event, Event::Text(_)))?;
            match &event {
                Event::Comment(_) => {}
                Event::Start(start) => {
                    let name = start.name().as_ref().len();
                    self.tag = self.source[self.start + 1..][..start.len()].split_at(name);
                    return Ok(event);
                }
                Event::PI(pi) if is_name(pi.target()) && !pi.target().eq_ignore_ascii_case("xml") => {}
                Event::PI(pi) => {
                    return Err(self.error(format_args!("unexpected processing instruction <?{}?>", pi.target())));
                }
                Event::Decl(declaration) if self.start == 0 => {
                    self.tag = self.source["<?".len()..][..declaration.len()].split_at("xml".len());
                    let [_, encoding, standalone] = self.known_attributes(["version", "encoding", "standalone"])?;
                    let is_utf8 = encoding.is_empty() || encoding.eq_ignore_ascii_case("UTF-8");
                    if !matches!(&*standalone, "" | "yes" | "no") {
                        return Err(self.malformed("standalone is neither yes nor no"));
                    }
                    if !is_utf8 || !declaration.version().is_ok_and(|version| version == "1.0") {
                        return Err(self.error("expected XML 1.0 in UTF-8"));
                    }
                }
                Event::Decl(_) => return Err(self.malformed("<?xml ?> inside the file")),
                _ => return Ok(event),
            }
        }
    }

    /// Checks the characters of an event, and counts its lines on the way. A plain loop, since build scripts are mostly
    /// built without optimisation; so is [`is_plain`].
    fn check_characters(&mut self, is_text: bool) -> Result<(), Error> {
        let bytes = self.source.as_bytes();
        let (mut at, mut line) = (self.start, self.line);
        let end = self.reader.buffer_position() as usize;
        while at < end {
            let byte = bytes[at];
            if byte == b'\n' {
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
    fn child(&mut self, parent: &str) -> Result<Option<&'a str>, Error> {
        loop {
            match self.next()? {
                Event::Start(_) => return Ok(Some(self.tag.0)),
                Event::End(_) => return Ok(None),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::Text(text) => {
                    let space = text.len() - text.trim_ascii_start().len();
                    self.line += text[..space].matches('\n').count();
                    return Err(self.error(format_args!("text where <{parent}> holds only elements")));
                }
                Event::Eof => return Err(self.error(format_args!("the file ends inside <{parent}>"))),
                _ => return Err(self.error(format_args!("unexpected markup where <{parent}> holds only elements"))),
            }
        }
    }

    fn document(mut self) -> Result<Registry<'a>, Error> {
        let expected = expected();
        loop {
            match self.next()? {
                Event::Start(_) => break,
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                // It could declare what the rest of the file means.
                Event::DocType(_) => {
                    return Err(self.error(format_args!("found a document type declaration (DTD); {expected}")));
                }
                Event::Eof => return Err(self.error(format_args!("the file holds no XML element; {expected}"))),
                _ => return Err(self.error(format_args!("the file is not XML; {expected}"))),
            }
        }
        if self.tag.0 != "registry" {
            return Err(self.error(format_args!("found <{}>; {expected}", self.tag.0)));
        }
        let found = self.known_attributes(["xmlns", "id"])?;
        for (attribute, value, found) in [("xmlns", NAMESPACE, &found[0]), ("id", REGISTRY_ID, &found[1])] {
            if found != value {
                return Err(self.error(format_args!("<registry> has {attribute} \"{found}\"; expected \"{value}\"")));
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
                    return Err(self.error(format_args!("more than {MAX_RECORDS} records; the tables hold no more")));
                }
                "record" => {
                    self.record = Some(records.len() + 1);
                    records.push(self.record()?);
                    self.record = None;
                }
                "updated" if updated.is_none() => {
                    let [] = self.known_attributes([])?;
                    updated = Some((self.text(name)?, line));
                }
                "note" if self.attributes(is_name)?.contains(&("title", "Amendments".into())) => {
                    amendments = Some(self.text(name)?);
                }
                "title" | "category" | "created" | "xref" | "expert" | "registration_rule" | "description" | "note"
                | "footnote" | "people" => self.skip(name)?,
                other => return Err(self.error(format_args!("unexpected element <{other}> in <registry>"))),
            }
        }
        let updated = updated.ok_or_else(|| self.error("<registry> holds no <updated>, the date of its release"))?;
        Ok(Registry { updated, amendments, records })
    }

    fn record(&mut self) -> Result<Record<'a>, Error> {
        let line = self.line;
        let [date, updated] = self.known_attributes(["date", "updated"])?;
        let mut record = Record { line, date, updated, ..Record::default() };
        let mut seen = Vec::new();
        while let Some(name) = self.child("record")? {
            if name == "xref" {
                record.xrefs.push(self.xref()?);
                continue;
            }
            let [] = self.known_attributes([])?;
            if seen.contains(&name) {
                return Err(self.error(format_args!("a second <{name}> in one <record>")));
            }
            seen.push(name);
            match name {
                "name" => record.name = self.text(name)?,
                "protocol" => record.protocol = self.text(name)?,
                "number" => record.number = self.text(name)?,
                "description" => record.description = self.text(name)?,
                "assignee" => record.assignees = Some(self.assignees()?),
                "sc" => record.service_code = self.text(name)?,
                "unauthorized" => record.unauthorized = self.text(name)?,
                "note" => record.note = self.text(name)?,
                _ => return Err(self.error(format_args!("unexpected element <{name}> in <record>"))),
            }
        }
        match seen.contains(&"description") {
            true => Ok(record),
            false => Err(self.error("expected a <description> in <record>")),
        }
    }

    fn assignees(&mut self) -> Result<Vec<Xref<'a>>, Error> {
        let mut xrefs = Vec::new();
        while let Some(name) = self.child("assignee")? {
            match name {
                "xref" => xrefs.push(self.xref()?),
                other => return Err(self.error(format_args!("unexpected element <{other}> in <assignee>"))),
            }
        }
        Ok(xrefs)
    }

    fn xref(&mut self) -> Result<Xref<'a>, Error> {
        let [kind, data] = self.known_attributes(["type", "data"])?;
        let known = KINDS.iter().find(|known| **known == kind);
        let kind = known.ok_or_else(|| self.error(format_args!("unexpected type \"{kind}\" of <xref>")))?;
        let text = self.text("xref")?;
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
                Event::Start(_) => match self.tag.0 {
                    "xref" if element != "xref" => {
                        text += "[";
                        text += self.xref()?.label();
                        text += "]";
                    }
                    "br" | "paragraph" | "artwork" => {
                        self.attributes(is_name)?;
                        text += "\n";
                        open += 1;
                    }
                    other => return Err(self.error(format_args!("unexpected element <{other}> in <{element}>"))),
                },
                Event::End(_) if open == 0 => return Ok(fold(text)),
                Event::End(_) => {
                    text += "\n";
                    open -= 1;
                }
                Event::Eof => return Err(self.error(format_args!("the file ends inside <{element}>"))),
                _ => return Err(self.error(format_args!("unexpected markup in <{element}>"))),
            }
        }
    }

    /// Reads on to the end of an element that says nothing of ports.
    fn skip(&mut self, element: &str) -> Result<(), Error> {
        self.attributes(is_name)?;
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Event::Start(_) => {
                    let name = self.tag.0;
                    if !is_name(name) {
                        return Err(self.error(format_args!("unexpected element <{name}> in <{element}>")));
                    }
                    self.attributes(is_name)?;
                    open += 1;
                }
                Event::End(_) => open -= 1,
                Event::Text(_) | Event::CData(_) => {}
                Event::GeneralRef(reference) => drop(self.character(&reference)?),
                Event::Eof => return Err(self.error(format_args!("the file ends inside <{element}>"))),
                _ => return Err(self.error(format_args!("unexpected markup in <{element}>"))),
            }
        }
        Ok(())
    }

    /// The character that `&lt;` or `&#233;` stands for.
    fn character(&self, reference: &BytesRef<'_>) -> Result<char, Error> {
        let named = || resolve_predefined_entity(reference).and_then(|text| text.chars().next());
        let resolved = reference.resolve_char_ref().map_err(|error| self.malformed(error))?.or_else(named);
        let character = resolved.ok_or_else(|| self.error(format_args!("unknown entity &{};", &**reference)))?;
        self.allowed([character]).map(|()| character)
    }

    /// The values of the attributes that the element may have; what is absent is empty.
    fn known_attributes<const N: usize>(&self, known: [&str; N]) -> Result<[Cow<'a, str>; N], Error> {
        let mut values = [const { Cow::Borrowed("") }; N];
        // Most elements have none.
        if !self.tag.1.is_empty() {
            for (name, value) in self.attributes(|name| known.contains(&name))? {
                let place = known.iter().position(|known| *known == name);
                values[place.expect("a known name")] = value;
            }
        }
        Ok(values)
    }

    /// Names and values of the attributes in the tag that was read last.
    fn attributes(&self, is_known: impl Fn(&str) -> bool) -> Result<Vec<Attribute<'a>>, Error> {
        let mut attributes = Vec::<Attribute>::new();
        let (element, mut rest) = self.tag;
        while !rest.trim_ascii().is_empty() {
            let Some((name, value, after)) = attribute(rest) else {
                return Err(self.malformed(format_args!("attributes of <{element}>")));
            };
            if attributes.iter().any(|(earlier, _)| *earlier == name) {
                return Err(self.malformed(format_args!("a second attribute {name} of <{element}>")));
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
        if is_plain(text) {
            return Ok(text.into());
        }
        if text.contains('<') {
            return Err(self.malformed("< in an attribute"));
        }
        let text = unescape(text).map_err(|error| self.malformed(error))?;
        self.allowed(text.chars())?;
        Ok(fold(text))
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
