//! Crates that depend on this one, as cargo builds them.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What cargo says of a program with this crate and `dependencies`; an error if it fails.
fn cargo(command: &str, name: &str, dependencies: &str, program: &str) -> Result<(), String> {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch.join(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n[workspace]\n{dependencies}\n\
         [dependencies.iana-ports]\npath = {:?}\n",
        env!("CARGO_MANIFEST_DIR")
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), program).unwrap();
    // The versions that this test was built with: cargo needs no network for them.
    let _ = fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"), folder.join("Cargo.lock"));
    let output = Command::new(env!("CARGO"))
        .args([command, "--offline", "--quiet", "--target-dir"])
        .arg(scratch.join("dependents"))
        .current_dir(&folder)
        .output()
        .unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8(output.stderr).unwrap()) }
}

/// The literal is refused by `cargo check`, also where the code is never called.
#[test]
fn service_name_refuses_a_bad_literal_and_names_the_rule() {
    let program = |literal: &str| {
        format!(
            "pub fn never_called<T>() -> Option<T> {{ iana_ports::service_name!({literal:?}); None }}\n\
             fn main() {{ println!(\"{{}}\", iana_ports::service_name!(\"http\")); }}\n"
        )
    };
    cargo("check", "literal", "", &program("http-alt")).unwrap();
    for (literal, rule) in [
        ("", "a service name must have 1 to 15 characters"),
        ("abcdefghijklmnop", "a service name must have 1 to 15 characters"),
        ("documentum_s", "a service name must have only ASCII letters, digits and hyphens"),
        ("caf\u{e9}", "a service name must have only ASCII letters, digits and hyphens"),
        ("6000-6063", "a service name must have at least one ASCII letter"),
        ("-http", "a service name must not begin with a hyphen"),
        ("http-", "a service name must not end with a hyphen"),
        ("a--b", "a service name must not have two hyphens in a row"),
    ] {
        let error = cargo("check", "literal", "", &program(literal)).unwrap_err();
        assert!(error.contains(rule), "{literal}: {error}");
    }
}

/// Finds every name.
const FIND_ALL: &str = "fn main() {
    for entry in iana_ports::entries() {
        let Some(name) = entry.service_name() else { continue };
        assert!(iana_ports::lookup_name(&name.to_ascii_uppercase()).contains(entry), \"{name}\");
    }
    assert!(iana_ports::lookup_name(\"no-such-name\").is_empty());
}";

/// phf's feature `ptrhash` changes the layout of its maps for the whole build, whoever turns it on. A generated map
/// cannot fit both layouts; it follows where generator and library agree, and else the build says what to do.
#[test]
fn a_changed_layout_of_phf_works_or_says_what_to_add() {
    const PHF: &str = "phf = { version = \"0.14\", features = [\"ptrhash\"] }";
    const PHF_CODEGEN: &str = "phf_codegen = { version = \"0.14\", features = [\"ptrhash\"] }";
    let error = cargo("run", "only-phf", &format!("[dependencies]\n{PHF}"), FIND_ALL).unwrap_err();
    assert!(error.contains(&format!("add {PHF_CODEGEN} to your [build-dependencies]")), "{error}");
    let error = cargo("run", "only-codegen", &format!("[build-dependencies]\n{PHF_CODEGEN}"), FIND_ALL).unwrap_err();
    assert!(error.contains(&format!("add {PHF} to your [dependencies]")), "{error}");
    cargo("run", "both", &format!("[dependencies]\n{PHF}\n[build-dependencies]\n{PHF_CODEGEN}"), FIND_ALL).unwrap();
}
