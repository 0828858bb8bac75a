//! Bytes, through the generator to tables: no panic, and no cell, name or port other than another reader finds.

#![no_main]

#[path = "checks/tables.rs"]
mod checks;
#[path = "../common/mod.rs"]
mod common;

libfuzzer_sys::fuzz_target!(|source: &[u8]| {
    checks::registry(source);
});
