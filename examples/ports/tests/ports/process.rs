//! What the process does with bad arguments, and where its output goes nowhere.

use crate::common::{self, skipped};
use crate::ports;
use iana_ports::REGISTRY_SOURCE;
use std::fs::OpenOptions;
use std::process::{Command, Stdio};

#[test]
fn errors_name_what_is_wrong() {
    let escaped = "error: invalid port \"\\u{1b}[31\\u{9b}1\": expected a number from 0 to 65535, or a range such as \
                   6000-6063";
    for (arguments, message) in [
        (&["65536"][..], "error: invalid port \"65536\": greater than 65535"),
        (&["80/foo"], "error: \"80/foo\": unknown transport protocol \"foo\": expected tcp, udp, sctp or dccp"),
        (&[""], "error: empty port or service: expected text such as 443 or https"),
        (&["search", " "], "error: empty text: expected a part of a service name or description"),
        (&["map", "icmp"], "error: invalid value 'icmp' for '[TRANSPORT]'"),
        (&["export", "xml"], "error: invalid value 'xml' for '<FORMAT>'"),
        (&["export"], "error: the following required arguments were not provided:"),
        (&["-l", "443", "--json"], "error: the argument '--long' cannot be used with '--json'"),
        (&["-l", "validate", "http"], "error: unexpected -l or --json before the command"),
        (&["--json", "export", "csv"], "error: unexpected -l or --json before the command"),
        (&["-1"], "error: unexpected argument '-1' found"),
        // Nothing that a terminal would act on.
        (&["\u{1b}[31\u{9b}1", "1"], escaped),
        (&["map", "tcp", "\u{9b}1m\u{202e}"], "error: unexpected argument '\\u{9b}1m\\u{202e}' found"),
    ] {
        let (status, out, err) = ports(arguments);
        assert_eq!((status, out.as_str(), err.lines().next()), (2, "", Some(message)), "{arguments:?}");
    }
    let (status, out, err) = ports([&common::program::not_utf8()]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.starts_with("error: invalid UTF-8 was detected"), "{err}");
}

#[test]
fn help_version_and_completions() {
    let (_, version, _) = ports(["--version"]);
    assert_eq!(version, format!("ports {}\n{REGISTRY_SOURCE}\n", env!("CARGO_PKG_VERSION")));
    let (status, help, err) = ports(["export", "services", "--help"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in ["to append to /etc/services", "128 names", "http-alt would be port 591"] {
        assert!(words.contains(said), "{help}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, script, err) = ports(["completions", shell]);
        assert_eq!((status, err.as_str()), (0, ""));
        // The last two complete no values.
        let values = ["services", "sctp", "elvish"].into_iter().filter(|_| !["powershell", "elvish"].contains(&shell));
        for word in ["listening", "json"].into_iter().chain(values) {
            assert!(script.contains(word), "{shell}: {word}");
        }
        assert!(shell != "fish" || script.contains("function __fish_ports_using_subcommand"));
    }
}

/// All of these write more than a pipe holds, except the last.
const WRITING: [&[&str]; 10] = [
    &["export", "csv"],
    &["export", "json"],
    &["export", "sql"],
    &["export", "services"],
    &["map"],
    &["0-65535"],
    &["--json", "0-65535"],
    &["-l", "0-65535"],
    &["search", "a"],
    &["49152"],
];

/// Exit status and standard error where standard output goes here.
fn with_output(arguments: &[&str], out: Stdio) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ports"));
    command.args(arguments).stdin(Stdio::null()).stdout(out).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in WRITING {
        // What is known by then is not lost.
        let status = (arguments == ["49152"]).into();
        assert_eq!(with_output(arguments, Stdio::piped()), (status, String::new()), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let more = [&["validate", "http"][..], &["completions", "bash"], &["--help"], &["--version"]];
    for arguments in WRITING.into_iter().chain(more) {
        let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else {
            return skipped("a full disk", "Linux");
        };
        let (status, err) = with_output(arguments, full.into());
        assert!(status == 2 && err.starts_with("error: No space left on device"), "{arguments:?}: {status} {err}");
    }
}
