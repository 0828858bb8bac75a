//! `ports validate`.

use crate::common::program::not_utf8;
use crate::{Counter, Parts, ports, ports_with_input};
use iana_ports_cli::validate::check;
use std::cell::Cell;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, BufWriter};

fn validated(input: &[u8]) -> (i32, String) {
    let (status, out, err) = ports_with_input(["validate"], input);
    assert_eq!(err, "");
    (status, out)
}

#[test]
fn prints_every_broken_rule() {
    let (status, out, err) = ports(["validate", "http", "documentum_s", "--", "-23\u{7}"]);
    assert_eq!((status, err.as_str()), (1, ""));
    assert_eq!(
        out,
        "valid   http\n\
         invalid documentum_s\n        \
         invalid service name \"documentum_s\": '_' at byte 10 is not an ASCII letter, digit or hyphen\n        \
         registered before RFC 6335; IANA replaced it with documentum-s\n\
         invalid -23\\u{7}\n        \
         invalid service name \"-23\\u{7}\": '\\u{7}' at byte 3 is not an ASCII letter, digit or hyphen\n        \
         invalid service name \"-23\\u{7}\": expected at least one ASCII letter\n        \
         invalid service name \"-23\\u{7}\": hyphen at the start\n"
    );
    assert_eq!(ports(["validate", "http", "IPP"]), (0, "valid   http\nvalid   IPP\n".to_owned(), String::new()));
}

#[test]
fn reads_the_lines_of_standard_input() {
    assert_eq!(validated(b""), (0, String::new()));
    assert_eq!(validated(b"http\r\nipp"), (0, "valid   http\nvalid   ipp\n".to_owned()));
    let (status, out) = validated(b"http\n\na\xff\n");
    assert_eq!(status, 1);
    assert!(out.starts_with("valid   http\ninvalid \n        empty service name: "), "{out}");
    assert!(out.ends_with("\ninvalid a\\xff\n        not UTF-8\n"), "{out}");
    assert_eq!(ports_with_input(["validate", "--json"], b""), (0, "[]\n".to_owned(), String::new()));
    assert_eq!(ports_with_input(["validate", "-"], b"ipp\n"), (0, "valid   ipp\n".to_owned(), String::new()));
}

/// A line has its answer before the next is read.
#[test]
fn answers_line_by_line() {
    for as_json in [false, true] {
        let written = Cell::new(0);
        let input = Parts(b"http\na_\n", |rest: usize| {
            assert_eq!(written.get() > 0, rest < 8, "before the last {rest} bytes");
            rest.min(5)
        });
        let status = check(BufReader::new(input).split(b'\n'), as_json, &mut BufWriter::new(Counter(&written)));
        assert_eq!(status.unwrap(), 1);
    }
}

#[test]
fn json_and_arguments_that_are_not_utf8() {
    let (status, out, _) = ports(["--json", "validate", "http", "documentum_s"]);
    let verdicts: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(status, 1);
    assert_eq!((&verdicts[0]["valid"], &verdicts[1]["valid"]), (&true.into(), &false.into()));
    assert_eq!((&verdicts[1]["name"], &verdicts[1]["replacement"]), (&"documentum_s".into(), &"documentum-s".into()));
    assert_eq!(verdicts[1]["broken_rules"].as_array().unwrap().len(), 1);
    let name = "it's \"a\\b\"\t\u{7}";
    let (_, out, _) = ports(["validate", "--json", name]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap()[0]["name"], name);
    let (_, out, _) = ports(["validate", name]);
    assert_eq!(out.lines().next(), Some("invalid it's \"a\\b\"\\t\\u{7}"));
    let odd = not_utf8();
    let bad = format!("invalid {}\n        not UTF-8\n", odd.as_encoded_bytes().escape_ascii());
    assert_eq!(ports([OsStr::new("validate"), &odd]), (1, bad, String::new()));
}
