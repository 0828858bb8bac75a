//! registry/refresh.sh, each time in a small checkout of its own: what it puts in place, and that on any failure all
//! files are as they were.

#![cfg(unix)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

const REGISTRY: &str = "registry/service-names-port-numbers.xml";

/// A registry with this many services.
fn registry(updated: &str, rows: u16) -> String {
    let record = |port| format!("<record><name>s{port}</name><number>{port}</number><description/></record>\n");
    format!(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\n\
         <updated>{updated}</updated>\n{}</registry>\n",
        (1..=rows).map(record).collect::<String>()
    )
}

const CHANGELOG: &str = "# Changelog\n\nWhat is breaking.\n\n## 0.1.0\n\n- First.\n";

/// A folder with the script and the files that it changes, and beside it a folder for temporary files.
struct Checkout {
    root: PathBuf,
    temporary: PathBuf,
}

impl Checkout {
    /// In the name of the test that runs.
    fn new() -> Self {
        let test = std::thread::current().name().unwrap().to_owned();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refresh").join(test);
        let _ = fs::remove_dir_all(&folder);
        let (root, temporary) = (folder.join("checkout"), folder.join("temporary"));
        fs::create_dir_all(root.join("registry")).unwrap();
        fs::create_dir_all(&temporary).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("registry/refresh.sh");
        fs::copy(script, root.join("registry/refresh.sh")).unwrap();
        let checkout = Self { root, temporary };
        checkout.write(REGISTRY, registry("2020-01-31", 100));
        checkout.write("CHANGELOG.md", CHANGELOG);
        checkout.write("README.md", "The data is of 2020-01-31.\n");
        checkout.write("registry/README.md", "Nothing\n");
        checkout
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.root.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root.join(name)).unwrap()
    }

    fn changed(&self, name: &str) -> SystemTime {
        fs::metadata(self.root.join(name)).unwrap().modified().unwrap()
    }

    /// A file outside the checkout.
    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.root.with_file_name(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// The text of every file in the checkout, by its path.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.clone(), fs::read(path).unwrap());
                }
            }
        }
        files
    }

    /// The script, with a command in place of the tests.
    fn script(&self, tests: &str) -> Command {
        let mut examples = std::env::current_exe().unwrap();
        examples.pop();
        examples.pop();
        let mut command = Command::new("bash");
        command.arg(self.root.join("registry/refresh.sh")).env("no_proxy", "*");
        command.env("REGISTRY_DIFF", examples.join("examples/registry_diff"));
        command.env("REFRESH_TEST_COMMAND", tests).env("TMPDIR", &self.temporary).env("IANA_PORTS_XML", "other.xml");
        command
    }

    /// Runs the script; no temporary file stays.
    fn run(&self, command: &mut Command) -> (Option<i32>, String, String) {
        let Output { status, stdout, stderr } = command.output().unwrap();
        assert_eq!(fs::read_dir(&self.temporary).unwrap().count(), 0);
        (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
    }

    /// Runs the script on a source that it refuses: nothing changes, and no test runs.
    fn refuses(&self, source: impl AsRef<std::ffi::OsStr>, reason: &str) {
        let before = self.files();
        let (code, out, err) = self.run(self.script("touch tests-ran").arg(source));
        assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
        assert!(err.contains(reason), "{err}");
        assert!(err.ends_with("refresh: nothing was changed\n"), "{err}");
        assert!(self.files() == before, "{err}");
    }
}

fn has_curl() -> bool {
    let found = Command::new("curl").arg("--version").output().is_ok();
    if !found {
        common::skipped("fetching a URL", "curl");
    }
    found
}

