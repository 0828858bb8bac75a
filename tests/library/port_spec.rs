//! What people type for a port or a service.

use crate::common::oracle;
use iana_ports::{Entry, PortRange, PortSpec, ServiceName, Transport, entries, lookup_name, lookup_port, service_name};
use std::collections::{BTreeMap, BTreeSet};

#[track_caller]
fn ports(text: &str, start: u16, end: u16, transport: Option<Transport>, printed: &str) {
    let spec: PortSpec = text.parse().unwrap();
    assert_eq!(spec.ports(), PortRange::new(start, end));
    assert_eq!(spec.service_name(), None);
    agrees(text, spec, transport, printed);
}

#[track_caller]
fn name(text: &str, name: &str, transport: Option<Transport>, printed: &str) {
    let spec: PortSpec = text.parse().unwrap();
    assert_eq!(spec.ports(), None);
    assert_eq!(spec.service_name().unwrap().as_str(), name);
    assert_eq!(text.to_ascii_uppercase().parse(), Ok(spec));
    agrees(text, spec, transport, printed);
}

#[track_caller]
fn agrees(text: &str, spec: PortSpec, transport: Option<Transport>, printed: &str) {
    assert_eq!(spec.transport(), transport);
    assert_eq!(spec.to_string(), printed);
    assert_eq!(format!("{spec:?}"), format!("PortSpec({printed})"));
    assert_eq!(printed.parse(), Ok(spec));
    assert_eq!(PortSpec::try_from(text), Ok(spec));
}

#[test]
fn accepted() {
    use Transport::{Dccp, Sctp, Tcp, Udp};
    ports("443", 443, 443, None, "443");
    ports("443/tcp", 443, 443, Some(Tcp), "443/tcp");
    ports("443/TCP", 443, 443, Some(Tcp), "443/tcp");
    ports("23", 23, 23, None, "23");
    ports("0", 0, 0, None, "0");
    ports("65535/dccp", 65535, 65535, Some(Dccp), "65535/dccp");
    ports("8000-8100", 8000, 8100, None, "8000-8100");
    ports("8000-8100/udp", 8000, 8100, Some(Udp), "8000-8100/udp");
    ports("6000-6063/sctp", 6000, 6063, Some(Sctp), "6000-6063/sctp");
    ports("0-65535", 0, 65535, None, "0-65535");
    ports("80-80", 80, 80, None, "80");
    ports("0080/Udp", 80, 80, Some(Udp), "80/udp");
    name("https", "https", None, "https");
    name("HTTPS", "HTTPS", None, "HTTPS");
    name("https/tcp", "https", Some(Tcp), "https/tcp");
    name("http-alt", "http-alt", None, "http-alt");
    name("9pfs", "9pfs", None, "9pfs");
    name("9pfs/sctp", "9pfs", Some(Sctp), "9pfs/sctp");
    name("3com-tsmux", "3com-tsmux", None, "3com-tsmux");
    name("6000-6063a", "6000-6063a", None, "6000-6063a");
    name("tcp", "tcp", None, "tcp");
    name("udp/tcp", "udp", Some(Tcp), "udp/tcp");
    name("sip/udp-lite", "sip", Some(Udp), "sip/udp");
    ports("5060/UDPlite", 5060, 5060, Some(Udp), "5060/udp");
    name("not-registered", "not-registered", None, "not-registered");
}

#[track_caller]
fn rejects(text: &str, message: &str) {
    let error = text.parse::<PortSpec>().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(format!("{error:?}"), format!("PortSpecError({message})"));
    assert_eq!(PortSpec::try_from(text), Err(error));
}

