//! Connects the generator, `registry/mod.rs`, to Cargo.

#[path = "registry/mod.rs"]
mod registry;

use std::env;
use std::path::Path;

const EMBEDDED: &str = "registry/service-names-port-numbers.xml";

fn main() {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty());
    let directory = |name| variable(name).expect("cargo sets it");
    let chosen = variable("IANA_PORTS_XML");
    let check = variable("IANA_PORTS_CHECK").or_else(|| chosen.is_none().then(|| "strict".into())).unwrap_or_default();
    let path = Path::new(&directory("CARGO_MANIFEST_DIR")).join(chosen.unwrap_or(EMBEDDED.into()));
    // Not escaped, since that would be another file; `generate` rejects a path with control characters.
    println!("cargo::rerun-if-changed={}", path.to_string_lossy().replace(char::is_control, ""));
    println!("cargo::rerun-if-env-changed=IANA_PORTS_XML\ncargo::rerun-if-env-changed=IANA_PORTS_CHECK");
    match registry::generate(&path, &check.to_string_lossy(), directory("OUT_DIR").as_ref()) {
        Ok(warnings) => warnings.iter().for_each(|warning| println!("cargo::warning={warning}")),
        Err(message) => println!("cargo::error={message}"),
    }
}
