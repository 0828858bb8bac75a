//! What several test files use.

#![allow(dead_code, unused_imports, reason = "each test file uses a part")]

pub mod decoded;
// The fuzz targets have no folder of a test.
#[cfg(test)]
mod folder;
pub mod oracle;
pub mod program;
mod random;
mod skipped;

#[cfg(test)]
pub use folder::folder;
pub use random::Random;
pub use skipped::skipped;
