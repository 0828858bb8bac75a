//! The crate's types in the hands of other libraries: clap, toml, etherparse.

use clap::Parser;
use etherparse::{IpNumber, NetSlice, PacketBuilder, SlicedPacket};
use iana_ports::{PortSpec, ServiceName, Transport, name_by_port, service_name};
use serde::Deserialize;

#[derive(Parser)]
struct Arguments {
    port: PortSpec,
    name: ServiceName,
    transport: Transport,
}

#[test]
fn clap_parses_arguments_and_shows_errors() {
    let arguments = Arguments::try_parse_from(["test", "8000-8100/udp", "HTTPS", "tcp"]).unwrap();
    assert_eq!(arguments.port.to_string(), "8000-8100/udp");
    assert_eq!((arguments.name, arguments.transport), (service_name!("https"), Transport::Tcp));
    let error = Arguments::try_parse_from(["test", "443", "documentum_s", "tcp"]).err().unwrap().to_string();
    let message = "invalid value 'documentum_s' for '<NAME>': invalid service name \"documentum_s\": '_' at byte 10";
    assert!(error.contains(message), "{error}");
}

#[derive(Debug, Deserialize)]
struct Config {
    port: PortSpec,
    transports: Vec<Transport>,
    allow: Vec<PortSpec>,
}

#[test]
fn toml_reads_numbers_and_strings_and_shows_errors() {
    let text = "port = 443\ntransports = [\"tcp\"]\nallow = [\"https/tcp\", 53]\n";
    let config: Config = toml::from_str(text).unwrap();
    assert_eq!((config.port, config.transports.as_slice()), (PortSpec::from(443), &[Transport::Tcp][..]));
    assert_eq!(config.allow, ["https/tcp".parse().unwrap(), PortSpec::from(53)]);
    for (wrong, message) in [
        ("port = 65536", "invalid value: integer `65536`, expected a port number from 0 to 65535"),
        ("port = \"8000..8100\"", "invalid port or service \"8000..8100\": did you mean 8000-8100?"),
    ] {
        let error = toml::from_str::<Config>(&text.replace("port = 443", wrong)).unwrap_err().to_string();
        assert!(error.starts_with("TOML parse error at line 1, column 8\n"), "{error}");
        assert_eq!(error.lines().last(), Some(message));
    }
}

/// The transport and the usual service of a frame's destination port, through the numbers in its headers.
fn service(frame: &[u8]) -> Option<(Transport, Option<&'static str>)> {
    let packet = SlicedPacket::from_ethernet(frame).ok()?;
    let payload = match &packet.net {
        Some(NetSlice::Ipv4(ip)) => ip.payload(),
        Some(NetSlice::Ipv6(ip)) => ip.payload(),
        _ => return None,
    };
    let transport = Transport::from_ip_protocol(payload.ip_number.0)?;
    // The header of each of these protocols begins with the source port and the destination port.
    let &[_, _, high, low, ..] = payload.payload else { return None };
    Some((transport, name_by_port(u16::from_be_bytes([high, low]), transport)))
}

#[test]
fn etherparse_gives_ports_and_protocols() {
    let frame = |write: &dyn Fn(&mut Vec<u8>)| {
        let mut frame = Vec::new();
        write(&mut frame);
        frame
    };
    let ipv4 = || PacketBuilder::ethernet2([2; 6], [4; 6]).ipv4([192, 0, 2, 1], [192, 0, 2, 2], 64);
    let ipv6 = || PacketBuilder::ethernet2([2; 6], [4; 6]).ipv6([1; 16], [2; 16], 64);
    let tcp = frame(&|out| ipv4().tcp(50000, 443, 1, 1024).write(out, &[]).unwrap());
    assert_eq!(service(&tcp), Some((Transport::Tcp, Some("https"))));
    let udp = frame(&|out| ipv6().udp(50000, 53).write(out, b"query").unwrap());
    assert_eq!(service(&udp), Some((Transport::Udp, Some("domain"))));
    // UDP-Lite.
    let header = [[0xc3, 0x50, 0, 53], [0, 8, 0, 0]].concat();
    let udp_lite = frame(&|out| ipv4().write(out, IpNumber(136), &header).unwrap());
    assert_eq!(service(&udp_lite), Some((Transport::Udp, Some("domain"))));
    let icmp = frame(&|out| ipv4().icmpv4_echo_request(1, 1).write(out, &[]).unwrap());
    assert_eq!(service(&icmp), None);
}
