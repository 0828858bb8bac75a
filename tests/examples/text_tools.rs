//! The example programs that have no test file of their own.

#[path = "../../examples/annotate.rs"]
#[allow(dead_code, reason = "main")]
mod annotate;
#[path = "../../examples/export.rs"]
#[allow(dead_code, reason = "main")]
mod export;
#[path = "../../examples/lookup.rs"]
#[allow(dead_code, reason = "main")]
mod lookup;
#[path = "../../examples/validate.rs"]
#[allow(dead_code, reason = "main")]
mod validate;

use crate::common::program::{Program, not_utf8, run, run_unread, run_with};
use crate::common::{Random, folder, oracle, skipped};
use crate::json::check_object;
use iana_ports::Transport;
use std::io::{self, Read};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

/// The output of `export ports`.
static PORTS: LazyLock<String> = LazyLock::new(|| {
    let (status, text, err) = run(export::run, &["ports"]);
    assert_eq!((status, err.as_str()), (0, ""));
    text
});

/// `lookup`, on a terminal of this width.
fn lookup(width: usize) -> impl Program {
    move |arguments, out, err| lookup::run(arguments, Some(width), out, err)
}

fn look_up(arguments: &[&str]) -> (u8, String, String) {
    run(lookup(100), arguments)
}

/// The rows of the registries that these tests know.
#[test]
fn lookup_prints_what_is_registered() {
    if oracle::counts().is_none() {
        return;
    }
    let (status, out, err) = look_up(&["10050/tcp"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("zabbix-agent  10050/tcp\n  description               Zabbix Agent\n"), "{out}");
    assert_eq!(look_up(&["Zabbix-Agent"]), look_up(&["10050"]));

    // The only entries of a name and a port, for tcp and udp, which differ in nothing else.
    let rows = oracle::rows();
    let twins = rows.windows(2).find(|pair| {
        let alike = (0..12).all(|column| column == 2 || pair[0].cells[column] == pair[1].cells[column]);
        let only = |column: usize| rows.iter().filter(|row| row.cells[column] == pair[0].cells[column]).count() == 2;
        alike && only(0) && only(1) && (pair[0].cells[2].as_str(), pair[1].cells[2].as_str()) == ("tcp", "udp")
    });
    let [name, port, ..] = &twins.unwrap()[0].cells;
    let (_, tcp, _) = look_up(&[&format!("{port}/tcp")]);
    assert!(tcp.starts_with(&format!("{name}  {port}/tcp\n")), "{tcp}");
    assert_eq!(look_up(&[port]).1, tcp.replacen("/tcp", "/tcp,udp", 1));

    let first_lines = |asked| {
        let (status, out, err) = look_up(&[asked]);
        assert_eq!((status, err.as_str()), (0, ""), "{asked}");
        let headings = out.lines().filter(|line| !line.is_empty() && !line.starts_with(' '));
        headings.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(first_lines("80/tcp"), ["http  80/tcp", "www  80/tcp", "www-http  80/tcp"]);
    assert_eq!(first_lines("6010-6020/tcp"), ["x11  6000-6063/tcp"]);
    assert_eq!(first_lines("7300/sctp"), ["swx  7300-7359/tcp,udp,sctp,dccp"]);
    assert_eq!(first_lines("zabbix-agent/udp"), ["zabbix-agent  10050/udp"]);
    // The description differs too.
    assert_eq!(first_lines("22"), ["ssh  22/tcp,udp", "ssh  22/sctp"]);
    // Names that are older than the rules.
    assert_eq!(first_lines("documentum_s"), ["documentum_s  10003/tcp,udp"]);
    assert_eq!(first_lines("WHOIS++"), ["whois++  63/tcp,udp"]);
    // A row without a port.
    assert!(first_lines("rdp").iter().all(|line| line.starts_with("rdp  -/")));
}

/// The blocks of the registries that these tests know.
#[test]
fn lookup_says_what_a_port_is_that_is_not_assigned() {
    if oracle::counts().is_none() {
        return;
    }
    for (asked, blocks) in [
        ("9303/udp", "9301-9305/udp is Unassigned\n"),
        ("9303-9304/tcp", "9301-9305/tcp is Unassigned\n"),
        ("9305-9306/udp", "9301-9305/udp is Unassigned\n9306/udp is Reserved\n"),
        ("49152/dccp", "49152-65535/dccp is Dynamic\n"),
        (
            "60000",
            "49152-65535/tcp is Dynamic\n49152-65535/udp is Dynamic\n\
             49152-65535/sctp is Dynamic\n49152-65535/dccp is Dynamic\n",
        ),
    ] {
        let message = format!("lookup: nothing is registered for {asked}\n{blocks}");
        assert_eq!(look_up(&[asked]), (1, String::new(), message));
    }
}

#[test]
fn lookup_suggests_a_name() {
    for (asked, suggestion) in [
        ("postgres", "did you mean postgresql?\n"),
        ("Postgres/tcp", "did you mean postgresql?\n"),
        // Found in a description.
        ("no-such-name", ""),
    ] {
        let message = format!("lookup: nothing is registered for {asked}\n{suggestion}");
        assert_eq!(look_up(&[asked]), (1, String::new(), message));
    }
}

#[test]
fn lookup_folds_lines_between_words() {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (_, whole, _) = run(lookup(usize::MAX), &["80"]);
    for width in [28, 40, 80, 100, 200] {
        let (status, out, _) = run(lookup(width), &["80"]);
        assert_eq!((status, words(&out)), (0, words(&whole)), "{width}");
        for line in out.lines() {
            // Longer is only a line of one word.
            let folded = line.chars().count() <= width || line.get(28..).is_none_or(|text| !text.contains(' '));
            assert!(folded && line.trim_end() == line, "{width}: {line:?}");
        }
        assert!(width > 100 || out.lines().any(|line| line.len() + 8 > width), "{width}: {out}");
    }
    // No room for values.
    for width in [0, 1, 27] {
        assert_eq!(run(lookup(width), &["80"]), look_up(&["80"]), "{width}");
    }
    assert_eq!(run(|arguments, out, err| lookup::run(arguments, None, out, err), &["80"]), look_up(&["80"]));
}

#[test]
fn lookup_tells_bad_input() {
    for (bad, message) in [
        (&[][..], "expected one port, range of ports or service name; see --help"),
        (&["80", "81"], "expected one port, range of ports or service name; see --help"),
        (&["--json"], "expected one port, range of ports or service name; see --help"),
        (&["65536"], "invalid port \"65536\": greater than 65535"),
        (&["--json", "ht_tp"], ""),
        (&[""], ""),
        (&["80/foo"], ""),
        (&["/tcp"], ""),
        (&["80/"], ""),
    ] {
        let (status, out, err) = look_up(bad);
        assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 1), "{bad:?}: {err}");
        assert!(err.starts_with(&format!("lookup: {message}")), "{err}");
    }
}

