//! Errors and warnings of the build, each one line of bounded length.

use std::fmt::{self, Display};

/// Where in the file something is wrong, and what.
#[derive(Debug)]
pub struct Error {
    /// Line in the file, from 1.
    pub line: usize,
    /// Number of the record, from 1, if the error is in one.
    pub record: Option<usize>,
    /// It may quote the file, at any length; see [`message`].
    message: String,
}

impl Error {
    pub fn new(line: usize, record: Option<usize>, message: impl Display) -> Self {
        Error { line, record, message: message.to_string() }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        if let Some(record) = self.record {
            write!(f, "record {record}: ")?;
        }
        f.write_str(&message(&self.message, 400))
    }
}

/// One line of at most `limit` characters: Cargo reads each line that a build script prints for itself.
pub fn message(text: &str, limit: usize) -> String {
    let mut characters = text.chars().flat_map(visible);
    let mut line: String = characters.by_ref().take(limit).collect();
    if characters.next().is_some() {
        line.pop();
        line.push('…');
    }
    line
}

/// The character, or what is escaped in it: one that would not show as itself, such as a control character or U+202E.
fn visible(character: char) -> Vec<char> {
    match character {
        '"' | '\'' | '\\' => vec![character],
        // After another character, one that combines with it stays.
        _ => format!("a{character}").escape_debug().skip(1).collect(),
    }
}
