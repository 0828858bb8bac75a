//! `ports lookup` and `ports search`.

use crate::common::oracle;
use crate::ports;
use iana_ports::{EntryStatus, lookup_name, search};
use serde_json::{Value, json};

fn look_up(asked: &str) -> (i32, String, String) {
    ports(["lookup", asked])
}

/// The lines that are not indented.
fn headings(asked: &str) -> Vec<String> {
    let (status, out, err) = look_up(asked);
    assert_eq!((status, err.as_str()), (0, ""), "{asked}");
    out.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).map(str::to_owned).collect()
}

/// The rows of the registries that these tests know.
#[test]
fn prints_what_is_registered() {
    if oracle::counts().is_none() {
        return;
    }
    let (_, out, _) = look_up("10050/tcp");
    assert!(out.starts_with("zabbix-agent  10050/tcp\n  description              Zabbix Agent\n"), "{out}");
    assert_eq!(look_up("Zabbix-Agent"), look_up("10050"));
    assert_eq!(headings("80/tcp"), ["http  80/tcp", "www  80/tcp", "www-http  80/tcp"]);
    assert_eq!(headings("6010-6020/tcp"), ["x11  6000-6063/tcp"]);
    assert_eq!(headings("7300/sctp"), ["swx  7300-7359/tcp,udp,sctp,dccp"]);
    assert_eq!(headings("zabbix-agent/udp"), ["zabbix-agent  10050/udp"]);
    // The description differs too.
    assert_eq!(headings("22"), ["ssh  22/tcp,udp", "ssh  22/sctp"]);
    // Names that are older than the rules.
    assert_eq!(headings("documentum_s"), ["documentum_s  10003/tcp,udp"]);
    assert_eq!(headings("WHOIS++"), ["whois++  63/tcp,udp"]);
    assert_eq!(headings("WHOIS++/tcp"), ["whois++  63/tcp"]);
    // A row without a port.
    assert!(headings("rdp").iter().all(|line| line.starts_with("rdp  -/")));
}

/// The blocks of the registries that these tests know.
#[test]
fn says_what_a_port_is_that_is_not_assigned() {
    if oracle::counts().is_none() {
        return;
    }
    for (asked, blocks) in [
        ("9303/udp", "9301-9305/udp is Unassigned\n"),
        ("9305-9306/udp", "9301-9305/udp is Unassigned\n9306/udp is Reserved\n"),
        ("49152/dccp", "49152-65535/dccp is Dynamic\n"),
    ] {
        let message = format!("nothing is registered for {asked}\n{blocks}");
        assert_eq!(look_up(asked), (1, String::new(), message));
    }
}

/// The names that are suggested for one that is not registered.
fn suggested(asked: &str) -> Vec<String> {
    let (status, out, err) = look_up(asked);
    assert_eq!((status, out.as_str()), (1, ""));
    let mut lines = err.lines();
    assert_eq!(lines.next(), Some(format!("nothing is registered for {asked}").as_str()));
    lines.skip(1).map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn suggests_registered_names() {
    assert_eq!(suggested("dns")[0], "domain");
    // The others have it in their name or description.
    let with_dns: Vec<&str> = search("dns").filter_map(|entry| entry.service_name()).collect();
    assert!(suggested("dns").iter().skip(1).all(|name| with_dns.contains(&name.as_str())), "{:?}", suggested("dns"));
    assert_eq!(suggested("htps")[0], "https");
    assert_eq!(suggested("postgres")[0], "postgresql");
    assert_eq!(suggested("Postgress/tcp")[0], "postgresql");
    assert!(suggested("sql").contains(&"mysql".to_owned()));
    assert!(suggested("e").len() == 5);
    assert_eq!(suggested("no-such-name-zq"), [""; 0]);
}

#[test]
fn lines_are_80_columns_where_the_width_is_unknown() {
    let (_, out, _) = look_up("0-65535");
    for line in out.lines() {
        // Longer is only a line of one word.
        let fits = line.chars().count() <= 80 || line.get(27..).is_none_or(|text| !text.trim().contains(' '));
        assert!(fits && line.trim_end() == line, "{line:?}");
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    let long = oracle::rows().iter().filter(|row| row.ports.is_some() && row.status() == EntryStatus::Assigned);
    let longest = long.max_by_key(|row| row.cells[11].len()).unwrap();
    let note: Vec<&str> = longest.cells[11].split_whitespace().collect();
    assert!(words.windows(note.len()).any(|window| window == note), "a note is cut");
}

#[test]
fn a_text_with_whitespace_is_searched_for() {
    assert_eq!(look_up("secure shell"), ports(["search", "secure", "shell"]));
    assert_eq!(look_up("udp no-such-service-zq 1").0, 2);
    for (ports, meant) in [("443 tcp", "443/tcp"), ("tcp https", "https/tcp"), ("8000 - 8100", "8000-8100")] {
        let (status, _, err) = look_up(ports);
        let hint = format!("did you mean {meant}?");
        assert!(status == 2 && err.contains(&hint), "{status} {err}");
    }
    for nothing in ["", "  "] {
        let message = "error: empty text: expected a part of a service name or description\n";
        assert_eq!(ports(["search", nothing]), (2, String::new(), message.to_owned()));
    }
    let (status, out, err) = ports(["search", "no such text"]);
    assert_eq!(
        (status, out.as_str(), err.as_str()),
        (1, "", "no service name or description contains \"no such text\"\n")
    );
}

#[test]
fn search_prints_a_line_for_each_service() {
    let (status, out, err) = ports(["search", "HTTP"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let mut found: Vec<_> = search("http").collect();
    found.dedup_by_key(|entry| (entry.service_name(), entry.ports(), entry.description()));
    assert_eq!(out.lines().count(), found.len());
    for (line, entry) in out.lines().zip(found) {
        assert_eq!(line.split_whitespace().next(), Some(entry.service_name().unwrap_or("-")));
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn json_has_iana_s_columns_the_status_and_urls() {
    let (status, out, err) = ports(["lookup", "--json", "0-65535"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let objects: Vec<Value> = serde_json::from_str(&out).unwrap();
    let services = oracle::rows().iter().filter(|row| row.ports.is_some() && row.status() == EntryStatus::Assigned);
    let mut names: Vec<&str> = services.map(|row| row.name()).collect();
    let mut found: Vec<&str> = objects.iter().map(|object| object["service_name"].as_str().unwrap_or("")).collect();
    names.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, names);
    for object in objects {
        assert_eq!(object["status"], "Assigned");
        assert_eq!(object.as_object().unwrap().len(), 14);
    }
    let (_, out, _) = ports(["lookup", "domain", "--json"]);
    let mut objects: Vec<Value> = serde_json::from_str(&out).unwrap();
    for (object, entry) in objects.iter_mut().zip(lookup_name("domain")) {
        let columns = object.as_object_mut().unwrap();
        let urls = columns.remove("reference_urls").unwrap();
        assert_eq!(urls.as_array().unwrap().len(), entry.references().filter_map(|one| one.url()).count());
        columns.remove("status");
        assert_eq!(*object, serde_json::to_value(entry).unwrap());
    }
    assert_eq!(ports(["lookup", "no-such-name-zq", "--json"]).1, "[]\n");
    let (status, out, _) = ports(["lookup", "60000/udp", "--json"]);
    let block = json!([{ "port_number": "49152-65535", "transport_protocol": "udp", "status": "Dynamic" }]);
    assert_eq!((status, serde_json::from_str::<Value>(&out).unwrap()), (1, block));
}