#[test]
fn lookup_writes_json_of_iana_s_columns() {
    let (status, out, err) = look_up(&["--json", "0-65535"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let services =
        oracle::rows().iter().filter(|row| row.ports.is_some() && row.status() == iana_ports::EntryStatus::Assigned);
    check_objects(&out, services);
    assert_eq!(look_up(&["9303/udp", "--json"]).1, "[]\n");
    #[cfg(feature = "serde")]
    {
        let entries = iana_ports::lookup_name("ssh");
        assert_eq!(look_up(&["ssh", "--json"]).1, serde_json::to_string_pretty(entries).unwrap() + "\n");
    }
}

/// Checks a JSON array of objects against the rows of the XML.
fn check_objects<'a>(text: &str, mut rows: impl Iterator<Item = &'a oracle::Row>) {
    for object in serde_json::from_str::<Vec<_>>(text).unwrap() {
        check_object(&object, rows.next().unwrap());
    }
    assert!(rows.next().is_none());
}

/// `validate`, with this standard input.
fn validate(mut input: &[u8]) -> impl Program {
    move |arguments, out, err| validate::run(arguments, &mut input, out, err)
}

#[test]
fn validate_prints_every_broken_rule() {
    let (status, out, err) = run(validate(b""), &["http", "documentum_s", "-23\u{7}"]);
    assert_eq!((status, err.as_str()), (1, ""));
    assert_eq!(
        out,
        "good http\n\
         bad  documentum_s\n     \
         invalid service name \"documentum_s\": '_' at byte 10 is not an ASCII letter, digit or hyphen\n     \
         registered before RFC 6335; IANA replaced it with documentum-s\n\
         bad  -23\\u{7}\n     \
         invalid service name \"-23\\u{7}\": '\\u{7}' at byte 3 is not an ASCII letter, digit or hyphen\n     \
         invalid service name \"-23\\u{7}\": expected at least one ASCII letter\n     \
         invalid service name \"-23\\u{7}\": hyphen at the start\n"
    );
    assert_eq!(run(validate(b""), &["http", "IPP"]), (0, "good http\ngood IPP\n".to_owned(), String::new()));
}

#[test]
fn validate_reads_the_lines_of_standard_input() {
    let validated = |input| {
        let (status, out, err) = run(validate(input), &[]);
        assert_eq!(err, "");
        (status, out)
    };
    assert_eq!(validated(b""), (0, String::new()));
    assert_eq!(validated(b"http\r\nipp"), (0, "good http\ngood ipp\n".to_owned()));
    let (status, out) = validated(b"http\n\na\xff\n");
    assert_eq!(status, 1);
    assert!(out.starts_with("good http\nbad  \n     empty service name: "), "{out}");
    assert!(out.ends_with("\nbad  a\\xff\n     not UTF-8\n"), "{out}");
    assert_eq!(run(validate(b"ipp\n"), &["-"]), (0, "good ipp\n".to_owned(), String::new()));
}

#[test]
fn export_writes_iana_s_csv() {
    let (status, text, err) = run(export::run, &["csv"]);
    assert_eq!((status, err.as_str()), (0, ""));
    // RFC 4180 ends each record so; no cell of the registry has a line break.
    assert_eq!(text.matches("\r\n").count(), 1 + oracle::rows().len());
    assert_eq!(text.matches('\n').count(), 1 + oracle::rows().len());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), oracle::COLUMNS.as_slice());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), oracle::rows().len());
    for (record, row) in records.iter().zip(oracle::rows()) {
        assert_eq!(record, row.columns().as_slice());
    }
}

