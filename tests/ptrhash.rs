//! phf's feature `ptrhash` changes the layout of its maps for the whole build, whoever turns it on. Generated maps
//! cannot be made to fit both layouts; they follow where generator and library agree, and else the build says what
//! to do.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Checks a program that depends on this crate and on what `dependencies` add; cargo's messages where that fails.
fn check(name: &str, dependencies: &str) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n[workspace]\n{dependencies}\n\
         [dependencies.iana-ports]\npath = {:?}\n",
        env!("CARGO_MANIFEST_DIR")
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), PROGRAM).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--target-dir"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("ptrhash"))
        .current_dir(&folder)
        .output()
        .unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8(output.stderr).unwrap()) }
}

/// Finds every name.
const PROGRAM: &str = "fn main() {
    for entry in iana_ports::entries() {
        let Some(name) = entry.service_name() else { continue };
        assert!(iana_ports::lookup_name(&name.to_ascii_uppercase()).contains(entry), \"{name}\");
    }
    assert!(iana_ports::lookup_name(\"no-such-name\").is_empty());
}";

const PHF: &str = "phf = { version = \"0.14\", features = [\"ptrhash\"] }";
const PHF_CODEGEN: &str = "phf_codegen = { version = \"0.14\", features = [\"ptrhash\"] }";

#[test]
fn the_build_works_or_says_what_to_add() {
    let error = check("only-phf", &format!("[dependencies]\n{PHF}")).unwrap_err();
    assert!(error.contains(&format!("add {PHF_CODEGEN} to your [build-dependencies]")), "{error}");
    let error = check("only-codegen", &format!("[build-dependencies]\n{PHF_CODEGEN}")).unwrap_err();
    assert!(error.contains(&format!("add {PHF} to your [dependencies]")), "{error}");
    check("both", &format!("[dependencies]\n{PHF}\n[build-dependencies]\n{PHF_CODEGEN}")).unwrap();
}
