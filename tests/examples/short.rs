//! The short examples print what their first comment says.

use crate::common::{oracle, skipped};
use std::fs;
use std::path::Path;
use std::process::Command;

/// An example, beside the folder of the tests. `cargo test` builds it, but `cargo test --test examples` does not.
fn example(name: &str) -> Command {
    let tests = std::env::current_exe().unwrap();
    let folder = tests.ancestors().nth(2).unwrap();
    let program = folder.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    if !program.exists() {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--examples"]).args(folder.ends_with("release").then_some("--release"));
        cargo
            .args(cfg!(feature = "serde").then_some("--features=serde"))
            .arg("--target-dir")
            .arg(folder.parent().unwrap());
        assert!(cargo.status().unwrap().success() && program.exists(), "{} is not built", program.display());
    }
    Command::new(program)
}

/// Runs an example as its first comment says, and compares what it prints with that comment.
#[track_caller]
fn prints_its_comment(name: &str) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name).with_extension("rs");
    let source = fs::read_to_string(source).unwrap();
    let comment: Vec<&str> = source
        .lines()
        .map_while(|line| line.strip_prefix("//!").map(|text| text.strip_prefix(' ').unwrap_or(text)))
        .collect();
    let command = comment.iter().find(|line| line.starts_with("`cargo run ")).unwrap();
    let argument = command.trim_end_matches('`').split_once(" -- ").map(|(_, argument)| argument.trim_matches('\''));
    let expected: Vec<&str> = comment
        .iter()
        .skip_while(|line| **line != "```text")
        .skip(1)
        .take_while(|line| **line != "```")
        .copied()
        .collect();
    assert!(!expected.is_empty(), "{name} shows no output");

    let output = example(name).args(argument).output().unwrap();
    assert!(output.status.success(), "{name}: {output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected, "{name}");
    assert!(source.lines().count() <= 45, "{name} is too long to learn from");
}

#[test]
fn short_examples() {
    for name in ["dns_sd", "embedded", "export", "firewall", "flows", "validate"] {
        prints_its_comment(name);
    }
}

/// All columns of a service that another registry may have changed.
#[test]
fn lookup_prints_its_comment() {
    if oracle::is_amended() {
        prints_its_comment("lookup");
    } else {
        skipped("the output of the example lookup", "amended");
    }
}

#[test]
fn exit_status_of_a_look_up() {
    let status = |text: &str| example("lookup").arg(text).output().unwrap().status.code();
    assert_eq!([status("https/tcp"), status("no-such-name"), status("65536")], [Some(0), Some(1), Some(2)]);
}

#[test]
fn firewall_joins_ranges_and_opens_nothing_after_an_error() {
    let run = |list: &str| example("firewall").arg(list).output().unwrap();
    let joined = run("443/tcp https/tcp 8000-8100/udp 8300-8400/udp 8050-8299/udp");
    assert_eq!(String::from_utf8(joined.stdout).unwrap(), "tcp 443\nudp 8000-8400\n");
    for list in ["53/udp, 443", "53/udp, ssh", "53/udp, htps/tcp", "53/udp, ssh/dccp", "53/udp,"] {
        let output = run(list);
        assert!(!output.status.success() && output.stdout.is_empty() && !output.stderr.is_empty(), "{list}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn config_prints_its_comment() {
    prints_its_comment("config");
}
