//! IANA's schema: reads the file into a [`Record`] for each `record` element, in file order.
//!
//! Anything unexpected stops the build, so that an unknown format never turns into wrong tables.

use super::error::Error;
use super::xml::{Parser, line_ends};
use quick_xml::events::{BytesStart, Event};
use std::fmt::Display;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

const NAMESPACE: &str = "http://www.iana.org/assignments";
const REGISTRY_ID: &str = "service-names-port-numbers";

/// The largest file that is read. IANA's is about 4 MB.
const MAX_MEGABYTES: u64 = 16;

/// The most records, since the tables number them with two bytes.
pub const MAX_RECORDS: usize = u16::MAX as usize;

/// The registry as written in the file, with whitespace folded in every text.
#[derive(Debug)]
pub struct Registry {
    /// The text and the line of `updated`.
    pub updated: (String, usize),
    /// The note on amendments, which IANA's own files do not have.
    pub amendments: Option<String>,
    pub records: Vec<Record>,
}

/// One `record`, as written; absent parts are empty.
#[derive(Debug, Default)]
pub struct Record {
    /// The element's line in the file, from 1.
    pub line: usize,
    pub date: String,
    pub updated: String,
    pub name: String,
    pub protocol: String,
    pub number: String,
    pub description: String,
    /// `None` without an `assignee` element; then the persons in `xrefs` are the assignees.
    pub assignees: Option<Vec<Xref>>,
    pub xrefs: Vec<Xref>,
    pub service_code: String,
    pub unauthorized: String,
    pub note: String,
}

/// One `xref`.
#[derive(Debug)]
pub struct Xref {
    pub kind: &'static str,
    pub data: String,
    /// Text to display instead of `data`; empty if there is none.
    pub text: String,
}

const KINDS: [&str; 11] =
    ["person", "rfc", "bcp", "std", "draft", "uri", "text", "note", "rfc-errata", "registry", "unicode"];

impl Xref {
    /// What IANA prints between the brackets.
    pub fn label(&self) -> String {
        match self.kind {
            _ if !self.text.is_empty() => self.text.clone(),
            "rfc" | "bcp" | "std" => self.data.to_ascii_uppercase(),
            _ => self.data.clone(),
        }
    }
}

/// What a file must be, for error messages.
pub fn expected() -> String {
    format!("expected <registry> with id=\"{REGISTRY_ID}\", IANA's XML of the registry")
}

/// Reads a regular file; a device or a pipe might never end.
pub fn load(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: &dyn Display| format!("{error}; {}", expected());
    if !fs::metadata(path).map_err(|error| failed(&error))?.is_file() {
        return Err(failed(&"not a regular file"));
    }
    let limit = MAX_MEGABYTES << 20;
    let mut source = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut source));
    if read.map_err(|error| failed(&error))? as u64 > limit {
        return Err(failed(&format_args!("the file is larger than {MAX_MEGABYTES} MB")));
    }
    Ok(source)
}

pub fn read(source: &[u8]) -> Result<Registry, Error> {
    let text = str::from_utf8(source).map_err(|error| {
        let valid = str::from_utf8(&source[..error.valid_up_to()]).unwrap_or_default();
        Error::new(1 + line_ends(valid), None, format_args!("not UTF-8; {}", expected()))
    })?;
    // quick-xml would skip a byte order mark without counting its bytes.
    Parser::new(text.trim_start_matches('\u{feff}')).document()
}

