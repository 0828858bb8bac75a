//! `ports`: IANA's registry of service names and port numbers on the command line.

mod annotate;
mod export;
mod listening;
mod lookup;
mod map;
mod services;
mod validate;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand};
use iana_ports::Transport;
use std::ffi::OsString;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Query IANA's registry of service names and port numbers. A port is registered for a service; anything
/// can use it.
#[derive(Parser)]
#[command(name = "ports", version, after_help = EXIT_STATUS)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_STATUS: &str = "\
Exit status: 0 if something was found or all is good, 1 if nothing was found or a name is bad, 2 after an error.";

#[derive(Subcommand)]
enum Command {
    /// Show what is registered for ports or a service name
    Lookup {
        /// A port, a range or a service name, with or without a transport protocol, such as 443/tcp or https; a text
        /// with whitespace is searched for
        what: lookup::Query,
        /// Print an array of objects, with the status and the URLs of the references
        #[arg(long)]
        json: bool,
    },
    /// List the services whose name or description contains a text
    Search {
        #[arg(required = true)]
        text: Vec<String>,
        /// Print an array of objects, with the status and the URLs of the references
        #[arg(long)]
        json: bool,
    },
    /// Check service names against RFC 6335, and print every rule that they break
    Validate {
        /// The names to check; without one, or with - alone, each line of standard input is checked
        names: Vec<OsString>,
        /// Print an array of objects
        #[arg(long)]
        json: bool,
    },
    /// List the ports that this Linux machine listens on, and what each is registered for
    Listening {
        /// The folder that holds the files tcp, tcp6, udp and udp6
        #[arg(default_value = "/proc/net")]
        folder: PathBuf,
        /// Print an array of objects
        #[arg(long)]
        json: bool,
    },
    /// Copy standard input to standard output, and add the service to each PORT/TRANSPORT, as in 443/tcp (https)
    Annotate,
    /// Write the whole registry
    Export { format: export::Format },
    /// Draw all ports of a transport protocol as an SVG
    Map {
        #[arg(default_value = "tcp")]
        transport: Transport,
    },
    /// Write a shell completion script
    Completions { shell: clap_complete::Shell },
}

fn main() -> ExitCode {
    let result = match Arguments::try_parse() {
        Ok(Arguments { command }) => {
            let mut out = BufWriter::new(io::stdout().lock());
            run(command, &mut out).and_then(|status| match out.flush() {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(status),
                flushed => flushed.map(|()| status),
            })
        }
        // Help and the version, too.
        Err(error) => {
            let error = with_printable_arguments(error);
            error.print().map(|()| error.exit_code() as u8)
        }
    };
    match result {
        Ok(status) => status.into(),
        // The reader has seen enough. What is still in the buffer is dropped.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            warn(&format!("error: {error}\n"));
            std::process::exit(2)
        }
    }
}

/// Returns the exit status.
fn run(command: Command, out: &mut dyn Write) -> io::Result<u8> {
    match command {
        Command::Lookup { what, json } => lookup::lookup(&what, json, out),
        Command::Search { text, json } => lookup::search(&text.join(" "), json, out),
        Command::Validate { names, json } => validate::validate(&names, json, out),
        Command::Listening { folder, json } => listening::list(&folder, json, out),
        Command::Annotate => annotate::annotate_all(io::stdin(), out).map(|()| 0),
        Command::Export { format } => export::export(format, out).map(|()| 0),
        Command::Map { transport } => out.write_all(map::svg(transport).as_bytes()).map(|()| 0),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "ports", &mut script);
            out.write_all(&script).map(|()| 0)
        }
    }
}

/// The error with the arguments in its message escaped and cut.
fn with_printable_arguments(mut error: clap::Error) -> clap::Error {
    for kind in [ContextKind::InvalidValue, ContextKind::InvalidArg, ContextKind::InvalidSubcommand] {
        if let Some(ContextValue::String(argument)) = error.get(kind) {
            let argument = cut(&printable(argument), 60);
            error.insert(kind, ContextValue::String(argument));
        }
    }
    error
}

/// The text with what a terminal would not show escaped.
fn printable(text: &str) -> String {
    let escaped = |character: char| match character {
        '\'' | '"' | '\\' => character.to_string(),
        _ => character.escape_debug().to_string(),
    };
    text.chars().map(escaped).collect()
}

/// Writes to standard error and ignores failures: the text is not part of the result.
fn warn(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// At most `width` characters; a text that was cut ends in `…`.
fn cut(text: &str, width: usize) -> String {
    match text.char_indices().nth(width.saturating_sub(1)) {
        Some((end, last)) if text.len() > end + last.len_utf8() => format!("{}…", text[..end].trim_end()),
        _ => text.to_owned(),
    }
}
