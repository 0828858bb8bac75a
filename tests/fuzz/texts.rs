//! A text, through every parser and every look-up by text but the search: no panic, and no answer other than a naive
//! reader's.

#![no_main]

#[path = "checks/texts.rs"]
#[allow(dead_code, reason = "searches are a target of their own")]
mod checks;

libfuzzer_sys::fuzz_target!(|text: &str| checks::text(text));
