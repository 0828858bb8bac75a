//! Service types against RFC 2782 and RFC 6763 §7.

use crate::common::Random;
use crate::hash;
use iana_ports::{ServiceName, ServiceType, Transport, entries, lookup_name, service_name};

#[track_caller]
fn accepts(text: &str, name: &str, transport: Transport, subtype: Option<&[u8]>, printed: &str) {
    let service_type: ServiceType = text.parse().unwrap();
    assert_eq!(service_type.service_name().as_str(), name);
    assert_eq!(service_type.transport(), transport);
    assert_eq!(service_type.subtype(), subtype);
    assert_eq!(service_type.to_string(), printed);
    assert_eq!(format!("{service_type:?}"), format!("ServiceType({printed})"));
    assert_eq!(printed.parse(), Ok(service_type));
    assert_eq!(ServiceType::try_from(text), Ok(service_type));
    assert_eq!(format!("{}.", printed.to_ascii_uppercase()).parse(), Ok(service_type));
}

#[test]
fn accepted() {
    use Transport::{Dccp, Sctp, Tcp, Udp};
    accepts("_http._tcp", "http", Tcp, None, "_http._tcp");
    accepts("_http._tcp.", "http", Tcp, None, "_http._tcp");
    accepts("_HTTP._TCP.", "HTTP", Tcp, None, "_HTTP._tcp");
    accepts("_sip._Udp", "sip", Udp, None, "_sip._udp");
    accepts("_sip._sctp", "sip", Sctp, None, "_sip._sctp");
    accepts("_a-1._dccp", "a-1", Dccp, None, "_a-1._dccp");
    accepts("_sub._tcp", "sub", Tcp, None, "_sub._tcp");
    accepts("_printer._sub._http._tcp", "http", Tcp, Some(b"_printer"), "_printer._sub._http._tcp");
    accepts("printer._SUB._http._tcp.", "http", Tcp, Some(b"printer"), "printer._sub._http._tcp");
    accepts("_sub._sub._sub._udp", "sub", Udp, Some(b"_sub"), "_sub._sub._sub._udp");
    accepts("-a--b-._sub._http._tcp", "http", Tcp, Some(b"-a--b-"), "-a--b-._sub._http._tcp");
    accepts(r"v1\.1._sub._http._tcp", "http", Tcp, Some(b"v1.1"), r"v1\.1._sub._http._tcp");
    accepts(r"v1\0461._sub._http._tcp", "http", Tcp, Some(b"v1.1"), r"v1\.1._sub._http._tcp");
    accepts(r"a\\b._sub._http._tcp", "http", Tcp, Some(br"a\b"), r"a\\b._sub._http._tcp");
    accepts(r"\a\-\_._sub._http._tcp", "http", Tcp, Some(b"a-_"), "a-_._sub._http._tcp");
    accepts("a b._sub._http._tcp", "http", Tcp, Some(b"a b"), r"a\032b._sub._http._tcp");
    accepts(r"\000\255\010._sub._http._tcp", "http", Tcp, Some(b"\0\xff\n"), r"\000\255\010._sub._http._tcp");
    accepts("fl\u{e4}che._sub._http._tcp", "http", Tcp, Some("fl\u{e4}che".as_bytes()), "fl\u{e4}che._sub._http._tcp");
    let longest = "\u{e9}".repeat(31) + "e";
    let text = format!("{longest}._sub._http._tcp");
    accepts(&text, "http", Tcp, Some(longest.as_bytes()), &text);
}

#[track_caller]
fn rejects(text: &str, message: &str) {
    let error = text.parse::<ServiceType>().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(format!("{error:?}"), format!("ServiceTypeError({message})"));
    assert_eq!(ServiceType::try_from(text), Err(error));
    assert!(!message.contains('\n'));
}

#[test]
fn a_bad_transport() {
    for text in [
        "",
        ".",
        "http",
        "_http",
        "_http.",
        "_tcp",
        "_http._http",
        "_http._udplite",
        "_http.__tcp",
        "_http._tcp ",
        "_http._6",
        "_http._tcp\r\n",
    ] {
        rejects(
            text,
            &format!(
                "{text:?} has no service type: \
                 expected labels such as _http._tcp, the second _tcp, _udp, _sctp or _dccp"
            ),
        );
    }
    // A backslash is not doubled.
    for text in [r"_http\._tcp", r"_http._tcp\."] {
        let message = text.parse::<ServiceType>().unwrap_err().to_string();
        assert!(message.starts_with(&format!("\"{text}\" has no service type")), "{message}");
    }
}

