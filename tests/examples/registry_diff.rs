//! registry/diff.rs: its exact output for a small pair of files, and for other pairs its lists against a
//! derivation of their own from the rows that the oracle reads.

#[path = "../../registry/diff.rs"]
#[allow(dead_code, reason = "its `main`, and what only the build reads")]
mod diff;

use crate::common::oracle::Row;
use crate::common::program::Failing;
use crate::common::{Random, folder, oracle, skipped};
use iana_ports::{EntryStatus, Transport};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Exit status, output and messages.
fn run(arguments: &[&Path]) -> (u8, String, String) {
    let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
    let mut out = Vec::new();
    let mut err = Vec::new();
    let status = diff::run(&arguments, &mut out, &mut err);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

thread_local! {
    /// Each test runs in a thread of its own.
    static FOLDER: PathBuf = folder(&std::thread::current().name().unwrap().replace("::", "/"));
}

/// A file of the test that runs.
fn file(name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = FOLDER.with(|folder| folder.join(name));
    fs::write(&path, text).unwrap();
    path
}

/// A registry of this date; the records start on line 3.
fn registry(updated: &str, records: &str) -> String {
    format!(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\n\
         <updated>{updated}</updated>\n{records}</registry>\n"
    )
}

/// A record of name, transport, ports and description, and what else there is.
fn record(name: &str, protocol: &str, number: &str, description: &str, more: &str) -> String {
    let element = |tag: &str, text: &str| match text {
        "" => String::new(),
        text => format!("<{tag}>{text}</{tag}>"),
    };
    let [name, protocol, number] =
        [("name", name), ("protocol", protocol), ("number", number)].map(|(a, b)| element(a, b));
    format!("<record>{name}{protocol}{number}<description>{description}</description>{more}</record>\n")
}

/// Two files with something in each group.
fn small_pair() -> [PathBuf; 2] {
    const NOTE: &str = "This note is long enough that the words in common are not shown, up to here:";
    let old = [
        "<note title=\"Amendments\">Ports were amended from a list.</note>\n".to_owned(),
        record("keep", "tcp", "1", "Stays", ""),
        record("keep", "udp", "1", "Stays", ""),
        record("", "tcp", "2", "Reserved", ""),
        record("", "", "3-9", "Unassigned", ""),
        record("first", "tcp", "10", "One", ""),
        record("second", "tcp", "10", "Two", ""),
        record("Case", "tcp", "11", "Spelt", "<xref type=\"person\" data=\"A_B\"/>"),
        record("before", "tcp", "12", "Same", ""),
        record("before", "udp", "12", "Same", ""),
        record("mover", "tcp", "13", "Moves", ""),
        record("mover", "udp", "13", "Moves", ""),
        record("freed", "tcp", "14-15", "Goes *away*", ""),
        record("", "", "16-16", "Unassigned", ""),
        record("", "tcp", "17", "any private use", ""),
        record("span", "", "20-29", "Every transport", ""),
        record("twin", "tcp", "", "A", ""),
        record("twin", "tcp", "", "B", ""),
        record("oldname", "udp", "", "No port, so no rename", ""),
        record("noted", "", "", "N", &format!("<note>{NOTE} one</note>")),
    ];
    let new = [
        record("keep", "udp", "1", "Stays", ""),
        record("keep", "tcp", "1", "Stays", ""),
        record("fresh", "tcp", "2", "Has a &lt;long&gt; description, for which the room on one line will not do", ""),
        record("", "", "3-4", "Unassigned", ""),
        record("fresh", "tcp", "5", "F", ""),
        record("", "udp", "5", "Reserved", ""),
        record("", "", "6-9", "Unassigned", ""),
        record("second", "tcp", "10", "Two", ""),
        record("first", "tcp", "10", "One", ""),
        record("CASE", "tcp", "11", "Spelt", "<xref type=\"person\" data=\"C_D\"/><assignee/>"),
        record("after", "tcp", "12", "Same", ""),
        record("after", "udp", "12", "Same", ""),
        record("mover", "tcp", "", "Moves", ""),
        record("mover", "sctp", "13", "Moved", ""),
        record("", "", "14", "Reserved", ""),
        record("", "", "16", "Unassigned", ""),
        record("", "tcp", "17", "any private use", ""),
        record("span", "", "20-29", "Every transport", "<sc>7</sc>"),
        record("twin", "tcp", "", "B", "<unauthorized>x</unauthorized>"),
        record("twin", "tcp", "", "A", "<unauthorized>y</unauthorized>"),
        record("newname", "udp", "", "No port, so no rename", ""),
        record("noted", "", "", "N", &format!("<note>{NOTE} two</note>")),
    ];
    [file("old.xml", registry("2020-01-31", &old.concat())), file("new.xml", registry("2020-02-29", &new.concat()))]
}

#[test]
fn markdown_of_a_small_pair() {
    let [old, new] = small_pair();
    let expected = "\
### Registry of 2020-02-29

- Now: registry file dated 2020-02-29, 22 rows.
- Before: registry file dated 2020-01-31, 19 rows. `Ports were amended from a list.`
- 5 rows in both.

Added: 3 rows, newly registered.

- `fresh`, 2/tcp: `Has a <long> description, for which the room on one line will not do`
- `fresh`, 5/tcp: `F`
- `newname`, no port/udp: `No port, so no rename`

Removed: 2 rows, registered no longer.

- `freed`, 14-15/tcp: `Goes *away*`
- `oldname`, no port/udp: `No port, so no rename`

Renamed: 2 rows, the ports are registered for another name.

- `before` → `after`, 12/tcp, udp

Moved: 2 rows, other ports or transports are registered for the name.

- `mover`, 13/tcp, udp → 13/sctp; no port/tcp: Description

Changed: 6 rows, registered as before, with other columns.

- `CASE`, 11/tcp: Service Name, Assignee, Contact
- (no name), 16: Port Number
- `span`, 20-29: Service Code
- `noted`, no port: Assignment Notes
- `twin`, no port/tcp: Unauthorized Use Reported

Redrawn: 2 → 4 rows, ports registered for no service, cut in another way.

Status: 11 ports, counted for each transport.

- 2/tcp: Reserved → Assigned, registered for `fresh`
- 5/tcp: Unassigned → Assigned, registered for `fresh`
- 5/udp: Unassigned → Reserved
- 13/tcp, udp: Assigned → Unassigned, was registered for `mover`
- 13/sctp: Unassigned → Assigned, registered for `mover`
- 14/tcp: Assigned → Reserved, was registered for `freed`
- 14/udp, sctp, dccp: Unassigned → Reserved
- 15/tcp: Assigned → Unassigned, was registered for `freed`

Order: 1 port, counted for each transport.

- 10/tcp: `first`, `second` → `second`, `first`
";
    assert_eq!(run(&[&old, &new]), (0, expected.to_owned(), String::new()));
    assert_eq!(run(&["--check".as_ref(), &old, &new]), run(&[&old, &new]));
}

#[test]
fn json_of_a_small_pair() {
    let [old, new] = small_pair();
    let (code, out, err) = run(&["--json".as_ref(), &old, &new]);
    assert_eq!((code, err.as_str()), (0, ""));
    let value: Value = serde_json::from_str(&out).unwrap();
    let row = |name: &str, port: &str, transport: &str, description: &str| {
        serde_json::json!({
            "service_name": name, "port_number": port, "transport_protocol": transport, "description": description,
            "assignee": "", "contact": "", "registration_date": "", "modification_date": "", "reference": "",
            "service_code": "", "unauthorized_use_reported": "", "assignment_notes": "",
        })
    };
    let freed = serde_json::json!({ "old": [row("freed", "14-15", "tcp", "Goes *away*")], "new": [] });
    assert_eq!(value["removed"][0], freed);
    let moved = serde_json::json!([{
        "old": [row("mover", "13", "tcp", "Moves"), row("mover", "13", "udp", "Moves")],
        "new": [row("mover", "", "tcp", "Moves"), row("mover", "13", "sctp", "Moved")],
    }]);
    assert_eq!(value["moved"], moved);
    let mut coded = row("span", "20-29", "", "Every transport");
    coded["service_code"] = "7".into();
    let changed = serde_json::json!({ "old": [row("span", "20-29", "", "Every transport")], "new": [coded] });
    assert_eq!(value["changed"][2], changed);
    let released = [&value["old"], &value["new"]];
    let expected = [
        serde_json::json!({ "updated": "2020-01-31", "amendments": "Ports were amended from a list.", "rows": 19 }),
        serde_json::json!({ "updated": "2020-02-29", "amendments": null, "rows": 22 }),
    ];
    assert_eq!(released, expected.each_ref());
    let reserved = serde_json::json!({
        "ports": "14", "transports": ["udp", "sctp", "dccp"],
        "old": { "status": "Unassigned", "services": [] }, "new": { "status": "Reserved", "services": [] },
    });
    assert_eq!(value["status"][6], reserved);
    let order = serde_json::json!([{
        "ports": "10", "transports": ["tcp"],
        "old": { "status": "Assigned", "services": ["first", "second"] },
        "new": { "status": "Assigned", "services": ["second", "first"] },
    }]);
    assert_eq!(value["order"], order);
    check(&old, &new);
}

#[test]
fn a_file_does_not_differ_from_itself() {
    let [old, _] = small_pair();
    let expected = "\
### Registry of 2020-01-31

- Now: registry file dated 2020-01-31, 19 rows. `Ports were amended from a list.`
- Before: registry file dated 2020-01-31, 19 rows. `Ports were amended from a list.`
- 19 rows in both.
";
    assert_eq!(run(&["--check".as_ref(), &old, &old]), (0, expected.to_owned(), String::new()));
}

#[test]
fn check_rejects_an_older_or_smaller_file() {
    let rows =
        |number: usize| -> String { (1..=number).map(|port| record("a", "", &port.to_string(), "", "")).collect() };
    let old = file("old.xml", registry("2020-01-31", &rows(1_000)));
    for (name, updated, number, message) in [
        ("older.xml", "2020-01-30", 2_000, "the new file is of 2020-01-30, older than the old one of 2020-01-31\n"),
        (
            "smaller.xml",
            "2020-02-01",
            979,
            "the new file has 979 rows, the old one 1,000 rows: more than 2 % are gone\n",
        ),
        ("empty.xml", "2020-02-01", 0, "the new file has 0 rows, the old one 1,000 rows: more than 2 % are gone\n"),
        ("same-day.xml", "2020-01-31", 980, ""),
    ] {
        let new = file(name, registry(updated, &rows(number)));
        let (status, out, err) = run(&["--check".as_ref(), &old, &new]);
        assert_eq!(
            (status, out.is_empty(), err.as_str()),
            (u8::from(!message.is_empty()), !message.is_empty(), message)
        );
        assert_eq!(run(&[&old, &new]).0, 0);
    }
}

type Cells = [String; 12];
/// How often each row occurs.
type Bag = BTreeMap<Cells, usize>;

fn bag(rows: impl IntoIterator<Item = Cells>) -> Bag {
    let mut bag = Bag::new();
    rows.into_iter().for_each(|row| *bag.entry(row).or_default() += 1);
    bag
}

/// What is more often in `bag` than in `other`.
fn less(bag: &Bag, other: &Bag) -> Bag {
    let left =
        bag.iter().map(|(row, &count)| (row.clone(), count.saturating_sub(other.get(row).copied().unwrap_or(0))));
    left.filter(|&(_, count)| count > 0).collect()
}

fn cells(value: &Value) -> Vec<Cells> {
    let column = |row: &Value, name: &str| row[name.to_lowercase().replace(' ', "_")].as_str().unwrap().to_owned();
    value.as_array().unwrap().iter().map(|row| oracle::COLUMNS.map(|name| column(row, name))).collect()
}

/// Name without case, ports and transport of a row.
type Key = (String, Option<(u16, u16)>, String);

fn key(cells: &Cells) -> Key {
    let bounds: Vec<u16> = cells[1].split('-').filter_map(|bound| bound.parse().ok()).collect();
    (cells[0].to_ascii_lowercase(), bounds.first().copied().zip(bounds.last().copied()), cells[2].clone())
}

/// How many rows of either file have a key, and for how many of them there is a row of the other file.
fn keys(bag: &Bag) -> BTreeMap<Key, usize> {
    let mut keys = BTreeMap::new();
    bag.iter().for_each(|(cells, count)| *keys.entry(key(cells)).or_default() += count);
    keys
}

/// What a port is on a transport, painted row by row: status, and the names of the services in order.
fn paint(rows: &[Row]) -> BTreeMap<(u16, &'static str), (String, Vec<String>)> {
    let mut painted = BTreeMap::<_, (Option<EntryStatus>, Vec<String>)>::new();
    for row in rows {
        for transport in Transport::ALL {
            for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
                if row.applies_to(port, transport) {
                    let (status, names) = painted.entry((port, transport.as_str())).or_default();
                    // `EntryStatus` is ordered from Assigned to Unassigned.
                    *status = Some(status.map_or(row.status(), |before| {
                        if oracle::rank(before) < oracle::rank(row.status()) { before } else { row.status() }
                    }));
                    let name = if row.name().is_empty() { &row.cells[3] } else { &row.cells[0] };
                    if row.status() == EntryStatus::Assigned && !names.contains(name) {
                        names.push(name.clone());
                    }
                }
            }
        }
    }
    painted.into_iter().map(|(place, (status, names))| (place, (format!("{:?}", status.unwrap()), names))).collect()
}