#[test]
fn a_newer_release_takes_the_place_of_the_embedded_one() {
    let checkout = Checkout::new();
    let newer = registry("2020-02-29", 101);
    let path = checkout.file("newer.xml", &newer);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let tests = "cp registry/*.xml CHANGELOG.md .. && echo \"${IANA_PORTS_XML-none}\" > ../override";
    let before = SystemTime::now();
    let (code, out, err) = checkout.run(checkout.script(tests).arg(&path));
    let told = "refresh: the registry of 2020-02-29 is in place, and CHANGELOG.md tells what changed\n\
                refresh: the lines above still tell of 2020-01-31\n";
    assert_eq!((code, err.as_str()), (Some(0), told));
    assert!(out.starts_with("OLD  2020-01-31  100 rows\nNEW  2020-02-29  101 rows\n"), "{out}");
    assert!(out.contains("\nAdded: 1 row, newly registered\n  s101  101\n"), "{out}");
    assert!(out.ends_with("\nREADME.md:1:The data is of 2020-01-31.\n"), "{out}");

    assert_eq!(checkout.read(REGISTRY), newer);
    let status = "101/tcp, udp, sctp, dccp: Unassigned → Assigned, registered for `s101`";
    let changelog = format!(
        "# Changelog\n\nWhat is breaking.\n\n## Unreleased\n\n### Registry of 2020-02-29\n\n\
         - Now: IANA's release of 2020-02-29, 101 rows.\n\
         - Before: IANA's release of 2020-01-31, 100 rows.\n\
         - 100 rows in both.\n\n\
         Added: 1 row, newly registered.\n\n- `s101`, 101\n\n\
         Status: 4 ports, counted for each transport.\n\n- {status}\n\n\
         ## 0.1.0\n\n- First.\n"
    );
    assert_eq!(checkout.read("CHANGELOG.md"), changelog);
    // The tests saw the new files, and no override of them.
    assert_eq!(checkout.read("../service-names-port-numbers.xml"), newer);
    assert_eq!(checkout.read("../CHANGELOG.md"), changelog);
    assert_eq!(checkout.read("../override"), "none\n");
    assert_eq!(checkout.files().len(), 5);
    // Cargo sees that the file is new, however old the source is; and it can be written again.
    assert!(checkout.changed(REGISTRY) > before);
    let mode = fs::metadata(checkout.root.join(REGISTRY)).unwrap().permissions().mode();
    assert_eq!(mode & 0o600, 0o600);
}

#[test]
fn a_second_release_comes_under_the_same_heading() {
    let checkout = Checkout::new();
    for (day, rows) in [("2020-02-01", 101), ("2020-02-02", 102)] {
        let path = checkout.file("newer.xml", registry(day, rows));
        assert_eq!(checkout.run(checkout.script("true").arg(path)).0, Some(0));
    }
    let changelog = checkout.read("CHANGELOG.md");
    let headings: Vec<&str> = changelog.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        headings,
        ["# Changelog", "## Unreleased", "### Registry of 2020-02-02", "### Registry of 2020-02-01", "## 0.1.0"]
    );
    assert!(!changelog.contains("\n\n\n"), "{changelog}");
}

#[test]
fn a_relative_path_is_taken_from_where_the_caller_is() {
    let checkout = Checkout::new();
    checkout.file("newer.xml", registry("2020-02-29", 101));
    let (code, _, err) =
        checkout.run(checkout.script("true").arg("newer.xml").current_dir(checkout.root.parent().unwrap()));
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(checkout.read(REGISTRY), registry("2020-02-29", 101));
}

