//! A text, through every parser and every look-up by text but the search: no panic, and no answer other than a naive
//! reader's.

#![no_main]

mod checks;

libfuzzer_sys::fuzz_target!(|text: &str| checks::texts::text(text));
