//! `ports WHAT` and `ports search`.

use crate::common::oracle;
use crate::{fails, ports};
use iana_ports::{EntryStatus, lookup_name, search};
use serde_json::Value;

/// The lines of the table, without its header, with single spaces.
#[track_caller]
fn table(text: &str) -> Vec<String> {
    let mut lines = text.lines();
    let header = lines.next().unwrap_or_default();
    assert!(header.split_whitespace().eq(["PORT", "SERVICE", "DESCRIPTION"]), "{text}");
    let columns = [header.find("SERVICE").unwrap(), header.find("DESCRIPTION").unwrap()];
    let aligned = |line: &&str| columns.iter().all(|&start| line.get(start - 2..start).is_none_or(|gap| gap == "  "));
    assert!(lines.clone().all(|line| aligned(&line) && line == line.trim_end()), "{text}");
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Port and name of each row.
#[track_caller]
fn found(arguments: &[&str]) -> Vec<String> {
    let (status, out, err) = ports(arguments);
    assert_eq!((status, err.as_str()), (0, ""), "{arguments:?}");
    table(&out).iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
}

/// The rows of the registries that these tests know.
#[test]
fn prints_a_line_for_each_service() {
    if oracle::counts().is_none() {
        return;
    }
    let (status, out, err) = ports(["2049", "53/udp", "zabbix-agent"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "PORT           SERVICE       DESCRIPTION\n\
         53/udp         domain        Domain Name Server\n\
         2049/tcp,udp   nfs           Network File System - Sun Microsystems\n\
         2049/sctp      nfs           Network File System\n\
         2049/tcp,udp   shilp\n\
         10050/tcp,udp  zabbix-agent  Zabbix Agent\n"
    );
    assert_eq!(found(&["6010-6020/tcp"]), ["6000-6063/tcp x11"]);
    // All four transports.
    assert_eq!(found(&["7300"]), ["7300-7359 swx"]);
    assert_eq!(found(&["zabbix-agent/udp"]), ["10050/udp zabbix-agent"]);
    assert_eq!(found(&["24/tcp"]), ["24/tcp -"]);
    assert_eq!(found(&["80/tcp", "80/tcp", "http/tcp"]), ["80/tcp http", "80/tcp www", "80/tcp www-http"]);
}

#[test]
fn reads_lists_and_what_people_paste() {
    if oracle::counts().is_none() {
        return;
    }
    let https = found(&["443/tcp"]);
    for pasted in [
        "443,/tcp",
        "tcp/443",
        "tcp:443",
        "443 tcp",
        "T:443",
        ":443/tcp",
        "10.0.0.1:443/tcp",
        "[::1]:443/TCP",
        "*:443/tcp",
        "localhost:https/tcp",
        "https://example.org:443/a?b:9#c/tcp",
        "_https._tcp",
        "My Site, 2._https._tcp.local.",
    ] {
        let found = if pasted.contains("://") { found(&[pasted, "tcp"]) } else { found(&[pasted]) };
        assert_eq!(found.first(), https.first(), "{pasted}");
    }
    assert_eq!(found(&["https://example.org/"]), found(&["https"]));
    for (list, same) in [
        (&["22,53"][..], &["22", "53"][..]),
        (&["22 53;"], &["22", "53"]),
        (&["53/tcp,udp"], &["53/tcp", "53/udp"]),
        (&["T:22,80,U:53"], &["22/tcp", "80/tcp", "53/udp"]),
        (&["0.0.0.0:8080->80/tcp"], &["8080", "80/tcp"]),
        (&["22", "tcp", "53", "/udp"], &["22/tcp", "53/udp"]),
    ] {
        assert_eq!(ports(list), ports(same), "{list:?}");
    }
    // Two meanings, or none.
    let what = "is a range to iptables and a mapping to Docker: try 80-8080 or 80,8080";
    fails(&["80:8080/tcp"], &format!("error: \"80:8080\" {what}"));
    fails(&["tcp", "443"], "error: \"tcp\" alone: expected a port or a service before it, as in 443/tcp");
    fails(
        &["443", "-", "445"],
        "error: invalid port \"-\": expected a number from 0 to 65535, or a range such as 6000-6063",
    );
}

#[test]
fn says_what_a_port_is_that_is_not_assigned() {
    if oracle::counts().is_none() {
        return;
    }
    for (asked, lines) in [
        ("9303/udp", &["9303/udp - Unassigned"][..]),
        ("9305-9306/udp", &["9305/udp - Unassigned", "9306/udp - Reserved"]),
        ("49152", &["49152 - Dynamic"]),
    ] {
        let (status, out, err) = ports([asked]);
        assert_eq!((status, err.as_str()), (1, ""));
        assert_eq!(table(&out), lines);
    }
    // One of several.
    let (status, out, _) = ports(["22/tcp", "49152/tcp"]);
    assert_eq!((status, table(&out).len()), (1, 2));
}

/// The names that are suggested.
#[track_caller]
fn suggested(arguments: &[&str], said: &str) -> Vec<String> {
    let (_, _, err) = ports(arguments);
    let (first, rest) = err.split_once('\n').unwrap();
    if first == said {
        return Vec::new();
    }
    assert_eq!(first, format!("{said}; did you mean one of these?"));
    let mut names: Vec<_> = table(rest).iter().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect();
    names.dedup();
    names
}

#[test]
fn suggests_registered_names() {
    let suggest = |asked: &str| {
        assert_eq!((ports([asked]).0, ports([asked]).1.as_str()), (1, ""), "{asked}");
        suggested(&[asked], &format!("{asked} is not registered"))
    };
    for (asked, meant) in [
        ("dns", "domain"),
        ("htps", "https"),
        ("postgres", "postgresql"),
        ("Postgress/tcp", "postgresql"),
        ("http_alt", "http-alt"),
        ("_netbios_ns", "netbios-ns"),
        ("xmpp", "xmpp-client"),
        ("vnc", "rfb"),
        ("mssql", "ms-sql-s"),
        ("dhcp", "bootps"),
        ("ike", "isakmp"),
        ("rabbitmq", "amqp"),
        ("https/dccp", "https"),
    ] {
        assert_eq!(suggest(asked).first().map(String::as_str), Some(meant), "{asked}");
    }
    assert!(suggest("sql").contains(&"mysql".to_owned()));
    assert_eq!(suggest("no-such-name-zq"), [""; 0]);
    assert_eq!(ports(["e\u{7}"]).2, "e\\u{7} is not registered\n");
    let none = "no service name or description contains memcached";
    assert_eq!(suggested(&["search", "memcached"], none)[0], "memcache");
    assert_eq!(suggested(&["rdp"], "rdp is registered without a port")[0], "ms-wbt-server");
    assert_eq!(suggested(&["smb"], "smb is registered without a port")[0], "microsoft-ds");
    assert_eq!(ports(["documentum_s"]).2, "documentum_s is an old name: IANA replaced it with documentum-s\n");
}

#[test]
fn names_that_are_older_than_the_rules_are_found() {
    let names: std::collections::BTreeSet<&str> = oracle::rows().iter().map(|row| row.name()).collect();
    let old = names.into_iter().filter(|name| !name.is_empty() && iana_ports::ServiceName::new(name).is_err());
    let (status, _, err) = ports(["--"].into_iter().chain(old));
    assert!(status == 0 && !err.contains("is not registered"), "{err}");
    if oracle::counts().is_some() {
        assert_eq!(ports(["cl/1/TCP", "CL/1"]).0, 0);
    }
}

/// Every word that names of services begin with before a hyphen, and that is no name.
#[test]
fn names_that_begin_with_the_word_and_a_hyphen_come_first() {
    for word in ["xmpp", "netbios", "etcd", "ipsec"] {
        let first = suggested(&[word], &format!("{word} is not registered"));
        assert!(first[0].starts_with(&format!("{word}-")), "{word}: {first:?}");
    }
}

#[test]
fn every_column_on_request() {
    let (_, out, _) = ports(["-l", "0-65535"]);
    assert!(out.lines().all(|line| line.trim_end() == line));
    for row in oracle::rows().iter().filter(|row| row.ports.is_some() && row.status() == EntryStatus::Assigned) {
        let label = "  unauthorized use reported  ";
        assert!(
            row.cells[10].is_empty() || out.contains(&format!("{label}{}\n", row.cells[10])),
            "{:?}",
            row.cells[10]
        );
    }
    assert!(ports(["22", "--long"]).1.starts_with("ssh  22/tcp,udp\n  description                "));
}

#[test]
fn search_finds_what_grep_finds() {
    let (status, out, err) = ports(["search", "HTTP"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(table(&out).iter().all(|line| line.to_lowercase().contains("http")));
    let mut found: Vec<_> =
        search("http").map(|entry| (entry.ports(), entry.service_name(), entry.description())).collect();
    found.sort_unstable();
    found.dedup();
    assert!((found.len()..found.len() + 9).contains(&table(&out).len()), "{} {}", found.len(), table(&out).len());
    assert_eq!(ports(["search", "secure", "shell"]), ports(["search", "secure shell"]));
    assert_eq!(ports(["--json", "search", "http"]), ports(["search", "http", "--json"]));
    for nothing in ["", "  "] {
        fails(&["search", nothing], "error: empty text: expected a part of a service name or description");
        fails(&[nothing], "error: empty text: expected a port or a service");
    }
}

#[test]
fn json_has_iana_s_columns_the_status_and_urls() {
    let (status, out, err) = ports(["--json", "0-65535"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let objects: Vec<Value> = serde_json::from_str(&out).unwrap();
    let services = oracle::rows().iter().filter(|row| row.ports.is_some() && row.status() == EntryStatus::Assigned);
    let mut names: Vec<&str> = services.map(|row| row.name()).collect();
    assert_eq!(objects.len(), names.len());
    let mut found: Vec<&str> = objects.iter().map(|object| object["service_name"].as_str().unwrap_or("")).collect();
    names.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, names);
    for object in &objects {
        assert_eq!(object["status"], "Assigned");
        assert_eq!(object.as_object().unwrap().len(), 14);
    }
    let (_, out, _) = ports(["domain", "--json"]);
    let mut objects: Vec<Value> = serde_json::from_str(&out).unwrap();
    for (object, entry) in objects.iter_mut().zip(lookup_name("domain")) {
        let columns = object.as_object_mut().unwrap();
        let urls = columns.remove("reference_urls").unwrap();
        assert_eq!(urls.as_array().unwrap().len(), entry.references().filter_map(|one| one.url()).count());
        columns.remove("status");
        assert_eq!(*object, serde_json::to_value(entry).unwrap());
    }
    assert_eq!(ports(["no-such-name-zq", "--json"]).1, "[]\n");
    // Ports that are registered for nothing have the same columns.
    let (status, out, _) = ports(["60000/udp", "--json"]);
    let dynamic: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, dynamic[0].as_object().unwrap().len()), (1, 14));
    assert_eq!((&dynamic[0]["port_number"], &dynamic[0]["status"]), (&"60000".into(), &"Dynamic".into()));
    assert_eq!((&dynamic[0]["service_name"], &dynamic[0]["transport_protocol"]), (&Value::Null, &"udp".into()));
}
