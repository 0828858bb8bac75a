//! Reads the registry and writes the tables: `registry/xml.rs`, `registry/model.rs`, `registry/emit.rs`, in this order.

#[path = "registry/emit.rs"]
pub mod emit;
#[path = "src/folded.rs"]
pub mod folded;
#[path = "registry/model.rs"]
pub mod model;
#[path = "src/packed_date.rs"]
mod packed_date;
#[path = "registry/xml.rs"]
pub mod xml;

use std::path::Path;
use std::{env, fs};

const EMBEDDED: &str = "registry/service-names-port-numbers.xml";
/// Names another official file; a relative path is taken from the package.
const OVERRIDE: &str = "IANA_PORTS_XML";
/// `1` lets a registry through that the model does not know in full.
const LENIENT: &str = "IANA_PORTS_LENIENT";

fn main() {
    let directory = |name| env::var_os(name).expect("cargo sets it");
    let chosen = env::var_os(OVERRIDE).filter(|path| !path.is_empty());
    let path = Path::new(&directory("CARGO_MANIFEST_DIR")).join(chosen.unwrap_or(EMBEDDED.into()));
    println!("cargo::rerun-if-changed={}", xml::one_line(&path.to_string_lossy()));
    println!("cargo::rerun-if-env-changed={OVERRIDE}");
    println!("cargo::rerun-if-env-changed={LENIENT}");
    let lenient = env::var_os(LENIENT).is_some_and(|value| value == "1");
    match generate(&path, lenient, directory("OUT_DIR").as_ref()) {
        Ok(warnings) => {
            warnings.iter().take(20).for_each(|warning| println!("cargo::warning={warning}"));
            if warnings.len() > 20 {
                println!("cargo::warning={} more", warnings.len() - 20);
            }
        }
        Err(message) => println!("cargo::error={message}"),
    }
}

/// Writes the tables into `out_dir`, and returns warnings. What the model does not know of the registry is an error
/// unless `lenient`: nobody sees the warnings of a package from elsewhere.
pub fn generate(path: &Path, lenient: bool, out_dir: &Path) -> Result<Vec<String>, String> {
    let name = xml::one_line(&path.to_string_lossy());
    let of_file = |error: &dyn std::fmt::Display| format!("{name}: {error}");
    let at_line = |error: &xml::Error| format!("{name}:{error}");
    let source = xml::load(path).map_err(|error| of_file(&error))?;
    let registry = xml::read(&source).map_err(|error| at_line(&error))?;
    let model = model::check(&registry).map_err(|error| at_line(&error))?;
    if let (false, [first, ..]) = (lenient, model.unknown.as_slice()) {
        return Err(format!("{} ({LENIENT}=1 makes this a warning)", at_line(first)));
    }
    for (file, text) in emit::emit(&model).map_err(|error| of_file(&error))? {
        fs::write(out_dir.join(file), text).map_err(|error| of_file(&error))?;
    }
    Ok(model.unknown.iter().chain(&model.warnings).map(at_line).collect())
}