#[cfg(feature = "serde")]
#[test]
fn export_writes_json() {
    let (status, text, err) = run(export::run, &["json"]);
    assert_eq!((status, err.as_str()), (0, ""));
    check_objects(&text, oracle::rows().iter());
}

#[cfg(not(feature = "serde"))]
#[test]
fn export_asks_for_the_feature_that_json_takes() {
    let message = "export: json takes the feature serde: cargo run --features serde --example export -- json\n";
    assert_eq!(run(export::run, &["json"]), (2, String::new(), message.to_owned()));
}

#[test]
fn export_writes_a_row_for_each_port_and_transport() {
    let mut records = csv::Reader::from_reader(PORTS.as_bytes()).into_records();
    let mut by_port: Vec<Vec<&oracle::Row>> = vec![Vec::new(); 65_536];
    for row in oracle::rows().iter() {
        row.ports
            .into_iter()
            .flat_map(|(start, end)| start..=end)
            .for_each(|port| by_port[usize::from(port)].push(row));
    }
    for port in 0..=u16::MAX {
        for (transport, ip_protocol) in Transport::ALL.into_iter().zip(["6", "17", "132", "33"]) {
            let of_port = by_port[usize::from(port)].iter().filter(|row| row.applies_to(port, transport));
            let status = of_port
                .clone()
                .map(|row| row.status())
                .min_by_key(|&status| oracle::rank(status))
                .unwrap_or(iana_ports::EntryStatus::Unassigned);
            let assigned = of_port.clone().filter(|row| row.status() == iana_ports::EntryStatus::Assigned);
            // The usual service.
            let service = assigned.min_by_key(|row| (row.name().is_empty(), !row.cites_rfc, row.cells[3].is_empty()));
            let [name, description] = service.map_or(["", ""], |row| [row.name(), &row.cells[3]]);
            let status = if port >= 49152 { "Dynamic".to_owned() } else { status.to_string() };
            let record = records.next().unwrap().unwrap();
            let expected = [&port.to_string(), ip_protocol, transport.as_str(), &status, name, description];
            assert!(record.iter().eq(expected), "{record:?}, not {expected:?}");
        }
    }
    assert!(records.next().is_none());
}

