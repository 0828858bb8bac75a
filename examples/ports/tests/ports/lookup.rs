//! `ports WHAT` and `ports search`, called and run.

use crate::common::{Random, oracle};
use crate::ports;
use iana_ports::{ServiceName, entries, search};
use iana_ports_cli::table::{aligned, field, table};
use iana_ports_cli::{answer, map, printable};
use serde_json::Value;

/// The answer to one text: what is registered, what standard error says, and the exit status.
fn lookup(text: &str) -> Result<answer::Answer, String> {
    answer::lookup(&[text.to_owned()], usize::MAX)
}

#[test]
fn reads_what_people_type_and_paste() {
    for (pasted, same) in [
        ("443,/tcp", "443/tcp"),
        ("tcp/443", "443/tcp"),
        ("tcp:443", "443/tcp"),
        ("443 tcp", "443/tcp"),
        ("T:443", "443/tcp"),
        (":443/tcp", "443/tcp"),
        ("10.0.0.1:443/tcp", "443/tcp"),
        ("127.0.0.53%lo:53", "53"),
        ("[::1]:443/TCP", "443/tcp"),
        (":::443", "443"),
        ("*:443/tcp", "443/tcp"),
        ("localhost:https/tcp", "https/tcp"),
        ("https://example.org/a,b?c:9", "https"),
        ("https://user:80@[::1]:443/a?b:9#c tcp", "443/tcp"),
        ("jdbc:postgresql://db:5432/x", "5432"),
        ("_https._tcp", "https/tcp"),
        ("My Site, 2._https._tcp.local.", "https/tcp"),
        ("22,53", "22 53"),
        ("22;53", "22 53"),
        ("53/tcp,udp", "53/tcp 53/udp"),
        ("22 tcp 53 /udp", "22/tcp 53/udp"),
        ("T:22,80,U:53", "22/tcp 80/tcp 53/udp"),
        ("tcp/22,80", "22/tcp 80/tcp"),
        ("0.0.0.0:8080->80/tcp, :::8080->80/tcp", "8080/tcp 80/tcp"),
        ("80/tcp -> 0.0.0.0:8080\n[::]:53 -> 22/udp", "8080/tcp 80/tcp 53/udp 22/udp"),
        ("https://a:80/ https://b:443", "80 443"),
        ("udp://1.1.1.1:53 tcp://[::1]:443", "53/udp 443/tcp"),
        ("3000:3000/tcp", "3000/tcp"),
        ("80 443/tcp,udp", "80 443/tcp 443/udp"),
        ("udp6://[::1]:80", "80/udp"),
        ("tcp4://1.1.1.1:443", "443/tcp"),
    ] {
        let [pasted_rows, rows] = [pasted, same].map(|text| table(&lookup(text).unwrap().rows, 80));
        assert!(!rows.is_empty(), "{same}");
        assert_eq!(pasted_rows, rows, "{pasted}");
    }
}

#[test]
fn a_dns_sd_name_takes_nothing_else_of_a_list() {
    for (pasted, same) in [
        ("_http._tcp.local:8080", "8080"),
        ("_http._tcp.local,443;_ipp._tcp.local.\n_ssh._tcp.local 53", "http/tcp 443 ipp/tcp ssh/tcp 53"),
        ("_http._tcp.local->22", "http/tcp 22"),
        ("_http._tcp.local 53", "http/tcp 53"),
        ("443,8080;My._http._tcp.local", "443 8080 http/tcp"),
        ("443;My._http._tcp.local", "443 http/tcp"),
        ("A B._http._tcp.local,443", "http/tcp 443"),
        ("ssh,T:53,My._http._tcp.local", "ssh 53/tcp http/tcp"),
        ("100,000 Maniacs._http._tcp.local", "http/tcp"),
    ] {
        let [pasted_rows, rows] = [pasted, same].map(|text| table(&lookup(text).unwrap().rows, 80));
        assert_eq!(pasted_rows, rows, "{pasted}");
    }
}

