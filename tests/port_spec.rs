//! What people type for a port or a service.

use iana_ports::{
    Entry, PortRange, PortSpec, PortSpecError, ServiceName, Transport, entries, lookup_name, lookup_port, service_name,
};
use proptest::prelude::*;

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
    assert_eq!(spec.service_name(), Some(name));
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
    name("not-registered", "not-registered", None, "not-registered");
}

#[track_caller]
fn rejects(text: &str, message: &str) -> PortSpecError {
    let error = text.parse::<PortSpec>().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(PortSpec::try_from(text), Err(error));
    error
}

#[test]
fn rejected() {
    assert_eq!(
        rejects("", "a port or service is missing: expected one such as 443, 8000-8100/udp or https/tcp"),
        PortSpecError::Empty
    );
    for (text, offset) in
        [(" ", 0), (" 80", 0), ("80 ", 2), ("http tcp", 4), ("8000 - 8100", 4), ("80 /tcp", 2), ("80/ tcp", 3)]
    {
        let error = rejects(
            text,
            &format!("{text:?} has white space at byte {offset}: expected none, as in 443/tcp or 8000-8100"),
        );
        assert!(matches!(error, PortSpecError::Whitespace { .. }));
    }
    rejects("80\n", "\"80\\n\" has white space at byte 2: expected none, as in 443/tcp or 8000-8100");
    for text in ["/tcp", "/", "/foo"] {
        let error = rejects(
            text,
            &format!(
                "{text:?} lacks a port or service name before the slash: expected one such as 443/tcp or https/tcp"
            ),
        );
        assert!(matches!(error, PortSpecError::MissingSubject { .. }));
    }
    for text in ["80/", "http/", "80//"] {
        let error = rejects(
            text,
            &format!("{text:?} lacks a transport protocol after the slash: expected tcp, udp, sctp or dccp"),
        );
        assert!(matches!(error, PortSpecError::MissingTransport { .. }));
    }
    for (text, transport) in [("80/foo", "foo"), ("http/6", "6"), ("80/tcp6", "tcp6"), ("80/tcp/foo", "foo")] {
        let error = rejects(
            text,
            &"x".parse::<Transport>().unwrap_err().to_string().replace("\"x\"", &format!("{transport:?}")),
        );
        assert!(matches!(error, PortSpecError::Transport(_)));
    }
    for (text, range) in [
        ("65536", "65536"),
        ("65536/tcp", "65536"),
        ("0-65536", "0-65536"),
        ("100-1", "100-1"),
        ("100-1/udp", "100-1"),
        ("1-", "1-"),
        ("-1", "-1"),
        ("-", "-"),
        ("1--2", "1--2"),
        ("1-2-3", "1-2-3"),
    ] {
        let inner = range.parse::<PortRange>().unwrap_err();
        assert_eq!(rejects(text, &inner.to_string()), PortSpecError::Ports(inner));
    }
    rejects("65536", "port number \"65536\" is too large: the highest is 65535");
    rejects("100-1", "port range 100-1 runs backwards: its first port must not be above its last");
    rejects("1-", "\"1-\" lacks a port number: expected one from 0 to 65535, or two joined by a hyphen");
    for (text, name) in [
        ("ht_tp", "ht_tp"),
        ("ht_tp/tcp", "ht_tp"),
        ("http-", "http-"),
        ("80/tcp/tcp", "80/tcp"),
        ("+80", "+80"),
        ("80,443", "80,443"),
        ("abcdefghijklmnop", "abcdefghijklmnop"),
        ("٨٠", "٨٠"),
    ] {
        let inner = ServiceName::new(name).unwrap_err();
        assert_eq!(rejects(text, &inner.to_string()), PortSpecError::ServiceName(inner));
    }
    rejects("ht_tp", "\"ht_tp\" has '_' at byte 2: a service name must have only ASCII letters, digits and hyphens");
}

#[test]
fn conversions() {
    assert_eq!("443".parse(), Ok(PortSpec::from(443)));
    assert_eq!("1-2".parse(), Ok(PortSpec::from(PortRange::new(1, 2).unwrap())));
    assert_eq!("http".parse(), Ok(PortSpec::from(service_name!("HTTP"))));
    assert_ne!("80".parse::<PortSpec>(), "80/tcp".parse());
    assert_ne!("80/udp".parse::<PortSpec>(), "80/tcp".parse());
}

