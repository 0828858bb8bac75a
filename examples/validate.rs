//! Checks service names against RFC 6335 §5.1 and prints every rule that each one breaks.
//!
//! ```text
//! cargo run --example validate -- http documentum_s -23-
//! cut -f1 names.tsv | cargo run --example validate
//! ```
//!
//! Names are the arguments or, without any, the lines of standard input. The exit status is 1 if a name is bad,
//! 2 if a name cannot be read or a verdict cannot be written.

use iana_ports::{ServiceName, lookup_name};
use std::env;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut output = io::stdout().lock();
    let mut all_good = true;
    let mut check = |name: &[u8]| {
        all_good &= print_verdict(&mut output, &String::from_utf8_lossy(name))?;
        Ok(())
    };
    let mut arguments = env::args_os().skip(1).peekable();
    let result: io::Result<()> = if arguments.peek().is_some() {
        arguments.try_for_each(|name| check(name.as_encoded_bytes()))
    } else {
        io::stdin().lock().split(b'\n').try_for_each(|line| {
            let line = line?;
            check(line.strip_suffix(b"\r").unwrap_or(&line))
        })
    };
    match result {
        // The reader, such as `head`, has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("validate: {error}");
            ExitCode::from(2)
        }
        _ if all_good => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Prints whether `name` is good, every rule that it breaks, and what replaced it in the registry.
fn print_verdict(output: &mut impl Write, name: &str) -> io::Result<bool> {
    let mut broken = ServiceName::violations(name).peekable();
    let good = broken.peek().is_none();
    writeln!(output, "{} {}", if good { "good" } else { "bad " }, name.escape_debug())?;
    for rule in broken {
        writeln!(output, "     {rule}")?;
    }
    if let Some(replacement) = lookup_name(name).first().and_then(|entry| entry.alias_of()) {
        writeln!(output, "     registered before RFC 6335; IANA replaced it with {replacement}")?;
    }
    Ok(good)
}
