//! The example `config`: what toml and serde make of the crate's types and of their errors.

#[path = "../examples/config.rs"]
#[allow(dead_code, reason = "main")]
mod config;

use iana_ports_benches::program::{run, run_unread};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/config.toml");

#[test]
fn the_file_beside_the_example() {
    let (status, out, err) = run(config::run, &[FILE]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "\
https on 443/tcp 443/udp
allow https/tcp: 443/tcp
allow 8000-8100: 8000-8100/tcp 8000-8100/udp
allow 53: 53/tcp 53/udp
"
    );
    assert_eq!(run_unread(config::run, &[FILE]), (0, String::new()));
}

/// The file with `line` in place of the line of the same key is refused at that line and column, with this message.
#[track_caller]
fn refused(line: &str, column: usize, message: &str) {
    let text = std::fs::read_to_string(FILE).unwrap();
    let key = line.split_inclusive('=').next().unwrap();
    let number = text.lines().position(|own| own.starts_with(key)).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[number] = line;
    // The caller's line, so that tests at the same time write different files.
    let caller = std::panic::Location::caller().line();
    let path = format!("{}/config-{caller}.toml", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, lines.join("\n")).unwrap();
    let (status, out, err) = run(config::run, &[&path]);
    assert_eq!((status, out.as_str()), (2, ""));
    let start = format!("config: {path}: TOML parse error at line {}, column {column}\n", number + 1);
    assert!(err.starts_with(&start), "{err}");
    assert_eq!(err.lines().last(), Some(message), "{err}");
}

#[test]
fn errors_have_the_line_and_the_message() {
    refused("port = 65536", 8, "invalid value: integer `65536`, expected a port number from 0 to 65535");
    refused("port = -1", 8, "invalid value: integer `-1`, expected a port number from 0 to 65535");
    refused(
        "port = 44.3",
        8,
        "invalid type: floating point `44.3`, expected a port or service such as 443 or \"https/tcp\"",
    );
    refused(
        "name = \"documentum_s\"",
        8,
        "invalid service name \"documentum_s\": '_' at byte 10 \
         is not an ASCII letter, digit or hyphen",
    );
    refused(
        "transports = [\"tcp\", \"icmp\"]",
        22,
        "unknown transport protocol \"icmp\": expected tcp, udp, sctp or dccp",
    );
    refused("allow = [53, \"8000:8100\"]", 14, "invalid port range \"8000:8100\": did you mean 8000-8100?");
}

#[test]
fn arguments() {
    let message = "config: expected one file; see --help\n";
    for arguments in [&[][..], &["--file"], &[FILE, FILE]] {
        assert_eq!(run(config::run, arguments), (2, String::new(), message.to_owned()));
    }
    assert!(run(config::run, &["--help"]).1.starts_with("usage: config FILE\n"));
    let (status, out, err) = run(config::run, &["no-such-file.toml"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.starts_with("config: no-such-file.toml: "), "{err}");
}
