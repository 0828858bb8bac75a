//! The same answers on every machine.

use iana_ports_benches::programs::{MICROCONTROLLER, Programs, has_command, has_target};
use iana_ports_benches::skipped;

/// The number over all answers, which the program prints.
fn number(target: &'static str, features: &str) -> u64 {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR")).for_target(target);
    let printed = programs.cargo("run", &["--bin", "all_answers", "--features", features], &[]).unwrap();
    printed.trim().parse().unwrap_or_else(|error| panic!("{target} {features}: {error}: {printed}"))
}

#[test]
fn every_target_gives_the_same_answers_and_no_feature_changes_them() {
    let here = number(env!("TARGET"), "");
    let features = "serde,ptrhash-of-phf,ptrhash-of-phf_codegen";
    assert_eq!(number(env!("TARGET"), features), here, "{features}");
    for (target, commands) in [
        ("wasm32-unknown-unknown", &["node"][..]),
        (MICROCONTROLLER, &["qemu-system-arm"]),
        ("s390x-unknown-linux-gnu", &["qemu-s390x", "s390x-linux-gnu-gcc"]),
    ] {
        let missing = commands.iter().find(|command| !has_command(command));
        match missing.or(Some(&target).filter(|target| !has_target(target))) {
            None => assert_eq!(number(target, ""), here, "{target}"),
            Some(missing) => skipped(&format!("all answers on {target}"), missing),
        }
    }
}
