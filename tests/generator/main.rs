//! The generator, and the tables that it writes.

#[path = "../fuzz/checks/mod.rs"]
mod checks;
mod fuzzed;
mod reader;
mod tables;
