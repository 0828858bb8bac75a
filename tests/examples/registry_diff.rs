//! registry/diff.rs: its exact output for a small pair of files, and for other pairs which services it lists.

#[path = "../../registry/diff.rs"]
#[allow(dead_code, reason = "its `main`, and what only the build reads")]
mod diff;

use crate::common::program::Failing;
use crate::common::{Random, folder, oracle, skipped};
use iana_ports::EntryStatus;
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

/// Writes these texts to files, in a folder for the test.
fn files<const N: usize>(test: &str, texts: [String; N]) -> [PathBuf; N] {
    let folder = folder(test);
    std::array::from_fn(|number| {
        let path = folder.join(format!("{number}.xml"));
        fs::write(&path, &texts[number]).unwrap();
        path
    })
}

/// A registry of this date, with a record on each line from the third: name, transport, ports, description, and more
/// elements.
fn registry(updated: &str, records: &str) -> String {
    let record = |line: &str| {
        let mut columns = line.splitn(5, '|');
        let [name, protocol, number, description, more] = [(); 5].map(|()| columns.next().unwrap_or(""));
        format!(
            "<record><name>{name}</name><protocol>{protocol}</protocol><number>{number}</number>\
             <description>{description}</description>{more}</record>\n"
        )
    };
    format!(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\n\
         <updated>{updated}</updated>\n{}</registry>\n",
        records.lines().map(record).collect::<String>()
    )
}

/// Two registries with something in each group.
fn small_pair() -> [String; 2] {
    let old = "\
keep|tcp|1|Stays
keep|udp|1|Stays
|tcp|2|Reserved
||3-9|Unassigned
first|tcp|10|One
second|tcp|10|Two
Case|tcp|11|Spelt|<xref type='person' data='A_B'/>
before|tcp|12|Same
before|udp|12|Same
mover|tcp|13|Moves
mover|udp|13|Moves
freed|tcp|14-15|Goes *away*
||16-16|Unassigned
|tcp|17|any private use
span||20-29|Every transport
twin|tcp||A
twin|tcp||B
oldname|udp||No port
noted|||N|<note>one</note>";
    let new = "\
keep|udp|1|Stays
keep|tcp|1|Stays
fresh|tcp|2|Has a &lt;long&gt; description, for which the room on one line will not do
||3-4|Unassigned
fresh|tcp|5|F
|udp|5|Reserved
||6-9|Unassigned
second|tcp|10|Two
first|tcp|10|One
CASE|tcp|11|Spelt|<xref type='person' data='C_D'/><assignee/>
after|tcp|12|Same
after|udp|12|Same
mover|tcp||Moves
mover|sctp|13|Moved
||14|Reserved
||16|Unassigned
|tcp|17|any private use
span||20-29|Every transport|<sc>7</sc>
twin|tcp||B|<unauthorized>x</unauthorized>
twin|tcp||A|<unauthorized>y</unauthorized>
newname|udp||No port
noted|||N|<note>two</note>";
    let note = "<note title='Amendments'>Ports were amended with a list.</note></registry>";
    [registry("2020-01-31", old).replace("</registry>", note), registry("2020-02-29", new)]
}

#[test]
fn markdown_of_a_small_pair() {
    let [old, new] = files("small", small_pair());
    let expected = "\
### Registry of 2020-02-29

- Now: registry file dated 2020-02-29, 22 rows.
- Before: registry file dated 2020-01-31, 19 rows. `Ports were amended with a list.`
- 5 rows in both.

Added: 5 rows, newly registered.

- `fresh`, 2/tcp: `Has a <long> description, for which the room on one line will not do`
- `fresh`, 5/tcp: `F`
- `after`, 12/tcp, udp: `Same`
- `newname`, no port/udp: `No port`

Removed: 4 rows, no longer registered.

- `before`, 12/tcp, udp: `Same`
- `freed`, 14-15/tcp: `Goes *away*`
- `oldname`, no port/udp: `No port`

Moved: 3 → 4 rows, registered on other ports or transports.

- `Reserved` (no name), 2/tcp → 5/udp; 14
- `mover`, 13/tcp, udp → 13/sctp; no port/tcp: Description

Changed: 5 rows, on the same ports, with differences in other columns.

- `CASE`, 11/tcp: Service Name, Assignee, Contact
- `span`, 20-29: Service Code
- `noted`, no port: Assignment Notes
- `twin`, no port/tcp: Unauthorized Use Reported

Unassigned: 2 → 3 rows, in other blocks.
";
    assert_eq!(run(&[&old, &new]), (0, expected.to_owned(), String::new()));
    assert_eq!(run(&["--check".as_ref(), &old, &new]), run(&[&old, &new]));
    let same = "\
### Registry of 2020-02-29

- Now: registry file dated 2020-02-29, 22 rows.
- Before: registry file dated 2020-02-29, 22 rows.
- 22 rows in both.
";
    assert_eq!(run(&["--check".as_ref(), &new, &new]), (0, same.to_owned(), String::new()));
}

