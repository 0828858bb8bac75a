//! What several test programs use.

#![allow(dead_code, unused_imports, reason = "each test program uses a part")]

pub mod decoded;
mod support;
// The fuzz targets have no folder of a test.
#[cfg(test)]
mod folder;
pub mod oracle;
pub mod program;
pub mod rules;

#[cfg(test)]
pub use folder::folder;
pub use support::{Random, skipped};
