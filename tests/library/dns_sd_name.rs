//! Whole DNS names of services against RFC 6763 §4 and §7.

use crate::common::Random;
use crate::hash;
use iana_ports::{DnsSdError, DnsSdName, ServiceName, ServiceType, Transport, service_name};
use std::collections::BTreeSet;

#[track_caller]
fn splits(text: &str, instance: Option<&str>, service_type: &str, domain: &str, printed: &str) {
    let name = DnsSdName::parse(text).unwrap();
    assert_eq!(name.instance(), instance);
    let (subtype, service_type) = match service_type.split_once("._sub.") {
        Some((subtype, service_type)) => (Some(subtype.replace('\\', "").into_bytes()), service_type),
        None => (None, service_type),
    };
    assert_eq!(name.subtype().map(<[u8]>::to_vec), subtype);
    let service_type: ServiceType = service_type.parse().unwrap();
    assert_eq!((name.service_type(), name.transport()), (Ok(service_type), service_type.transport()));
    assert_eq!(name.domain(), domain);
    assert_eq!(name.to_string(), printed);
    assert_eq!(format!("{name:?}"), format!("DnsSdName({printed})"));
    assert_eq!(DnsSdName::parse(printed), Ok(name));
    assert_eq!(DnsSdName::try_from(text), Ok(name));
    assert_eq!(DnsSdName::parse(&text.to_ascii_uppercase()), Ok(name));
}

#[test]
fn without_an_instance() {
    splits("_http._tcp.local.", None, "_http._tcp", "local.", "_http._tcp.local.");
    splits("_http._tcp.local", None, "_http._tcp", "local", "_http._tcp.local");
    splits("_http._tcp.example.com", None, "_http._tcp", "example.com", "_http._tcp.example.com");
    splits("_http._tcp.", None, "_http._tcp", ".", "_http._tcp.");
    splits("_http._tcp", None, "_http._tcp", "", "_http._tcp");
    splits("_p2p._udp.local", None, "_p2p._udp", "local", "_p2p._udp.local");
    splits("_sip._sctp.example.com.", None, "_sip._sctp", "example.com.", "_sip._sctp.example.com.");
    // A name of Active Directory: underscores in the domain.
    splits(
        "_ldap._tcp.dc._msdcs.example.com",
        None,
        "_ldap._tcp",
        "dc._msdcs.example.com",
        "_ldap._tcp.dc._msdcs.example.com",
    );
    // However a label is escaped, it is the same.
    splits(r"\095http.\_tc\112.local", None, "_http._tcp", "local", "_http._tcp.local");
    // So is a label of the domain, and what would not show as itself is escaped.
    splits(r"_http._tcp.\108ocal.", None, "_http._tcp", r"\108ocal.", "_http._tcp.local.");
    splits("_http._tcp.a b\n.\u{202e}é", None, "_http._tcp", "a b\n.\u{202e}é", r"_http._tcp.a\032b\010.\226\128\174é");
    splits(r"_http._tcp.a\.b\\.c\.", None, "_http._tcp", r"a\.b\\.c\.", r"_http._tcp.a\.b\\.c\.");
}

#[test]
fn with_a_subtype() {
    let http = "_printer._sub._http._tcp";
    splits("_printer._sub._http._tcp.example.com", None, http, "example.com", "_printer._sub._http._tcp.example.com");
    splits("_printer._SUB._http._tcp.local.", None, http, "local.", "_printer._sub._http._tcp.local.");
    splits("_printer._sub._http._tcp", None, http, "", "_printer._sub._http._tcp");
    splits(r"a\.b._sub._http._tcp.", None, r"a\.b._sub._http._tcp", ".", r"a\.b._sub._http._tcp.");
}

