//! Ports, service names and transports in a TOML file, by serde; an error has the line and the crate's message:
//! `cargo run -p iana-ports-benches --example config -- benches/examples/config.toml`

use iana_ports::{PortSpec, ServiceName, Transport};
use serde::Deserialize;
use std::ffi::OsString;
use std::io::{self, Error, ErrorKind, Write};

const HELP: &str = "\
usage: config FILE

Prints the ports that the TOML file FILE stands for. It has a `port`, the `name` of the service there, and a list
`allow` of ports, ranges and names; `transports` are those of each that has no transport of its own.
Exit status: 0 after a good file, 2 after an error.
";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    port: PortSpec,
    name: ServiceName,
    transports: Vec<Transport>,
    #[serde(default)]
    allow: Vec<PortSpec>,
}

fn main() -> std::process::ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    run(&arguments, &mut io::stdout().lock(), &mut io::stderr()).into()
}

pub fn run(arguments: &[OsString], out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let printed = match *arguments.iter().map(|argument| argument.to_str()).collect::<Vec<_>>() {
        [Some("--help" | "-h")] => out.write_all(HELP.as_bytes()),
        [Some(file)] if !file.starts_with("-") => std::fs::read_to_string(file)
            .and_then(|text| toml::from_str(&text).map_err(Error::other))
            .map_err(|error| Error::new(error.kind(), format!("{file}: {error}")))
            .and_then(|config| print(&config, out)),
        _ => Err(Error::other("expected one file; see --help")),
    };
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            writeln!(err, "config: {}", error.to_string().trim_end()).map_or(2, |()| 2)
        }
        // Where the pipe is closed, the reader has seen enough.
        _ => 0,
    }
}

fn print(config: &Config, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} on{}", config.name, ranges(config.port, &config.transports))?;
    for &spec in &config.allow {
        writeln!(out, "allow {spec}:{}", ranges(spec, &config.transports))?;
    }
    Ok(())
}

/// The ports of `spec` on its own transport, or on `transports`.
fn ranges(spec: PortSpec, transports: &[Transport]) -> String {
    let wanted = |transport| spec.transport().is_some() || transports.contains(&transport);
    let ranges = spec.port_ranges().filter(|&(_, transport)| wanted(transport));
    ranges.map(|(ports, transport)| format!(" {ports}/{transport}")).collect()
}
