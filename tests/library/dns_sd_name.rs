//! Whole DNS names of services against RFC 6763 §4 and §7.

use crate::common::Random;
use crate::hash;
use iana_ports::{DnsSdName, ServiceName, ServiceType, Transport};
use std::collections::BTreeSet;

#[track_caller]
fn splits(text: &str, instance: Option<&str>, service_type: &str, domain: &str, printed: &str) {
    let name = DnsSdName::parse(text).unwrap();
    assert_eq!(name.instance(), instance);
    assert_eq!(name.service_type(), service_type.parse().unwrap());
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
    let (ipp, local) = ("_ipp._tcp", "local.");
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

#[track_caller]
fn rejects(text: &str, message: &str) {
    let error = DnsSdName::parse(text).unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(format!("{error:?}"), format!("ServiceTypeError({message})"));
    assert_eq!(DnsSdName::try_from(text), Err(error));
}

#[test]
fn no_service_type() {
    for text in ["", "local.", "printer.example.com", "_http.local.", "_http._tpc.local.", r"_http\._tcp.local"] {
        rejects(
            text,
            &format!(
                "\"{text}\" has no service type: \
                 expected labels such as _http._tcp, the second _tcp, _udp, _sctp or _dccp"
            ),
        );
    }
    for (text, label) in [
        ("http._tcp.local.", "http"),
        ("_http.tcp.local.", "tcp"),
        ("My Printer.ipp._tcp.local", "ipp"),
        ("My Printer._ipp.tcp.local", "tcp"),
        ("._tcp.local", ""),
    ] {
        rejects(
            text,
            &format!("{label:?} lacks an underscore: both labels of a service type begin with one, as in _http._tcp"),
        );
    }
    for (text, name) in
        [("_443._tcp.example.com", "443"), ("a._my_service._udp.local.", "my_service"), ("_-a._tcp.local", "-a")]
    {
        rejects(text, &ServiceName::new(name).unwrap_err().to_string());
    }
}

#[test]
fn bad_labels() {
    for text in ["_http._tcp..", "_http._tcp..local", "_http._tcp.a..b", "._http._tcp.local", "._sub._http._tcp.local"]
    {
        rejects(
            text,
            &format!(
                "{text:?} has an empty label (two dots in a row, or one at the beginning): \
                 a DNS label must have 1 to 63 octets"
            ),
        );
    }
    for (text, kept) in [
        ("é".repeat(32) + "._http._tcp.local", "é".repeat(13)),
        (format!("_http._tcp.{}.com", "a".repeat(64)), "a".repeat(27)),
    ] {
        rejects(&text, &format!("label \"{kept}…\" has 64 octets: a DNS label must have 1 to 63"));
    }
    for label in ["\\256", "\\1a", "a\\"] {
        let text = format!("_http._tcp.local.{label}");
        rejects(
            &text,
            &format!(
                "label \"{label}\" has a backslash that begins no escape: \
                 expected `\\` and a character that is not a digit, or `\\DDD` from 000 to 255"
            ),
        );
    }
    rejects(r"a\255._http._tcp.local", r#"instance "a\255" is not UTF-8"#);
    for labels in ["a.b", "a._sub.b", "_a._sub._b._sub", "one._printer._sub"] {
        rejects(
            &format!("{labels}._http._tcp.local."),
            &format!(
                "{labels:?} before a service type is not one label: \
                 write \\. for a dot in an instance, or ._sub after a subtype"
            ),
        );
    }
}

#[test]
fn the_length_of_a_name() {
    // _http._tcp is 11 octets, the root one, and each label of the domain 64 or what is left.
    let domain = |last: usize| format!("_http._tcp.{0}.{0}.{0}.{1}", "a".repeat(63), "b".repeat(last));
    assert!(DnsSdName::parse(&domain(50)).is_ok());
    assert!(DnsSdName::parse(&(domain(50) + ".")).is_ok());
    rejects(&domain(51), "a DNS name must have at most 255 octets, not 256");
    rejects(&(domain(51) + "."), "a DNS name must have at most 255 octets, not 256");
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

/// Escapes a label in ways that its text can be written, and none that its print is.
fn written(label: &str, random: &mut Random) -> String {
    let mut text = String::new();
    for character in label.chars() {
        match (character, random.below(3)) {
            (_, 0) => character.to_string().bytes().for_each(|octet| text += &format!("\\{octet:03}")),
            ('.' | '\\', _) => text += &format!("\\{character}"),
            ('0'..='9', _) => text.push(character),
            (_, 1) => text += &format!("\\{character}"),
            _ => text.push(character),
        }
    }
    text
}

#[test]
fn the_parts_of_a_name_come_back() {
    let mut random = Random::new(1);
    for _ in 0..10_000 {
        let instance = random.text("aB. \\_07é印\n", 16);
        let transport = random.choose(&Transport::ALL);
        let service = random.choose(&["http", "IPP", "a-1", "sub", "udp"]);
        let domain = random.choose(&["", ".", "local", "local.", "example.com", r"a\.b.c\\."]);
        let before = if instance.is_empty() { String::new() } else { written(&instance, &mut random) + "." };
        let after = if domain.starts_with('.') { domain.to_owned() } else { format!(".{domain}") };
        let text = format!("{before}_{service}._{transport}{}", if domain.is_empty() { "" } else { &after });
        let name = DnsSdName::parse(&text).unwrap();
        assert_eq!(name.instance().unwrap_or(""), instance, "{text:?}");
        assert_eq!(name.service_type(), ServiceType::srv(service.parse().unwrap(), transport), "{text:?}");
        assert_eq!(name.domain(), domain, "{text:?}");
        assert_eq!(DnsSdName::parse(&name.to_string()), Ok(name));
    }
}

#[test]
fn any_text_is_a_name_or_an_error() {
    let mut random = Random::new(2);
    let mut names = 0;
    for _ in 0..50_000 {
        let text: String = (0..random.below(7))
            .map(|_| random.choose(&["_a", "._tcp", "._udp", ".", "\\", "_sub", "0", "é", "\n"]))
            .collect();
        match DnsSdName::parse(&text) {
            Ok(name) => {
                assert_eq!(DnsSdName::parse(&name.to_string()), Ok(name), "{text:?}");
                assert!(text.ends_with(name.domain()));
                names += 1;
            }
            Err(error) => assert!(!error.to_string().contains('\n'), "{text:?}"),
        }
        let is_type =
            DnsSdName::parse(&text).is_ok_and(|name| name.instance().is_none() && matches!(name.domain(), "" | "."));
        assert_eq!(text.parse::<ServiceType>().is_ok(), is_type, "{text:?}");
    }
    assert!(names > 1_000, "{names}");
}
