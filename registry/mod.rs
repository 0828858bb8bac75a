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

use error::Error;
use model::Doubt;
use std::fmt::Display;
use std::fs;
use std::path::Path;

/// The most warnings that are shown.
pub const MAX_WARNINGS: usize = 20;

/// Writes the tables into `out_dir`, and returns the warnings. Every message is one line of at most 800 characters.
///
/// Too few rows are an error, and every other doubt is a warning. If `check` is `strict`, all doubts are errors except
/// an alias that names no service; if it is `lenient`, all are warnings.
pub fn generate(path: &Path, check: &str, out_dir: &Path) -> Result<Vec<String>, String> {
    write_tables(path, check, out_dir).map_err(|message| error::message(&message, 800))
}

fn write_tables(path: &Path, check: &str, out_dir: &Path) -> Result<Vec<String>, String> {
    // A longer path would leave no room for the error.
    let name = error::message(&path.to_string_lossy(), 300);
    let of_file = |error: &dyn Display| format!("{name}: {error}");
    let at_line = |error: Error| format!("{name}:{error}");
    // Cargo trims the line that names the file to watch.
    if path.to_str().is_none_or(|path| path.contains(char::is_control) || path.ends_with(char::is_whitespace)) {
        return Err(of_file(&"expected a path in UTF-8 without control characters or white space at its end"));
    }
    let source = schema::load(path).map_err(|error| of_file(&error))?;
    let registry = schema::read(&source).map_err(at_line)?;
    let model = model::check(&registry).map_err(at_line)?;
    let is_error: fn(&Doubt) -> bool = match check {
        "" => |doubt| matches!(doubt, Doubt::Incomplete),
        "strict" => |doubt| !matches!(doubt, Doubt::Alias(..)),
        "lenient" => |_| false,
        other => return Err(format!("invalid IANA_PORTS_CHECK `{other}`: expected strict or lenient")),
    };
    let explain = |doubt: &Doubt| at_line(model.explain(doubt));
    if let Some(doubt) = model.doubts.iter().find(|doubt| is_error(doubt)) {
        return Err(format!("{} (IANA_PORTS_CHECK=lenient makes this a warning)", explain(doubt)));
    }
    for (file, text) in emit::emit(&model).map_err(at_line)? {
        fs::write(out_dir.join(file), text).map_err(|error| of_file(&error))?;
    }
    let mut warnings: Vec<String> = model.doubts.iter().take(MAX_WARNINGS).map(explain).collect();
    if model.doubts.len() > MAX_WARNINGS {
        warnings.push(format!("{name}: {} more", model.doubts.len() - MAX_WARNINGS));
    }
    Ok(warnings)
}
