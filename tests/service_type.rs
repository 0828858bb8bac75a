//! Service types against RFC 2782 and RFC 6763 §7.

use iana_ports::{ServiceName, ServiceType, ServiceTypeError, Transport, service_name};
use proptest::prelude::*;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

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
fn rejects(text: &str, message: &str) -> ServiceTypeError {
    let error = text.parse::<ServiceType>().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(ServiceType::try_from(text), Err(error));
    assert!(!message.contains('\n'));
    error
}

#[test]
fn a_bad_transport() {
    const END: &str = "a service type must end in _tcp, _udp, _sctp or _dccp";
    for text in ["", ".", "http", "_http", "_http.", "_tcp"] {
        let error = rejects(text, &format!("{text:?} lacks a transport: {END}"));
        assert!(matches!(error, ServiceTypeError::MissingTransport { .. }));
    }
    for (text, label) in [
        ("_http._http", "_http"),
        ("_http._tcp..", ""),
        ("_http._tcp.local", "local"),
        ("_http.__tcp", "__tcp"),
        ("_http._tcp ", "_tcp "),
        ("_http._6", "_6"),
        (r"_http._tcp\.", r"_tcp\\"),
        ("_http._tcp\r\n", "_tcp\\r\\n"),
    ] {
        let error = rejects(text, &format!("\"{label}\" is no transport: {END}"));
        assert!(matches!(error, ServiceTypeError::Transport { .. }));
    }
}

#[test]
fn a_bad_underscore() {
    for (text, label) in
        [("http._tcp", "http"), ("._tcp", ""), ("_http.tcp", "tcp"), ("http.TCP", "TCP"), ("_a._sub.http._tcp", "http")]
    {
        let error = rejects(
            text,
            &format!("\"{label}\" lacks an underscore: this label of a service type must begin with one"),
        );
        assert!(matches!(error, ServiceTypeError::MissingUnderscore { .. }));
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
    ] {
        let inner = ServiceName::new(name).unwrap_err();
        let error = rejects(text, &inner.to_string());
        assert_eq!(error, ServiceTypeError::ServiceName(inner));
    }
    rejects("_._tcp", "a service name is missing: a service name must have 1 to 15 characters");
}

#[test]
fn a_bad_subtype() {
    for (text, labels) in [
        ("_printer._http._tcp", "_printer"),
        ("_services._dns-sd._udp", "_services"),
        ("_sub._http._tcp", "_sub"),
        ("._http._tcp", ""),
        ("_printer.sub._http._tcp", "_printer.sub"),
        ("My Web._site._http._tcp", "My Web._site"),
    ] {
        let error = rejects(
            text,
            &format!("\"{labels}\" before a service name must end in \"._sub\", after the label of a subtype"),
        );
        assert!(matches!(error, ServiceTypeError::MissingSub { .. }));
    }
    for (length, text) in [
        (0, "._sub._http._tcp".to_owned()),
        (64, format!("{}._sub._http._tcp", "a".repeat(64))),
        (64, format!("{}._sub._http._tcp", r"\046".repeat(64))),
        (66, format!("{}._sub._http._tcp", "\u{20ac}".repeat(22))),
        (1000, format!("{}._sub._http._tcp", "a".repeat(1000))),
    ] {
        let error = rejects(&text, &format!("a subtype of {length} octets is no label: it must have 1 to 63"));
        assert_eq!(error, ServiceTypeError::SubtypeLength { length });
    }
    for subtype in ["a.b", ".a", r"a\", r"\256", r"\25", r"\1", r"\1a1", r"\\.", r"a\.b.c"] {
        let error = rejects(
            &format!("{subtype}._sub._http._tcp"),
            &format!(r"subtype {subtype:?} is not one label: in it, a dot is written \. and a backslash \\"),
        );
        assert!(matches!(error, ServiceTypeError::Subtype { .. }));
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

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn service_types() -> impl Strategy<Value = ServiceType> {
    let subtypes = prop_oneof![
        Just(Vec::new()),
        prop::collection::vec(any::<u8>(), 1..=63),
        r#"[ -~é\\.]{1,20}"#.prop_map(String::into_bytes),
    ];
    ("[0-9]{0,2}[a-zA-Z](-?[a-zA-Z0-9]){0,6}", 0..4_usize, subtypes).prop_map(|(name, transport, subtype)| {
        let service_type = ServiceType::srv(name.parse().unwrap(), Transport::ALL[transport]);
        if subtype.is_empty() { service_type } else { service_type.with_subtype(subtype).unwrap() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn display_then_parse_is_the_identity(service_type in service_types()) {
        let printed = service_type.to_string();
        let parsed: ServiceType = printed.parse().unwrap();
        prop_assert_eq!(parsed, service_type);
        prop_assert_eq!(parsed.service_name().to_string(), service_type.service_name().to_string());
        prop_assert_eq!(parsed.subtype(), service_type.subtype());
        prop_assert_eq!(parsed.to_string(), &*printed);
        prop_assert!(!printed.contains(|c: char| c.is_control() || c == ' '));
    }

    #[test]
    fn comparison_folds_case(service_type in service_types(), other in service_types()) {
        let upper: ServiceType = service_type.to_string().to_ascii_uppercase().parse().unwrap();
        prop_assert_eq!(upper, service_type);
        prop_assert_eq!(hash(upper), hash(service_type));
        let lower = |t: ServiceType| {
            let name = t.service_name().to_string().to_lowercase();
            (name, t.transport(), t.subtype().map(<[u8]>::to_ascii_lowercase))
        };
        prop_assert_eq!(upper.cmp(&other), lower(upper).cmp(&lower(other)));
        prop_assert_eq!(upper == other, lower(upper) == lower(other));
    }

    #[test]
    fn any_text_is_a_type_or_an_error(text in r"[_.\\a-b0-9]{0,6}(\._sub)?(\._[a-z.]{1,4})?\._tcp\.?") {
        match text.parse::<ServiceType>() {
            Ok(service_type) => prop_assert_eq!(service_type.to_string().parse(), Ok(service_type)),
            Err(error) => prop_assert!(!error.to_string().contains('\n')),
        }
    }
}
