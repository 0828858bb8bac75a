//! `ports`: IANA's registry of service names and port numbers on the command line.

use clap::Parser;
use iana_ports_cli::{Arguments, cut, printable, run, warn};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let result = match Arguments::try_parse() {
        Ok(arguments) => {
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
            run(arguments, &mut out).and_then(|status| match out.flush() {
                // The reader has seen enough, and the status is known.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(status),
                flushed => flushed.map(|()| status),
            })
        }
        Err(error) if error.use_stderr() => {
            warn(&error.to_string().lines().map(|line| cut(&printable(line), 120) + "\n").collect::<String>());
            Ok(2)
        }
        Err(help_or_version) => help_or_version.print().map(|()| 0),
    };
    match result {
        Ok(status) => status.into(),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            warn(&format!("error: {error}\n"));
            2.into()
        }
    }
}