#[test]
fn what_is_no_newer_release_is_refused() {
    let checkout = Checkout::new();
    let whole = registry("2020-02-29", 100);
    let refuses = |name: &str, text: &str, reason: &str| checkout.refuses(checkout.file(name, text), reason);
    refuses(
        "truncated.xml",
        &whole[..whole.len() / 2],
        "service-names-port-numbers.xml:52: record 50: not well-formed",
    );
    refuses(
        "page.html",
        "<!DOCTYPE html>\n<html></html>\n",
        "service-names-port-numbers.xml:1: found a document type declaration (DTD); expected",
    );
    refuses("empty.xml", "", ":1: the file holds no XML element");
    let other = whole.replace("id=\"service-names-port-numbers\"", "id=\"protocol-numbers\"");
    refuses("other.xml", &other, "<registry> has id \"protocol-numbers\"");
    refuses(
        "older.xml",
        &registry("2020-01-30", 200),
        "older.xml is the release of 2020-01-30, older than the embedded one of 2020-01-31\n",
    );
    refuses(
        "smaller.xml",
        &registry("2020-02-29", 97),
        "smaller.xml has 97 rows, and the embedded registry 100: more than 2 % are gone\n",
    );
    let told = "refresh: BAD cannot be compared with the embedded registry\n";
    let bad = checkout.file("bad.xml", "bad");
    checkout.refuses(&bad, &told.replace("BAD", &bad.display().to_string()));
    refuses("none.xml", &registry("2020-02-29", 0), "none.xml has 0 rows");
    let missing = checkout.root.with_file_name("missing.xml");
    checkout.refuses(&missing, &format!("refresh: cannot read {}\n", missing.display()));
    checkout.refuses(&checkout.root, "refresh: cannot read ");
    checkout.refuses("", "refresh: cannot read ");
}

#[test]
fn a_changelog_that_is_missing_stops_it() {
    let checkout = Checkout::new();
    fs::remove_file(checkout.root.join("CHANGELOG.md")).unwrap();
    let before = checkout.files();
    let path = checkout.file("newer.xml", registry("2020-02-29", 101));
    let (code, _, err) = checkout.run(checkout.script("touch tests-ran").arg(path));
    assert!(code == Some(1) && err.ends_with("refresh: nothing was changed\n"), "{err}");
    assert!(checkout.files() == before);
}

#[test]
fn two_per_cent_may_go_and_the_day_may_stay() {
    let checkout = Checkout::new();
    checkout.write(REGISTRY, registry("2020-01-31", 1_000));
    checkout.refuses(checkout.file("smaller.xml", registry("2020-01-31", 979)), "more than 2 % are gone");
    let path = checkout.file("smaller.xml", registry("2020-01-31", 980));
    let (code, out, err) = checkout.run(checkout.script("true").arg(path));
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("\nRemoved: 20 rows, registered no longer\n  s981   981\n"), "{out}");
    assert!(!err.contains("still tell"), "{err}");
}

#[test]
fn what_is_embedded_already_is_left_alone() {
    let checkout = Checkout::new();
    let before = checkout.files();
    let path = checkout.file("same.xml", registry("2020-01-31", 100));
    let (code, out, err) = checkout.run(checkout.script("touch tests-ran").arg(&path));
    let told = format!("refresh: {} is what is embedded; nothing to do\n", path.display());
    assert_eq!((code, out.as_str(), err), (Some(0), "", told));
    assert!(checkout.files() == before);
}

#[test]
fn tests_that_fail_bring_everything_back() {
    let checkout = Checkout::new();
    let before = checkout.files();
    let path = checkout.file("newer.xml", registry("2020-02-29", 101));
    let (code, _, err) = checkout.run(checkout.script("cp -r . ../seen; sleep 0.1; exit 3").arg(path));
    assert_eq!(code, Some(1));
    assert_eq!(err, "refresh: the tests fail with the release of 2020-02-29\nrefresh: nothing was changed\n");
    assert!(checkout.files() == before);
    assert_eq!(checkout.read("../seen/registry/service-names-port-numbers.xml"), registry("2020-02-29", 101));
    // What cargo built from the new file is older than the file that is back.
    assert!(checkout.changed(REGISTRY) > checkout.changed("../seen/CHANGELOG.md"));
}