#[test]
fn check_rejects_an_older_or_smaller_file() {
    let rows = |updated, number: usize| {
        registry(updated, &(1..=number).map(|port| format!("a||{port}|\n")).collect::<String>())
    };
    for (updated, number, message) in [
        ("2020-01-30", 2_000, "the new file is of 2020-01-30, older than the old one of 2020-01-31\n"),
        ("2020-02-01", 979, "the new file has 979 rows, the old one 1,000 rows: more than 2 % are gone\n"),
        ("2020-02-01", 0, "the new file has 0 rows, the old one 1,000 rows: more than 2 % are gone\n"),
        ("2020-01-31", 980, ""),
    ] {
        let [old, new] = files("check", [rows("2020-01-31", 1_000), rows(updated, number)]);
        let (status, out, err) = run(&["--check".as_ref(), &old, &new]);
        let is_rejected = !message.is_empty();
        assert_eq!((status, out.is_empty(), &*err), (u8::from(is_rejected), is_rejected, message));
        assert_eq!(run(&[&old, &new]).0, 0);
    }
}

/// Checks that each service is listed of which the rows differ, and no other; and the number of rows in both.
#[track_caller]
fn check(old: &Path, new: &Path) {
    let (status, out, _) = run(&[old, new]);
    assert_eq!(status, 0);
    // How often each row is in the old file and in the new one.
    let mut counts = BTreeMap::<_, [usize; 2]>::new();
    for (side, path) in [old, new].into_iter().enumerate() {
        for row in oracle::rows_of(&fs::read_to_string(path).unwrap()) {
            let is_free = row.status() == EntryStatus::Unassigned;
            counts.entry((row.name().to_ascii_lowercase(), is_free, row.cells)).or_default()[side] += 1;
        }
    }
    let both: usize = counts.values().map(|[old, new]| old.min(new)).sum();
    let differing = counts.iter().filter(|((_, is_free, _), [old, new])| !is_free && old != new);
    let services: BTreeSet<String> = differing.map(|((name, ..), _)| name.clone()).collect();
    let (head, lists) = out.split_once(" in both.").unwrap();
    let (number, _) = head.rsplit_once("- ").unwrap().1.split_once(" row").unwrap();
    assert_eq!(number.replace(',', ""), both.to_string(), "{out}");
    let listed = lists.lines().filter_map(|line| line.strip_prefix("- ")).map(|line| {
        let label = line.split('`').nth(1).unwrap().to_ascii_lowercase();
        if line.contains(" (no name)") { String::new() } else { label }
    });
    assert_eq!(listed.collect::<BTreeSet<_>>(), services, "{out}");
}

/// Needs IANA's file of 2025-10-30, named by the variable NEWER_XML.
#[test]
fn from_the_built_in_registry_to_ianas_newer_file() {
    let Some(newer) = std::env::var_os("NEWER_XML").filter(|path| !path.is_empty()) else {
        return skipped("the comparison with IANA's file of 2025-10-30", "NEWER_XML");
    };
    let [built_in] = files("built-in", [oracle::xml().to_owned()]);
    check(&built_in, Path::new(&newer));
}

#[test]
fn random_small_registries() {
    let mut random = Random::new(6335);
    for _ in 0..40 {
        let [old, new] = files(
            "random",
            ["old", "new"].map(|side| {
                let spelling = random.choose(&["b", "B"]);
                let mut record = || {
                    let name = random.choose(&["", "", "a", spelling, side]);
                    let protocol = random.choose(&["", "tcp", "udp"]);
                    let number = random.choose(&["", "1", "2", "2-2", "1-3", "3", "0-65535"]);
                    let description = random.choose(&["d", "Unassigned", "Reserved", "any private use"]);
                    let more = random.choose(&["", "", "<sc>1</sc>"]);
                    format!("{name}|{protocol}|{number}|{description}|{more}\n")
                };
                let count = [0, 4, 12, 24][record().len() % 4];
                registry("2020-01-31", &(0..count).map(|_| record()).collect::<String>())
            }),
        );
        check(&old, &new);
    }
}

