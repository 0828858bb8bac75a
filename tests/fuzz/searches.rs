//! A text, searched for: a target of its own, since each search reads the whole registry.

#![no_main]

#[path = "checks/texts.rs"]
#[allow(dead_code, reason = "the rest is the target `texts`")]
mod checks;

libfuzzer_sys::fuzz_target!(|text: &str| checks::searched(text));
