//! Service types against RFC 2782 and RFC 6763 §7.

use crate::common::Random;
use iana_ports::{ServiceName, ServiceType, Transport, entries, lookup_name, service_name};

#[track_caller]
fn accepts(text: &str, name: &str, transport: Transport, printed: &str) {
    let service_type: ServiceType = text.parse().unwrap();
    assert_eq!(service_type.service_name().as_str(), name);
    assert_eq!(service_type.transport(), transport);
    assert_eq!(service_type.to_string(), printed);
    assert_eq!(format!("_{name}.{}", service_type.transport_label()), printed);
    assert_eq!(format!("{service_type:?}"), format!("ServiceType({printed})"));
    assert_eq!(printed.parse(), Ok(service_type));
    assert_eq!(ServiceType::try_from(text), Ok(service_type));
    assert_eq!(format!("{}.", printed.to_ascii_uppercase()).parse(), Ok(service_type));
}

#[test]
fn accepted() {
    use Transport::{Dccp, Sctp, Tcp, Udp};
    accepts("_http._tcp", "http", Tcp, "_http._tcp");
    accepts("_http._tcp.", "http", Tcp, "_http._tcp");
    accepts("_HTTP._TCP.", "HTTP", Tcp, "_HTTP._tcp");
    accepts("_sip._Udp", "sip", Udp, "_sip._udp");
    accepts("_sip._sctp", "sip", Sctp, "_sip._sctp");
    accepts("_a-1._dccp", "a-1", Dccp, "_a-1._dccp");
    accepts("_sub._tcp", "sub", Tcp, "_sub._tcp");
    accepts("_a._udp", "a", Udp, "_a._udp");
    accepts("_abcdefghijklmno._udp", "abcdefghijklmno", Udp, "_abcdefghijklmno._udp");
}

#[track_caller]
fn rejects(text: &str, message: &str) {
    let error = text.parse::<ServiceType>().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(format!("{error:?}"), format!("DnsSdError({message})"));
    assert_eq!(ServiceType::try_from(text), Err(error));
    assert!(!message.contains('\n'));
}

#[test]
fn no_service_type() {
    rejects("", "empty service type or DNS-SD name: expected labels such as _http._tcp");
    for text in ["http", "_http", "_http.", "_tcp", "a.b"] {
        rejects(text, &format!("invalid service type {text:?}: expected labels such as _http._tcp"));
    }
    for (text, label) in [("_http._http", "_http"), ("_http._udplite", "_udplite"), ("_http._tcp ", "_tcp ")] {
        rejects(text, &format!("unknown transport label {label:?}: expected _tcp, _udp, _sctp or _dccp"));
    }
    for (text, label) in [("http._tcp", "http"), ("_http.tcp", "tcp"), ("http.TCP", "TCP"), ("_a.http._tcp", "http")] {
        rejects(text, &format!("missing underscore before {label:?}: expected labels such as _http._tcp"));
    }
    rejects("._tcp", "empty label in \"._tcp\": expected 1 to 63 octets between dots");
}

#[test]
fn escapes_are_for_full_names() {
    for text in [r"_\104ttp._tcp", r"\_http._tcp.", r"_http._tc\112"] {
        rejects(text, &format!("invalid service type \"{text}\": expected labels such as _http._tcp"));
    }
}

#[test]
fn the_service_must_be_a_service_name() {
    for (text, name) in [
        ("_._tcp", ""),
        ("__http._tcp", "_http"),
        ("_documentum_s._tcp", "documentum_s"),
        ("_443._tcp", "443"),
        ("_abcdefghijklmnop._udp", "abcdefghijklmnop"),
        (r"_a\.b._tcp", "a.b"),
    ] {
        rejects(text, &ServiceName::new(name).unwrap_err().to_string());
    }
}

#[test]
fn full_names_are_rejected() {
    for (text, instance) in [
        ("_printer._http._tcp", "_printer"),
        ("_services._dns-sd._udp", "_services"),
        ("_sub._http._tcp", "_sub"),
        ("My Web._http._tcp.local.", "My Web"),
        (r"a\.b._http._tcp", "a.b"),
    ] {
        rejects(text, &format!("invalid service type \"{text}\": unexpected instance {instance:?}"));
    }
    let subtype = r"_a\.b._sub._http._tcp.local.";
    rejects(subtype, &format!("invalid service type \"{subtype}\": unexpected subtype \"_a\\.b\""));
    for (text, domain) in [("_http._tcp.local", "local"), ("_http._tcp.example.com.", "example.com.")] {
        rejects(text, &format!("invalid service type {text:?}: unexpected domain {domain:?}"));
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

/// The same texts, at compile time too.
#[test]
fn const_parse_agrees_with_from_str() {
    let mut random = Random::new(3);
    let mut types = 0;
    for _ in 0..20_000 {
        let text: String = (0..random.below(5))
            .map(|_| random.choose(&["_a", "_http", "._tcp", "._Udp", ".", "_sub", "0", "-", "é", "._tcpx", r"\a"]))
            .collect();
        let parsed = ServiceType::parse(&text);
        assert_eq!(parsed.ok(), text.parse().ok(), "{text:?}");
        types += usize::from(parsed.is_ok());
    }
    assert!(types > 100, "{types}");
    let message = "invalid service type \"http._tcp\": expected labels such as _http._tcp";
    assert_eq!(ServiceType::parse("http._tcp").unwrap_err().to_string(), message);
    assert_eq!(ServiceType::parse(""), "".parse::<ServiceType>());
    assert!(ServiceType::parse("").is_err());
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