#[test]
fn invalid_files_give_a_one_line_error() {
    const EXPECTED: &str = "expected <registry> with id=\"service-names-port-numbers\", IANA's XML of the registry";
    let fails = |arguments: &[&Path], message: &str| {
        assert_eq!(run(arguments), (2, String::new(), format!("{message}\n")));
    };
    let check = Path::new("--check");
    for (text, message) in [
        ("<html><body/></html>".to_owned(), format!(":1: found <html>; {EXPECTED}")),
        (
            registry("2020-01-31", "a|tcp|65536|d"),
            ":3: record 1: invalid port number `65536`: expected N or N-M, where N <= M <= 65535".to_owned(),
        ),
    ] {
        let [good, bad] = files("invalid", [registry("2020-01-31", ""), text]);
        let message = format!("{}{message}", bad.display());
        fails(&[&bad, &good], &message);
        fails(&[check, &good, &bad], &message);
    }
    let [good] = files("invalid", [registry("2020-01-31", "")]);
    let missing = good.with_file_name("missing\u{9b}.xml");
    let reason = fs::read(&missing).unwrap_err();
    let shown = good.with_file_name("missing\\u{9b}.xml");
    fails(&[&missing, &good], &format!("{}: {reason}; {EXPECTED}", shown.display()));
    let usage = "usage: registry_diff [--check] OLD.xml NEW.xml";
    for arguments in [&[][..], &[&*good], &[check, &good], &[&good, &good, &good], &[check, check, &good, &good]] {
        fails(arguments, usage);
    }
    for help in ["-h", "--help"] {
        assert_eq!(run(&[help.as_ref()]), (0, format!("{usage}\n"), String::new()));
    }
}

#[test]
fn unknown_status_is_reported() {
    let [old, new] = files("unknown", [small_pair()[0].clone(), registry("2020-01-31", "||9|Lent out")]);
    let (code, out, err) = run(&[&old, &new]);
    assert_eq!((code, err.lines().count()), (0, 1));
    assert!(err.starts_with(&format!("{}:3: record 1: unknown status `Lent out`", new.display())), "{err}");
    assert!(out.contains("\n- `Lent out` (no name), 17/tcp → 9: Description\n"), "{out}");
}

/// What would close an issue, mention someone or end a code span in a pull request, or act on a terminal.
#[test]
fn markup_in_descriptions_is_escaped() {
    for (description, shown) in [
        ("Fixes #1 and closes owner/repo#2, cc @someone", "`Fixes #1 and closes owner/repo#2, cc @someone`"),
        ("[a](http://a.example) **b**", "`[a](http://a.example) **b**`"),
        ("a `b` c", "`` a `b` c ``"),
        ("```` @someone", "````` ```` @someone `````"),
        ("a\u{202e}b\u{9b}31m", "`a\\u{202e}b\\u{9b}31m`"),
    ] {
        let [old, new] = ["", &format!("new||9|{description}")].map(|records| registry("2020-01-31", records));
        let [old, new] = files("markup", [old, new]);
        let (code, out, _) = run(&[&old, &new]);
        assert_eq!(code, 0);
        assert!(out.contains(&format!("\n- `new`, 9: {shown}\n")), "{out}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let [old, new] = files("pipe", small_pair()).map(OsString::from);
    for arguments in [&[old.clone(), new.clone()][..], &["--check".into(), old, new], &["--help".into()]] {
        let mut err = Vec::new();
        assert_eq!(diff::run(arguments, &mut Failing(ErrorKind::BrokenPipe), &mut err), 0);
        assert_eq!(err, b"");
        assert_eq!(diff::run(arguments, &mut Failing(ErrorKind::StorageFull), &mut err), 2);
        assert!(err.starts_with(b"registry_diff: "));
    }
}

// Other systems have no such names.
#[cfg(target_os = "linux")]
#[test]
fn a_path_need_not_be_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let [old, new] = files("odd", small_pair());
    let odd = old.with_file_name(std::ffi::OsStr::from_bytes(b"odd-\xff.xml"));
    fs::copy(&new, &odd).unwrap();
    assert_eq!(run(&[&old, &odd]), run(&[&old, &new]));
}
