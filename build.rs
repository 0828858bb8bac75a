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

use std::path::Path;
use std::{env, fs};

const EMBEDDED: &str = "registry/service-names-port-numbers.xml";
/// Names another official file; a relative path is taken from the package.
const OVERRIDE: &str = "IANA_PORTS_XML";
/// By default, less than a whole registry is an error, and a row of unknown status is a warning, but an error in the
/// embedded file. `strict` makes both errors, `lenient` makes both warnings.
const CHECK: &str = "IANA_PORTS_CHECK";
/// So many warnings are shown.
const SHOWN: usize = 20;

fn main() {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty());
    let chosen = variable(OVERRIDE);
    let check = variable(CHECK).or_else(|| chosen.is_none().then(|| "strict".into())).unwrap_or_default();
    let directory = |name| variable(name).expect("cargo sets it");
    let path = Path::new(&directory("CARGO_MANIFEST_DIR")).join(chosen.unwrap_or(EMBEDDED.into()));
    println!("cargo::rerun-if-changed={}", xml::one_line(&path.to_string_lossy()));
    println!("cargo::rerun-if-env-changed={OVERRIDE}\ncargo::rerun-if-env-changed={CHECK}");
    match generate(&path, &check.to_string_lossy(), directory("OUT_DIR").as_ref()) {
        Ok(warnings) => warnings.iter().for_each(|warning| println!("cargo::warning={warning}")),
        Err(message) => println!("cargo::error={message}"),
    }
}

/// Writes the tables into `out_dir`, and returns warnings.
pub fn generate(path: &Path, check: &str, out_dir: &Path) -> Result<Vec<String>, String> {
    let name = xml::one_line(&path.to_string_lossy());
    let of_file = |error: &dyn std::fmt::Display| format!("{name}: {error}");
    let at_line = |error: &xml::Error| format!("{name}:{error}");
    if path.to_str().is_none_or(|path| path.contains(char::is_control)) {
        return Err(of_file(&"expected a path that Cargo can watch, in UTF-8 without control characters"));
    }
    let source = xml::load(path).map_err(|error| of_file(&error))?;
    let registry = xml::read(&source).map_err(|error| at_line(&error))?;
    let model = model::check(&registry).map_err(|error| at_line(&error))?;
    let refused = match check {
        "" => model.incomplete.as_ref(),
        "strict" => model.incomplete.as_ref().or(model.unknown.first()),
        "lenient" => None,
        other => return Err(format!("{CHECK} is `{}`; expected strict or lenient", xml::one_line(other))),
    };
    if let Some(error) = refused {
        return Err(format!("{} ({CHECK}=lenient makes this a warning)", at_line(error)));
    }
    for (file, text) in emit::emit(&model).map_err(|error| of_file(&error))? {
        fs::write(out_dir.join(file), text).map_err(|error| of_file(&error))?;
    }
    let mut warnings: Vec<String> =
        model.incomplete.iter().chain(&model.unknown).chain(&model.warnings).map(at_line).collect();
    if warnings.len() > SHOWN {
        let more = warnings.split_off(SHOWN).len();
        warnings.push(format!("{name}: {more} more"));
    }
    Ok(warnings)
}
