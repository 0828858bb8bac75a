//! Entries: what they print, their status, aliases and references.

use crate::common::oracle;
use iana_ports::Transport::{Tcp, Udp};
use iana_ports::{Reference, entries, lookup_name, lookup_port};

#[test]
fn references_print_and_have_urls_by_kind() {
    let url = |reference: Reference| reference.url().map(|url| url.to_string());
    let rfc = |number, section| Reference::Rfc { number, section };
    let printed = [
        (rfc(867, None), "[RFC867]", Some("https://www.rfc-editor.org/rfc/rfc867")),
        (rfc(8765, Some("Section 6.1")), "[RFC8765, Section 6.1]", Some("https://www.rfc-editor.org/rfc/rfc8765")),
        (Reference::Draft("draft-a-00"), "[draft-a-00]", Some("https://datatracker.ietf.org/doc/draft-a-00")),
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
    }
}

#[test]
fn every_row_has_its_status_and_aliases() {
    let rows = oracle::rows();
    let mut aliases = 0;
    let mut replacements = 0;
    for (&entry, row) in entries().iter().zip(rows) {
        assert_eq!(entry.status(), row.status(), "{:?}", row.cells);
        let quoted =
            |text: &str, lead: &str| text.split(lead).nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        let alias_of = quoted(&row.cells[11], "This entry is an alias to \"");
        let replaces = quoted(&row.cells[3], "as a replacement for \"");
        assert_eq!(entry.alias_of(), alias_of.as_deref());
        assert_eq!(entry.replaces(), replaces.as_deref());
        let historic = row.cells[11].contains("This entry is now historic") || row.cells[3].ends_with("(historic)");
        assert_eq!(entry.is_historic(), historic, "{:?}", row.cells);
        for other in [entry.alias_of(), entry.replaces()].into_iter().flatten() {
            assert!(lookup_name(other).iter().all(|found| found.service_name() == Some(other)));
            assert!(!lookup_name(other).is_empty());
        }
        aliases += usize::from(alias_of.is_some());
        replacements += usize::from(replaces.is_some());
    }
    assert!(aliases > 150 && replacements > 150);
    if let Some(expected) = oracle::counts() {
        assert_eq!((aliases, replacements), expected.links);
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
    let portless = entries().iter().find(|entry| entry.ports().is_none()).unwrap().to_string();
    assert!(portless.contains(" -/"), "{portless}");
    assert!(format!("{:?}", lookup_port(10050, Udp)[0]).ends_with(": zabbix-agent 10050/udp)"));
}