#[test]
fn rejected() {
    for text in ["", " ", "\n\t", "/tcp", "/", "/foo"] {
        rejects(text, "empty port or service: expected text such as 443, 8000-8100/udp or https/tcp");
    }
    for text in ["80/", "http/"] {
        rejects(text, "empty transport protocol: expected tcp, udp, sctp or dccp");
    }
    for (text, transport) in [
        ("80/foo", "foo"),
        ("http/6", "6"),
        ("80/tcp6", "tcp6"),
        ("80/tcp/foo", "tcp/foo"),
        ("80/tcp/udp", "tcp/udp"),
        ("914c/g", "g"),
        ("80//", "/"),
    ] {
        rejects(text, &format!("unknown transport protocol {transport:?}: expected tcp, udp, sctp or dccp"));
    }
    rejects("65536/tcp", "invalid port \"65536\": greater than 65535");
    rejects("100-1/udp", "invalid port range \"100-1\": the start is greater than the end");
    for name in
        ["http-", "_http", "ht__tp", "http_", "abcdefghijklmnop", "abcdefghijklmn_p", "ssh:80", "https,tcp,udp_"]
    {
        let message = ServiceName::new(name).unwrap_err().to_string();
        rejects(name, &message);
        rejects(&format!("{name}/tcp"), &message);
    }
    let message = "invalid service name \"ssh:80\": ':' at byte 3 is not an ASCII letter, digit or hyphen";
    rejects("ssh:80", message);
}

/// A text without an ASCII letter has the error of a `PortRange`.
#[test]
fn text_without_a_letter_is_an_invalid_port() {
    for text in [
        "65536", "-", "1-", "100-1", "1-2-", "1-2-3", "+80", "*", "44.3", "1_000", "٨٠", "é_", "_", ",", "80:90",
        "90:80",
    ] {
        let message = text.parse::<PortRange>().unwrap_err().to_string();
        rejects(text, &message);
        rejects(&format!("{text}/tcp"), &message);
    }
}

#[test]
fn several_where_one_is_expected() {
    for text in [
        "80,443",
        "80 443",
        "80 90:100",
        "80,443/tcp",
        "http, https",
        "443/tcp,80/udp",
        "80;443",
        "８０，４４３",
        "1,2,",
    ] {
        rejects(text, &format!("invalid port or service {text:?}: expected one, not a list"));
    }
    rejects("80 443/tcp", "invalid port or service \"80 443\": expected one, not a list");
    for text in ["https/tcp,udp", "443/TCP, udp", "8000-8100/udp;sctp;dccp"] {
        rejects(text, &format!("invalid port or service {text:?}: expected a single transport protocol"));
    }
    const WHITESPACE: &str = "unexpected whitespace, expected text such as 8000-8100/udp or https/tcp";
    for text in ["443 icmp", "port 443", "443 tcp udp", "-p tcp --dport 80:90", "1000 to 2000", "my service", "a\tb"] {
        rejects(text, &format!("invalid port or service {text:?}: {WHITESPACE}"));
    }
}

#[test]
fn ranges_that_are_near_misses() {
    const MAPPING: &str = "did you mean 80-90 (a range to iptables) or 80 and 90 (a mapping to Docker)?";
    for text in ["80:90", "80:90/tcp", "80:90 tcp", "tcp 80:90", "udp/80:90", "80:90/foo"] {
        rejects(text, &format!("invalid port range \"80:90\": {MAPPING}"));
    }
    rejects("*/udp", "invalid port range \"*\": for all ports, use 0-65535");
    rejects("TCP/70000", "invalid port \"70000\": greater than 65535");
    rejects("udp 100-1", "invalid port range \"100-1\": the start is greater than the end");
    rejects("1-2:80", "invalid port \"1-2:80\": expected a number from 0 to 65535, or a range such as 6000-6063");
}

#[test]
fn suggestions() {
    for (meant, texts) in [
        ("443", &[":443", "443,", "localhost:443", "[::1]:443", "10.0.0.1:443", "example.org:443", " 443"][..]),
        (
            "443/tcp",
            &["10.0.0.1:443/tcp", "tcp localhost:443", "tcp/443", "tcp:443", "tcp:443 ", "tcp: 443", "443:tcp"],
        ),
        (
            "443/tcp",
            &[
                "443_tcp",
                "TCP_443",
                "443 tcp",
                "tcp 443",
                "443//tcp",
                "443/tcp ",
                "T:443",
                ":443/tcp",
                "４４３／ＴＣＰ",
            ],
        ),
        ("53/udp", &["U:53", "53:U", "53//udp-lite"]),
        ("36412/sctp", &["S:36412"]),
        ("8000-8100", &["8000..8100", "8000 - 8100", "８０００～８１００"]),
        ("8000-8100/udp", &["udp/8000..8100", "8000–8100/udp", "udp/8000-8100"]),
        ("http-alt", &["http_alt", " http_alt", "http_alt,"]),
        ("http-alt/tcp", &["http_alt/tcp", "tcp http_alt", "tcp:http_alt"]),
        ("https", &[" https", "https\n", ":https", "https,"]),
        ("https/udp", &["udp : https", "https / udp", "https udp"]),
        ("HTTP", &["ＨＴＴＰ"]),
        ("HTTPS/tcp", &["ＨＴＴＰＳ/tcp", "TCP/HTTPS"]),
    ] {
        for text in texts {
            rejects(text, &format!("invalid port or service {text:?}: did you mean {meant}?"));
            assert_eq!(meant.parse::<PortSpec>().unwrap().to_string(), meant);
        }
    }
}

