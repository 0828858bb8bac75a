//! The service of each `443/tcp` and `tcp/443` in a text.

use crate::printable;
use iana_ports::name_by_port;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, ErrorKind, Read, Write};
use std::ops::Range;

/// How much is read at once, in bytes.
pub const CHUNK: usize = 1 << 18;

/// More bytes than a port and a transport have.
pub const MAX_WORD: usize = 16;

/// Where the text goes to a file, standard error shows how many lines were written, if it is a terminal.
pub fn annotate_all(input: impl Read, out: &mut dyn Write) -> io::Result<()> {
    // Does not exist on some systems.
    let is_file = std::fs::metadata("/dev/stdout").is_ok_and(|stdout| stdout.is_file());
    let progress = if is_file { ProgressBar::no_length() } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{human_pos} lines, {per_sec}");
    progress.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let written = copy(input, out, &progress);
    progress.abandon();
    written
}

/// Writes what was read before it waits for more, except the end of a word that may go on.
pub fn copy(mut input: impl Read, out: &mut dyn Write, progress: &ProgressBar) -> io::Result<()> {
    let mut chunk = vec![0; CHUNK];
    let mut text = Vec::new();
    // Up to where the text is written.
    let mut written = 0;
    loop {
        let read = match input.read(&mut chunk) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read?,
        };
        text.extend_from_slice(&chunk[..read]);
        let open = if read == 0 { 0 } else { word_length(text.iter().rev()) };
        let part = written..text.len() - open;
        annotate(&text, part.clone(), out)?;
        out.flush()?;
        progress.inc(text[part.clone()].iter().filter(|&&byte| byte == b'\n').count() as u64);
        if read == 0 {
            return Ok(());
        }
        // What a port in the rest may have before it: its digits, a colon, and those of another port.
        written = part.end.min(2 * MAX_WORD);
        text.drain(..part.end - written);
    }
}

/// How many of the first bytes belong to a word, up to `MAX_WORD`.
fn word_length<'a>(bytes: impl Iterator<Item = &'a u8>) -> usize {
    bytes.take(MAX_WORD).take_while(|byte| is_of_word(byte)).count()
}

fn is_of_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-/".contains(byte)
}

/// Writes this part of the text, which ends after a word or at least `MAX_WORD` bytes before the end of one.
fn annotate(text: &[u8], part: Range<usize>, out: &mut dyn Write) -> io::Result<()> {
    let mut written = part.start;
    for slash in part.clone().filter(|&at| text[at] == b'/') {
        let before = word_length(text[..slash].iter().rev());
        let after = word_length(text[slash..].iter());
        let word = &text[slash - before..slash + after];
        // The end of a sentence.
        let word = word.strip_suffix(b".").unwrap_or(word);
        let is_whole = before.max(after) < MAX_WORD && !is_mapped(&text[..slash - before]);
        if let Some(name) = service(word).filter(|_| is_whole) {
            let end = slash - before + word.len();
            out.write_all(&text[written..end])?;
            write!(out, " ({})", printable(name))?;
            written = end;
        }
    }
    out.write_all(&text[written..part.end])
}

/// The service of `443/tcp` or `tcp/443`.
fn service(word: &[u8]) -> Option<&'static str> {
    let (first, second) = str::from_utf8(word).ok()?.split_once('/')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (port, transport) = if is_number(first) { (first, second) } else { (second, first) };
    let port = port.parse().ok().filter(|_| is_number(port))?;
    name_by_port(port, transport.parse().ok()?)
}

/// Whether the port is where kubectl says that another is reached, as in `80:31380/TCP`.
fn is_mapped(before: &[u8]) -> bool {
    let Some(before) = before.strip_suffix(b":") else { return false };
    let digits = before.iter().rev().take(MAX_WORD).take_while(|byte| byte.is_ascii_digit()).count();
    let outside = before.len() - digits;
    (1..MAX_WORD).contains(&digits) && !before[..outside].last().is_some_and(is_of_word)
}
