//! Adds to each `PORT/TRANSPORT` of a text the service that the port is registered for:
//! `journalctl -f | cargo run --release --example annotate`

use iana_ports::{Transport, name_by_port};
use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

const HELP: &str = "\
usage: annotate < TEXT

Copies standard input to standard output, and adds to each PORT/TRANSPORT, such as 192.0.2.1:443/tcp, the name of the
service that the port is registered for: 192.0.2.1:443/tcp (https). Anything can use a port. Ranges are left alone.
";

/// The size of a chunk of the input, in bytes. A word that is longer may be cut.
const CHUNK: usize = 1 << 18;

fn main() -> std::process::ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let count = (io::stderr().is_terminal() && !io::stdout().is_terminal()).then_some(Duration::from_millis(100));
    run(&arguments, count, io::stdin(), &mut io::stdout(), &mut io::stderr()).into()
}

/// Counts the lines on `err`, anew after each interval of `count`, if there is one.
pub fn run(
    args: &[OsString],
    count: Option<Duration>,
    input: impl Read + Send,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let written = match args {
        [] => match count {
            Some(interval) => annotate_all(input, out, err, interval),
            None => annotate_all(input, out, &mut io::sink(), Duration::MAX),
        },
        [help] if help == "-h" || help == "--help" => out.write_all(HELP.as_bytes()),
        _ => Err(io::Error::other("expected no argument; see --help")),
    };
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => writeln!(err, "annotate: {error}").map_or(2, |()| 2),
        _ => 0, // Where the pipe is closed, the reader has seen enough.
    }
}

/// Annotates each chunk in a thread of its own, as many at a time as there are processors, and writes them in order.
fn annotate_all(
    mut input: impl Read + Send,
    out: &mut dyn Write,
    progress: &mut dyn Write,
    interval: Duration,
) -> io::Result<()> {
    thread::scope(|scope| {
        let (to_writer, chunks) = sync_channel(thread::available_parallelism().map_or(1, usize::from));
        let reader = scope.spawn(move || -> io::Result<()> {
            let mut rest = Vec::new();
            while let Some(chunk) = next_chunk(&mut input, &mut rest)? {
                // It fails where the writer has given up.
                if to_writer.send(scope.spawn(move || annotate(&chunk))).is_err() {
                    break;
                }
            }
            Ok(())
        });
        let (mut lines, mut shown) = (0, Instant::now());
        for chunk in chunks {
            let text = chunk.join().expect("annotate cannot panic");
            out.write_all(&text).and_then(|()| out.flush())?;
            lines += text.iter().filter(|&&byte| byte == b'\n').count();
            if shown.elapsed() >= interval {
                write!(progress, "\r{lines} lines").and_then(|()| progress.flush())?;
                shown = Instant::now();
            }
        }
        writeln!(progress, "\r{lines} lines")?;
        reader.join().expect("the reader cannot panic")
    })
}

/// What one reading brings, up to the last white space, after the `rest` of the one before.
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
    let (mut text, mut copied) = (Vec::with_capacity(chunk.len() * 5 / 4), 0);
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
    let (before, after) = (&text[..slash], &text[slash + 1..]);
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