#[test]
fn what_has_two_meanings_or_none_is_an_error() {
    let not_a_port = "expected a number from 0 to 65535, or a range such as 6000-6063";
    let alone =
        "invalid port or service \"tcp\": expected a port or service before the transport protocol, as in 443/tcp";
    let shared = "a transport may be for one item or for all: try";
    for (text, message) in [
        ("80:8080", "\"80:8080\" is a range to iptables and a mapping to Docker: try 80-8080 or 80,8080"),
        ("80:90/TCP", "\"80:90\" is a range to iptables and a mapping to Docker: try 80-90/tcp or 80/tcp,90/tcp"),
        ("80,443/tcp", &format!("\"80,443/tcp\": {shared} 80/tcp,443/tcp or 80 443/tcp")),
        ("443/tcp,80", &format!("\"443/tcp,80\": {shared} 443/tcp,80/tcp or 443/tcp 80")),
        ("80,tcp,443", &format!("\"80,tcp,443\": {shared} 80/tcp,443/tcp or 80/tcp 443")),
        ("22,80,https/udp", &format!("\"22,80,https/udp\": {shared} 22/udp,80/udp,https/udp or 22 80 https/udp")),
        ("80,8080->443/tcp", &format!("\"80,8080->443/tcp\": {shared} 80/tcp,8080/tcp,443/tcp or 80 8080/tcp 443/tcp")),
        ("80 443 tcp", &format!("\"tcp\": {shared} 80/tcp,443/tcp or 80 443/tcp")),
        ("tcp 443", alone),
        ("8080:80", "\"8080:80\" is a mapping to Docker: try 8080,80"),
        ("8080:80/udp", "\"8080:80\" is a mapping to Docker: try 8080/udp,80/udp"),
        ("+80:90", "invalid port \"+80:90\": expected a number from 0 to 65535, or a range such as 6000-6063"),
        ("T:80:90", "\"80:90\" is a range to iptables and a mapping to Docker: try 80-90/tcp or 80/tcp,90/tcp"),
        ("443/tcp/udp", "\"443/tcp/udp\": expected a single transport protocol"),
        ("22/tcp,443,53/udp", &format!("\"22/tcp,443,53/udp\": {shared} 22/tcp,443/udp,53/udp or 22/tcp 443 53/udp")),
        ("tcp/80/udp", "\"tcp/80/udp\": both tcp and udp: try 80/tcp,udp"),
        ("udp:53/tcp", "\"udp:53/tcp\": both udp and tcp: try 53/udp,tcp"),
        ("_http._tcp.local/udp", "\"_http._tcp.local/udp\": both tcp and udp: try http/tcp,udp"),
        ("udp://[::1]", "invalid URL \"udp://[::1]\": expected a port, as in tcp://host:80"),
        ("80 - 90", &format!("invalid port \"-\": {not_a_port}")),
        ("8000-8100:9000-9100", &format!("invalid port \"8000-8100:9000-9100\": {not_a_port}")),
        ("https://h:65536/", "invalid port \"65536\": greater than 65535"),
        ("443/", "\"443/\": empty transport protocol: expected tcp, udp, sctp or dccp"),
        (" ,; ", "empty port or service: expected text such as 443 or https"),
    ] {
        assert_eq!(lookup(text).err().as_deref(), Some(message), "{text}");
    }
    for url in ["http://::1/", "http://2001:db8::22/", "http://[::1]x:80/", "https://a:8443:80/"] {
        let message = "expected one host and port, with an IPv6 address in brackets, as in http://[::1]:80";
        assert_eq!(lookup(url).err(), Some(format!("invalid URL {url:?}: {message}")));
    }
    // After an error, standard output is empty.
    assert_eq!(ports(["443", "80/foo"]).1, "");
    // A transport after a space, and one for each, have one meaning.
    assert!(lookup("22 80/tcp").is_ok() && lookup("22/tcp,80,53/tcp,udp").is_err() && lookup("T:22,80/tcp").is_ok());
}

/// The names that are suggested, each once.
fn suggested(notes: &str) -> Vec<&str> {
    let (_, table) = notes.split_once("; did you mean one of these?\n").unwrap_or_default();
    let mut names: Vec<&str> = table.lines().skip(1).map(|line| line.split_whitespace().nth(1).unwrap()).collect();
    names.dedup();
    names
}

#[test]
fn suggests_what_may_be_meant() {
    if oracle::counts().is_none() {
        return;
    }
    for (asked, meant) in [
        ("dhcp", "bootps"),
        ("dns", "domain"),
        ("ike", "isakmp"),
        ("mssql", "ms-sql-s"),
        ("rabbitmq", "amqp"),
        ("rdp", "ms-wbt-server"),
        ("smb", "microsoft-ds"),
        ("vnc", "rfb"),
        ("htps", "https"),
        ("postgres", "postgresql"),
        ("Postgress/tcp", "postgresql"),
        ("_netbios_ns", "netbios-ns"),
        ("netbios", "netbios-ns"),
        ("https/dccp", "https"),
        // In a description that is not that of the first row.
        ("omnicast", "mftp"),
    ] {
        let answer = lookup(asked).unwrap();
        assert_eq!(suggested(&answer.notes).first(), Some(&meant), "{asked}");
        assert!(suggested(&answer.notes).len() <= 5, "{asked}");
        assert_eq!(answer.exit_status, u8::from(!["rdp", "smb"].contains(&asked)));
        assert_eq!(answer.rows.is_empty(), answer.exit_status == 1);
    }
    assert_eq!(suggested(&answer::search("memcached", 80).unwrap().notes), ["memcache"]);
    assert_eq!(lookup("no-such-name-zq").unwrap().notes, "no-such-name-zq is not registered\n");
}

