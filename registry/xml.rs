//! quick-xml's events with the lines where they start, and their texts.
//!
//! The file is not hostile: whoever names it controls the build anyway. But it may be damaged, so anything that could
//! turn one text into another, or hide a record, is an error.

use super::error::Error;
use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::fmt::Display;

pub(super) struct Parser<'a> {
    reader: Reader<&'a [u8]>,
    source: &'a str,
    /// The line where the last event starts.
    pub(super) line: usize,
    /// Where the last event ends, and the line there.
    end: (usize, usize),
    /// The number of the record being read.
    pub(super) record: Option<usize>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let mut reader = Reader::from_str(source);
        reader.config_mut().expand_empty_elements = true;
        // A comment that is not closed would go on to the end of the next.
        reader.config_mut().check_comments = true;
        Parser { reader, source, line: 1, end: (0, 1), record: None }
    }

    /// An error at the start of the last event.
    pub(super) fn error(&self, message: impl Display) -> Error {
        Error::new(self.line, self.record, message)
    }

    fn malformed(&self, reason: impl Display) -> Error {
        self.error(format_args!("not well-formed XML: {reason}"))
    }

    /// The next event with content.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Error> {
        loop {
            let (start, line) = self.end;
            self.line = line;
            let event = self.reader.read_event().map_err(|error| self.malformed(error))?;
            let end = self.reader.buffer_position() as usize;
            self.end = (end, line + line_ends(&self.source[start..end]));
            match event {
                Event::Comment(_) | Event::PI(_) => {}
                // Most likely a quotation mark is missing, so that the text up to the next one would be read as a
                // value.
                Event::Start(tag) if tag.contains('<') => {
                    return Err(self.malformed(format_args!("< in the tag <{}>", tag.name().0)));
                }
                Event::Decl(declaration) => match declaration.encoding() {
                    Some(Ok(other)) if !other.eq_ignore_ascii_case("UTF-8") => {
                        return Err(self.error(format_args!("the encoding is {other}; expected UTF-8")));
                    }
                    _ => {}
                },
                event => return Ok(event),
            }
        }
    }

    /// The next event with content other than whitespace. The line of a text is where its first word is.
    pub(super) fn next_past_space(&mut self) -> Result<Event<'a>, Error> {
        loop {
            let event = self.next()?;
            let Event::Text(text) = &event else { return Ok(event) };
            let words = text.trim_ascii_start();
            if !words.is_empty() {
                self.line += line_ends(text) - line_ends(words);
                return Ok(event);
            }
        }
    }

    /// The next child element of `parent`, or `None` at its end. Only whitespace may come before either.
    pub(super) fn child(&mut self, parent: &str) -> Result<Option<BytesStart<'a>>, Error> {
        match self.next_past_space()? {
            Event::Start(tag) => Ok(Some(tag)),
            Event::End(_) => Ok(None),
            other => Err(self.unexpected(&other, parent)),
        }
    }

    /// The error for an event that no element of this name holds.
    pub(super) fn unexpected(&self, event: &Event, element: &str) -> Error {
        match event {
            Event::Start(tag) => self.error(format_args!("unexpected element <{}> in <{element}>", tag.name().0)),
            Event::Text(_) => self.error(format_args!("unexpected text in <{element}>")),
            Event::Eof => self.error(format_args!("the file ends inside <{element}>")),
            _ => self.error(format_args!("unexpected markup in <{element}>")),
        }
    }

    /// The character that `&lt;` or `&#233;` stands for.
    pub(super) fn character(&self, reference: &BytesRef<'_>) -> Result<char, Error> {
        let named = || resolve_xml_entity(reference).and_then(|text| text.chars().next());
        let character = reference.resolve_char_ref().map_err(|error| self.malformed(error))?.or_else(named);
        character.ok_or_else(|| self.error(format_args!("unknown entity &{};", &**reference)))
    }

    /// The values of the known attributes; absent ones are empty. Any other attribute is an error.
    pub(super) fn attributes<const N: usize>(&self, tag: &BytesStart, known: [&str; N]) -> Result<[String; N], Error> {
        let mut values = [const { String::new() }; N];
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.malformed(error))?;
            let name = attribute.key.0;
            let Some(place) = known.iter().position(|known| *known == name) else {
                return Err(self.error(format_args!("unexpected attribute {name} of <{}>", tag.name().0)));
            };
            let value = unescape(&attribute.value).map_err(|error| self.malformed(error))?;
            // Namespaces are compared as they are written.
            values[place] = if name == "xmlns" { value.into_owned() } else { self.folded(&value)? };
        }
        Ok(values)
    }

    /// The text with XML's whitespace folded; a no-break space is text. Control characters are an error.
    pub(super) fn folded(&self, text: &str) -> Result<String, Error> {
        if let Some(control) = text.bytes().find(|byte| byte.is_ascii_control() && !b"\t\n\r".contains(byte)) {
            return Err(self.error(format_args!("control character U+{control:04X}")));
        }
        let mut folded = String::with_capacity(text.len());
        for word in text.split_ascii_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        Ok(folded)
    }
}

/// The number of line ends in the text.
pub(super) fn line_ends(text: &str) -> usize {
    text.matches('\n').count()
}
