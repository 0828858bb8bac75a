//! The program `ports`, run as a process, against the XML that the oracle reads.

mod annotate;
#[path = "../../../../tests/common/mod.rs"]
mod common;
mod export;
mod libraries;
mod listening;
mod lookup;
mod map;
mod services;
mod sql;
mod validate;

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Stdio};

/// Exit status, standard output and standard error, where standard input is empty.
fn ports<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> (i32, String, String) {
    ports_with_input(arguments, b"")
}

fn ports_with_input<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>, input: &[u8]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ports"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that needs no input closes it.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output().unwrap()
    });
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The first line of standard error after bad arguments.
#[track_caller]
fn fails(arguments: &[&str], message: &str) {
    let (status, out, err) = ports(arguments);
    assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
    assert_eq!(err.lines().next(), Some(message), "{arguments:?}");
}

#[test]
fn bad_arguments_are_errors_with_the_messages_of_the_crate() {
    fails(&["65536"], "error: invalid port \"65536\": greater than 65535");
    fails(&["80/foo"], "error: \"80/foo\": unknown transport protocol \"foo\": expected tcp, udp, sctp or dccp");
    fails(&["map", "icmp"], "error: invalid value 'icmp' for '[TRANSPORT]'");
    fails(&["export", "xml"], "error: invalid value 'xml' for '<FORMAT>'");
    fails(&["export"], "error: the following required arguments were not provided:");
    // Nothing that a terminal would act on, and no more than a line.
    fails(
        &["\u{1b}[31\u{9b}1", "1"],
        "error: invalid port \"\\u{1b}[31\\u{9b}1\": expected a number from 0 to 65535, or a range such as 6000-6063",
    );
    fails(&["map", "tcp", "\u{1b}[1m"], "error: unexpected argument '\\u{1b}[1m' found");
    assert!(ports(["\u{1b}[1m"]).2.starts_with("\\u{1b}[1m is not registered"));
    assert!(ports([&"0".repeat(100_000)]).2.len() < 400);
    assert!(ports([&"a".repeat(100_000)]).2.len() < 400);
    assert!(ports([&format!("1/{}", "a".repeat(100_000))]).2.len() < 400);
    let (status, out, err) = ports([&common::program::not_utf8()]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.starts_with("error: invalid UTF-8 was detected"), "{err}");
}

#[test]
fn help_version_and_completions() {
    for help in [&["--help"][..], &["search", "--help"], &["-h"]] {
        let (status, out, err) = ports(help);
        assert_eq!((status, err.as_str()), (0, ""));
        assert!(out.contains("Usage: ports"), "{out}");
    }
    assert_eq!(ports(["-V"]), (0, format!("ports {}\n", env!("CARGO_PKG_VERSION")), String::new()));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, script, err) = ports(["completions", shell]);
        assert_eq!((status, err.as_str()), (0, ""));
        assert!(script.contains("listening"), "{shell}");
    }
}

/// Exit status and standard error where nobody reads standard output.
fn unread(arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ports"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// All of these write more than a pipe holds.
#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in [
        &["export", "csv"][..],
        &["export", "json"],
        &["export", "sql"],
        &["export", "services"],
        &["map"],
        &["0-65535"],
        &["--json", "0-65535"],
        &["search", "a"],
    ] {
        assert_eq!(unread(arguments), (0, String::new()), "{arguments:?}");
    }
    // What is known by then is not lost.
    assert_eq!(unread(&["validate", "a_"]), (1, String::new()));
}
