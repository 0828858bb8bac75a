//! `ports export`: its CSV by another reader, its services file by glibc.

use crate::common::{Random, folder, oracle, skipped};
use crate::ports;
use iana_ports::{REGISTRY_SOURCE, Transport, entries, lookup_port, name_by_port, port_by_name, port_status};
use std::collections::BTreeMap;
use std::process::Command;

pub fn exported(format: &str) -> String {
    let (status, text, err) = ports(["export", format]);
    assert_eq!((status, err.as_str()), (0, ""));
    text
}

#[test]
fn csv_has_iana_s_columns() {
    // As RFC 4180 has it.
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(oracle::COLUMNS).unwrap();
    oracle::rows().iter().for_each(|row| writer.write_record(row.columns()).unwrap());
    assert!(exported("csv").as_bytes() == writer.into_inner().unwrap());
}

#[test]
fn json_is_every_entry() {
    assert_eq!(exported("json"), serde_json::to_string_pretty(entries()).unwrap() + "\n");
}

#[test]
fn sql_has_a_row_for_each_port_and_transport() {
    let text = exported("sql");
    let mut records = csv::Reader::from_reader(text.as_bytes()).into_records();
    for port in 0..=u16::MAX {
        for (transport, ip_protocol) in Transport::ALL.into_iter().zip(["6", "17", "132", "33"]) {
            let record = records.next().unwrap().unwrap();
            let usual = lookup_port(port, transport).first();
            let name = name_by_port(port, transport).unwrap_or("");
            let description = usual.map_or("", |entry| entry.description());
            let status = port_status(port, transport);
            let expected = [&port.to_string(), ip_protocol, transport.as_str(), status.as_str(), name, description];
            assert!(record.iter().eq(expected), "{record:?}, not {expected:?}");
        }
    }
    assert!(records.next().is_none());
}

/// The names of each port that a services file can hold, and the description of the first.
fn names_by_port() -> BTreeMap<(u16, Transport), (Vec<&'static str>, &'static str)> {
    let ports = (0..=u16::MAX).flat_map(|port| Transport::ALL.map(|transport| (port, transport)));
    let names = |(port, transport)| {
        let rows = lookup_port(port, transport).iter();
        let rows = rows.filter_map(|row| Some((row.service_name()?, row.description())));
        let (names, descriptions): (Vec<_>, Vec<_>) = rows.filter(|(name, _)| !name.contains([' ', '#'])).unzip();
        Some(((port, transport), (names, *descriptions.first()?)))
    };
    ports.filter_map(names).collect()
}

#[test]
fn services_has_a_line_for_each_port_with_its_names() {
    let text = exported("services");
    assert!(text.starts_with(&format!("# {REGISTRY_SOURCE}\n")), "{}", &text[..200]);
    let mut lines = text.lines().skip_while(|line| line.starts_with('#'));
    for ((port, transport), (names, description)) in names_by_port() {
        let line = lines.next().unwrap();
        let (fields, comment) = line.split_once(" # ").unwrap_or((line, ""));
        let mut fields: Vec<&str> = fields.split_whitespace().collect();
        assert_eq!(fields.remove(1), format!("{port}/{transport}"));
        assert_eq!((fields, comment, line), (names, description, line.trim()));
    }
    assert_eq!(lines.next(), None);
}

/// What glibc's `getent services` prints for these keys, where `/etc/services` is this text.
fn getent(services: &str, keys: &[String]) -> Option<String> {
    let file = folder("getent").join("services");
    std::fs::write(&file, services).unwrap();
    let script = "mount --bind \"$0\" /etc/services && exec getent -s files services \"$@\"";
    let mut unshare = Command::new("unshare");
    unshare.args(["--map-root-user", "--mount", "sh", "-c", script]).arg(file).args(keys);
    let output = unshare.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

#[test]
fn glibc_finds_the_usual_service_and_the_lowest_port() {
    // glibc reads the file from its beginning for each key: one port in sixteen, and the names that begin there.
    let mut random = Random::new(6335);
    let mut keys = Vec::new();
    let mut expected = String::new();
    let by_port = names_by_port();
    for ((port, transport), (names, _)) in &by_port {
        // getent knows no transport without a line in /etc/protocols.
        if !["tcp", "udp"].contains(&transport.as_str()) || random.below(16) > 0 {
            continue;
        }
        keys.push(format!("{port}/{transport}"));
        expected += &format!("{} {port}/{transport}\n", names[0]);
        for name in names.iter().filter(|name| !name.contains('/')) {
            let lowest = port_by_name(name, *transport).unwrap();
            keys.push(format!("{name}/{transport}"));
            expected += &format!("{} {lowest}/{transport}\n", by_port[&(lowest, *transport)].0[0]);
        }
    }
    let services = exported("services");
    let Some(found) = getent(&services, &keys) else {
        return skipped("the services file by glibc", "root");
    };
    let shown = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ") + "\n";
    let found: String = found.lines().map(shown).collect();
    assert!(found.lines().count() > 1_000);
    assert_eq!(found, expected);
}
