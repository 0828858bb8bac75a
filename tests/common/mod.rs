//! What several test files use.

#![allow(dead_code, unused_imports, reason = "each test file uses a part")]

pub mod decoded;
pub mod oracle;
pub mod program;
mod random;
mod skipped;

pub use random::Random;
pub use skipped::skipped;
