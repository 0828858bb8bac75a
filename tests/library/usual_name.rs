//! Which of several services is the first on a port; that every port follows the rule is tested in `status`.

use crate::common::oracle;
use iana_ports::{Transport, name_by_port};
use std::collections::BTreeMap;

/// Where the rule departs from IANA's order in the embedded registry.
#[test]
fn eight_usual_names_are_not_the_first_in_the_file() {
    if !oracle::is_amended() {
        return crate::common::skipped("the list of usual names", "amended");
    }
    let mut first = BTreeMap::new();
    for row in oracle::rows().iter().filter(|row| !row.name().is_empty()) {
        for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
            for transport in Transport::ALL.into_iter().filter(|&transport| row.applies_to(port, transport)) {
                first.entry((port, transport)).or_insert(row.name());
            }
        }
    }
    let usual = first.iter().filter_map(|(&(port, transport), &first)| {
        let name = name_by_port(port, transport).unwrap();
        (name != first).then(|| format!("{port}/{transport} {name}"))
    });
    let expected = [
        "113/tcp auth",
        "465/tcp submissions",
        "512/udp biff",
        "666/tcp doom",
        "666/udp doom",
        "750/udp kerberos-iv",
        "2049/tcp nfs",
        "2049/udp nfs",
    ];
    assert_eq!(usual.collect::<Vec<_>>(), expected);
}
