//! Entries as they print, and their references.

use iana_ports::Transport::{Tcp, Udp};
use iana_ports::{PortClass, PortSpec, REGISTRY_UPDATED, Reference, entries, lookup_name, lookup_port, service_name};
use std::collections::HashSet;

#[test]
fn references_print_as_in_the_registry_and_have_urls() {
    let all: HashSet<Reference> = entries().iter().flat_map(|entry| entry.references()).collect();
    let url = |reference: Reference| reference.url().map(|url| url.to_string());
    for reference in all {
        let label = reference.to_string();
        let url = url(reference);
        match reference {
            Reference::Rfc { number, .. } => {
                assert!(label.starts_with(&format!("[RFC{number}")));
                assert_eq!(url.unwrap(), format!("https://www.rfc-editor.org/rfc/rfc{number}"));
            }
            Reference::Draft(name) => {
                let url = url.unwrap();
                let draft = url.strip_prefix("https://datatracker.ietf.org/doc/draft-").unwrap();
                assert!(name.ends_with(draft), "{name} {url}");
            }
            Reference::Uri { uri, .. } => assert_eq!(url.as_deref(), Some(uri)),
            _ => assert_eq!(url, None, "{label}"),
        }
    }
    let section = lookup_name("dnssd-push")
        .iter()
        .chain(lookup_name("dnssd-push-tls"))
        .chain(entries())
        .flat_map(|entry| entry.references())
        .find(|reference| matches!(reference, Reference::Rfc { section: Some(_), .. }));
    assert_eq!(section.map(|reference| reference.to_string()).as_deref(), Some("[RFC8765, Section 6.1]"));
    let printed = [
        (Reference::Bcp(14), "[BCP14]", Some("https://www.rfc-editor.org/info/bcp14")),
        (Reference::Std(90), "[STD90]", Some("https://www.rfc-editor.org/info/std90")),
        (
            Reference::Draft("RFC-ietf-a-b-01"),
            "[RFC-ietf-a-b-01]",
            Some("https://datatracker.ietf.org/doc/draft-ietf-a-b-01"),
        ),
        (Reference::Uri { uri: "http://a/", title: Some("TR-1") }, "[TR-1]", Some("http://a/")),
        (Reference::Uri { uri: "http://a/", title: None }, "[http://a/]", Some("http://a/")),
        (Reference::Note("1"), "[1]", None),
        (Reference::Text("n/a"), "[n/a]", None),
    ];
    for (reference, label, expected) in printed {
        assert_eq!((reference.to_string().as_str(), url(reference).as_deref()), (label, expected));
        if let Some(url) = reference.url() {
            assert_eq!(format!("[{url:>60}]"), format!("[{:>60}]", expected.unwrap()));
        }
    }
}

#[test]
fn entries_are_handles_in_registry_order() {
    assert!(entries().windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(size_of::<iana_ports::Entry>(), 2);
    let shown = |port, transport| lookup_port(port, transport)[0].to_string();
    assert_eq!(shown(10050, Udp), "zabbix-agent 10050/udp");
    assert_eq!(shown(6003, Tcp), "x11 6000-6063/tcp");
    assert_eq!(shown(7300, Tcp), "swx 7300-7359/-");
    assert_eq!(shown(24, Tcp), "- 24/tcp");
    assert_eq!(format!("[{:>22}]", lookup_port(6003, Tcp)[0]), "[     x11 6000-6063/tcp]");
    let portless = entries().iter().find(|entry| entry.ports().is_none()).unwrap().to_string();
    assert!(portless.contains(" -/"), "{portless}");
    assert!(format!("{:?}", lookup_port(10050, Udp)[0]).ends_with(": zabbix-agent 10050/udp)"));
}

/// Every type cuts what it prints as a string is cut.
#[test]
fn display_has_a_precision() {
    let cut = |value: &dyn std::fmt::Display| {
        let all = value.to_string();
        let head: String = all.chars().take(3).collect();
        assert_eq!(format!("[{value:.3}][{value:>6.3}]"), format!("[{head}][   {head}]"));
    };
    cut(&lookup_port(22, Tcp)[0]);
    cut(&Tcp);
    cut(&PortClass::System);
    cut(&PortClass::System.range());
    cut(&PortSpec::from((8000, Tcp)));
    cut(&REGISTRY_UPDATED);
    cut(&Reference::Bcp(14));
    cut(&service_name!("https"));
}
