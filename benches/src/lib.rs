//! What the tests and benches of this package share.

pub mod budgets;
pub mod programs;
#[path = "../../tests/common/support.rs"]
mod support;

pub use support::{Random, skipped};

use std::io::Write;

/// Writes to standard error past the harness, which hides what a passing test prints.
pub fn print(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
