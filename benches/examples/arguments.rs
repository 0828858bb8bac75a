//! Ports, service names and transports as arguments of clap, whose errors carry the crate's messages:
//! `cargo run -p iana-ports-benches --example arguments -- 8000-8100/udp https --except http-alt`

use clap::Parser;
use iana_ports::{PortSpec, ServiceName, Transport};
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};

/// Lists the services that are registered for ports, or by a name.
///
/// Exit status: 0 with services, 1 where none is registered, 2 after an error.
#[derive(Parser)]
#[command(name = "arguments")]
struct Arguments {
    /// A port, a range or a service name, perhaps with a transport: 443, 8000-8100/udp, https/tcp
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PortSpec>,
    /// The transport of each SPEC that names none
    #[arg(long)]
    transport: Option<Transport>,
    /// A service that is not listed
    #[arg(long, value_name = "NAME")]
    except: Vec<ServiceName>,
}

fn main() -> std::process::ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    run(&arguments, &mut io::stdout().lock(), &mut io::stderr()).into()
}

pub fn run(arguments: &[OsString], out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let all = std::iter::once("arguments".into()).chain(arguments.iter().cloned());
    let listed = match Arguments::try_parse_from(all) {
        Ok(arguments) => list(&arguments, out),
        Err(error) if error.use_stderr() => return write!(err, "{error}").map_or(2, |()| 2),
        // --help is an error to clap.
        Err(help) => write!(out, "{help}").map(|()| 0),
    };
    listed.unwrap_or_else(|error| match error.kind() {
        // The reader has seen enough.
        ErrorKind::BrokenPipe => 0,
        _ => writeln!(err, "arguments: {error}").map_or(2, |()| 2),
    })
}

/// Prints the services; gives the exit status.
fn list(arguments: &Arguments, out: &mut dyn Write) -> io::Result<u8> {
    let mut status = 1;
    for &spec in &arguments.specs {
        let spec = match (spec.transport(), arguments.transport) {
            (None, Some(transport)) => spec.with_transport(transport),
            _ => spec,
        };
        let excepted = |name: &str| arguments.except.iter().any(|except| except == name);
        for entry in spec.entries().filter(|entry| !entry.service_name().is_some_and(excepted)) {
            writeln!(out, "{entry}  {}", entry.description())?;
            status = 0;
        }
    }
    Ok(status)
}