#[test]
fn a_long_argument_costs_no_more_than_a_short_one() {
    for text in ["a", "0", "a,", ":", "->", "_x._tcp.", "https://", "80->"] {
        let text = text.repeat(100_000 / text.len());
        match lookup(&text) {
            Err(message) => assert!(message.len() < 400, "{message}"),
            Ok(answer) => assert!(answer.notes.matches("did you mean").count() <= 10),
        }
        answer::search(&text, 80).unwrap();
    }
    let too_many = "too many ports: expected at most 262144";
    assert_eq!(lookup(&"1-99,".repeat(20_000)).err().as_deref(), Some(too_many));
    assert!(lookup(&"0-65535,".repeat(4)).is_ok());
}

#[test]
fn names_that_are_older_than_the_rules_are_found() {
    let old = entries().iter().filter_map(|entry| entry.service_name()).filter(|name| ServiceName::new(name).is_err());
    let old: std::collections::BTreeSet<&str> = old.collect();
    assert!(!old.is_empty());
    for name in old {
        let answer = lookup(name).unwrap();
        assert_eq!((answer.exit_status, answer.notes.contains("not registered")), (0, false), "{name}");
    }
}

/// 1,500 texts of pieces that mean something alone, and of characters that a terminal acts on.
#[test]
fn any_text_has_an_answer_that_a_terminal_can_show() {
    const PIECES: &str = "443|0|65536|80-90|90-80|tcp|UDP|/|:|,|;| |-|->|.|_|[::1]|::|@|://|?|%|=|*|T:|https|_http._tcp|\
                          .local.|x11|cl/1|rdp|xmpp|٣|１|é|\u{1b}[1m|\u{9b}|\u{202e}|\0|\n";
    let pieces: Vec<&str> = PIECES.split('|').collect();
    let mut random = Random::new(6335);
    for number in 0..1_500 {
        let pasted: String = (0..=random.below(4)).map(|_| random.choose(&pieces)).collect();
        let (status, seen) = match lookup(&pasted) {
            Ok(answer) => (i32::from(answer.exit_status), answer.notes + &table(&answer.rows, usize::MAX)),
            Err(message) => (2, message),
        };
        // A table has two lines at least.
        assert!(seen.lines().all(|line| printable(line) == line) && !seen.is_empty(), "{pasted:?}: {seen:?}");
        if number % 50 == 0 && !pasted.contains('\0') {
            let (of_program, out, err) = ports(["--", &pasted]);
            assert_eq!((of_program, (err + &out).trim_start_matches("error: ").trim_end()), (status, seen.trim_end()));
        }
    }
}

/// What someone embedded is shown with escapes, wherever it is shown.
#[test]
fn text_of_the_registry_is_escaped() {
    const ODD: &str = "a\u{9b}1m b\u{202e}c";
    const SHOWN: &str = "a\\u{9b}1m b\\u{202e}c";
    assert_eq!(aligned([[ODD; 3].map(str::to_owned)].into_iter(), 99).lines().nth(1), Some(&*[SHOWN; 3].join("  ")));
    assert_eq!(field("status", ODD, 99).split_once(SHOWN), Some(("  status                     ", "")));
    assert_eq!(map::escaped(&format!("{ODD}<")), format!("{SHOWN}&lt;"));
    for arguments in [&["0-65535"][..], &["-l", "0-65535"], &["search", ""], &["map"], &["--version"]] {
        assert!(ports(arguments).1.lines().all(|line| printable(line) == line), "{arguments:?}");
    }
}

#[test]
fn search_finds_what_grep_finds() {
    let (status, out, err) = ports(["search", "HTTP"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.lines().skip(1).all(|line| line.to_lowercase().contains("http")));
    let names = |line: &str| line.split_whitespace().nth(1).map(str::to_owned);
    let found: std::collections::BTreeSet<_> = out.lines().skip(1).filter_map(names).collect();
    assert!(search("http").filter_map(|entry| entry.service_name()).all(|name| found.contains(name)));
    assert_eq!(ports(["search", "secure", "shell"]), ports(["search", "  secure shell "]));
    assert!(!ports(["search", "assigned"]).1.contains("  Unassigned\n"));
    assert_eq!(ports(["--json", "search", "http"]), ports(["search", "http", "--json"]));
}

#[test]
fn json_has_iana_s_columns_the_status_and_urls() {
    let (status, out, err) = ports(["--json", "0-65535"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let mut objects: Vec<Value> = serde_json::from_str(&out).unwrap();
    for object in &mut objects {
        let columns = object.as_object_mut().unwrap();
        assert_eq!(columns.len(), 14);
        assert_eq!(columns.remove("status").unwrap(), "Assigned");
        let urls = columns.remove("reference_urls").unwrap();
        assert_eq!(
            urls.as_array().unwrap().len(),
            urls.as_array().unwrap().iter().filter(|url| url.is_string()).count()
        );
    }
    let is_assigned = |entry: &&iana_ports::Entry| entry.ports().is_some() && entry.status().as_str() == "Assigned";
    let mut rows: Vec<String> = objects.iter().map(Value::to_string).collect();
    let mut all: Vec<String> =
        entries().iter().filter(is_assigned).map(|entry| serde_json::to_value(entry).unwrap().to_string()).collect();
    rows.sort_unstable();
    all.sort_unstable();
    assert!(rows == all);
}
