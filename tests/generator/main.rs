//! The generator, and the tables that it writes.

#[path = "../fuzz/checks/tables.rs"]
mod checks_of_tables;
#[path = "../fuzz/checks/texts.rs"]
mod checks_of_texts;
#[path = "../common/mod.rs"]
mod common;
mod fuzzed;
mod reader;
mod tables;
