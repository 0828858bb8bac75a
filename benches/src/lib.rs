//! What the tests and benches of this package share.

pub mod budgets;
pub mod programs;
#[path = "../../tests/common/support.rs"]
mod support;

pub use support::{Random, skipped};

use std::io::Write;

/// Whether everything is measured, for a release or a table, and not only what every change needs.
pub fn is_full() -> bool {
    std::env::var_os("FULL").is_some_and(|full| !full.is_empty())
}

/// Writes to standard error past the harness, which hides what a passing test prints.
pub fn print(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
