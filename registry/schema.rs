//! IANA's schema: the elements of the file as one [`Record`] for each `record`, in file order.
//!
//! Anything else stops the build, so that a file of another shape never turns into wrong tables.

use super::xml::{BYTE_ORDER_MARK, Error, Parser, fold, is_name, line_ends};
use quick_xml::events::Event;
use std::borrow::Cow;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

const NAMESPACE: &str = "http://www.iana.org/assignments";
const REGISTRY_ID: &str = "service-names-port-numbers";

/// The largest file that is read; IANA's has 5 MB.
const MAX_MEGABYTES: u64 = 16;

/// The tables number the records with two bytes.
pub const MAX_RECORDS: usize = u16::MAX as usize;

/// Elements within each other in rich text; IANA's have three.
const MAX_DEPTH: usize = 64;

/// The registry as the file states it; every text has its whitespace folded.
#[derive(Debug)]
pub struct Registry<'a> {
    /// Text and line of `updated`.
    pub updated: (Cow<'a, str>, usize),
    /// The note that says what a registry other than IANA's own file was amended from.
    pub amendments: Option<Cow<'a, str>>,
    pub records: Vec<Record<'a>>,
}

impl Registry<'_> {
    /// An error at the record with this index.
    pub fn error(&self, index: usize, message: impl Display) -> Error {
        Error::new(self.records[index].line, Some(index + 1), message)
    }
}

/// One `record`, as written; what is absent is empty.
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
    let limit = MAX_MEGABYTES << 20;
    let mut source = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut source));
    match read.map_err(|error| failed(&error))? as u64 > limit {
        true => Err(failed(&format_args!("the file is larger than {MAX_MEGABYTES} MB"))),
        false => Ok(source),
    }
}

/// Reads the registry.
pub fn read(source: &[u8]) -> Result<Registry<'_>, Error> {
    let text = str::from_utf8(source).map_err(|error| {
        let valid = str::from_utf8(&source[..error.valid_up_to()]).unwrap_or_default();
        let lines = 1 + line_ends(valid);
        Error::new(lines, None, format!("not UTF-8; {}", expected()))
    })?;
    let source = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let parser = Parser::new(source);
    match source.starts_with(BYTE_ORDER_MARK) {
        // quick-xml would skip it and not count its bytes.
        true => Err(parser.malformed("a second byte order mark")),
        false => parser.document(),
    }
}

impl<'a> Parser<'a> {
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
        let mut updated = None;
        let mut amendments = None;
        let mut records = Vec::new();
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
        let updated = updated.ok_or_else(|| self.error("missing <updated>, the release date, in <registry>"))?;
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
                return Err(self.error(format_args!("duplicate <{name}> in one <record>")));
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

    /// The rich text up to the end of the element: whitespace folded, an inline `xref` in brackets.
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
                        self.check_depth(open)?;
                    }
                    other => return Err(self.error(format_args!("unexpected element <{other}> in <{element}>"))),
                },
                Event::End(_) if open == 0 => return Ok(fold(&text).into()),
                Event::End(_) => {
                    text += "\n";
                    open -= 1;
                }
                Event::Eof => return Err(self.error(format_args!("the file ends inside <{element}>"))),
                _ => return Err(self.error(format_args!("unexpected markup in <{element}>"))),
            }
        }
    }

    fn check_depth(&self, open: usize) -> Result<(), Error> {
        if open <= MAX_DEPTH {
            return Ok(());
        }
        Err(self.error(format_args!("more than {MAX_DEPTH} elements inside one another")))
    }

    /// Reads on to the end of an element that says nothing about ports.
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
                    self.check_depth(open)?;
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
}
