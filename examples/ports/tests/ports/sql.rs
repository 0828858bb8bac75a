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

/// Prints the rows of each query in an engine, with `|` between the columns.
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
    let arguments = "import sys\ncreate, destinations, servers, flows = sys.argv[1:]\n";
    let output = python(&[arguments, FLOWS_TABLE, script, PRINT].concat(), &folder).unwrap();
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

/// After the part for an engine, which makes the tables and defines `rows`, the rows of a query.
const PRINT: &str = "
for nth, query in enumerate([destinations, servers, 'SELECT count(description), sum(length(description)) FROM ports']):
    if nth: print('--')
    for row in rows(query.rstrip().rstrip(';')):
        print(*('' if value is None else value for value in row), sep='|')
";

const FLOWS_TABLE: &str = "flows_table = \
'CREATE TABLE flows (source_port INTEGER, destination_port INTEGER, protocol INTEGER, bytes INTEGER)'";

#[test]
fn sqlite() {
    // The command .import, which Python's module does not have, by csv.
    let script = "
import csv, sqlite3
table, rest = create.split('.import --csv --skip 1 ports.csv ports\\n')
database = sqlite3.connect(':memory:')
database.executescript(table)
rows = list(csv.reader(open('ports.csv', newline='', encoding='utf-8')))[1:]
database.executemany('INSERT INTO ports VALUES (?, ?, ?, ?, ?, ?)', rows)
database.executescript(rest + ';' + flows_table + '; INSERT INTO flows VALUES ' + flows)
rows = database.execute
";
    check("sqlite", script);
}

#[test]
fn duckdb() {
    let script = "
import duckdb
database = duckdb.connect()
for statement in [create, flows_table, 'INSERT INTO flows VALUES ' + flows]: database.execute(statement)
rows = lambda query: database.execute(query).fetchall()
";
    check("duckdb", script);
}

#[test]
fn spark() {
    let script = "
from pyspark.sql import SparkSession
spark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()
spark.sql(create.rstrip(';'))
spark.sql('CREATE TEMPORARY VIEW flows AS SELECT * FROM VALUES ' + flows
          + ' AS flows (source_port, destination_port, protocol, bytes)')
rows = lambda query: spark.sql(query).collect()
";
    check("pyspark", script);
}
