//! The program `ports` as a library, so that its tests can call it.

pub mod annotate;
pub mod answer;
pub mod export;
pub mod listening;
pub mod map;
pub mod query;
pub mod table;
pub mod validate;

use answer::Answer;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ColorChoice, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use iana_ports::{REGISTRY_SOURCE, Transport};
use std::ffi::OsString;
use std::io::{self, Error, IsTerminal, Write};
use std::path::PathBuf;
use table::Form;

/// Look up ports and services in IANA's registry. A port is registered for a service; anything can use it.
#[derive(Parser)]
#[command(name = "ports", version = version(), after_help = AFTER_HELP, override_usage = USAGE)]
#[command(arg_required_else_help = true, color = ColorChoice::Never)]
pub struct Arguments {
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
    Completions { shell: Shell },
}

/// The version of the program, and the registry that it was built from.
fn version() -> String {
    format!("{}\n{}", env!("CARGO_PKG_VERSION"), printable(REGISTRY_SOURCE))
}

/// The names of the transports, for the help and completions.
fn transports() -> impl TypedValueParser<Value = Transport> {
    PossibleValuesParser::new(Transport::ALL.map(|one| one.as_str())).try_map(|name| name.parse::<Transport>())
}

/// Returns the exit status.
pub fn run(Arguments { command, what, form }: Arguments, out: &mut dyn Write) -> io::Result<u8> {
    let width = width(&io::stderr());
    let Some(command) = command else { return print(answer::lookup(&what, width), form, out) };
    let validates = matches!(command, Command::Validate { .. });
    match command {
        Command::Search { text, form: own } => print(answer::search(&text.join(" "), width), form.or(own), out),
        Command::Listening { folder, form: own } => listening::list(&folder, form.or(own), out),
        _ if form.long || form.json && !validates => Err(Error::other("unexpected -l or --json before the command")),
        Command::Validate { names, json } => validate::validate(&names, json || form.json, out),
        Command::Annotate => annotate::annotate_all(io::stdin(), out).map(|()| 0),
        Command::Export { format } => export::export(format, out).map(|()| 0),
        Command::Map { transport } => out.write_all(map::svg(transport).as_bytes()).map(|()| 0),
        Command::Completions { shell } => completions(shell, out).map(|()| 0),
    }
}

/// The script of clap, with the values of arguments for fish, too, where clap has those of options alone.
fn completions(shell: Shell, out: &mut dyn Write) -> io::Result<()> {
    let (mut script, mut arguments) = (Vec::new(), Arguments::command());
    clap_complete::generate(shell, &mut arguments, "ports", &mut script);
    for command in arguments.get_subcommands().filter(|_| shell == Shell::Fish) {
        let values = command.get_positionals().flat_map(|argument| argument.get_possible_values());
        let values: String = values.map(|value| format!("{} ", value.get_name())).collect();
        if !values.is_empty() {
            let name = command.get_name();
            writeln!(script, "complete -c ports -n '__fish_ports_using_subcommand {name}' -f -a '{values}'")?;
        }
    }
    out.write_all(&script)
}

fn print(answer: Result<Answer, String>, form: Form, out: &mut dyn Write) -> io::Result<u8> {
    let Answer { rows, notes, exit_status } = answer.map_err(Error::other)?;
    warn(&notes);
    table::print(&rows, form, out).map(|()| exit_status)
}

/// Escapes unprintable characters, and those that a terminal would act on.
pub fn printable(text: &str) -> String {
    let escaped = |character: char| match character {
        '\'' | '"' | '\\' => character.to_string(),
        // After another character, one that combines with it stays.
        _ => format!("a{character}").escape_debug().skip(1).collect(),
    };
    text.chars().map(escaped).collect()
}

/// At most `width` characters; a text that was cut ends in `…`.
pub fn cut(text: &str, width: usize) -> String {
    match text.char_indices().nth(width.saturating_sub(1)) {
        Some((end, last)) if text.len() > end + last.len_utf8() => format!("{}…", text[..end].trim_end()),
        _ => text.to_owned(),
    }
}

/// The width of a terminal; no limit elsewhere.
fn width(stream: &impl IsTerminal) -> usize {
    if stream.is_terminal() { textwrap::termwidth() } else { usize::MAX }
}

/// Writes to standard error and ignores failures: the text is not part of the result.
pub fn warn(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
