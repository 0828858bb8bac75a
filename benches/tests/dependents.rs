//! Crates that depend on this one, as cargo builds them.

use iana_ports_benches::programs::Programs;

/// The literal is refused by `cargo check`.
#[test]
fn service_name_refuses_a_bad_literal_and_names_the_rule() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "programs");
    let check = |literal| programs.cargo("check", &["--bin", "literal"], &[("LITERAL", literal)]);
    check("http-alt").unwrap();
    for (literal, rule) in [
        ("", "a service name must have 1 to 15 characters"),
        ("abcdefghijklmnop", "a service name must have 1 to 15 characters"),
        ("documentum_s", "a service name must contain only ASCII letters, digits and hyphens"),
        ("caf\u{e9}", "a service name must contain only ASCII letters, digits and hyphens"),
        ("6000-6063", "a service name must contain at least one ASCII letter"),
        ("-http", "a service name must not begin with a hyphen"),
        ("http-", "a service name must not end with a hyphen"),
        ("a--b", "a service name must not contain two hyphens in a row"),
    ] {
        let error = check(literal).unwrap_err();
        assert!(error.contains(rule), "{literal}: {error}");
    }
}

/// phf's feature `ptrhash` changes the layout of its maps for the whole build, whoever turns it on. A generated map
/// cannot fit both layouts; it follows where generator and library agree, and else the build says what to do.
#[test]
fn a_changed_layout_of_phf_works_or_says_what_to_add() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "programs");
    let run = |features| programs.cargo("run", &["--bin", "find_all", "--features", features], &[]);
    let error = run("ptrhash-of-phf").unwrap_err();
    let phf_codegen = "phf_codegen = { version = \"0.14\", features = [\"ptrhash\"] }";
    assert!(error.contains(&format!("add {phf_codegen} to your [build-dependencies]")), "{error}");
    let error = run("ptrhash-of-phf_codegen").unwrap_err();
    let phf = "phf = { version = \"0.14\", features = [\"ptrhash\"] }";
    assert!(error.contains(&format!("add {phf} to your [dependencies]")), "{error}");
    run("ptrhash-of-phf,ptrhash-of-phf_codegen").unwrap();
}
