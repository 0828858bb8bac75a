use crate::common::oracle::{COLUMNS, Row};
use serde_json::{Map, Value};

/// Checks an entry in JSON, an object with IANA's columns, against its row in the XML.
#[track_caller]
pub fn check_object(object: &Map<String, Value>, row: &Row) {
    let columns = COLUMNS.map(|column| column.to_lowercase().replace(' ', "_"));
    assert!(object.keys().eq(&columns), "{object:?}");
    for ((column, value), cell) in object.iter().zip(&row.cells) {
        let shown = match value {
            Value::Array(list) => list.iter().map(|value| format!("[{}]", value.as_str().unwrap())).collect(),
            Value::String(text) => text.clone(),
            Value::Number(number) if column == "service_code" => number.to_string(),
            Value::Null => String::new(),
            other => panic!("{column} is {other}"),
        };
        // A range of one port is one port here.
        let one = cell.split_once('-').filter(|(start, end)| column == "port_number" && start == end);
        assert_eq!(&shown, one.map_or(cell.as_str(), |(port, _)| port), "{column} of {:?}", row.cells);
    }
}