#[test]
fn with_an_instance() {
    let ipp = "_ipp._tcp";
    let local = "local.";
    splits(r"My\ Printer._ipp._tcp.local.", Some("My Printer"), ipp, local, r"My\032Printer._ipp._tcp.local.");
    splits("My Printer._ipp._tcp.local.", Some("My Printer"), ipp, local, r"My\032Printer._ipp._tcp.local.");
    splits(r"Dr\. A\\B._ipp._tcp.local.", Some(r"Dr. A\B"), ipp, local, r"Dr\.\032A\\B._ipp._tcp.local.");
    splits(r"B\195\188ro._ipp._tcp.local.", Some("Büro"), ipp, local, "Büro._ipp._tcp.local.");
    splits("印刷._ipp._tcp.local.", Some("印刷"), ipp, local, "印刷._ipp._tcp.local.");
    splits(r"a\010b._ipp._tcp.local.", Some("a\nb"), ipp, local, r"a\010b._ipp._tcp.local.");
    splits("_tcp._ipp._tcp.local.", Some("_tcp"), ipp, local, "_tcp._ipp._tcp.local.");
    splits("_sub._ipp._tcp.local.", Some("_sub"), ipp, local, "_sub._ipp._tcp.local.");
    splits("a._ipp._tcp", Some("a"), ipp, "", "a._ipp._tcp");
    // The last labels that can be a type are taken for it.
    splits("_http._udp._tcp.local", Some("_http"), "_udp._tcp", "local", "_http._udp._tcp.local");
    splits("_services._dns-sd._udp.local.", Some("_services"), "_dns-sd._udp", local, "_services._dns-sd._udp.local.");
    // A label of the domain that is no service name leaves the type where it is.
    splits("a._ipp._tcp._my_site._tcp", Some("a"), ipp, "_my_site._tcp", "a._ipp._tcp._my_site._tcp");
    let longest = "é".repeat(31) + "e";
    let text = format!("{longest}._ipp._tcp.local.");
    splits(&text, Some(&longest), ipp, local, &text);
}

/// As many libraries report them: all before the service is the instance.
#[test]
fn dots_in_an_instance_need_no_escape() {
    let local = "local.";
    for (text, instance, printed) in [
        ("Diamond 9.1._googlecast._tcp.local.", "Diamond 9.1", r"Diamond\0329\.1._googlecast._tcp.local."),
        ("Acme Inc.._googlecast._tcp.local.", "Acme Inc.", r"Acme\032Inc\.._googlecast._tcp.local."),
        (".._googlecast._tcp.local.", ".", r"\.._googlecast._tcp.local."),
        ("1.2.3._googlecast._tcp.local.", "1.2.3", r"1\.2\.3._googlecast._tcp.local."),
        (r"a.b\.c\046d.._googlecast._tcp.local.", "a.b.c.d.", r"a\.b\.c\.d\.._googlecast._tcp.local."),
        (r".a..\_b._googlecast._tcp.local.", ".a.._b", r"\.a\.\._b._googlecast._tcp.local."),
        (r"a.b.\_sub._googlecast._tcp.local.", "a.b._sub", r"a\.b\._sub._googlecast._tcp.local."),
        ("host.example._googlecast._tcp.local.", "host.example", r"host\.example._googlecast._tcp.local."),
    ] {
        splits(text, Some(instance), "_googlecast._tcp", local, printed);
    }
    let longest = [&*"a".repeat(31), &*"b".repeat(31)].join(".");
    let name = format!("{longest}._ipp._tcp.local.");
    splits(&name, Some(&longest), "_ipp._tcp", local, &name.replacen('.', r"\.", 1));
    let message = format!("invalid label \"{}…\": 64 octets, at most 63 allowed", &longest[..27]);
    rejects(&format!("{longest}b._ipp._tcp.local."), &message);
}

#[test]
fn names_that_break_rfc_6335() {
    for (text, service, domain) in [
        ("_androidtvremote2._tcp.local.", "androidtvremote2", "local."),
        ("_nvstream_dbd._tcp.local.", "nvstream_dbd", "local."),
        ("_nmos-registration._tcp.local.", "nmos-registration", "local."),
        ("_ibisip_http._tcp.local.", "ibisip_http", "local."),
        ("_zigate-zigbee-gateway._tcp.local.", "zigate-zigbee-gateway", "local."),
        ("_443._tcp.www.example.com.", "443", "www.example.com."),
        ("_._tcp", "", ""),
        (r"_a\.b._udp", "a.b", ""),
        ("_печать._tcp.local", "печать", "local"),
    ] {
        let name = DnsSdName::parse(text).unwrap();
        assert_eq!((name.service(), name.domain(), name.instance()), (service, domain, None), "{text}");
        assert_eq!(name.service_type(), Err(ServiceName::new(service).unwrap_err()), "{text}");
        assert_eq!(DnsSdName::parse(&name.to_string()), Ok(name));
    }
    let long = format!("_{}._tcp.example.com", "a".repeat(62));
    assert_eq!(DnsSdName::parse(&long).unwrap().service(), "a".repeat(62));
    // Of several pairs the last that follows the rules, else the last.
    let name = |text| DnsSdName::parse(text).unwrap();
    assert_eq!(name("a._ipp._tcp._my_site._tcp").service(), "ipp");
    assert_eq!(name("_http._tcp,_ipp._tcp").service(), "tcp,_ipp");
    assert_eq!((name("_a_b._udp._tcp").service(), name("_a_b._udp._tcp").instance()), ("udp", Some("_a_b")));
}

