//! The example `arguments`: what clap makes of the crate's types and of their errors.

#[path = "../examples/arguments.rs"]
#[allow(dead_code, reason = "main")]
mod arguments;

use iana_ports_benches::program::{run, run_unread};

/// The first words of each line of a good answer: name, ports and transport.
#[track_caller]
fn listed(arguments: &[&str]) -> Vec<String> {
    let (status, out, err) = run(arguments::run, arguments);
    assert_eq!((status, err.as_str()), (u8::from(out.is_empty()), ""));
    out.lines().map(|line| line.split("  ").next().unwrap().to_owned()).collect()
}

#[test]
fn services_of_ports_names_and_transports() {
    assert_eq!(listed(&["22/tcp", "HTTPS/udp", "6010-6020/tcp"]), ["ssh 22/tcp", "https 443/udp", "x11 6000-6063/tcp"]);
    assert_eq!(listed(&["22", "53/udp", "--transport", "TCP"]), ["ssh 22/tcp", "domain 53/udp"]);
    assert_eq!(listed(&["22-23/tcp", "53/tcp", "--except", "SSH", "--except=domain"]), listed(&["23/tcp"]),);
    assert_eq!(listed(&["49152-65535/dccp"]), [""; 0]);
}

/// clap's line, and after it only where to find help.
#[track_caller]
fn refused(arguments: &[&str], line: &str) {
    let err = format!("error: {line}\n\nFor more information, try '--help'.\n");
    assert_eq!(run(arguments::run, arguments), (2, String::new(), err));
}

#[test]
fn errors_of_clap_carry_the_message() {
    refused(
        &["22", "70000/tcp"],
        "invalid value '70000/tcp' for '<SPEC>...': invalid port \"70000\": greater than 65535",
    );
    refused(
        &["8000:8100"],
        "invalid value '8000:8100' for '<SPEC>...': invalid port range \"8000:8100\": did you mean 8000-8100?",
    );
    refused(
        &["22", "--transport", "icmp"],
        "invalid value 'icmp' for '--transport <TRANSPORT>': unknown transport protocol \"icmp\": \
         expected tcp, udp, sctp or dccp",
    );
    refused(
        &["22", "--except", "documentum_s"],
        "invalid value 'documentum_s' for '--except <NAME>': invalid service name \"documentum_s\": '_' at byte 10 \
         is not an ASCII letter, digit or hyphen",
    );
}

#[test]
fn help_missing_arguments_and_a_closed_pipe() {
    let (status, help, err) = run(arguments::run, &["--help"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(help.contains("Usage: arguments [OPTIONS] <SPEC>..."), "{help}");
    let (status, out, err) = run(arguments::run, &[]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("<SPEC>..."), "{err}");
    assert_eq!(run_unread(arguments::run, &["22"]), (0, String::new()));
}
