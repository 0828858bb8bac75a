//! The example programs, run as a person would.

mod common;

use common::oracle;
use common::program::{example, run, run_unread};
use std::io::Write;
use std::process::{Output, Stdio};

#[test]
fn lookup_prints_what_is_registered() {
    let (code, out, err) = run("lookup", &["10050/tcp"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("zabbix-agent  10050/tcp\n  description       Zabbix Agent\n"), "{out}");

    let (_, by_port, _) = run("lookup", &["10050"]);
    let (_, by_name, _) = run("lookup", &["Zabbix-Agent"]);
    assert_eq!(by_port, by_name);
    assert!(by_port.starts_with(&out) && by_port.contains("\n\nzabbix-agent  10050/udp\n"), "{by_port}");

    let (code, out, _) = run("lookup", &["x11"]);
    assert!(code == Some(0) && out.starts_with("x11  6000-6063/tcp\n"), "{out}");
    let (code, out, _) = run("lookup", &["80/tcp"]);
    let names: Vec<_> = out.lines().filter(|line| line.ends_with("  80/tcp")).collect();
    assert_eq!((code, names), (Some(0), vec!["http  80/tcp", "www  80/tcp", "www-http  80/tcp"]));
}

#[test]
fn lookup_tells_nothing_found_from_bad_input() {
    for nothing in ["9303/udp", "no-such-name", "50000", "zabbix-agent/dccp"] {
        let (code, out, err) = run("lookup", &[nothing]);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{nothing}");
        assert_eq!((err.starts_with("lookup: "), err.lines().count()), (true, 1), "{nothing}: {err}");
    }
    for bad in [&["65536"][..], &[""], &["80/foo"], &["/tcp"], &["80/"], &[], &["80", "81"]] {
        let (code, out, err) = run("lookup", bad);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{bad:?}");
        assert_eq!(err.lines().count(), 1, "{bad:?}: {err}");
    }
}

#[test]
fn lookup_takes_ranges() {
    let (code, out, err) = run("lookup", &["6010-6020/tcp"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("x11  6000-6063/tcp\n"), "{out}");
    assert_eq!(run("lookup", &["9303-9305/udp"]).2, "lookup: nothing is registered for 9303-9305/udp\n");
}

#[test]
fn validate_prints_every_broken_rule() {
    let (code, out, err) = run("validate", &["http", "documentum_s", "-23\u{7}"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert_eq!(
        out,
        "good http\n\
         bad  documentum_s\n     \
         \"documentum_s\" has '_' at byte 10: a service name must have only ASCII letters, digits and hyphens\n     \
         registered before RFC 6335; IANA replaced it with documentum-s\n\
         bad  -23\\u{7}\n     \
         \"-23\\u{7}\" has '\\u{7}' at byte 3: a service name must have only ASCII letters, digits and hyphens\n     \
         \"-23\\u{7}\" has no ASCII letter: a service name must have at least one ASCII letter\n     \
         \"-23\\u{7}\" has a hyphen at byte 0: a service name must not begin with a hyphen\n"
    );
    assert_eq!(run("validate", &["http", "IPP"]), (Some(0), "good http\ngood IPP\n".to_owned(), String::new()));
}

#[test]
fn validate_reads_the_lines_of_standard_input() {
    let validate = |input: &[u8]| {
        let mut child = example("validate").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let Output { status, stdout, .. } = child.wait_with_output().unwrap();
        (status.code(), String::from_utf8(stdout).unwrap())
    };
    assert_eq!(validate(b""), (Some(0), String::new()));
    assert_eq!(validate(b"http\r\nipp"), (Some(0), "good http\ngood ipp\n".to_owned()));
    let (code, out) = validate(b"http\n\na\xff\n");
    assert_eq!(code, Some(1));
    assert!(
        out.starts_with("good http\nbad  \n     a service name is missing: ") && out.contains("\nbad  a\u{fffd}\n")
    );
}

#[test]
fn export_writes_the_columns_of_every_row() {
    let rows = oracle::rows();
    let (code, text, _) = run("export", &["csv"]);
    assert_eq!(code, Some(0));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), oracle::COLUMNS.as_slice());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), rows.len());
    for (record, row) in records.iter().zip(&rows) {
        assert_eq!(record, row.cells.as_slice());
    }

    let (code, text, _) = run("export", &["json"]);
    assert_eq!(code, Some(0));
    let objects: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&text).unwrap();
    assert_eq!(objects.len(), rows.len());
    for (object, row) in objects.iter().zip(&rows) {
        assert_eq!(object.len(), 12);
        for (column, cell) in oracle::COLUMNS.iter().zip(&row.cells) {
            let value = &object[&column.to_lowercase().replace(' ', "_")];
            let shown = match value {
                serde_json::Value::Array(values) => {
                    values.iter().map(|value| format!("[{}]", value.as_str().unwrap())).collect()
                }
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Null => String::new(),
                other => other.to_string(),
            };
            // A range of one port is one port here.
            let one = cell.split_once('-').filter(|(start, end)| *column == "Port Number" && start == end);
            assert_eq!(&shown, one.map_or(cell.as_str(), |(port, _)| port), "{column} of {:?}", row.cells);
        }
    }
}

#[test]
fn export_refuses_other_formats() {
    for bad in [&[""; 0][..], &["xml"]] {
        let (code, out, err) = run("export", bad);
        assert_eq!((code, out.as_str(), err.as_str()), (Some(2), "", "usage: export csv|json\n"));
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_the_writing_examples_quietly() {
    for arguments in [&["export", "csv"][..], &["export", "json"], &["validate", "http"]] {
        assert_eq!(run_unread(arguments[0], &arguments[1..]), (Some(0), String::new(), String::new()), "{arguments:?}");
    }
}
