//! Checks service names against RFC 6335 §5.1 and prints every rule that each one breaks.
//!
//! ```text
//! cargo run --example validate -- http documentum_s -23-
//! cut -f1 names.tsv | cargo run --example validate
//! ```

use iana_ports::{ServiceName, lookup_name};
use std::io::{self, BufRead, ErrorKind, Write};

const HELP: &str = "\
usage: validate [NAME]...

Prints whether each NAME is a service name under RFC 6335, and every rule that it breaks. Without a NAME, or with `-`
alone, it reads one from each line of standard input.
Exit status: 0 if all names are good, 1 if one is bad, 2 after an error.
";

fn main() -> std::process::ExitCode {
    run(
        &std::env::args_os().skip(1).collect::<Vec<_>>(),
        &mut io::stdin().lock(),
        &mut io::stdout().lock(),
        &mut io::stderr(),
    )
    .into()
}

pub fn run(arguments: &[std::ffi::OsString], input: &mut dyn BufRead, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match validate(arguments, input, out) {
        Ok(all_good) => u8::from(!all_good),
        // The reader has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => 0,
        Err(error) => writeln!(err, "validate: {error}").map_or(2, |()| 2),
    }
}

fn validate(arguments: &[std::ffi::OsString], input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<bool> {
    let mut all_good = true;
    match *arguments.iter().map(|name| name.as_encoded_bytes()).collect::<Vec<_>>() {
        [b"-h" | b"--help"] => out.write_all(HELP.as_bytes())?,
        [] | [b"-"] => {
            for line in input.split(b'\n') {
                let line = line?;
                all_good &= print_verdict(line.strip_suffix(b"\r").unwrap_or(&line), out)?;
            }
        }
        ref names => {
            for name in names {
                all_good &= print_verdict(name, out)?;
            }
        }
    }
    Ok(all_good)
}

/// Prints whether `name` is good, every rule that it breaks, and what replaced it in the registry.
fn print_verdict(name: &[u8], out: &mut dyn Write) -> io::Result<bool> {
    let Ok(name) = str::from_utf8(name) else {
        writeln!(out, "bad  {}\n     not UTF-8", name.escape_ascii())?;
        return Ok(false);
    };
    let mut broken = ServiceName::violations(name).peekable();
    let good = broken.peek().is_none();
    writeln!(out, "{} {}", if good { "good" } else { "bad " }, name.escape_debug())?;
    for rule in broken {
        writeln!(out, "     {rule}")?;
    }
    if let Some(replacement) = lookup_name(name).first().and_then(|entry| entry.alias_of()) {
        writeln!(out, "     registered before RFC 6335; IANA replaced it with {replacement}")?;
    }
    Ok(good)
}
