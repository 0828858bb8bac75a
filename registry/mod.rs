//! The generator: reads IANA's XML, checks it, and writes the tables that `src/tables.rs` and `src/index.rs` include.

pub mod emit;
#[path = "../src/encoding.rs"]
#[allow(dead_code, reason = "the library reads what is written here")]
pub mod encoding;
pub mod error;
mod index;
pub mod model;
pub mod schema;
mod xml;

use std::fmt::Display;
use std::fs;
use std::path::Path;

/// The most warnings that are shown.
pub const MAX_WARNINGS: usize = 20;

/// Writes the tables into `out_dir`, and returns the warnings. Every message is one line of at most 800 characters.
///
/// An incomplete registry is an error, and a row of unknown status a warning. If `check` is `strict`, both are errors;
/// if it is `lenient`, both are warnings.
pub fn generate(path: &Path, check: &str, out_dir: &Path) -> Result<Vec<String>, String> {
    write_tables(path, check, out_dir).map_err(|message| error::message(&message, 800))
}

fn write_tables(path: &Path, check: &str, out_dir: &Path) -> Result<Vec<String>, String> {
    // A longer path would leave no room for the error.
    let name = error::message(&path.to_string_lossy(), 300);
    let of_file = |error: &dyn Display| format!("{name}: {error}");
    let at_line = |error: &error::Error| format!("{name}:{error}");
    if path.to_str().is_none_or(|path| path.contains(char::is_control) || path.ends_with(' ')) {
        return Err(of_file(
            &"expected a path in UTF-8 without control characters or a space at its end, which Cargo can watch",
        ));
    }
    let source = schema::load(path).map_err(|error| of_file(&error))?;
    let registry = schema::read(&source).map_err(|error| at_line(&error))?;
    let model = model::check(&registry).map_err(|error| at_line(&error))?;
    let refused = match check {
        "" => model.incomplete.as_ref(),
        "strict" => model.incomplete.as_ref().or(model.unknown.first()),
        "lenient" => None,
        other => return Err(format!("invalid IANA_PORTS_CHECK `{other}`: expected strict or lenient")),
    };
    if let Some(error) = refused {
        return Err(format!("{} (IANA_PORTS_CHECK=lenient makes this a warning)", at_line(error)));
    }
    for (file, text) in emit::emit(&model).map_err(|error| at_line(&error))? {
        fs::write(out_dir.join(file), text).map_err(|error| of_file(&error))?;
    }
    let all = model.incomplete.iter().chain(&model.unknown).chain(&model.warnings);
    let mut warnings: Vec<String> = all.clone().take(MAX_WARNINGS).map(at_line).collect();
    match all.skip(MAX_WARNINGS).count() {
        0 => {}
        more => warnings.push(format!("{name}: {more} more")),
    }
    Ok(warnings)
}
