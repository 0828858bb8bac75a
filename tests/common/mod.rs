//! What several test files use.

#![allow(dead_code, unused_imports, reason = "each test file uses a part")]

pub mod decoded;
// The fuzz targets have neither a folder of a test nor serde_json.
#[cfg(test)]
mod folder;
#[cfg(test)]
mod json;
pub mod oracle;
pub mod program;
mod random;
mod skipped;

#[cfg(test)]
pub use folder::folder;
#[cfg(test)]
pub use json::check_object;
pub use random::Random;
pub use skipped::skipped;