impl Parser<'_> {
    fn document(mut self) -> Result<Registry, Error> {
        let expected = expected();
        let root = match self.next_past_space()? {
            Event::Start(root) => root,
            // It could change the meaning of the rest of the file.
            Event::DocType(_) => {
                return Err(self.error(format_args!("found a document type declaration (DTD); {expected}")));
            }
            Event::Eof => return Err(self.error(format_args!("the file holds no XML element; {expected}"))),
            _ => return Err(self.error(format_args!("the file is not XML; {expected}"))),
        };
        if root.name().0 != "registry" {
            return Err(self.error(format_args!("found <{}>; {expected}", root.name().0)));
        }
        let [namespace, id] = self.attributes(&root, ["xmlns", "id"])?;
        for (attribute, value, found) in [("xmlns", NAMESPACE, namespace), ("id", REGISTRY_ID, id)] {
            if found != value {
                return Err(self.error(format_args!("<registry> has {attribute} \"{found}\"; expected \"{value}\"")));
            }
        }
        let registry = self.registry()?;
        match self.next_past_space()? {
            Event::Eof => Ok(registry),
            _ => Err(self.error("expected nothing after </registry>")),
        }
    }

    fn registry(&mut self) -> Result<Registry, Error> {
        let mut updated = None;
        let mut amendments = None;
        let mut records = Vec::new();
        while let Some(tag) = self.child("registry")? {
            let line = self.line;
            match tag.name().0 {
                "record" if records.len() == MAX_RECORDS => {
                    return Err(self.error(format_args!("more than {MAX_RECORDS} records; the tables hold no more")));
                }
                "record" => {
                    self.record = Some(records.len() + 1);
                    records.push(self.record(&tag)?);
                    self.record = None;
                }
                "updated" if updated.is_none() => {
                    let [] = self.attributes(&tag, [])?;
                    updated = Some((self.text("updated")?, line));
                }
                "note" => match self.attributes(&tag, ["title"])? {
                    [title] if title == "Amendments" && amendments.is_some() => {
                        return Err(self.error("duplicate <note title=\"Amendments\"> in <registry>"));
                    }
                    [title] if title == "Amendments" => amendments = Some(self.text("note")?),
                    _ => self.skip("note")?,
                },
                name @ ("title" | "category" | "created" | "xref" | "expert" | "registration_rule" | "description"
                | "footnote" | "people") => self.skip(name)?,
                _ => return Err(self.unexpected(&Event::Start(tag), "registry")),
            }
        }
        let updated = updated.ok_or_else(|| self.error("missing <updated>, the release date, in <registry>"))?;
        Ok(Registry { updated, amendments, records })
    }

    fn record(&mut self, tag: &BytesStart) -> Result<Record, Error> {
        let line = self.line;
        let [date, updated] = self.attributes(tag, ["date", "updated"])?;
        let mut record = Record { line, date, updated, ..Record::default() };
        let mut seen = Vec::new();
        while let Some(tag) = self.child("record")? {
            let name = tag.name().0;
            if name == "xref" {
                record.xrefs.push(self.xref(&tag)?);
                continue;
            }
            let [] = self.attributes(&tag, [])?;
            if seen.iter().any(|seen| seen == name) {
                return Err(self.error(format_args!("duplicate <{name}> in one <record>")));
            }
            seen.push(name.to_owned());
            let column = match name {
                "name" => &mut record.name,
                "protocol" => &mut record.protocol,
                "number" => &mut record.number,
                "description" => &mut record.description,
                "sc" => &mut record.service_code,
                "unauthorized" => &mut record.unauthorized,
                "note" => &mut record.note,
                "assignee" => {
                    record.assignees = Some(self.assignees()?);
                    continue;
                }
                _ => return Err(self.unexpected(&Event::Start(tag), "record")),
            };
            *column = self.text(name)?;
        }
        if !seen.iter().any(|seen| seen == "description") {
            return Err(self.error("expected a <description> in <record>"));
        }
        Ok(record)
    }

    fn assignees(&mut self) -> Result<Vec<Xref>, Error> {
        let mut xrefs = Vec::new();
        while let Some(tag) = self.child("assignee")? {
            match tag.name().0 {
                "xref" => xrefs.push(self.xref(&tag)?),
                _ => return Err(self.unexpected(&Event::Start(tag), "assignee")),
            }
        }
        Ok(xrefs)
    }

    fn xref(&mut self, tag: &BytesStart) -> Result<Xref, Error> {
        let [kind, data] = self.attributes(tag, ["type", "data"])?;
        let known = KINDS.iter().find(|known| **known == kind);
        let kind = known.ok_or_else(|| self.error(format_args!("unexpected type \"{kind}\" of <xref>")))?;
        let text = self.text("xref")?;
        if data.is_empty() && text.is_empty() {
            return Err(self.error("expected data or text in <xref>"));
        }
        Ok(Xref { kind, data, text })
    }

    /// The rich text up to the end of the element, with whitespace folded and inline `xref` elements in brackets.
    fn text(&mut self, element: &str) -> Result<String, Error> {
        let mut text = String::new();
        let mut open = 0_usize;
        loop {
            match self.next()? {
                Event::Text(part) => text += &part,
                Event::CData(part) => text += &part,
                Event::GeneralRef(reference) => text.push(self.character(&reference)?),
                Event::Start(tag) if element != "xref" && tag.name().0 == "xref" => {
                    text += &format!("[{}]", self.xref(&tag)?.label());
                }
                Event::Start(tag) if matches!(tag.name().0, "br" | "paragraph" | "artwork") => {
                    text += "\n";
                    open += 1;
                }
                Event::End(_) if open == 0 => return self.folded(&text),
                Event::End(_) => {
                    text += "\n";
                    open -= 1;
                }
                other => return Err(self.unexpected(&other, element)),
            }
        }
    }

    /// Skips to the end of an element that does not describe ports.
    fn skip(&mut self, element: &str) -> Result<(), Error> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Event::Start(tag) if tag.name().0 != "record" => open += 1,
                Event::End(_) => open -= 1,
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {}
                other => return Err(self.unexpected(&other, element)),
            }
        }
        Ok(())
    }
}