/// Checks everything that the JSON says about two files.
fn check(old: &Path, new: &Path) -> Value {
    let (code, out, _) = run(&["--json".as_ref(), old, new]);
    assert_eq!(code, 0);
    let json: Value = serde_json::from_str(&out).unwrap();
    let rows = [old, new].map(|path| oracle::rows_of(&fs::read_to_string(path).unwrap()));
    let [all_old, all_new] = rows.each_ref().map(|rows| bag(rows.iter().map(|row| row.cells.clone())));
    let groups = ["added", "removed", "renamed", "moved", "changed", "redrawn"];
    let changes = |group: &str| -> Vec<[Vec<Cells>; 2]> {
        json[group].as_array().unwrap().iter().map(|change| ["old", "new"].map(|side| cells(&change[side]))).collect()
    };
    let side =
        |group: &str, side: usize| bag(changes(group).into_iter().flat_map(|mut change| change[side].split_off(0)));
    let union = |number: usize| {
        bag(groups.iter().flat_map(|group| side(group, number)).flat_map(|(row, count)| vec![row; count]))
    };

    // What is in a group is exactly what the files do not have in common, and all else is unchanged.
    let mut rest_old = less(&all_old, &all_new);
    let mut rest_new = less(&all_new, &all_old);
    assert_eq!(union(0), rest_old);
    assert_eq!(union(1), rest_new);
    let size = |bag: &Bag| bag.values().sum::<usize>();
    assert_eq!(json["unchanged"], size(&all_old) - size(&rest_old));
    assert_eq!([&json["old"]["rows"], &json["new"]["rows"]], [size(&all_old), size(&all_new)]);

    // Changed: as many of each key as both files have left.
    let old_keys = keys(&rest_old);
    let new_keys = keys(&rest_new);
    let common: BTreeMap<Key, usize> =
        old_keys.iter().filter_map(|(key, &count)| Some((key.clone(), count.min(*new_keys.get(key)?)))).collect();
    let step = |group: &str, rest_old: &mut Bag, rest_new: &mut Bag| {
        *rest_old = less(rest_old, &side(group, 0));
        *rest_new = less(rest_new, &side(group, 1));
    };
    assert_eq!([keys(&side("changed", 0)), keys(&side("changed", 1))], [common.clone(), common]);
    for change in changes("changed") {
        let [[old], [new]] = change.each_ref().map(Vec::as_slice) else { panic!("{change:?}") };
        assert_eq!(key(old), key(new));
        assert_ne!(old, new);
    }
    step("changed", &mut rest_old, &mut rest_new);

    // Moved: every row of the names that both have left; renamed: the same of ports and transports.
    let named: fn(&Cells) -> Option<Key> =
        |cells| Some((key(cells).0, None, String::new())).filter(|key| !key.0.is_empty());
    let placed: fn(&Cells) -> Option<Key> = |cells| {
        key(cells).1.filter(|_| !cells[0].is_empty()).map(|ports| (String::new(), Some(ports), cells[2].clone()))
    };
    for (group, by) in [("moved", named), ("renamed", placed)] {
        let by_key = |bag: &Bag| -> BTreeSet<Key> { bag.keys().filter_map(by).collect() };
        let left = by_key(&rest_old);
        let right = by_key(&rest_new);
        let both: BTreeSet<&Key> = left.intersection(&right).collect();
        let chosen = |bag: &Bag| -> Bag {
            bag.clone().into_iter().filter(|(cells, _)| by(cells).is_some_and(|key| both.contains(&key))).collect()
        };
        assert_eq!([side(group, 0), side(group, 1)], [chosen(&rest_old), chosen(&rest_new)], "{group}");
        for [old, new] in changes(group) {
            let keys: BTreeSet<_> = old.iter().chain(&new).map(by).collect();
            assert!(keys.len() == 1 && !old.is_empty() && !new.is_empty(), "{group}: {old:?} {new:?}");
        }
        step(group, &mut rest_old, &mut rest_new);
    }

    // Redrawn: what is left and gives only a status.
    let status: BTreeMap<&Cells, EntryStatus> = rows.iter().flatten().map(|row| (&row.cells, row.status())).collect();
    let of_status = |bag: &Bag| -> Bag {
        bag.clone().into_iter().filter(|(cells, _)| status[cells] != EntryStatus::Assigned).collect()
    };
    assert_eq!([side("redrawn", 0), side("redrawn", 1)], [of_status(&rest_old), of_status(&rest_new)]);
    let mut reached = None;
    for [old, new] in changes("redrawn") {
        let mut ports: Vec<_> = old.iter().chain(&new).filter_map(|cells| key(cells).1).collect();
        ports.sort_unstable();
        for (number, (start, end)) in ports.into_iter().enumerate() {
            assert_eq!(number > 0, reached >= Some(start), "{old:?} {new:?}");
            reached = reached.max(Some(end));
        }
    }
    step("redrawn", &mut rest_old, &mut rest_new);
    assert_eq!([side("removed", 0), side("removed", 1)], [rest_old, Bag::new()]);
    assert_eq!([side("added", 0), side("added", 1)], [Bag::new(), rest_new]);

    // EntryStatus and order: every port and transport.
    let free = |&(port, _): &(u16, &str)| {
        let status = if port < 49152 { "Unassigned" } else { "Dynamic" };
        (status.to_owned(), Vec::new())
    };
    let painted = rows.each_ref().map(|rows| paint(rows));
    let mut expected = [BTreeMap::new(), BTreeMap::new()];
    for place in painted.iter().flat_map(BTreeMap::keys) {
        let [old, new] = painted.each_ref().map(|painted| painted.get(place).cloned().unwrap_or_else(|| free(place)));
        let among = |names: &[String], name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
        let kept: Vec<usize> =
            new.1.iter().filter_map(|name| old.1.iter().position(|other| other.eq_ignore_ascii_case(name))).collect();
        assert!(kept.iter().all(|&number| among(&new.1, &old.1[number])));
        if old.0 != new.0 {
            expected[0].insert(*place, (old, new));
        } else if !kept.is_sorted() {
            expected[1].insert(*place, (old, new));
        }
    }
    for (list, expected) in ["status", "order"].into_iter().zip(expected) {
        let mut found = BTreeMap::new();
        for run in json[list].as_array().unwrap() {
            let bounds: Vec<u16> =
                run["ports"].as_str().unwrap().split('-').map(|bound| bound.parse().unwrap()).collect();
            let view = |side: &str| {
                let names =
                    run[side]["services"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
                (run[side]["status"].as_str().unwrap().to_owned(), names.collect::<Vec<_>>())
            };
            for port in bounds[0]..=bounds[bounds.len() - 1] {
                for transport in run["transports"].as_array().unwrap() {
                    let transport: Transport = transport.as_str().unwrap().parse().unwrap();
                    assert_eq!(found.insert((port, transport.as_str()), (view("old"), view("new"))), None);
                }
            }
        }
        assert_eq!(found, expected, "{list}");
    }

    json
}

/// Needs IANA's file of 2025-10-30, named by the variable NEWER_XML.
#[test]
fn from_the_built_in_registry_to_ianas_newer_file() {
    let Some(newer) = std::env::var_os("NEWER_XML").filter(|path| !path.is_empty()) else {
        return skipped("the comparison with IANA's file of 2025-10-30", "NEWER_XML");
    };
    let old = file("built-in.xml", oracle::xml());
    check(&old, Path::new(&newer));
}

#[test]
fn from_a_part_of_the_built_in_registry_to_one_with_many_changes() {
    // Without the notes that name an alias, which may name what is not there.
    let xml = oracle::xml().replace("alias to", "alias of").replace("as a replacement for", "in place of");
    let starts: Vec<usize> = xml.match_indices("<record").map(|(start, _)| start).take(3_001).collect();
    let records: Vec<&str> = starts.windows(2).map(|bounds| &xml[bounds[0]..bounds[1]]).collect();
    let changed = records.iter().rev().enumerate().map(|(number, &record)| match number % 20 {
        0 => String::new(),
        2 => record.repeat(2),
        4 => record.replace("<name>", "<name>x-"),
        6 => record.replace("<number>", "<!--").replace("</number>", "-->"),
        8 => record.replace("<protocol>tcp", "<protocol>dccp"),
        10 if record.contains("<name>") => record.replace("<description>", "<description>More "),
        12 => record.replace("<description>Unassigned", "<description>Reserved"),
        14 if record.contains("<name>") => {
            let nameless = record.replace("<name>", "<!--").replace("</name>", "-->");
            nameless.replace("<description>", "<description>any private ")
        }
        _ => record.to_owned(),
    });
    let changed: String = changed.collect();
    let [old, new] = [records.concat(), changed].map(|records| registry("2020-01-31", &records));
    let json = check(&file("part.xml", old), &file("many.xml", new));
    for list in ["added", "removed", "renamed", "moved", "changed", "redrawn", "status", "order"] {
        assert!(json[list].as_array().unwrap().len() > 5, "{list}");
    }
}

#[test]
fn random_small_registries() {
    let mut random = Random::new(6335);
    let mut seen = BTreeSet::new();
    for round in 0..16 {
        let [old, new] = ["old", "new"].map(|side| {
            let spelling = random.choose(&["b", "B"]);
            let mut records = String::new();
            for _ in 0..random.choose(&[0, 4, 12, 24]) {
                let name = random.choose(&["", "", "a", spelling, side]);
                let protocol = random.choose(&["", "tcp", "udp"]);
                let number = random.choose(&["", "1", "2", "2-2", "1-3", "3", "49151-49152"]);
                let description = random.choose(&["d", "e", "Unassigned", "Reserved", "any private use"]);
                let more = random.choose(&["", "", "<sc>1</sc>"]);
                records += &record(name, protocol, number, description, more);
            }
            file(&format!("{side}-{round}.xml"), registry("2020-01-31", &records))
        });
        let json = check(&old, &new);
        let lists =
            json.as_object().unwrap().iter().filter(|(_, list)| list.as_array().is_some_and(|list| !list.is_empty()));
        seen.extend(lists.map(|(name, _)| name.clone()));
    }
    assert_eq!(seen.len(), 8, "{seen:?}");
}

const EXPECTED: &str = "expected <registry> with id=\"service-names-port-numbers\", IANA's XML of the registry";

#[test]
fn invalid_files_give_a_one_line_error() {
    let [good, _] = small_pair();
    let fails = |arguments: &[&Path], message: &str| {
        assert_eq!(run(arguments), (2, String::new(), format!("{message}\n")));
    };
    let whole = fs::read_to_string(&good).unwrap();
    let record = record("a", "tcp", "65536", "d", "");
    for (name, text, message) in [
        (
            "page.html",
            "<!DOCTYPE html>\n<html><body/></html>",
            format!(":1: found a document type declaration (DTD); {EXPECTED}").as_str(),
        ),
        (
            "other.xml",
            &whole.replace("service-names-port-numbers", "protocol-numbers"),
            ":1: <registry> has id \"protocol-numbers\"; expected \"service-names-port-numbers\"",
        ),
        ("short.xml", &whole[..whole.len() - 12], ":23: the file ends inside <registry>"),
        (
            "port.xml",
            &registry("2020-01-31", &record),
            ":3: record 1: invalid port number `65536`: expected N or N-M, where N <= M <= 65535",
        ),
        ("date.xml", &registry("June", ""), ":2: invalid <updated> `June`: expected YYYY-MM-DD, from 1970 to 2097"),
    ] {
        let bad = file(name, text);
        let message = format!("{}{message}", bad.display());
        fails(&[&bad, &good], &message);
        fails(&["--json".as_ref(), &good, &bad], &message);
        fails(&["--check".as_ref(), &good, &bad], &message);
    }
    let bytes = file("latin-1.xml", b"<registry>\xe9");
    fails(&[&good, &bytes], &format!("{}:1: not UTF-8; {}", bytes.display(), EXPECTED));
    let missing = good.with_file_name("missing.xml");
    let reason = fs::read(&missing).unwrap_err();
    fails(&[&missing, &good], &format!("{}: {reason}; {EXPECTED}", missing.display()));
    let usage = "usage: registry_diff [--check | --json] OLD.xml NEW.xml";
    let json = Path::new("--json");
    for arguments in [&[][..], &[good.as_path()], &[&good, &good, &good], &[json, json, &good, &good]] {
        fails(arguments, usage);
    }
    for help in ["-h", "--help"] {
        assert_eq!(run(&[help.as_ref()]), (0, format!("{usage}\n"), String::new()));
    }
}

#[test]
fn unknown_status_is_reported() {
    let [old, _] = small_pair();
    let new = file("lent.xml", registry("2020-01-31", &record("", "", "9", "Lent out", "")));
    let (code, out, err) = run(&[&old, &new]);
    assert_eq!((code, err.lines().count()), (0, 1));
    assert!(err.starts_with(&format!("{}:3: record 1: unknown status `Lent out`", new.display())), "{err}");
    assert!(out.contains("\n- (no name), 9: `Lent out`\n"), "{out}");
}

/// What would close an issue, mention someone or end a code span in a pull request.
#[test]
fn markdown_in_descriptions_is_escaped() {
    let [old, _] = small_pair();
    for (description, shown) in [
        ("Fixes #1 and closes owner/repo#2, cc @someone", "`Fixes #1 and closes owner/repo#2, cc @someone`"),
        ("[a](http://a.example) **b**", "`[a](http://a.example) **b**`"),
        ("a `b` c", "`` a `b` c ``"),
        ("```` @someone", "````` ```` @someone `````"),
    ] {
        let new = file("markup.xml", registry("2020-01-31", &record("new", "", "9", description, "")));
        let (code, out, _) = run(&[&old, &new]);
        assert_eq!(code, 0);
        assert!(out.contains(&format!("\n- `new`, 9: {shown}\n")), "{out}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let [old, new] = small_pair().map(OsString::from);
    for options in [None, Some("--json"), Some("--check")] {
        let arguments: Vec<OsString> =
            options.map(OsString::from).into_iter().chain([old.clone(), new.clone()]).collect();
        let mut err = Vec::new();
        assert_eq!(diff::run(&arguments, &mut Failing(ErrorKind::BrokenPipe), &mut err), 0);
        assert_eq!(err, b"");
        assert_eq!(diff::run(&arguments, &mut Failing(ErrorKind::StorageFull), &mut err), 2);
        assert!(err.starts_with(b"registry_diff: "));
    }
}

// Other systems have no such names.
#[cfg(target_os = "linux")]
#[test]
fn a_path_need_not_be_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let [old, new] = small_pair();
    let odd = old.with_file_name(std::ffi::OsStr::from_bytes(b"odd-\xff.xml"));
    fs::copy(&new, &odd).unwrap();
    assert_eq!(run(&[&old, &odd]), run(&[&old, &new]));
}
