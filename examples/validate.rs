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

Prints whether each NAME, or without any each line of standard input, is a service name under RFC 6335, and every rule
that it breaks.
Exit status: 0 if all names are good, 1 if one is bad, 2 after an error.
";

fn main() -> std::process::ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).map(|text| text.to_string_lossy().into_owned()).collect();
    run(&arguments, &mut io::stdin().lock(), &mut io::stdout().lock(), &mut io::stderr()).into()
}

pub fn run(arguments: &[String], input: &mut dyn BufRead, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match validate(arguments, input, out) {
        Ok(all_good) => u8::from(!all_good),
        // The reader has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => 0,
        Err(error) => writeln!(err, "validate: {error}").map_or(2, |()| 2),
    }
}

fn validate(arguments: &[String], input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<bool> {
    let mut all_good = true;
    match *arguments.iter().map(String::as_str).collect::<Vec<_>>() {
        ["--help"] => out.write_all(HELP.as_bytes())?,
        [] => {
            for line in input.split(b'\n') {
                let line = line?;
                let name = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(&line));
                all_good &= print_verdict(&name, out)?;
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
fn print_verdict(name: &str, out: &mut dyn Write) -> io::Result<bool> {
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