#[test]
fn an_interrupt_brings_everything_back() {
    for (signal, expected) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
        let checkout = Checkout::new();
        let before = checkout.files();
        let path = checkout.file("newer.xml", registry("2020-02-29", 101));
        let tests = format!("cp CHANGELOG.md ../seen && kill -s {signal} $PPID");
        let (code, _, err) = checkout.run(checkout.script(&tests).arg(path));
        assert_eq!((code, err.as_str()), (Some(expected), "refresh: nothing was changed\n"));
        assert!(checkout.files() == before);
        assert!(checkout.read("../seen").contains("## Unreleased"));
    }
}

#[test]
fn amendments_that_may_be_taken_back_are_told() {
    let note = "<note title=\"Amendments\">Ports were amended from a list of 2020-06-30.</note>\n</registry>";
    for (day, told) in [("2020-06-29", true), ("2020-06-30", false)] {
        let checkout = Checkout::new();
        checkout.write(REGISTRY, registry("2020-01-31", 100).replace("</registry>", note));
        let path = checkout.file("newer.xml", registry(day, 99));
        let (code, _, err) = checkout.run(checkout.script("true").arg(path));
        assert_eq!(code, Some(0), "{err}");
        let lines = format!(
            "refresh: note: of the embedded registry: Ports were amended from a list of 2020-06-30.\n\
             refresh: note: the release of {day} may not have all of that yet; see above what it takes back\n"
        );
        assert_eq!(err.contains(&lines), told, "{err}");
        assert_eq!(err.contains("note:"), told, "{err}");
    }
}

#[test]
fn without_an_argument_it_fetches_ianas_file() {
    let checkout = Checkout::new();
    let newer = checkout.file("newer.xml", registry("2020-02-29", 101));
    // A function in place of curl: of its arguments, `--output` and what follows count, and the last.
    let curl = format!(
        "curl() {{ echo \"${{@: -1}}\" > '{}'; while [ \"$1\" != --output ]; do shift; done; cp '{}' \"$2\"; }}",
        checkout.root.with_file_name("url").display(),
        newer.display()
    );
    let (code, _, err) = checkout.run(checkout.script("true").env("BASH_ENV", checkout.file("curl.bash", curl)));
    assert_eq!(code, Some(0), "{err}");
    let url = "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xml\n";
    assert_eq!(checkout.read("../url"), url);
    assert_eq!(checkout.read(REGISTRY), registry("2020-02-29", 101));
}

#[test]
fn a_url_is_fetched() {
    if !has_curl() {
        return;
    }
    let checkout = Checkout::new();
    let missing = format!("file://{}", checkout.root.with_file_name("missing.xml").display());
    checkout.refuses(&missing, &format!("refresh: cannot fetch {missing}\n"));

    // A server's error page is no release, even if it looks like one.
    let page = registry("2020-02-29", 101);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/registry.xml", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        for status in ["404 Not Found", "200 OK"] {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}", page.len())
                .unwrap();
        }
    });
    checkout.refuses(&url, &format!("refresh: cannot fetch {url}\n"));
    let (code, _, err) = checkout.run(checkout.script("true").arg(&url));
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(checkout.read(REGISTRY), registry("2020-02-29", 101));
    server.join().unwrap();
}

#[test]
fn it_can_be_called_by_its_path() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("registry/refresh.sh");
    assert_eq!(fs::metadata(&script).unwrap().permissions().mode() & 0o111, 0o111);
    assert!(fs::read_to_string(&script).unwrap().starts_with("#!/usr/bin/env bash\n"));
}

#[test]
fn bad_arguments_are_told() {
    let checkout = Checkout::new();
    let before = checkout.files();
    for arguments in [&["a.xml", "b.xml"][..], &["--help"]] {
        let (code, out, err) = checkout.run(checkout.script("touch tests-ran").args(arguments));
        assert_eq!((code, out.as_str(), err.as_str()), (Some(2), "", "usage: registry/refresh.sh [FILE|URL]\n"));
    }
    assert!(checkout.files() == before);
}