#[test]
fn a_bad_underscore() {
    for (text, label) in
        [("http._tcp", "http"), ("._tcp", ""), ("_http.tcp", "tcp"), ("http.TCP", "TCP"), ("_a._sub.http._tcp", "http")]
    {
        rejects(
            text,
            &format!("{label:?} lacks an underscore: both labels of a service type begin with one, as in _http._tcp"),
        );
    }
}

#[test]
fn a_bad_name() {
    for (text, name) in [
        ("_._tcp", ""),
        ("__http._tcp", "_http"),
        ("_documentum_s._tcp", "documentum_s"),
        ("_printer._sub._23._tcp", "23"),
        ("_abcdefghijklmnop._udp", "abcdefghijklmnop"),
        (r"_a\.b._tcp", "a.b"),
    ] {
        rejects(text, &ServiceName::new(name).unwrap_err().to_string());
    }
    rejects("_._tcp", "empty service name: expected 1 to 15 characters");
}

#[test]
fn more_than_a_service_type() {
    const LEAD: &str = "which a service type does not have: parse the whole name as a DnsSdName";
    for (text, instance) in [
        ("_printer._http._tcp", "_printer"),
        ("_services._dns-sd._udp", "_services"),
        ("_sub._http._tcp", "_sub"),
        ("My Web._http._tcp.local.", "My Web"),
        (r"a\.b._http._tcp", "a.b"),
    ] {
        rejects(text, &format!("{instance:?} is an instance, {LEAD}"));
    }
    for (text, domain) in
        [("_http._tcp.local", "local"), ("_http._tcp.example.com.", "example.com."), ("_a._sub._b._udp.x", "x")]
    {
        rejects(text, &format!("{domain:?} is a domain, {LEAD}"));
    }
}

#[test]
fn a_bad_subtype() {
    for (text, labels) in [
        ("_printer.sub._http._tcp", "_printer.sub"),
        ("My Web._site._http._tcp", "My Web._site"),
        ("a.b._sub._http._tcp", "a.b._sub"),
        (r"a\\.b._sub._http._tcp", r"a\\.b._sub"),
    ] {
        rejects(
            text,
            &format!(
                "\"{labels}\" before a service type is not one label: \
                 write \\. for a dot in an instance, or ._sub after a subtype"
            ),
        );
    }
    for (length, subtype, kept) in [
        (64, "a".repeat(64), "a".repeat(27)),
        (64, r"\046".repeat(64), r"\046".repeat(6) + r"\04"),
        (66, "€".repeat(22), "€".repeat(9)),
        (1000, "a".repeat(1000), "a".repeat(27)),
    ] {
        rejects(
            &format!("{subtype}._sub._http._tcp"),
            &format!("label \"{kept}…\" has {length} octets: a DNS label must have 1 to 63"),
        );
    }
    for length in [0, 64, 1000] {
        let error = ServiceType::srv(service_name!("http"), Transport::Tcp).with_subtype(vec![0xff; length]);
        let message = format!("a subtype must have 1 to 63 octets, not {length}");
        assert_eq!(error.unwrap_err().to_string(), message);
    }
    for subtype in [r"\256", r"\25", r"\1", r"\1a1", r"a\999b"] {
        rejects(
            &format!("{subtype}._sub._http._tcp"),
            &format!(
                "label \"{subtype}\" has a backslash that begins no escape: \
                 expected `\\` and a character that is not a digit, or `\\DDD` from 000 to 255"
            ),
        );
    }
}

#[test]
fn transports_of_srv_and_of_dns_sd() {
    let name = service_name!("sip");
    let printed = |build: fn(ServiceName, Transport) -> ServiceType| {
        Transport::ALL.map(|transport| build(name, transport).to_string())
    };
    assert_eq!(printed(ServiceType::srv), ["_sip._tcp", "_sip._udp", "_sip._sctp", "_sip._dccp"]);
    assert_eq!(printed(ServiceType::dns_sd), ["_sip._tcp", "_sip._udp", "_sip._udp", "_sip._udp"]);
}

#[test]
fn constants() {
    const HTTP: ServiceType = ServiceType::dns_sd(service_name!("http"), Transport::Tcp);
    const SIP: ServiceType = ServiceType::srv(service_name!("sip"), Transport::Sctp);
    assert_eq!((HTTP.to_string(), SIP.to_string()), ("_http._tcp".into(), "_sip._sctp".into()));
    assert_eq!(HTTP.service_name(), "http");
    assert_eq!(SIP.transport(), Transport::Sctp);
}

