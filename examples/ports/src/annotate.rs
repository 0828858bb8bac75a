//! The service of each `PORT/TRANSPORT` in a text.

use iana_ports::{Transport, name_by_port};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::sync::mpsc::sync_channel;
use std::thread;

/// The size of a chunk of the input, in bytes. A word that is longer may be cut.
const CHUNK: usize = 1 << 18;

/// Annotates each chunk in a thread of its own, as many at a time as there are processors, and writes them in order.
/// Where the text goes to a file or a pipe, a terminal shows how many lines were written.
pub fn annotate_all(mut input: impl Read + Send, out: &mut dyn Write) -> io::Result<()> {
    let progress = if io::stdout().is_terminal() { ProgressBar::hidden() } else { ProgressBar::no_length() };
    if let Ok(style) = ProgressStyle::with_template("{human_pos} lines, {per_sec}") {
        progress.set_style(style);
    }
    let written = thread::scope(|scope| {
        let (to_writer, chunks) = sync_channel(thread::available_parallelism().map_or(1, usize::from));
        let reader = scope.spawn(move || -> io::Result<()> {
            let mut rest = Vec::new();
            while let Some(chunk) = next_chunk(&mut input, &mut rest)? {
                // It fails if the writer has given up.
                if to_writer.send(scope.spawn(move || annotate(&chunk))).is_err() {
                    break;
                }
            }
            Ok(())
        });
        for chunk in chunks {
            let text = chunk.join().map_err(|_| io::Error::other("annotating failed"))?;
            out.write_all(&text).and_then(|()| out.flush())?;
            if !progress.is_hidden() {
                progress.inc(text.iter().filter(|&&byte| byte == b'\n').count() as u64);
            }
        }
        reader.join().map_err(|_| io::Error::other("reading failed"))?
    });
    progress.abandon();
    written
}

/// What one read returns, up to the last whitespace, after the `rest` of the read before.
fn next_chunk(input: &mut dyn Read, rest: &mut Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    loop {
        let kept = rest.len();
        rest.resize(CHUNK, 0);
        let read = input.read(&mut rest[kept..]);
        rest.truncate(kept + *read.as_ref().unwrap_or(&0));
        let end = match (read, rest.iter().rposition(u8::is_ascii_whitespace)) {
            (Err(error), _) if error.kind() != ErrorKind::Interrupted => return Err(error),
            (Ok(0), _) if rest.is_empty() => return Ok(None),
            (Ok(1..), Some(space)) => space + 1,
            (Ok(0), _) => rest.len(),
            _ if rest.len() == CHUNK => CHUNK,
            _ => continue,
        };
        let next = rest.split_off(end);
        return Ok(Some(std::mem::replace(rest, next)));
    }
}

fn annotate(chunk: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(chunk.len() * 5 / 4);
    let mut copied = 0;
    for (slash, _) in chunk.iter().enumerate().filter(|&(_, &byte)| byte == b'/') {
        if let Some((end, name)) = service(chunk, slash) {
            let parts = [&chunk[copied..end], b" (", name.as_bytes(), b")"];
            parts.into_iter().for_each(|part| text.extend_from_slice(part));
            copied = end;
        }
    }
    text.extend_from_slice(&chunk[copied..]);
    text
}

/// Where the transport after this slash ends, and the service that the port before it is registered for.
fn service(text: &[u8], slash: usize) -> Option<(usize, &'static str)> {
    let before = &text[..slash];
    let after = &text[slash + 1..];
    let names = |name: &str| after.get(..name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name.as_bytes()));
    let transport = Transport::ALL.into_iter().find(|transport| names(transport.as_str()))?;
    let end = slash + 1 + transport.as_str().len();
    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (before, digits) = before.split_at(slash - digits);
    let joined = |byte: &u8, marks: &[u8]| byte.is_ascii_alphanumeric() || marks.contains(byte);
    if before.last().is_some_and(|byte| joined(byte, b"._-/")) || text.get(end).is_some_and(|byte| joined(byte, b"_-/"))
    {
        return None;
    }
    let port = str::from_utf8(digits).ok()?.parse().ok()?;
    name_by_port(port, transport).map(|name| (end, name))
}