/// Two transports are no service, and nmap's letters are for ports.
#[test]
fn nothing_is_suggested_for_a_transport_without_a_port() {
    for text in ["tcp udp", "udp:tcp", "tcp tcp", "Plan S", "Model T", "T:U", "dccp/T", "port_80", "80_90"] {
        let message = text.parse::<PortSpec>().unwrap_err().to_string();
        assert!(!message.contains("did you mean"), "{message}");
    }
}

#[test]
fn conversions() {
    assert_eq!("443".parse(), Ok(PortSpec::from(443)));
    assert_eq!("1-2".parse(), Ok(PortSpec::from(PortRange::new(1, 2).unwrap())));
    assert_eq!("http".parse(), Ok(PortSpec::from(service_name!("HTTP"))));
    assert_eq!("443/sctp".parse(), Ok(PortSpec::from((443, Transport::Sctp))));
    assert_eq!("https/tcp".parse(), Ok(PortSpec::from((service_name!("https"), Transport::Tcp))));
    const SSH: PortSpec = PortSpec::from_name(service_name!("ssh")).with_transport(Transport::Tcp);
    const HTTPS: PortSpec = PortSpec::from_port(443);
    assert_eq!((SSH.to_string(), HTTPS), ("ssh/tcp".into(), PortSpec::from(443)));
    assert_ne!("80".parse::<PortSpec>(), "80/tcp".parse());
    assert_ne!("80/udp".parse::<PortSpec>(), "80/tcp".parse());
}

/// Parsing asks the rules and not the registry.
#[test]
fn registered_names_that_break_the_rules() {
    for text in entries().iter().filter_map(|entry| entry.service_name()) {
        if let Err(error) = ServiceName::new(text) {
            let spec = text.parse::<PortSpec>();
            assert!(spec.is_err(), "{text}");
            // A slash and whitespace have messages of their own.
            match ServiceName::new(&text.replace('_', "-")) {
                Ok(meant) => rejects(text, &format!("invalid port or service {text:?}: did you mean {meant}?")),
                Err(_) if text.contains(['/', ' ']) => {}
                Err(_) => rejects(text, &error.to_string()),
            }
        }
    }
}

#[test]
fn every_registered_name() {
    for text in entries().iter().filter_map(|entry| entry.service_name()) {
        let Ok(name) = ServiceName::new(text) else { continue };
        let spec = PortSpec::from(name);
        assert_eq!(text.to_ascii_uppercase().parse(), Ok(spec));
        assert!(spec.entries().eq(lookup_name(text).iter().copied()), "{text}");
        for transport in Transport::ALL {
            let spec: PortSpec = format!("{text}/{transport}").parse().unwrap();
            let expected = lookup_name(text).iter().copied();
            let expected = expected.filter(|entry| entry.transport().is_none_or(|own| own == transport));
            assert!(spec.entries().eq(expected), "{spec}");
        }
    }
}

#[track_caller]
fn has_ranges(spec: PortSpec, expected: &[(PortRange, Transport)]) {
    match spec.port_ranges() {
        _ if expected.is_empty() => has_no_ranges(spec, "is registered without a port"),
        ranges => assert!(ranges.unwrap().eq(expected.iter().copied()), "{spec}"),
    }
}

#[track_caller]
fn has_no_ranges(spec: PortSpec, why: &str) {
    let name = spec.service_name().unwrap();
    assert_eq!(spec.port_ranges().err().unwrap().to_string(), format!("service name \"{name}\" {why}"));
}

