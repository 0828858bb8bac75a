//! The crate needs neither std nor an allocator.

use iana_ports_benches::programs::{Programs, has_target};
use iana_ports_benches::skipped;
use std::process::Command;

#[test]
fn a_program_links_and_runs_without_std_and_without_an_allocator() {
    if !cfg!(unix) {
        return skipped("a program without std", "Unix");
    }
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "programs");
    let link = |cfg| {
        let no_unwinding = "profile.release.panic='abort'";
        programs.cargo("rustc", &["--bin", "no_std", "--config", no_unwinding, "--", "--cfg", cfg], &[])
    };
    link("no_std").unwrap();
    let output = Command::new(programs.executable("no_std")).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), &b"http"[..]));

    let error = link("allocates").unwrap_err();
    assert!(error.contains("no global memory allocator found"), "{error}");
}

/// A target that has no std, no allocator and no 64-bit numbers of its own.
#[test]
fn the_crate_compiles_for_a_microcontroller() {
    const TARGET: &str = "thumbv6m-none-eabi";
    if !has_target(TARGET) {
        return skipped("a build for a microcontroller", TARGET);
    }
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let target = concat!(env!("CARGO_TARGET_TMPDIR"), "/programs");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--target", TARGET, "--target-dir", target]).current_dir(root);
    // Flags for this machine are none for that one.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", "");
    assert!(cargo.status().unwrap().success());
}