#[test]
fn display_pads() {
    let http = ServiceType::dns_sd(service_name!("http"), Transport::Tcp);
    assert_eq!(format!("[{http:<12}][{http:>12}]"), "[_http._tcp  ][  _http._tcp]");
    // Counted in characters, not in bytes.
    let flache = http.with_subtype("fl\u{e4}che").unwrap();
    assert_eq!(format!("[{flache:*>25}]"), "[***fl\u{e4}che._sub._http._tcp]");
    let longest = service_name!("abcdefghijklmno");
    let longest = ServiceType::srv(longest, Transport::Sctp).with_subtype([0; 63]).unwrap();
    assert_eq!(longest.to_string().len(), 280);
    assert_eq!(format!("{longest:282}"), format!("{longest}  "));
}

#[test]
fn a_subtype_is_replaced_whole() {
    let http = ServiceType::dns_sd(service_name!("http"), Transport::Tcp);
    let replaced = http.with_subtype("longer").unwrap().with_subtype("new").unwrap();
    assert_eq!(replaced, http.with_subtype(b"new").unwrap());
    assert_eq!(replaced.subtype(), Some(&b"new"[..]));
    assert_ne!(replaced, http);
}

fn random_type(random: &mut Random) -> ServiceType {
    let name = format!("{}a{}", random.text("0123", 3), random.text("aAbB-", 4));
    let name = ServiceName::new(&name).unwrap_or(random.choose(&[service_name!("sub"), service_name!("udp")]));
    let service_type = ServiceType::srv(name, random.choose(&Transport::ALL));
    let subtype = match random.below(4) {
        0 => Vec::new(),
        1 => (0..random.below(64)).map(|_| random.below(256) as u8).collect(),
        2 => random.text("aAbB", 3).into_bytes(),
        _ => random.text(" -~é\\.0_", 21).into_bytes(),
    };
    service_type.with_subtype(subtype).unwrap_or(service_type)
}

#[test]
fn display_then_parse_is_the_identity() {
    let mut random = Random::new(1);
    for _ in 0..5_000 {
        let service_type = random_type(&mut random);
        let printed = service_type.to_string();
        let parsed: ServiceType = printed.parse().unwrap();
        assert_eq!(parsed, service_type);
        assert_eq!(parsed.service_name().as_str(), service_type.service_name().as_str());
        assert_eq!(parsed.subtype(), service_type.subtype());
        assert!(!printed.contains(|c: char| c.is_control() || c == ' '), "{printed:?}");
    }
}

#[test]
fn comparison_ignores_case() {
    let mut random = Random::new(2);
    let lower = |t: ServiceType| {
        let name = t.service_name().to_string().to_lowercase();
        (name, t.transport(), t.subtype().map(<[u8]>::to_ascii_lowercase))
    };
    let mut equal = 0;
    for _ in 0..20_000 {
        let [service_type, other] = [(); 2].map(|()| random_type(&mut random));
        let upper: ServiceType = service_type.to_string().to_ascii_uppercase().parse().unwrap();
        assert_eq!(upper, service_type);
        assert_eq!(hash(upper), hash(service_type));
        assert_eq!(hash(upper) == hash(other), upper == other, "{upper} {other}");
        assert_eq!(upper.cmp(&other), lower(upper).cmp(&lower(other)), "{upper} {other}");
        assert_eq!(upper == other, lower(upper) == lower(other), "{upper} {other}");
        equal += usize::from(upper == other);
    }
    assert!(equal > 10, "{equal}");
}

/// By RFC 6763 §7, for every row with a well-formed name and a transport.
#[test]
fn service_types_of_entries() {
    let mut types = 0;
    for entry in entries() {
        let expected = entry.service_name().zip(entry.transport()).and_then(|(name, transport)| {
            let proto = if transport == Transport::Tcp { "_tcp" } else { "_udp" };
            ServiceName::new(name).is_ok().then(|| format!("_{name}.{proto}"))
        });
        assert_eq!(entry.dns_sd_type().map(|service_type| service_type.to_string()), expected);
        types += usize::from(expected.is_some());
    }
    assert!(types > 10_000, "{types}");
    assert!(lookup_name("whois++").iter().all(|entry| entry.dns_sd_type().is_none()));
}
