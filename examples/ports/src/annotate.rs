//! The service of each `443/tcp` and `tcp/443` in a text.

use iana_ports::{Transport, name_by_port};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, ErrorKind, IsTerminal, Read, Write};

/// How much is read at once, in bytes.
const CHUNK: usize = 1 << 18;

/// More than a port or a transport has.
const LONG: usize = 16;

/// Where the text goes to a file or a pipe, standard error shows how many lines were written, if it is a terminal.
pub fn annotate_all(input: impl Read, out: &mut dyn Write) -> io::Result<()> {
    let progress = if io::stdout().is_terminal() { ProgressBar::hidden() } else { ProgressBar::no_length() };
    if let Ok(style) = ProgressStyle::with_template("{human_pos} lines, {per_sec}") {
        progress.set_style(style);
    }
    let written = copy(input, out, &progress);
    progress.abandon();
    written
}

fn copy(mut input: impl Read, out: &mut dyn Write, progress: &ProgressBar) -> io::Result<()> {
    let mut rest = Vec::new();
    loop {
        let kept = rest.len();
        rest.resize(kept + CHUNK, 0);
        let read = match input.read(&mut rest[kept..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => None,
            read => Some(read?),
        };
        rest.truncate(kept + read.unwrap_or(0));
        // Not within a word, or a port and the address before it.
        let cut = rest[kept..].iter().rposition(|byte| !is_of_word(&byte) && *byte != b':');
        let end = if read == Some(0) { rest.len() } else { cut.map_or(0, |cut| kept + cut + 1) };
        let text = &rest[..end];
        annotate(text, out).and_then(|()| out.flush())?;
        if !progress.is_hidden() {
            progress.inc(text.iter().filter(|&&byte| byte == b'\n').count() as u64);
        }
        rest.drain(..end);
        if read == Some(0) {
            return Ok(());
        }
    }
}

fn is_of_word(byte: &&u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-/".contains(byte)
}

fn annotate(text: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let mut copied = 0;
    for (slash, _) in text.iter().enumerate().filter(|&(_, &byte)| byte == b'/') {
        let before = text[..slash].iter().rev().take(LONG).take_while(is_of_word).count();
        let after = text[slash..].iter().take(LONG).take_while(is_of_word).count();
        let word = &text[slash - before..slash + after];
        // The end of a sentence.
        let word = word.strip_suffix(b".").unwrap_or(word);
        let is_whole = before.max(after) < LONG && !is_mapped(&text[..slash - before]);
        if let Some(name) = service(word).filter(|_| is_whole) {
            let end = slash - before + word.len();
            out.write_all(&text[copied..end])?;
            write!(out, " ({name})")?;
            copied = end;
        }
    }
    out.write_all(&text[copied..])
}

/// The service of `443/tcp` or `tcp/443`.
fn service(word: &[u8]) -> Option<&'static str> {
    let (first, second) = str::from_utf8(word).ok()?.split_once('/')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (port, transport) = if is_number(first) { (first, second) } else { (second, first) };
    let port = port.parse().ok().filter(|_| is_number(port))?;
    name_by_port(port, Transport::ALL.into_iter().find(|one| one.as_str().eq_ignore_ascii_case(transport))?)
}

/// Whether the port is where kubectl says that another is reached, as in `80:31380/TCP`.
fn is_mapped(before: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    before.strip_suffix(b":").is_some_and(|before| {
        let outside = before.len() - digits(before);
        outside < before.len() && !before[..outside].last().is_some_and(|byte| is_of_word(&byte))
    })
}