#[test]
fn display_pads() {
    let padded = |text: &str| format!("[{:8}]", text.parse::<PortSpec>().unwrap());
    assert_eq!(
        ["80", "80/tcp", "ssh", "ssh/tcp"].map(padded),
        ["[80      ]", "[80/tcp  ]", "[ssh     ]", "[ssh/tcp ]"]
    );
}

#[test]
fn legacy_names_of_the_registry() {
    use Transport::{Tcp, Udp};
    name("documentum_s", "documentum_s", None, "documentum_s");
    name("DOCUMENTUM_S/tcp", "documentum_s", Some(Tcp), "documentum_s/tcp");
    name("whois++/udp", "whois++", Some(Udp), "whois++/udp");
    name("z39.50", "z39.50", None, "z39.50");
    name("914c/g", "914c/g", None, "914c/g");
    name("914C/G/UDP", "914c/g", Some(Udp), "914c/g/udp");
    rejects("914c/x", "\"x\" is not a transport protocol with ports: expected tcp, udp, sctp or dccp");
    rejects(
        "documentum_s/",
        "\"documentum_s/\" lacks a transport protocol after the slash: expected tcp, udp, sctp or dccp",
    );
}

#[test]
fn every_registered_name() {
    for text in entries().iter().filter_map(|entry| entry.service_name()) {
        let spec: PortSpec = text.to_ascii_uppercase().parse().unwrap();
        assert_eq!(spec, text.parse().unwrap());
        assert!(spec.service_name().unwrap().eq_ignore_ascii_case(text));
        assert!(spec.entries().eq(lookup_name(text).iter().copied()), "{text}");
        assert_eq!(spec.to_string().parse(), Ok(spec));
        for transport in Transport::ALL {
            let spec: PortSpec = format!("{text}/{transport}").parse().unwrap();
            let expected = lookup_name(text).iter().copied();
            let expected = expected.filter(|entry| entry.transport().is_none_or(|own| own == transport));
            assert!(spec.entries().eq(expected), "{text}/{transport}");
            assert_eq!(spec.to_string().parse(), Ok(spec));
        }
    }
}

#[test]
fn every_port() {
    for port in 0..=u16::MAX {
        let on = |transport| lookup_port(port, transport).iter().copied();
        let mut all: Vec<Entry> = Transport::ALL.into_iter().flat_map(on).collect();
        all.sort_unstable();
        all.dedup();
        assert!(PortSpec::from(port).entries().eq(all), "{port}");
        if port % 64 == 0 {
            for transport in Transport::ALL {
                let spec: PortSpec = format!("{port}/{transport}").parse().unwrap();
                assert!(spec.entries().eq(on(transport)), "{spec}");
            }
        }
    }
}

/// The entries on `ports`, from a look-up of each port.
fn looked_up(ports: PortRange, transports: &[Transport]) -> Vec<Entry> {
    let on = |port| transports.iter().flat_map(move |&transport| lookup_port(port, transport));
    let mut found: Vec<Entry> = ports.iter().flat_map(on).copied().collect();
    found.sort_unstable();
    found.dedup();
    found
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

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn display_then_parse_is_the_identity(
        subject in "[0-9]{1,5}|[0-9]{1,5}-[0-9]{1,5}|[0-9]{0,3}[a-zA-Z](-?[a-zA-Z0-9]){0,5}",
        transport in "|/tcp|/UDP|/Sctp|/dccp",
    ) {
        if let Ok(spec) = (subject + &transport).parse::<PortSpec>() {
            prop_assert_eq!(spec.to_string().parse(), Ok(spec));
            prop_assert_eq!(spec.transport().is_some(), !transport.is_empty());
        }
    }

    #[test]
    fn any_text_is_a_spec_or_an_error(text in "[0-9a-z/ _-]{0,10}|.{0,10}") {
        match text.parse::<PortSpec>() {
            Ok(spec) => {
                prop_assert_eq!(spec.to_string().parse(), Ok(spec));
                prop_assert!(spec.ports().is_some() != spec.service_name().is_some());
            }
            Err(error) => prop_assert!(!error.to_string().contains('\n')),
        }
    }

    #[test]
    fn random_ranges(start: u16, length in 0..2000_u16, transport in 0..5_usize) {
        let ports = PortRange::new(start, start.saturating_add(length)).unwrap();
        let (spec, transports) = match Transport::ALL.get(transport) {
            None => (PortSpec::from(ports), &Transport::ALL[..]),
            Some(one) => (format!("{ports}/{one}").parse().unwrap(), std::slice::from_ref(one)),
        };
        prop_assert!(spec.entries().eq(looked_up(ports, transports)));
    }
}
