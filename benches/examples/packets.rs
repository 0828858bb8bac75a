//! The service of each packet, which etherparse takes apart: `cargo run -p iana-ports-benches --example packets`

use etherparse::{NetSlice, SlicedPacket};
use iana_ports::{Transport, name_by_port};
use std::ffi::OsString;
use std::io::{self, BufRead, Error, ErrorKind, Write};
use std::net::{IpAddr, SocketAddr};

const HELP: &str = "\
usage: packets

Reads Ethernet frames from standard input, each a line of hexadecimal digits, and prints the addresses of each and the
service that its destination port is registered for, or else its source port. Anything can use a port.
Exit status: 0 after good frames, 2 after an error.
";

fn main() -> std::process::ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    run(&arguments, &mut io::stdin().lock(), &mut io::stdout().lock(), &mut io::stderr()).into()
}

pub fn run(arguments: &[OsString], input: &mut dyn BufRead, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let printed = match *arguments.iter().map(|argument| argument.to_str()).collect::<Vec<_>>() {
        [] => (1..).zip(input.lines()).try_for_each(|(number, line)| {
            let packet = describe(&line?).map_err(|message| Error::other(format!("line {number}: {message}")))?;
            writeln!(out, "{packet}")
        }),
        [Some("--help" | "-h")] => out.write_all(HELP.as_bytes()),
        _ => Err(Error::other("expected no argument; see --help")),
    };
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => writeln!(err, "packets: {error}").map_or(2, |()| 2),
        // Where the pipe is closed, the reader has seen enough.
        _ => 0,
    }
}

/// The packet in a frame, in words.
fn describe(hexadecimal: &str) -> Result<String, String> {
    let frame = octets(hexadecimal.trim()).ok_or("expected an even number of hexadecimal digits")?;
    let packet = SlicedPacket::from_ethernet(&frame).map_err(|error| error.to_string())?;
    let (source, destination, ip): (IpAddr, IpAddr, _) = match &packet.net {
        Some(NetSlice::Ipv4(ip)) => {
            (ip.header().source_addr().into(), ip.header().destination_addr().into(), ip.payload())
        }
        Some(NetSlice::Ipv6(ip)) => {
            (ip.header().source_addr().into(), ip.header().destination_addr().into(), ip.payload())
        }
        _ => return Ok("not an IP packet".into()),
    };
    let Some(transport) = Transport::from_ip_protocol(ip.ip_number.0) else {
        return Ok(format!("{source} > {destination} IP protocol {}, without ports", ip.ip_number.0));
    };
    if ip.fragmented {
        return Ok(format!("{source} > {destination} {transport} fragment"));
    }
    // The header of each of these protocols begins with the source port and the destination port.
    let &[s0, s1, d0, d1, ..] = ip.payload else { return Err(format!("a {transport} packet without ports")) };
    let (from, to) = (u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1]));
    let name = name_by_port(to, transport).or(name_by_port(from, transport)).unwrap_or("-");
    Ok(format!("{} > {} {transport} {name}", SocketAddr::new(source, from), SocketAddr::new(destination, to)))
}

fn octets(hexadecimal: &str) -> Option<Vec<u8>> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).map(|value| value as u8);
    let (pairs, []) = hexadecimal.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect()
}