/// The ranges of every name, from the rows of the XML.
#[test]
fn port_ranges_of_every_name() {
    let mut expected: BTreeMap<String, Vec<(PortRange, Transport)>> = BTreeMap::new();
    let mut rows: Vec<_> = oracle::rows().iter().filter(|row| !row.name().is_empty()).collect();
    rows.sort_by_key(|row| row.ports.map(|(start, _)| start));
    for row in rows {
        let pairs = expected.entry(row.name().to_owned()).or_default();
        let Some((start, end)) = row.ports else { continue };
        for transport in Transport::ALL {
            let pair = (PortRange::new(start, end).unwrap(), transport);
            if row.applies_to(start, transport) && !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    for (text, expected) in expected {
        let Ok(name) = ServiceName::new(&text) else { continue };
        let spec = PortSpec::from(name);
        has_ranges(spec, &expected);
        for transport in Transport::ALL {
            let on = expected.iter().copied().filter(|&(_, own)| own == transport).collect::<Vec<_>>();
            if on.is_empty() && !expected.is_empty() {
                has_no_ranges(spec.with_transport(transport), &format!("has no port on {transport}"));
            } else {
                has_ranges(spec.with_transport(transport), &on);
            }
        }
    }
}

#[test]
fn port_ranges_of_ports_are_the_ports() {
    for ports in [PortRange::from(443), PortRange::new(8000, 8100).unwrap(), PortRange::new(0, 65535).unwrap()] {
        let spec = PortSpec::from(ports);
        has_ranges(spec, &Transport::ALL.map(|transport| (ports, transport)));
        for transport in Transport::ALL {
            has_ranges(spec.with_transport(transport), &[(ports, transport)]);
        }
    }
    for (text, why) in [
        ("Not-registered", "is not registered"),
        ("Not-registered/tcp", "is not registered"),
        ("rdp", "is registered without a port"),
        ("RDP/tcp", "is registered without a port"),
        ("ssh/dccp", "has no port on dccp"),
    ] {
        has_no_ranges(text.parse().unwrap(), why);
    }
}

/// The entries on `ports` from a look-up of each port, each where it is first found: the first of each transport, then
/// the second.
fn looked_up(ports: PortRange, transports: &[Transport]) -> Vec<Entry> {
    let mut found = BTreeSet::new();
    let mut all = Vec::new();
    for port in ports {
        let lists: Vec<&[Entry]> = transports.iter().map(|&transport| lookup_port(port, transport)).collect();
        let longest = lists.iter().map(|list| list.len()).max().unwrap();
        let in_order = (0..longest).flat_map(|place| lists.iter().filter_map(move |list| list.get(place)));
        all.extend(in_order.copied().filter(|&entry| found.insert(entry)));
    }
    all
}

#[test]
fn every_port() {
    for port in 0..=u16::MAX {
        let spec = PortSpec::from(port);
        assert!(spec.entries().eq(looked_up(port.into(), &Transport::ALL)), "{port}");
        for transport in Transport::ALL {
            let entries = lookup_port(port, transport).iter().copied();
            assert!(spec.with_transport(transport).entries().eq(entries), "{port}/{transport}");
        }
    }
    assert_eq!(PortSpec::from(2049).entries().next().and_then(Entry::service_name), Some("nfs"));
}

#[test]
fn ranges() {
    for (text, transports) in [
        ("0-65535", &Transport::ALL[..]),
        ("0-65535/dccp", &[Transport::Dccp]),
        ("6010-6020/tcp", &[Transport::Tcp]),
        ("5990-6100", &Transport::ALL),
        ("7300-7359/sctp", &[Transport::Sctp]),
        ("49152-65535", &Transport::ALL),
    ] {
        let spec: PortSpec = text.parse().unwrap();
        let expected = looked_up(spec.ports().unwrap(), transports);
        assert!(spec.entries().eq(expected.iter().copied()), "{text}");
        assert!(spec.entries().rev().eq(expected.iter().rev().copied()), "{text}");
    }
    let x11: PortSpec = "6003-6004/tcp".parse().unwrap();
    assert!(x11.entries().map(|entry| entry.service_name()).eq([Some("x11")]));
}

/// What a list has in it, with the message of each error.
fn list(text: &str) -> Vec<String> {
    PortSpec::parse_list(text)
        .map(|item| item.map_or_else(|error| error.to_string(), |spec| spec.to_string()))
        .collect()
}

#[test]
fn lists_are_separated_by_commas_and_whitespace() {
    for text in ["80,443, 8000-8100/udp https", "80 443\t8000-8100/udp\nhttps", " 80,443, 8000-8100/udp ,https "] {
        assert_eq!(list(text), ["80", "443", "8000-8100/udp", "https"]);
    }
    for text in ["", " ", "\n\t"] {
        assert_eq!(list(text), [""; 0]);
    }
}

#[test]
fn list_errors_do_not_end_the_list() {
    const EMPTY: &str = "empty list item: expected a port or service on each side of a comma";
    assert_eq!(list(","), [EMPTY, EMPTY]);
    assert_eq!(list(",80,"), [EMPTY, "80", EMPTY]);
    assert_eq!(list("80, ,443"), ["80", EMPTY, "443"]);
    let expected = "expected a transport protocol only after a port or service and a slash, as in 443/tcp";
    let transport = |name| format!("invalid list item {name:?}: {expected}");
    assert_eq!(list("443 tcp"), ["443", &transport("tcp")]);
    assert_eq!(list("53/tcp,udp 80"), ["53/tcp", &transport("udp"), "80"]);
    for hyphen in ["-", "–", "—"] {
        let message = format!("invalid list item {hyphen:?}: expected a range without spaces, as in 80-90");
        assert_eq!(list(&format!("80 {hyphen} 90")), ["80", &message, "90"]);
    }
    assert_eq!(list("70000 80"), ["invalid port \"70000\": greater than 65535", "80"]);
    let separator = |item| format!("invalid list item {item:?}: expected items separated by commas or whitespace");
    assert_eq!(list("80;443"), [separator("80;443")]);
    assert_eq!(list("80; 443"), [&separator("80;"), "443"]);
    assert_eq!(list("https /tcp //udp"), ["https", &transport("/tcp"), &transport("//udp")]);
}

/// For ufw, `80,443/tcp` is both ports on TCP.
#[test]
fn a_comma_between_items_with_and_without_a_transport_is_ambiguous() {
    let message = "expected a transport protocol after each item, or a space after each comma";
    let error = |word| format!("ambiguous list {word:?}: {message}");
    assert_eq!(list("80,443/tcp"), [&error("80,443/tcp"), "80", "443/tcp"]);
    assert_eq!(list("1/udp 53,80,http/tcp"), [&error("53,80,http/tcp"), "1/udp", "53", "80", "http/tcp"]);
    assert_eq!(list("80,443/tcp,53/udp 1"), [&error("80,443/tcp,53/udp"), "80", "443/tcp", "53/udp", "1"]);
    assert_eq!(list("443/tcp,80"), [&error("443/tcp,80"), "443/tcp", "80"]);
    assert_eq!(list("443/tcp,https,1/udp")[0], error("443/tcp,https,1/udp"));
    for text in ["443/tcp,80/udp", "443,80", "443/tcp, 80", "443/tcp 80,http"] {
        assert!(PortSpec::parse_list(text).all(|item| item.is_ok()), "{text}");
    }
    for text in ["80, 443/tcp", "80 ,443/tcp", "80 443/tcp", "80\n,\n443/tcp"] {
        assert_eq!(list(text), ["80", "443/tcp"]);
    }
}

#[test]
fn without_entries() {
    for text in ["htps", "any", "all", "https/dccp", "49152", "65000-65535"] {
        assert_eq!(text.parse::<PortSpec>().unwrap().entries().next(), None, "{text}");
    }
}

#[test]
fn conversions_from_ranges() {
    let mut exhausted = 5..=5;
    exhausted.next();
    let error = PortSpec::try_from(exhausted).unwrap_err();
    assert_eq!(error.to_string(), "empty port range: already iterated to its end");
    let x11 = PortRange::new(6000, 6063).unwrap();
    assert_eq!(PortSpec::from((x11, Transport::Tcp)).to_string(), "6000-6063/tcp");
    assert_eq!(PortSpec::try_from(6000..=6063).unwrap(), PortSpec::from(x11));
    let reversed = std::ops::RangeInclusive::new(2, 1);
    assert!(PortSpec::try_from(reversed).unwrap_err().to_string().contains("greater than the end"));
}
