//! The same answers on every machine.

use iana_ports_benches::programs::{Programs, has_command, has_target};
use iana_ports_benches::skipped;

/// The number over all answers, which the program prints.
fn number(target: &'static str, features: &[&str]) -> u64 {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "all_answers").for_target(target);
    let printed = programs.cargo("run", &[&["--bin", "all_answers"], features].concat(), &[]).unwrap();
    printed.trim().parse().unwrap_or_else(|error| panic!("{target} {features:?}: {error}: {printed}"))
}

#[test]
fn every_target_gives_the_same_answers_with_and_without_features() {
    let here = number(env!("TARGET"), &[]);
    let mut targets = vec![env!("TARGET")];
    for (target, commands) in [
        ("wasm32-unknown-unknown", &["node"][..]),
        ("thumbv6m-none-eabi", &["qemu-system-arm"]),
        ("s390x-unknown-linux-gnu", &["qemu-s390x", "s390x-linux-gnu-gcc"]),
    ] {
        let missing = commands.iter().find(|command| !has_command(command));
        match missing.or(Some(&target).filter(|target| !has_target(target))) {
            None => targets.push(target),
            Some(missing) => skipped(&format!("all answers on {target}"), missing),
        }
    }
    for target in targets {
        for features in [&[][..], &["--features", "serde"]] {
            assert_eq!(number(target, features), here, "{target} {features:?}");
        }
    }
}