/// The statement of SQL in the README that starts so.
fn documented(start: &str) -> &'static str {
    let readme = include_str!("../../README.md");
    let (statement, _) = readme[readme.find(start).unwrap()..].split_once(';').unwrap();
    statement
}

#[test]
fn the_documented_join_names_the_services_of_flows() {
    const SCRIPT: &str = "
import csv, sqlite3, sys
path, create, join = sys.argv[1:]
database = sqlite3.connect(':memory:')
database.execute(create)
with open(path, newline='', encoding='utf-8') as file:
    rows = list(csv.reader(file))[1:]
database.executemany('INSERT INTO ports VALUES (?, ?, ?, ?, ?, ?)', rows)
database.execute('CREATE TABLE flows (destination_port INTEGER, protocol INTEGER, bytes INTEGER)')
flows = [(443, 6, 1000), (53, 17, 80), (443, 6, 500), (6003, 6, 70), (9303, 17, 9), (60000, 6, 2)]
database.executemany('INSERT INTO flows VALUES (?, ?, ?)', flows)
for row in database.execute(join):
    print(*row, sep='|')
";
    let python = |arguments: &[&str]| Command::new("python3").args(arguments).output();
    if !python(&["-c", "import sqlite3"]).is_ok_and(|output| output.status.success()) {
        return skipped("the documented join of flows and ports", "python3 with sqlite3");
    }
    let path = folder("join").join("ports.csv");
    std::fs::write(&path, &*PORTS).unwrap();
    let (create, join) = (documented("CREATE TABLE ports ("), documented("SELECT "));
    let output = python(&["-c", SCRIPT, path.to_str().unwrap(), create, join]).unwrap();
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let expected = [
        "443|tcp|Assigned|https|1500",
        "53|udp|Assigned|domain|80",
        "6003|tcp|Assigned|x11|70",
        "9303|udp|Unassigned||9",
        "60000|tcp|Dynamic||2",
    ];
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn arguments_need_not_be_utf8() {
    let odd = [not_utf8()];
    let told = |name| (2, String::new(), format!("{name}: {:?} is not UTF-8\n", odd[0]));
    assert_eq!(run_with(lookup(100), &odd), told("lookup"));
    assert_eq!(run_with(export::run, &odd), told("export"));
    let bad = format!("bad  {}\n     not UTF-8\n", odd[0].as_encoded_bytes().escape_ascii());
    assert_eq!(run_with(validate(b""), &odd), (1, bad, String::new()));
}

/// `annotate`, with this standard input.
fn annotate(input: impl Read + Send) -> impl Program {
    move |arguments, out, err| annotate::run(arguments, None, input, out, err)
}

#[test]
fn annotate_adds_services_to_ports() {
    for (line, annotated) in [
        ("192.0.2.1:443/tcp", "192.0.2.1:443/tcp (https)"),
        ("[2001:db8::1]:53/udp", "[2001:db8::1]:53/udp (domain)"),
        ("443/tcp", "443/tcp (https)"),
        ("6003/TCP", "6003/TCP (x11)"),
        ("from 10.0.0.1:80/tcp, to (22/tcp).", "from 10.0.0.1:80/tcp (http), to (22/tcp (ssh))."),
        // Not registered.
        ("9303/udp 60000/tcp 80/dccp", "9303/udp 60000/tcp 80/dccp"),
        // No ports.
        (
            "65536/tcp 080443/tcp /tcp 80/ 80/tc 80/tcpx 80/tcp-x",
            "65536/tcp 080443/tcp /tcp 80/ 80/tc 80/tcpx 80/tcp-x",
        ),
        ("a/b/tcp/80/tcp 443/tcp/udp 443/tcp/ 443/tcp6", "a/b/tcp/80/tcp 443/tcp/udp 443/tcp/ 443/tcp6"),
        ("x80/tcp 192.0.2.80/tcp 79-80/tcp 80/icmp 80 tcp", "x80/tcp 192.0.2.80/tcp 79-80/tcp 80/icmp 80 tcp"),
        ("", ""),
    ] {
        for end in ["", "\n", "\r\n", "\nx"] {
            let input = format!("{line}{end}");
            let expected = (0, format!("{annotated}{end}"), String::new());
            assert_eq!(run(annotate(input.as_bytes()), &[]), expected, "{line}");
        }
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = annotate::run(&[], None, &b"\xff:80/tcp\xc3"[..], &mut out, &mut err);
    assert_eq!((status, out.as_slice(), err.as_slice()), (0, &b"\xff:80/tcp (http)\xc3"[..], &b""[..]));
}

/// Reads as a pipe does, which gives what is there.
struct Pieces<R>(R, Random);

impl<R: Read> Read for Pieces<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.1.below(10) == 0 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let length = buffer.len().min(1 + self.1.below(3000));
        self.0.read(&mut buffer[..length])
    }
}

