//! `ports`: IANA's registry of service names and port numbers on the command line.

mod annotate;
mod export;
mod listening;
mod map;
mod query;
mod services;
mod table;
mod validate;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand};
use iana_ports::Transport;
use query::Subject;
use std::ffi::OsString;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use table::{Form, Row, table};

/// Look up ports and services in IANA's registry. A port is registered for a service; anything can use it.
#[derive(Parser)]
#[command(name = "ports", version, after_help = AFTER_HELP, override_usage = USAGE, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Ports, ranges, service names and what contains them: 443 8000-8100/udp https 22,80 _ipp._tcp [::1]:443
    what: Vec<String>,
    #[command(flatten)]
    form: Form,
}

const USAGE: &str = "ports [OPTIONS] <WHAT>...\n       ports [OPTIONS] <COMMAND>";

const AFTER_HELP: &str = "\
Examples:
  ports 443                  what a port is registered for
  ports postgresql ssh/tcp   the ports of services
  ports -l 8001              every column
  ports -- search            a service with the name of a command

Exit status: 0 if all is registered or valid, 1 if something is not, 2 for an error";

#[derive(Subcommand)]
enum Command {
    /// List the services whose name or description contains a text
    Search {
        /// A part of a name or description; several words are one text
        #[arg(required = true)]
        text: Vec<String>,
        #[command(flatten)]
        form: Form,
    },
    /// List the ports that this Linux machine listens on
    Listening {
        /// The folder that holds the files tcp, tcp6, udp and udp6
        #[arg(default_value = "/proc/net")]
        folder: PathBuf,
        #[command(flatten)]
        form: Form,
    },
    /// Copy standard input, and add the service to each 443/tcp and tcp/443
    Annotate,
    /// Check service names against RFC 6335
    Validate {
        /// The names; without one, or with - alone, each line of standard input is checked
        names: Vec<OsString>,
        /// Print an array of objects
        #[arg(long)]
        json: bool,
    },
    /// Write the whole registry
    Export { format: export::Format },
    /// Draw all ports of a transport protocol as an SVG
    Map {
        #[arg(default_value = "tcp", ignore_case = true, value_parser = transports())]
        transport: Transport,
    },
    /// Write a shell completion script
    Completions { shell: clap_complete::Shell },
}

fn main() -> ExitCode {
    let result = match Arguments::try_parse() {
        Ok(arguments) => {
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
            run(arguments, &mut out).and_then(|status| match out.flush() {
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
fn run(Arguments { command, what, form }: Arguments, out: &mut dyn Write) -> io::Result<u8> {
    let Some(command) = command else { return lookup(&what, form, out) };
    match command {
        Command::Search { text, form: own } => search(&text.join(" "), form.or(own), out),
        Command::Validate { names, json } => validate::validate(&names, json || form.json, out),
        Command::Listening { folder, form: own } => listening::list(&folder, form.or(own), out),
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

/// Returns the exit status.
fn lookup(what: &[String], form: Form, out: &mut dyn Write) -> io::Result<u8> {
    let (mut rows, mut status) = (Vec::new(), 0);
    for query in query::parse(what).map_err(io::Error::other)? {
        let found = query.rows();
        if let Subject::Name(name) = &query.subject {
            if found.is_empty() {
                suggest(name, &format!("{query} is not registered"));
            } else if found.iter().all(|row| row.ports.is_none()) {
                suggest(name, &format!("{query} is registered without a port"));
            } else if let Some(now) = found.iter().find_map(|row| row.entry?.alias_of()) {
                warn(&format!("{query} is an old name: IANA replaced it with {now}\n"));
            }
        }
        status |= u8::from(found.is_empty());
        rows.extend(if found.is_empty() { query.statuses() } else { found });
    }
    table::sort(&mut rows);
    table::print(&rows, form, out).map(|()| status)
}

/// Returns the exit status.
fn search(text: &str, form: Form, out: &mut dyn Write) -> io::Result<u8> {
    if text.trim().is_empty() {
        return Err(io::Error::other("empty text: expected a part of a service name or description"));
    }
    let mut rows: Vec<Row> = iana_ports::search(text).map(Row::of).collect();
    if rows.is_empty() {
        suggest(text, &format!("no service name or description contains {}", cut(text, 60)));
    }
    table::sort(&mut rows);
    table::print(&rows, form, out).map(|()| rows.is_empty().into())
}

/// Says on standard error why there is no port, and which services may be meant.
fn suggest(name: &str, why: &str) {
    let rows = query::suggestions(name);
    let ask = if rows.is_empty() { "" } else { "; did you mean one of these?" };
    warn(&format!("{}{ask}\n{}", printable(why), table(&rows, io::stderr().is_terminal())));
}

/// The names of the transports, for the help and completions.
fn transports() -> impl TypedValueParser<Value = Transport> {
    PossibleValuesParser::new(Transport::ALL.map(|transport| transport.as_str()))
        .try_map(|name| name.parse::<Transport>())
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
