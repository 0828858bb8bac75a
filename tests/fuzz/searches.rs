//! A text, searched for: a target of its own, since each search reads the whole registry.

#![no_main]

mod checks;

libfuzzer_sys::fuzz_target!(|text: &str| checks::texts::searched(text));
