//! The crate needs neither std nor an allocator.

use iana_ports_benches::programs::Programs;
use iana_ports_benches::skipped;
use std::process::Command;

/// The compiler rejects a program of which any crate uses `alloc`, unless one of them has an allocator.
#[test]
fn a_program_links_and_runs_without_std_and_without_an_allocator() {
    if !cfg!(unix) {
        return skipped("a program without std", "Unix");
    }
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"));
    let link = |cfg| programs.build("no_std", &["-Cpanic=abort", "--cfg", cfg]);
    let output = Command::new(link("no_std").unwrap()).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), &b"http"[..]));

    let error = link("allocates").unwrap_err();
    assert!(error.contains("no global memory allocator found"), "{error}");
}
