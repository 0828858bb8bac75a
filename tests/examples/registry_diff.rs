//! registry/diff.rs: its exact output for a small pair of files, and for other pairs which services it lists.

#[path = "../../registry/diff.rs"]
#[allow(dead_code, reason = "its `main`, and what only the build reads")]
mod diff;

use crate::common::program::Failing;
use crate::common::{Random, folder, oracle, skipped};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Exit status, output and messages.
fn run(arguments: &[&Path]) -> (u8, String, String) {
    let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
    let mut out = Vec::new();
    let mut err = Vec::new();
    let status = diff::run(&arguments, &mut out, &mut err);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

thread_local! {
    /// Each test runs in a thread of its own.
    static FOLDER: PathBuf = folder(&std::thread::current().name().unwrap().replace("::", "/"));
}

/// A file of the test that runs.
fn file(name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = FOLDER.with(|folder| folder.join(name));
    fs::write(&path, text).unwrap();
    path
}

/// A registry of this date; the records start on line 3.
fn registry(updated: &str, records: &str) -> String {
    format!(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\n\
         <updated>{updated}</updated>\n{records}</registry>\n"
    )
}

/// A record of name, transport, ports and description, and what else there is.
fn record(name: &str, protocol: &str, number: &str, description: &str, more: &str) -> String {
    let element = |tag: &str, text: &str| match text {
        "" => String::new(),
        text => format!("<{tag}>{text}</{tag}>"),
    };
    let [name, protocol, number] =
        [("name", name), ("protocol", protocol), ("number", number)].map(|(a, b)| element(a, b));
    format!("<record>{name}{protocol}{number}<description>{description}</description>{more}</record>\n")
}

/// Two files with something in each group.
fn small_pair() -> [PathBuf; 2] {
    const NOTE: &str = "This note is long enough that the words in common are not shown, up to here:";
    let old = [
        "<note title=\"Amendments\">Ports were amended from a list.</note>\n".to_owned(),
        record("keep", "tcp", "1", "Stays", ""),
        record("keep", "udp", "1", "Stays", ""),
        record("", "tcp", "2", "Reserved", ""),
        record("", "", "3-9", "Unassigned", ""),
        record("first", "tcp", "10", "One", ""),
        record("second", "tcp", "10", "Two", ""),
        record("Case", "tcp", "11", "Spelt", "<xref type=\"person\" data=\"A_B\"/>"),
        record("before", "tcp", "12", "Same", ""),
        record("before", "udp", "12", "Same", ""),
        record("mover", "tcp", "13", "Moves", ""),
        record("mover", "udp", "13", "Moves", ""),
        record("freed", "tcp", "14-15", "Goes *away*", ""),
        record("", "", "16-16", "Unassigned", ""),
        record("", "tcp", "17", "any private use", ""),
        record("span", "", "20-29", "Every transport", ""),
        record("twin", "tcp", "", "A", ""),
        record("twin", "tcp", "", "B", ""),
        record("oldname", "udp", "", "No port", ""),
        record("noted", "", "", "N", &format!("<note>{NOTE} one</note>")),
    ];
    let new = [
        record("keep", "udp", "1", "Stays", ""),
        record("keep", "tcp", "1", "Stays", ""),
        record("fresh", "tcp", "2", "Has a &lt;long&gt; description, for which the room on one line will not do", ""),
        record("", "", "3-4", "Unassigned", ""),
        record("fresh", "tcp", "5", "F", ""),
        record("", "udp", "5", "Reserved", ""),
        record("", "", "6-9", "Unassigned", ""),
        record("second", "tcp", "10", "Two", ""),
        record("first", "tcp", "10", "One", ""),
        record("CASE", "tcp", "11", "Spelt", "<xref type=\"person\" data=\"C_D\"/><assignee/>"),
        record("after", "tcp", "12", "Same", ""),
        record("after", "udp", "12", "Same", ""),
        record("mover", "tcp", "", "Moves", ""),
        record("mover", "sctp", "13", "Moved", ""),
        record("", "", "14", "Reserved", ""),
        record("", "", "16", "Unassigned", ""),
        record("", "tcp", "17", "any private use", ""),
        record("span", "", "20-29", "Every transport", "<sc>7</sc>"),
        record("twin", "tcp", "", "B", "<unauthorized>x</unauthorized>"),
        record("twin", "tcp", "", "A", "<unauthorized>y</unauthorized>"),
        record("newname", "udp", "", "No port", ""),
        record("noted", "", "", "N", &format!("<note>{NOTE} two</note>")),
    ];
    [file("old.xml", registry("2020-01-31", &old.concat())), file("new.xml", registry("2020-02-29", &new.concat()))]
}

#[test]
fn markdown_of_a_small_pair() {
    let [old, new] = small_pair();
    let expected = "\
### Registry of 2020-02-29

- Now: registry file dated 2020-02-29, 22 rows.
- Before: registry file dated 2020-01-31, 19 rows. `Ports were amended from a list.`
- 5 rows in both.

Added: 5 rows, newly registered.

- `fresh`, 2/tcp: `Has a <long> description, for which the room on one line will not do`
- `fresh`, 5/tcp: `F`
- `after`, 12/tcp, udp: `Same`
- `newname`, no port/udp: `No port`

Removed: 4 rows, registered no longer.

- `before`, 12/tcp, udp: `Same`
- `freed`, 14-15/tcp: `Goes *away*`
- `oldname`, no port/udp: `No port`

Moved: 3 → 4 rows, registered on other ports or transports.

- `Reserved` (no name), 2/tcp → 5/udp; 14
- `mover`, 13/tcp, udp → 13/sctp; no port/tcp: Description

Changed: 5 rows, registered as before, with other columns.

- `CASE`, 11/tcp: Service Name, Assignee, Contact
- `span`, 20-29: Service Code
- `noted`, no port: Assignment Notes
- `twin`, no port/tcp: Unauthorized Use Reported

Unassigned: 2 → 3 rows, cut in another way.
";
    assert_eq!(run(&[&old, &new]), (0, expected.to_owned(), String::new()));
    assert_eq!(run(&["--check".as_ref(), &old, &new]), run(&[&old, &new]));
}

#[test]
fn a_file_does_not_differ_from_itself() {
    let [old, _] = small_pair();
    let expected = "\
### Registry of 2020-01-31

- Now: registry file dated 2020-01-31, 19 rows. `Ports were amended from a list.`
- Before: registry file dated 2020-01-31, 19 rows. `Ports were amended from a list.`
- 19 rows in both.
";
    assert_eq!(run(&["--check".as_ref(), &old, &old]), (0, expected.to_owned(), String::new()));
}

#[test]
fn check_rejects_an_older_or_smaller_file() {
    let rows =
        |number: usize| -> String { (1..=number).map(|port| record("a", "", &port.to_string(), "", "")).collect() };
    let old = file("old.xml", registry("2020-01-31", &rows(1_000)));
    for (name, updated, number, message) in [
        ("older.xml", "2020-01-30", 2_000, "the new file is of 2020-01-30, older than the old one of 2020-01-31\n"),
        (
            "smaller.xml",
            "2020-02-01",
            979,
            "the new file has 979 rows, the old one 1,000 rows: more than 2 % are gone\n",
        ),
        ("empty.xml", "2020-02-01", 0, "the new file has 0 rows, the old one 1,000 rows: more than 2 % are gone\n"),
        ("same-day.xml", "2020-01-31", 980, ""),
    ] {
        let new = file(name, registry(updated, &rows(number)));
        let (status, out, err) = run(&["--check".as_ref(), &old, &new]);
        assert_eq!(
            (status, out.is_empty(), err.as_str()),
            (u8::from(!message.is_empty()), !message.is_empty(), message)
        );
        assert_eq!(run(&[&old, &new]).0, 0);
    }
}

/// Checks that each service is listed of which the rows differ, and no other; and the number of rows in both.
#[track_caller]
fn check(old: &Path, new: &Path) {
    let (status, out, _) = run(&[old, new]);
    assert_eq!(status, 0);
    let mut bags = [old, new].map(|path| {
        let mut bag = BTreeMap::<_, usize>::new();
        for row in oracle::rows_of(&fs::read_to_string(path).unwrap()) {
            *bag.entry((row.name().to_ascii_lowercase(), format!("{:?}", row.status()), row.cells)).or_default() += 1;
        }
        bag
    });
    let mut both = 0;
    let mut services = BTreeSet::new();
    let keys: BTreeSet<_> = bags.iter().flat_map(|bag| bag.keys().cloned()).collect();
    for row in keys {
        let [old, new] = bags.each_mut().map(|bag| bag.remove(&row).unwrap_or_default());
        both += old.min(new);
        if old != new && (!row.0.is_empty() || row.1 != "Unassigned") {
            services.insert(row.0);
        }
    }
    let listed = out.lines().skip_while(|line| !line.ends_with(" in both.")).filter_map(|line| line.strip_prefix("- "));
    let label = |line: &str| match line.split_once(" (no name)") {
        Some(_) => String::new(),
        None => line.split('`').nth(1).unwrap_or("").to_ascii_lowercase(),
    };
    let mut listed: Vec<String> = listed.map(str::to_owned).collect();
    let count = listed.remove(0);
    assert_eq!(count.replace(',', "").split(' ').next(), Some(both.to_string().as_str()), "{out}");
    assert_eq!(listed.iter().map(|line| label(line)).collect::<BTreeSet<_>>(), services, "{out}");
}

/// Needs IANA's file of 2025-10-30, named by the variable NEWER_XML.
#[test]
fn from_the_built_in_registry_to_ianas_newer_file() {
    let Some(newer) = std::env::var_os("NEWER_XML").filter(|path| !path.is_empty()) else {
        return skipped("the comparison with IANA's file of 2025-10-30", "NEWER_XML");
    };
    check(&file("built-in.xml", oracle::xml()), Path::new(&newer));
}

#[test]
fn random_small_registries() {
    let mut random = Random::new(6335);
    for round in 0..40 {
        let [old, new] = ["old", "new"].map(|side| {
            let spelling = random.choose(&["b", "B"]);
            let mut records = String::new();
            for _ in 0..random.choose(&[0, 4, 12, 24]) {
                let name = random.choose(&["", "", "a", spelling, side]);
                let protocol = random.choose(&["", "tcp", "udp"]);
                let number = random.choose(&["", "1", "2", "2-2", "1-3", "3", "0-65535"]);
                let description = random.choose(&["d", "Unassigned", "Reserved", "any private use"]);
                let more = random.choose(&["", "", "<sc>1</sc>"]);
                records += &record(name, protocol, number, description, more);
            }
            file(&format!("{side}-{round}.xml"), registry("2020-01-31", &records))
        });
        check(&old, &new);
    }
}

const EXPECTED: &str = "expected <registry> with id=\"service-names-port-numbers\", IANA's XML of the registry";

#[test]
fn invalid_files_give_a_one_line_error() {
    let [good, _] = small_pair();
    let fails = |arguments: &[&Path], message: &str| {
        assert_eq!(run(arguments), (2, String::new(), format!("{message}\n")));
    };
    let whole = fs::read_to_string(&good).unwrap();
    let record = record("a", "tcp", "65536", "d", "");
    for (name, text, message) in [
        (
            "page.html",
            "<!DOCTYPE html>\n<html><body/></html>",
            format!(":1: found a document type declaration (DTD); {EXPECTED}").as_str(),
        ),
        (
            "other.xml",
            &whole.replace("service-names-port-numbers", "protocol-numbers"),
            ":1: <registry> has id \"protocol-numbers\"; expected \"service-names-port-numbers\"",
        ),
        ("short.xml", &whole[..whole.len() - 12], ":23: the file ends inside <registry>"),
        (
            "port.xml",
            &registry("2020-01-31", &record),
            ":3: record 1: invalid port number `65536`: expected N or N-M, where N <= M <= 65535",
        ),
        ("date.xml", &registry("June", ""), ":2: invalid <updated> `June`: expected YYYY-MM-DD, from 1970 to 2097"),
    ] {
        let bad = file(name, text);
        let message = format!("{}{message}", bad.display());
        fails(&[&bad, &good], &message);
        fails(&["--check".as_ref(), &good, &bad], &message);
    }
    let bytes = file("latin-1.xml", b"<registry>\xe9");
    fails(&[&good, &bytes], &format!("{}:1: not UTF-8; {}", bytes.display(), EXPECTED));
    let missing = good.with_file_name("missing.xml");
    let reason = fs::read(&missing).unwrap_err();
    fails(&[&missing, &good], &format!("{}: {reason}; {EXPECTED}", missing.display()));
    let usage = "usage: registry_diff [--check] OLD.xml NEW.xml";
    let check = Path::new("--check");
    for arguments in
        [&[][..], &[good.as_path()], &[check, &good], &[&good, &good, &good], &[check, check, &good, &good]]
    {
        fails(arguments, usage);
    }
    for help in ["-h", "--help"] {
        assert_eq!(run(&[help.as_ref()]), (0, format!("{usage}\n"), String::new()));
    }
}

#[test]
fn unknown_status_is_reported() {
    let [old, _] = small_pair();
    let new = file("lent.xml", registry("2020-01-31", &record("", "", "9", "Lent out", "")));
    let (code, out, err) = run(&[&old, &new]);
    assert_eq!((code, err.lines().count()), (0, 1));
    assert!(err.starts_with(&format!("{}:3: record 1: unknown status `Lent out`", new.display())), "{err}");
    assert!(out.contains("\n- `Lent out` (no name), 17/tcp → 9: Description\n"), "{out}");
}

/// What would close an issue, mention someone or end a code span in a pull request.
#[test]
fn markdown_in_descriptions_is_escaped() {
    let [old, _] = small_pair();
    for (description, shown) in [
        ("Fixes #1 and closes owner/repo#2, cc @someone", "`Fixes #1 and closes owner/repo#2, cc @someone`"),
        ("[a](http://a.example) **b**", "`[a](http://a.example) **b**`"),
        ("a `b` c", "`` a `b` c ``"),
        ("```` @someone", "````` ```` @someone `````"),
        ("a\u{202e}b\u{9b}31m", "`a\\u{202e}b\\u{9b}31m`"),
    ] {
        let new = file("markup.xml", registry("2020-01-31", &record("new", "", "9", description, "")));
        let (code, out, _) = run(&[&old, &new]);
        assert_eq!(code, 0);
        assert!(out.contains(&format!("\n- `new`, 9: {shown}\n")), "{out}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let [old, new] = small_pair().map(OsString::from);
    for options in [None, Some("--check")] {
        let arguments: Vec<OsString> =
            options.map(OsString::from).into_iter().chain([old.clone(), new.clone()]).collect();
        let mut err = Vec::new();
        assert_eq!(diff::run(&arguments, &mut Failing(ErrorKind::BrokenPipe), &mut err), 0);
        assert_eq!(err, b"");
        assert_eq!(diff::run(&arguments, &mut Failing(ErrorKind::StorageFull), &mut err), 2);
        assert!(err.starts_with(b"registry_diff: "));
    }
}

// Other systems have no such names.
#[cfg(target_os = "linux")]
#[test]
fn a_path_need_not_be_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let [old, new] = small_pair();
    let odd = old.with_file_name(std::ffi::OsStr::from_bytes(b"odd-\xff.xml"));
    fs::copy(&new, &odd).unwrap();
    assert_eq!(run(&[&old, &odd]), run(&[&old, &new]));
}