#[test]
fn annotate_keeps_the_order_of_a_long_input() {
    let (mut input, mut expected) = (String::new(), String::new());
    for line in 0..20_000 {
        input += &format!("{line} 10.0.0.1:443/tcp\n");
        expected += &format!("{line} 10.0.0.1:443/tcp (https)\n");
    }
    let pieces = Pieces(input.as_bytes(), Random::new(14));
    let (status, out, err) = run(annotate(pieces), &[]);
    assert!((status, err.as_str()) == (0, "") && out == expected);
    // A word of any length is copied, in bounded memory.
    let long = "x".repeat(1_000_000);
    assert!(run(annotate(long.as_bytes()), &[]) == (0, long, String::new()));
}

#[test]
fn annotate_counts_lines_on_a_terminal() {
    let counted = |interval| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = annotate::run(&[], Some(interval), &b"22/tcp\n\n80/tcp\n"[..], &mut out, &mut err);
        assert_eq!((status, out.as_slice()), (0, &b"22/tcp (ssh)\n\n80/tcp (http)\n"[..]));
        String::from_utf8(err).unwrap()
    };
    assert_eq!(counted(Duration::MAX), "\r3 lines\n");
    assert_eq!(counted(Duration::ZERO), "\r3 lines\r3 lines\n");
}

#[test]
fn annotate_reports_an_input_that_fails() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let (status, out, err) = run(annotate(b"80/tcp\n".chain(Broken)), &[]);
    let expected = (2, "80/tcp (http)\n", "annotate: the disk is gone\n");
    assert_eq!((status, out.as_str(), err.as_str()), expected);
}

#[test]
fn help_bad_arguments_and_a_closed_pipe() {
    fn check<P: Program>(name: &str, program: impl Fn() -> P, bad: &[&str], bad_message: &str, writing: &[&[&str]]) {
        let (status, out, err) = run(program(), &["--help"]);
        assert_eq!((status, err.as_str()), (0, ""), "{name}");
        assert_eq!(run(program(), &["-h"]), (status, out.clone(), err), "{name}");
        assert!(out.starts_with(&format!("usage: {name} ")) && out.lines().all(|line| line.len() <= 120), "{out}");
        let message = format!("{name}: {bad_message}; see --help\n");
        assert_eq!(run(program(), bad), (2, String::new(), message));
        for arguments in writing {
            assert_eq!(run_unread(program(), arguments), (0, String::new()), "{name} {arguments:?}");
        }
        assert_eq!(run_unread(program(), &["--help"]), (0, String::new()), "{name}");
    }
    let ports = "expected one port, range of ports or service name";
    check("lookup", || lookup(100), &["--all", "80"], ports, &[&["80"], &["--json", "80"]]);
    check("export", || export::run, &["xml"], "expected csv, json or ports", &[&["csv"], &["ports"]]);
    check("annotate", || annotate(&b"80/tcp\n"[..]), &["80/tcp"], "expected no argument", &[&[]]);
    assert_eq!(run_unread(validate(b"http\n"), &[]), (0, String::new()));
    assert_eq!(run_unread(validate(b""), &["http"]), (0, String::new()));
    for help in ["-h", "--help"] {
        assert!(run(validate(b""), &[help]).1.starts_with("usage: validate "));
    }
}
