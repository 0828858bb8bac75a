//! No look-up can panic: the compiler sees it.

use iana_ports_benches::budgets;
use iana_ports_benches::programs::Programs;

#[test]
fn the_compiler_sees_that_no_look_up_can_panic() {
    // Another optimiser may see less.
    if !budgets::is_reference_compiler("the proof that no look-up can panic") {
        return;
    }
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"));
    let link = |cfg| {
        let lto = "profile.release.lto='fat'";
        programs.cargo("rustc", &["--bin", "no_panic", "--config", lto, "--", "--cfg", cfg], &[])
    };
    link("no_panic").unwrap();
    let error = link("panics").unwrap_err();
    assert!(error.contains("undefined symbol: a_panic_can_be_reached"), "{error}");
}
