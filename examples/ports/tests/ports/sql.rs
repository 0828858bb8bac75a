//! The SQL in the README of this package, exactly as it is there, in SQLite, DuckDB and Spark.

use crate::common::{folder, oracle, skipped};
use crate::export::exported;
use std::path::Path;
use std::process::Command;

/// The blocks of code of a language.
fn blocks(engine: &str) -> Vec<&'static str> {
    // Its own name is that of a language too.
    let language = engine.strip_prefix("py").unwrap_or(engine);
    let readme = include_str!("../../README.md");
    let start = format!("```{language}\n");
    readme.split(&start).skip(1).map(|rest| rest.split_once("\n```").unwrap().0).collect()
}

/// Source port, destination port, IP protocol, bytes.
const FLOWS: &str = "(51000, 443, 6, 1000), (443, 51000, 6, 9000), (51000, 53, 17, 80), (51000, 53, 136, 7), \
                     (51000, 6003, 6, 70), (80, 443, 6, 30), (51000, 60000, 6, 2), (8080, 22, 6, 5), (0, 0, 1, 64)";

const BY_DESTINATION: [&str; 8] = [
    "51000|6|tcp|Dynamic||9000",
    "443|6|tcp|Assigned|https|1030",
    "53|17|udp|Assigned|domain|80",
    "6003|6|tcp|Assigned|x11|70",
    "0|1||||64",
    "53|136|udp|Assigned|domain|7",
    "22|6|tcp|Assigned|ssh|5",
    "60000|6|tcp|Dynamic||2",
];

const BY_SERVER: [&str; 7] = [
    "443|6|https|10000",
    "53|17|domain|80",
    "6003|6|x11|70",
    "0|1||64",
    "80|6|http|30",
    "53|136|domain|7",
    "22|6|ssh|5",
];

/// Runs a script that prints the rows of each query, with `|` between the columns.
fn check(engine: &str, script: &str) {
    let module = if engine == "sqlite" { "sqlite3" } else { engine };
    let python = |code: &str, folder: &Path| {
        Command::new("python3")
            .args(["-c", code])
            .args(blocks(engine))
            .args(blocks("sql"))
            .arg(FLOWS)
            .current_dir(folder)
            .output()
    };
    let folder = folder(engine);
    let what = format!("the documented SQL in {engine}");
    if !python(&format!("import {module}"), &folder).is_ok_and(|output| output.status.success()) {
        return skipped(&what, module);
    }
    if engine == "pyspark" && Command::new("java").arg("-version").output().is_err() {
        return skipped(&what, "java");
    }
    let csv = exported("sql");
    std::fs::write(folder.join("ports.csv"), &csv).unwrap();
    let output = python(script, &folder).unwrap();
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let (destinations, rest) = printed.split_once("--\n").unwrap();
    let (servers, texts) = rest.split_once("--\n").unwrap();
    assert_eq!(destinations.lines().collect::<Vec<_>>(), BY_DESTINATION);
    let mut expected = BY_SERVER.to_vec();
    expected.push("51000|6||2");
    assert_eq!(servers.lines().collect::<Vec<_>>(), expected);
    // Every description, quotes included.
    let mut records = csv::Reader::from_reader(csv.as_bytes()).into_records().map(Result::unwrap);
    let longest = oracle::rows().len();
    let described: Vec<String> =
        records.by_ref().map(|row| row[5].to_owned()).filter(|text| !text.is_empty()).collect();
    assert!(described.len() > longest / 2);
    let sum: usize = described.iter().map(|text| text.chars().count()).sum();
    assert_eq!(texts.trim(), format!("{}|{sum}", described.len()));
}

const TEXTS: &str = "SELECT count(description), sum(length(description)) FROM ports";

#[test]
fn sqlite() {
    // The command .import, which Python's module does not have, by csv.
    check(
        "sqlite",
        &format!(
            "
import csv, sqlite3, sys
create, destinations, servers, flows = sys.argv[1:]
table, rest = create.split('.import --csv --skip 1 ports.csv ports\\n')
database = sqlite3.connect(':memory:')
database.executescript(table)
rows = list(csv.reader(open('ports.csv', newline='', encoding='utf-8')))[1:]
database.executemany('INSERT INTO ports VALUES (?, ?, ?, ?, ?, ?)', rows)
database.executescript(rest)
database.execute('CREATE TABLE flows (source_port INTEGER, destination_port INTEGER, protocol INTEGER, bytes INTEGER)')
database.execute('INSERT INTO flows VALUES ' + flows)
for number, query in enumerate([destinations, servers, '{TEXTS}']):
    if number: print('--')
    for row in database.execute(query):
        print(*('' if value is None else value for value in row), sep='|')
"
        ),
    );
}

#[test]
fn duckdb() {
    check(
        "duckdb",
        &format!(
            "
import duckdb, sys
create, destinations, servers, flows = sys.argv[1:]
database = duckdb.connect()
database.execute(create)
database.execute('CREATE TABLE flows (source_port INTEGER, destination_port INTEGER, protocol INTEGER, bytes INTEGER)')
database.execute('INSERT INTO flows VALUES ' + flows)
for number, query in enumerate([destinations, servers, '{TEXTS}']):
    if number: print('--')
    for row in database.execute(query).fetchall():
        print(*('' if value is None else value for value in row), sep='|')
"
        ),
    );
}

#[test]
fn spark() {
    check(
        "pyspark",
        &format!(
            "
import sys
from pyspark.sql import SparkSession
create, destinations, servers, flows = sys.argv[1:]
spark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()
spark.sql(create.rstrip(';'))
spark.sql('CREATE TEMPORARY VIEW flows AS SELECT * FROM VALUES ' + flows
          + ' AS flows (source_port, destination_port, protocol, bytes)')
for number, query in enumerate([destinations, servers, '{TEXTS}']):
    if number: print('--')
    for row in spark.sql(query.rstrip(';')).collect():
        print(*('' if value is None else value for value in row), sep='|')
"
        ),
    );
}
