//! The example `packets`: frames that etherparse builds, named through the numbers in their headers.

#[path = "../examples/packets.rs"]
#[allow(dead_code, reason = "main")]
mod packets;

use etherparse::checksum::Sum16BitWords;
use etherparse::{IpFragOffset, IpHeaders, IpNumber, Ipv4Header, PacketBuilder, PacketBuilderStep};
use iana_ports_benches::program::{run, run_unread};
use std::ffi::OsString;

const SOURCE: [u8; 4] = [192, 0, 2, 1];
const DESTINATION: [u8; 4] = [192, 0, 2, 2];

fn ipv4() -> PacketBuilderStep<IpHeaders> {
    PacketBuilder::ethernet2([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2]).ipv4(SOURCE, DESTINATION, 64)
}

fn ipv6() -> PacketBuilderStep<IpHeaders> {
    let address = |last| [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last];
    PacketBuilder::ethernet2([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2]).ipv6(address(1), address(2), 64)
}

/// The digits of the frame that `write` writes.
fn frame<E: std::fmt::Debug>(write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> String {
    let mut frame = Vec::new();
    write(&mut frame).unwrap();
    frame.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn named(frames: &[String]) -> (u8, String, String) {
    let input = frames.join("\n");
    run(|arguments: &[OsString], out, err| packets::run(arguments, &mut input.as_bytes(), out, err), &[])
}

#[track_caller]
fn assert_named(frames: &[String], lines: &[&str]) {
    let out = lines.iter().map(|line| format!("{line}\n")).collect();
    assert_eq!(named(frames), (0, out, String::new()));
}

/// A header of UDP-Lite (RFC 3828 §3.1) that covers itself alone, and its payload.
fn udp_lite(source_port: u16, destination_port: u16, payload: &[u8]) -> Vec<u8> {
    let (ports, coverage) = ([source_port.to_be_bytes(), destination_port.to_be_bytes()].concat(), 8_u16);
    let length = u16::try_from(8 + payload.len()).unwrap();
    let pseudo_header = [&SOURCE[..], &DESTINATION, &[0, 136], &length.to_be_bytes()].concat();
    let covered = [&pseudo_header[..], &ports, &coverage.to_be_bytes()].concat();
    let checksum = Sum16BitWords::new().add_slice(&covered).ones_complement().to_be();
    [&ports[..], &coverage.to_be_bytes(), &checksum.to_be_bytes(), payload].concat()
}

#[test]
fn tcp_udp_ipv6_and_udp_lite() {
    let frames = [
        frame(|out| ipv4().tcp(50000, 443, 1, 1024).syn().write(out, &[])),
        frame(|out| ipv4().udp(50000, 53).write(out, b"query")),
        frame(|out| ipv6().tcp(50000, 22, 1, 1024).syn().write(out, &[])),
        frame(|out| ipv6().udp(123, 50000).write(out, b"answer")),
        frame(|out| ipv4().write(out, IpNumber(136), &udp_lite(50000, 5060, b"call"))),
    ];
    assert_named(
        &frames,
        &[
            "192.0.2.1:50000 > 192.0.2.2:443 tcp https",
            "192.0.2.1:50000 > 192.0.2.2:53 udp domain",
            "[2001:db8::1]:50000 > [2001:db8::2]:22 tcp ssh",
            "[2001:db8::1]:123 > [2001:db8::2]:50000 udp ntp",
            "192.0.2.1:50000 > 192.0.2.2:5060 udp sip",
        ],
    );
}

#[test]
fn what_has_no_service() {
    let mut fragment = Ipv4Header { more_fragments: true, ..Default::default() };
    fragment.fragment_offset = IpFragOffset::try_new(1).unwrap();
    let fragment = PacketBuilder::ethernet2([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2])
        .ip(IpHeaders::Ipv4(fragment, Default::default()));
    let frames = [
        frame(|out| ipv4().tcp(50000, 50001, 1, 1024).syn().write(out, &[])),
        frame(|out| ipv4().icmpv4_echo_request(1, 1).write(out, &[])),
        // Not the first fragment: these octets would be the ports 1024 and 2048.
        frame(|out| fragment.write(out, IpNumber(17), &[4, 0, 8, 0, 0, 0, 0, 0])),
        // An Ethernet header alone, of the protocol 0x88cc, LLDP.
        format!("{}88cc", "02".repeat(12)),
    ];
    assert_named(
        &frames,
        &[
            "192.0.2.1:50000 > 192.0.2.2:50001 tcp -",
            "192.0.2.1 > 192.0.2.2 IP protocol 1, without ports",
            "0.0.0.0 > 0.0.0.0 udp fragment",
            "not an IP packet",
        ],
    );
}

#[test]
fn every_cut_of_a_frame_is_refused_or_named() {
    let whole = frame(|out| ipv4().write(out, IpNumber(136), &udp_lite(50000, 5060, b"")));
    for digits in 0..whole.len() {
        let (status, out, err) = named(&[format!("{}\n", &whole[..digits])]);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.starts_with("packets: line 1: ") && err.lines().count() == 1, "{err}");
    }
    let short = frame(|out| ipv4().write(out, IpNumber(136), &[0, 0, 0]));
    let good = frame(|out| ipv4().udp(50000, 53).write(out, &[]));
    let (status, out, err) = named(&[good, short]);
    assert_eq!((status, out.lines().count()), (2, 1));
    assert_eq!(err, "packets: line 2: a udp packet without ports\n");
}

#[test]
fn arguments_and_a_closed_pipe() {
    let lines = frame(|out| ipv4().udp(50000, 53).write(out, &[]));
    let program = |arguments: &[OsString], out: &mut dyn std::io::Write, err: &mut dyn std::io::Write| {
        packets::run(arguments, &mut lines.as_bytes(), out, err)
    };
    assert_eq!(run_unread(program, &[]), (0, String::new()));
    assert!(run(program, &["--help"]).1.starts_with("usage: packets\n"));
    let message = "packets: expected no argument; see --help\n";
    assert_eq!(run(program, &["x"]), (2, String::new(), message.to_owned()));
}
