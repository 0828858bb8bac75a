//! Service names against RFC 6335.

use crate::printable;
use iana_ports::{ServiceName, lookup_name};
use serde_json::json;
use std::ffi::OsString;
use std::io::{self, BufRead, Write};

/// Prints a verdict on each name, or on each line of standard input as it comes; returns the exit status.
pub fn validate(names: &[OsString], as_json: bool, out: &mut dyn Write) -> io::Result<u8> {
    if names.is_empty() || names == ["-"] {
        return check(io::stdin().lock().split(b'\n'), as_json, out);
    }
    check(names.iter().map(|name| Ok(name.as_encoded_bytes().to_vec())), as_json, out)
}

/// Prints a verdict on each name before it waits for the next.
pub fn check(names: impl Iterator<Item = io::Result<Vec<u8>>>, as_json: bool, out: &mut dyn Write) -> io::Result<u8> {
    let mut status = 0;
    let mut before = "[\n  ";
    for name in names {
        let name = name?;
        let name = name.strip_suffix(b"\r").unwrap_or(&name);
        let (name, broken) = match str::from_utf8(name) {
            Ok(text) => (text.to_owned(), ServiceName::violations(text).map(|error| error.to_string()).collect()),
            Err(_) => (name.escape_ascii().to_string(), vec!["not UTF-8".to_owned()]),
        };
        let replacement = lookup_name(&name).first().and_then(|entry| entry.alias_of());
        let valid = broken.is_empty();
        status |= u8::from(!valid);
        if as_json {
            let known = json!({ "name": name, "valid": valid, "broken_rules": broken, "replacement": replacement });
            write!(out, "{before}{}", format!("{known:#}").replace('\n', "\n  "))?;
            before = ",\n  ";
        } else {
            writeln!(out, "{} {}", if valid { "valid  " } else { "invalid" }, printable(&name))?;
            broken.iter().try_for_each(|rule| writeln!(out, "        {rule}"))?;
            if let Some(new) = replacement.map(printable) {
                writeln!(out, "        registered before RFC 6335; IANA replaced it with {new}")?;
            }
        }
        out.flush()?;
    }
    if as_json {
        writeln!(out, "{}", if before.starts_with('[') { "[]" } else { "\n]" })?;
    }
    Ok(status)
}
