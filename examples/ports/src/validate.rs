//! Service names against RFC 6335.

use crate::printable;
use iana_ports::{ServiceName, lookup_name};
use serde_json::json;
use std::ffi::OsString;
use std::io::{self, BufRead, Write};

/// Prints a verdict on each name, or on each line of standard input; returns the exit status.
pub fn validate(names: &[OsString], as_json: bool, out: &mut dyn Write) -> io::Result<u8> {
    let mut verdicts = Vec::new();
    let mut bad = false;
    let mut check = |name: &[u8]| -> io::Result<()> {
        let verdict = Verdict::of(name);
        bad |= !verdict.broken.is_empty();
        if as_json {
            let Verdict { name, broken, replacement } = verdict;
            verdicts.push(json!({
                "name": name, "good": broken.is_empty(), "broken_rules": broken, "replacement": replacement
            }));
            return Ok(());
        }
        verdict.print(out)
    };
    if names.is_empty() || names == ["-"] {
        for line in io::stdin().lock().split(b'\n') {
            let line = line?;
            check(line.strip_suffix(b"\r").unwrap_or(&line))?;
        }
    } else {
        names.iter().try_for_each(|name| check(name.as_encoded_bytes()))?;
    }
    if as_json {
        writeln!(out, "{:#}", json!(verdicts))?;
    }
    Ok(bad.into())
}

struct Verdict {
    /// With escapes where it is not UTF-8.
    name: String,
    /// A sentence for every rule that the name breaks.
    broken: Vec<String>,
    /// The name that replaced it in the registry.
    replacement: Option<&'static str>,
}

impl Verdict {
    fn of(name: &[u8]) -> Self {
        let Ok(text) = str::from_utf8(name) else {
            return Verdict {
                name: name.escape_ascii().to_string(),
                broken: vec!["not UTF-8".to_owned()],
                replacement: None,
            };
        };
        Verdict {
            name: text.to_owned(),
            broken: ServiceName::violations(text).map(|error| error.to_string()).collect(),
            replacement: lookup_name(text).first().and_then(|entry| entry.alias_of()),
        }
    }

    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{} {}", if self.broken.is_empty() { "good" } else { "bad " }, printable(&self.name))?;
        for rule in &self.broken {
            writeln!(out, "     {rule}")?;
        }
        if let Some(replacement) = self.replacement {
            writeln!(out, "     registered before RFC 6335; IANA replaced it with {replacement}")?;
        }
        Ok(())
    }
}
