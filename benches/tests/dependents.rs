//! Crates that depend on this one, as cargo checks them.

use iana_ports_benches::programs::Programs;

#[test]
fn service_name_rejects_a_bad_literal_and_names_the_rule() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"));
    let check = |literal| programs.cargo("check", &["--bin", "literal"], &[("LITERAL", literal)]);
    check("http-alt").unwrap();
    for (literal, rule) in [
        ("documentum_s", "a service name must contain only ASCII letters, digits and hyphens"),
        ("6000-6063", "a service name must contain at least one ASCII letter"),
    ] {
        let error = check(literal).unwrap_err();
        assert!(error.contains(rule), "{literal}: {error}");
    }
}

/// phf's feature `ptrhash` changes the layout of its maps for the whole build, whoever turns it on. A generated map
/// cannot fit both layouts; it follows where generator and library agree, as `all_answers` shows.
#[test]
fn a_build_where_only_one_of_phf_and_phf_codegen_has_ptrhash_says_what_to_add() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"));
    for (one, other, dependencies) in
        [("phf", "phf_codegen", "[build-dependencies]"), ("phf_codegen", "phf", "[dependencies]")]
    {
        let feature = format!("ptrhash-of-{one}");
        let error = programs.cargo("check", &["--bin", "literal", "--features", &feature], &[]).unwrap_err();
        let advice = format!("add {other} = {{ version = \"0.14\", features = [\"ptrhash\"] }} to your {dependencies}");
        assert!(error.contains("`phf::Map<Name, Rows>` has no field named `"), "{error}");
        assert!(error.contains(&advice), "{error}");
    }
}
