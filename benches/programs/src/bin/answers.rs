//! Writes the numbers of the rows that each port, and the name of each row, is registered with.

use iana_ports::{Entry, Transport, entries, lookup_name, lookup_port};
use std::io::{BufWriter, Result, Write, stdout};

fn main() -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    for port in 0..=u16::MAX {
        for transport in Transport::ALL {
            writeln!(out, "{port}/{transport} {:?}", rows(lookup_port(port, transport)))?;
        }
    }
    for name in entries().iter().filter_map(|entry| entry.service_name()) {
        writeln!(out, "{name} {:?}", rows(lookup_name(name)))?;
    }
    Ok(())
}

fn rows(list: &[Entry]) -> Vec<usize> {
    list.iter().map(|entry| entries().binary_search(entry).unwrap()).collect()
}
