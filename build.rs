//! Reads the registry and writes the tables: `registry/xml.rs`, `registry/model.rs`, `registry/emit.rs` with
//! `registry/index.rs`, in this order.

#[path = "registry/emit.rs"]
pub mod emit;
#[path = "src/encoding.rs"]
#[allow(dead_code, reason = "the library reads what is written here")]
pub mod encoding;
#[path = "registry/index.rs"]
mod index;
#[path = "registry/model.rs"]
pub mod model;
#[path = "registry/xml.rs"]
pub mod xml;

use std::ffi::OsStr;
use std::path::Path;
use std::{env, fs};

const EMBEDDED: &str = "registry/service-names-port-numbers.xml";
const OVERRIDE: &str = "IANA_PORTS_XML";

fn main() {
    println!("cargo::rerun-if-changed={EMBEDDED}");
    println!("cargo::rerun-if-env-changed={OVERRIDE}");
    let directory = |name| env::var_os(name).unwrap_or_default();
    let (root, out_dir) = (directory("CARGO_MANIFEST_DIR"), directory("OUT_DIR"));
    let chosen = env::var_os(OVERRIDE).filter(|path| !path.is_empty());
    if let Some(path) = &chosen {
        println!("cargo::rerun-if-changed={}", Path::new(&root).join(path).display());
    }
    match generate(root.as_ref(), chosen.as_deref(), out_dir.as_ref()) {
        Ok(warnings) => {
            warnings.iter().take(20).for_each(|warning| println!("cargo::warning={warning}"));
            if warnings.len() > 20 {
                println!("cargo::warning={} more such records", warnings.len() - 20);
            }
        }
        Err(message) => println!("cargo::error={message}"),
    }
}

/// Writes the tables into `out_dir`. A chosen path is relative to the package; what the model does not know is a
/// warning there, and an error in the embedded file.
pub fn generate(root: &Path, chosen: Option<&OsStr>, out_dir: &Path) -> Result<Vec<String>, String> {
    let path = root.join(chosen.unwrap_or(EMBEDDED.as_ref()));
    let of_file = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let at_line = |error: xml::Error| format!("{}:{error}", path.display());
    let source = fs::read(&path).map_err(|error| format!("{}; {}", of_file(&error), xml::expected()))?;
    let registry = xml::read(&source).map_err(at_line)?;
    let mut model = model::check(&registry).map_err(at_line)?;
    let warnings: Vec<String> = std::mem::take(&mut model.warnings).into_iter().map(at_line).collect();
    if let (None, [first, ..]) = (chosen, warnings.as_slice()) {
        return Err(first.clone());
    }
    for (name, text) in emit::emit(&model).map_err(|error| of_file(&error))? {
        fs::write(out_dir.join(name), text).map_err(|error| of_file(&error))?;
    }
    Ok(warnings)
}
