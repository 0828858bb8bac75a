//! Bytes, through the generator to tables: no panic, and no cell, name or port other than another reader finds.

#![no_main]

mod checks;

libfuzzer_sys::fuzz_target!(|source: &[u8]| {
    checks::tables::registry(source);
});
