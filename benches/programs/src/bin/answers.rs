//! Writes what is registered for every port, and for each name of standard input; of a row, its number.

use iana_ports::{Entry, Transport, entries, lookup_name, lookup_port};
use std::io::{BufRead, BufWriter, Result, Write, stdin, stdout};

fn main() -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    let mut answer = |asked: &str, list: &[Entry]| {
        let rows: Vec<usize> = list.iter().map(|entry| entries().binary_search(entry).unwrap()).collect();
        writeln!(out, "{asked} {rows:?}")
    };
    for port in 0..=u16::MAX {
        for transport in Transport::ALL {
            answer(&format!("{port}/{transport}"), lookup_port(port, transport))?;
        }
    }
    for name in stdin().lock().lines() {
        let name = name?;
        answer(&name, lookup_name(&name))?;
    }
    Ok(())
}