#[track_caller]
fn rejects(text: &str, message: &str) {
    let error = DnsSdName::parse(text).unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(format!("{error:?}"), format!("DnsSdError({message})"));
    assert_eq!(DnsSdName::try_from(text), Err(error));
}

#[test]
fn no_service_type() {
    rejects("", "empty service type or DNS-SD name: expected labels such as _http._tcp");
    for text in [".", "local.", "printer.example.com", "_http.local.", r"_http\._tcp.local"] {
        rejects(text, &format!("invalid DNS-SD name \"{text}\": no service type, expected labels such as _http._tcp"));
    }
    for text in ["_http._tpc.local.", "_printer._sub._http._tpc.local.", "_services._http._tpc.local."] {
        rejects(text, "unknown transport label \"_tpc\": expected _tcp, _udp, _sctp or _dccp");
    }
    for (text, label) in [
        ("http._tcp.local.", "http"),
        ("_http.tcp.local.", "tcp"),
        ("My Printer.ipp._tcp.local", "ipp"),
        ("My Printer._ipp.tcp.local", "tcp"),
        ("My Printer.ipp.tcp.local", "tcp"),
        ("_lamp._http.tcp.local.", "tcp"),
        ("_printer._sub.http._tcp.local.", "http"),
    ] {
        rejects(text, &format!("missing underscore before {label:?}: expected labels such as _http._tcp"));
    }
}

