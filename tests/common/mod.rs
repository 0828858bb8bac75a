//! What several test programs use.

#![allow(dead_code, unused_imports, reason = "each test program uses a part")]

mod basics;
pub mod decoded;
// The fuzz targets have no folder of a test.
#[cfg(test)]
mod folder;
pub mod oracle;
pub mod program;
pub mod rules;

pub use basics::{Random, skipped};
#[cfg(test)]
pub use folder::folder;
