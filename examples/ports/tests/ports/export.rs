//! `ports export`.

use crate::common::oracle;
use crate::ports;
use iana_ports::{EntryStatus, Transport, entries};

pub fn exported(format: &str) -> String {
    let (status, text, err) = ports(["export", format]);
    assert_eq!((status, err.as_str()), (0, ""));
    text
}

#[test]
fn csv_has_iana_s_columns() {
    let text = exported("csv");
    // RFC 4180 ends each record so; no cell of the registry has a line break.
    assert_eq!(text.matches("\r\n").count(), 1 + oracle::rows().len());
    assert_eq!(text.matches('\n').count(), 1 + oracle::rows().len());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), oracle::COLUMNS.as_slice());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), oracle::rows().len());
    for (record, row) in records.iter().zip(oracle::rows()) {
        assert_eq!(record, row.columns().as_slice());
    }
}

#[test]
fn json_is_every_entry() {
    assert_eq!(exported("json"), serde_json::to_string_pretty(entries()).unwrap() + "\n");
}

#[test]
fn sql_has_a_row_for_each_port_and_transport() {
    let text = exported("sql");
    let mut records = csv::Reader::from_reader(text.as_bytes()).into_records();
    let mut by_port: Vec<Vec<&oracle::Row>> = vec![Vec::new(); 65_536];
    for row in oracle::rows().iter() {
        for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
            by_port[usize::from(port)].push(row);
        }
    }
    for port in 0..=u16::MAX {
        for (transport, ip_protocol) in Transport::ALL.into_iter().zip(["6", "17", "132", "33"]) {
            let of_port = by_port[usize::from(port)].iter().filter(|row| row.applies_to(port, transport));
            let statuses = of_port.clone().map(|row| row.status());
            let status = statuses.min_by_key(|&status| oracle::rank(status)).unwrap_or(EntryStatus::Unassigned);
            let assigned = of_port.filter(|row| row.status() == EntryStatus::Assigned);
            let service = assigned.min_by_key(|row| row.usual_rank());
            let [name, description] = service.map_or(["", ""], |row| [row.name(), &row.cells[3]]);
            let status = if port >= 49152 { "Dynamic".to_owned() } else { status.to_string() };
            let record = records.next().unwrap().unwrap();
            let expected = [&port.to_string(), ip_protocol, transport.as_str(), &status, name, description];
            assert!(record.iter().eq(expected), "{record:?}, not {expected:?}");
        }
    }
    assert!(records.next().is_none());
}