#[test]
fn each_error_names_its_label() {
    for text in
        ["_http._tcp..", "_http._tcp..local", "_http._tcp.a..b", "._http._tcp.local", "._sub._http._tcp", "._tcp"]
    {
        rejects(text, &format!("empty label in {text:?}: expected 1 to 63 octets between dots"));
    }
    for (text, kept) in [
        ("é".repeat(32) + "._http._tcp.local", "é".repeat(13)),
        (format!("_http._tcp.{}.com", "a".repeat(64)), "a".repeat(27)),
        (format!("_{}._tcp", "a".repeat(63)), format!("_{}", "a".repeat(26))),
    ] {
        rejects(&text, &format!("invalid label \"{kept}…\": 64 octets, at most 63 allowed"));
    }
    for (text, label) in [
        ("_http._tcp.local.\\256", "\\256"),
        ("_http._tcp.local.\\1a", "\\1a"),
        ("_http._tcp.local.a\\", "a\\"),
        (r"_ht\9tp._tcp", r"_ht\9tp"),
        (r"\25._sub._http._tcp", r"\25"),
    ] {
        rejects(
            text,
            &format!("invalid escape in label \"{label}\": expected `\\DDD` (000 to 255) or `\\` and a non-digit"),
        );
    }
    rejects(r"a\255._http._tcp.local", r#"invalid instance "a\255": not UTF-8"#);
    rejects(r"_\255._tcp", r#"invalid service label "_\255": not UTF-8"#);
    for (text, label) in [
        ("a._sub.b._http._tcp", "_sub"),
        ("_a.b._http._tcp", "_a"),
        ("_http._tcp.printer._ipp._tcp", "_http"),
        (r"a.\\._b.c._http._tcp", "_b"),
        ("_a_b._tcp._c_d._tcp", "_a_b"),
        ("_a.complex.sub._sub._x._tcp", "_a"),
        ("abcde._printer._sub._a._tcp", "_printer"),
        ("a.b._sub._http._tcp", "_sub"),
        ("a.._sub._http._tcp", "_sub"),
    ] {
        rejects(
            text,
            &format!(
                "unexpected label {label:?} before the service: \
                 write each dot in an instance or subtype as `\\.`"
            ),
        );
    }
}

fn http() -> ServiceType {
    ServiceType::dns_sd(service_name!("http"), Transport::Tcp)
}

/// What people compose with `format!`, and what came of it.
#[test]
fn composed_names_come_back() {
    for (instance, printed) in [
        ("J.Smith's Printer", r"J\.Smith's\032Printer._http._tcp.local."),
        ("Lamp._sub", r"Lamp\._sub._http._tcp.local."),
        (r"50\065 off", r"50\\065\032off._http._tcp.local."),
        (r"end\", r"end\\._http._tcp.local."),
        ("_sub", "_sub._http._tcp.local."),
        ("Cafe\u{301} \u{202e}", "Cafe\u{301}\\032\\226\\128\\174._http._tcp.local."),
    ] {
        let root = DnsSdName::new(Some(instance), http(), ".").unwrap();
        assert_eq!((root.to_string(), root.domain()), (printed.replace("local.", ""), "."));
        let name = DnsSdName::new(Some(instance), http(), "local.").unwrap();
        assert_eq!(name.to_string(), printed);
        let read = DnsSdName::parse(printed).unwrap();
        assert_eq!(read, name);
        assert_eq!((read.instance(), read.subtype()), (Some(instance), None));
        assert_eq!(read.service_type(), Ok(http()));
    }
}

#[test]
fn invalid_parts_are_rejected() {
    fn error(instance: Option<&str>, domain: &str) -> String {
        DnsSdName::new(instance, http(), domain).unwrap_err().to_string()
    }
    assert_eq!(error(Some(""), "local"), "invalid instance: 0 octets, expected 1 to 63");
    assert_eq!(error(Some(&"é".repeat(32)), "local"), "invalid instance: 64 octets, expected 1 to 63");
    for control in ["\0", "\n", "\u{1f}", "\u{7f}"] {
        let message = format!("invalid instance \"a{}\": control characters are not allowed", control.escape_debug());
        assert_eq!(error(Some(&format!("a{control}")), ""), message);
    }
    // RFC 6763 §4.1.1 forbids those of ASCII alone.
    assert!(DnsSdName::new(Some("\u{85}"), http(), "local").is_ok());
    assert_eq!(error(None, "a..b"), "empty label in \"a..b\": expected 1 to 63 octets between dots");
    assert_eq!(error(None, ".local"), "empty label in \".local\": expected 1 to 63 octets between dots");
    assert!(error(None, r"\256").starts_with("invalid escape in label"));
    for domain in ["_udp.local", "_ipp._tcp.local", "a._ipp._tcp", "_IPP._TCP."] {
        let message = format!("invalid domain {domain:?}: it would be read as part of the service type");
        assert_eq!(error(None, domain), message);
    }
    // No service name, and so no part of the type.
    assert!(DnsSdName::new(None, http(), "_a_b._tcp.local").is_ok());

    let name = DnsSdName::new(None, http(), "local").unwrap();
    for length in [0, 64, 1000] {
        let message = format!("invalid subtype: {length} octets, expected 1 to 63");
        assert_eq!(name.with_subtype(vec![0xff; length]).unwrap_err().to_string(), message);
    }
    let instance = DnsSdName::new(Some("a"), http(), "local").unwrap();
    let message = "unexpected subtype: the name has an instance";
    assert_eq!(instance.with_subtype("a").unwrap_err().to_string(), message);
    let replaced = name.with_subtype("longer").unwrap().with_subtype("new").unwrap();
    assert_eq!(replaced, name.with_subtype(b"new").unwrap());
}

/// RFC 6763 §7 has `_udp` for them, RFC 2782 has them without instances.
#[test]
fn instances_and_subtypes_over_sctp_and_dccp_are_parsed_but_not_composed() {
    for transport in Transport::ALL {
        let service_type = ServiceType::srv(service_name!("sip"), transport);
        let plain = DnsSdName::new(None, service_type, "local").unwrap();
        let instance = DnsSdName::new(Some("a"), service_type, "local");
        let subtype = plain.with_subtype("a");
        let parsed =
            [format!("a.{plain}"), format!("a._sub.{plain}")].map(|text| DnsSdName::parse(&text).unwrap().to_string());
        if matches!(transport, Transport::Tcp | Transport::Udp) {
            assert_eq!(parsed, [instance, subtype].map(|name| name.unwrap().to_string()));
        } else {
            let message =
                |part| format!("unexpected {part} over _{transport}: expected _tcp, or _udp for every other transport");
            assert_eq!(instance.unwrap_err().to_string(), message("instance"));
            assert_eq!(subtype.unwrap_err().to_string(), message("subtype"));
            assert!(DnsSdName::parse(&parsed[1]).unwrap().with_subtype("b").is_err());
        }
    }
}

/// Every name that can be built parses to the same parts.
#[test]
fn every_composed_name_parses_to_itself() {
    let mut random = Random::new(3);
    let mut made = 0;
    for _ in 0..20_000 {
        let name = random.choose(&[service_name!("http"), service_name!("sub"), service_name!("udp")]);
        let service_type = ServiceType::dns_sd(name, random.choose(&Transport::ALL));
        let domain = random.text("_a.tcpudsb\\0é ", 12);
        let instance = random.text("aB. \\_07é印\u{1}", 24);
        let Ok(name) = DnsSdName::new(Some(&*instance).filter(|text| !text.is_empty()), service_type, &domain) else {
            continue;
        };
        let subtype: Vec<u8> = (0..1 + random.below(63)).map(|_| random.below(256) as u8).collect();
        let name = if instance.is_empty() { name.with_subtype(&subtype).unwrap() } else { name };
        let printed = name.to_string();
        let read = DnsSdName::parse(&printed).unwrap();
        assert_eq!(read, name, "{printed:?}");
        assert_eq!((read.instance(), read.subtype()), (name.instance(), name.subtype()), "{printed:?}");
        assert_eq!(read.service_type(), Ok(service_type), "{printed:?}");
        assert!(!printed.contains(char::is_control), "{printed:?}");
        made += 1;
    }
    assert!(made > 5_000, "{made}");
}

#[test]
fn the_length_of_a_name() {
    // _http._tcp is 11 octets, the root one, and each label of the domain 64 or what is left.
    let domain = |last: usize| format!("_http._tcp.{0}.{0}.{0}.{1}", "a".repeat(63), "b".repeat(last));
    assert!(DnsSdName::parse(&domain(50)).is_ok());
    assert!(DnsSdName::parse(&(domain(50) + ".")).is_ok());
    rejects(&domain(51), "invalid DNS-SD name: 256 octets, at most 255 allowed");
    rejects(&(domain(51) + "."), "invalid DNS-SD name: 256 octets, at most 255 allowed");
}

#[test]
fn the_length_of_a_composed_name() {
    for (instance, subtype, transport) in [
        (None, None, Transport::Tcp),
        (None, None, Transport::Sctp),
        (None, Some("_printer"), Transport::Udp),
        (Some("printer"), None, Transport::Tcp),
    ] {
        // The text lacks the length octet of the first label and the root.
        let composed = |octets: usize| {
            let before =
                instance.map_or(0, |text| text.len() + 1) + subtype.map_or(0, |text| text.len() + "._sub.".len());
            let before = before + "_ipp._.".len() + transport.as_str().len();
            let domain = "ab.".repeat(85)[..octets - 2 - before - 1].to_owned() + "c";
            let service_type = ServiceType::srv(service_name!("ipp"), transport);
            let name = DnsSdName::new(instance, service_type, &domain)?;
            let name = subtype.map_or(Ok(name), |subtype| name.with_subtype(subtype))?;
            Ok::<_, DnsSdError>(name.to_string())
        };
        let longest = composed(255).unwrap();
        assert_eq!(longest.len(), 253);
        assert_eq!(DnsSdName::parse(&longest).unwrap().to_string(), longest);
        assert_eq!(
            composed(256).unwrap_err().to_string(),
            "invalid DNS-SD name: 256 octets, at most 255 allowed",
            "{longest}"
        );
    }
}

#[test]
fn comparison() {
    let name = |text| DnsSdName::parse(text).unwrap();
    for (one, other) in [
        ("a._http._tcp.Local.", "A._HTTP._TCP.lOCAL."),
        (r"a._http._tcp.\108ocal.a\.b", r"\097._http._tcp.local.A\046b"),
        ("_http._tcp.", r"\_http._tcp."),
    ] {
        assert_eq!(name(one), name(other));
        assert_eq!(hash(name(one)), hash(name(other)));
        assert!(name(one).cmp(&name(other)).is_eq());
    }
    // Instance, service type and domain; the domain by its labels from the first, no dot before a dot at the end.
    let ascending = [
        "_http._tcp",
        "_http._tcp.",
        "_http._tcp.local",
        "_http._tcp.LOCAL.",
        "_http._tcp.local.a",
        r"_http._tcp.local\.a",
        "_ipp._tcp.local",
        "a._http._tcp.local",
        "B._http._tcp.local",
    ];
    assert_eq!(ascending.map(|text| hash(name(text))).iter().collect::<BTreeSet<_>>().len(), ascending.len());
    for (index, one) in ascending.iter().enumerate() {
        for (place, other) in ascending.iter().enumerate() {
            assert_eq!(name(one).cmp(&name(other)), index.cmp(&place), "{one} {other}");
            assert_eq!(name(one).partial_cmp(&name(other)), Some(index.cmp(&place)), "{one} {other}");
            assert_eq!(name(one) == name(other), index == place, "{one} {other}");
        }
    }
}
