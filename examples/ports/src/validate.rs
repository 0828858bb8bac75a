//! Service names against RFC 6335.

use crate::printable;
use iana_ports::{ServiceName, lookup_name};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::{self, BufRead, Write};

/// Prints a verdict on each name, or on each line of standard input; returns the exit status.
pub fn validate(names: &[OsString], as_json: bool, out: &mut dyn Write) -> io::Result<u8> {
    let verdicts: Vec<Verdict> = if names.is_empty() || names == ["-"] {
        let lines = io::stdin().lock().split(b'\n');
        lines
            .map(|line| line.map(|line| verdict(line.strip_suffix(b"\r").unwrap_or(&line))))
            .collect::<Result<_, _>>()?
    } else {
        names.iter().map(|name| verdict(name.as_encoded_bytes())).collect()
    };
    if as_json {
        let object = |Verdict { name, broken, replacement }: &Verdict| {
            let valid = broken.is_empty();
            json!({ "name": name, "valid": valid, "broken_rules": broken, "replacement": replacement })
        };
        writeln!(out, "{:#}", Value::from_iter(verdicts.iter().map(object)))?;
    } else {
        for Verdict { name, broken, replacement } in &verdicts {
            writeln!(out, "{} {}", if broken.is_empty() { "valid  " } else { "invalid" }, printable(name))?;
            broken.iter().try_for_each(|rule| writeln!(out, "        {rule}"))?;
            if let Some(replacement) = replacement {
                writeln!(out, "        registered before RFC 6335; IANA replaced it with {replacement}")?;
            }
        }
    }
    Ok(verdicts.iter().any(|verdict| !verdict.broken.is_empty()).into())
}

struct Verdict {
    /// With escapes where it is not UTF-8.
    name: String,
    /// A sentence for every rule that the name breaks.
    broken: Vec<String>,
    /// The name that replaced it in the registry.
    replacement: Option<&'static str>,
}

fn verdict(name: &[u8]) -> Verdict {
    match str::from_utf8(name) {
        Ok(text) => Verdict {
            name: text.to_owned(),
            broken: ServiceName::violations(text).map(|error| error.to_string()).collect(),
            replacement: lookup_name(text).first().and_then(|entry| entry.alias_of()),
        },
        Err(_) => {
            Verdict { name: name.escape_ascii().to_string(), broken: vec!["not UTF-8".to_owned()], replacement: None }
        }
    }
}
