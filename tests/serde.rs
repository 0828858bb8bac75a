//! Every type as a string, through JSON.

#![cfg(feature = "serde")]

mod common;

use common::oracle;
use iana_ports::{Date, PortRange, PortSpec, ServiceName, ServiceType, Transport, entries};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::fmt::{Debug, Display};
use std::str::FromStr;

#[track_caller]
fn round_trip<T>(text: &str)
where
    T: Serialize + DeserializeOwned + FromStr<Err: Debug> + Display + PartialEq + Debug,
{
    let value: T = text.parse().unwrap();
    let json = serde_json::to_string(&value).unwrap();
    assert_eq!(json, serde_json::to_string(text).unwrap());
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value);
    assert_eq!(serde_json::from_reader::<_, T>(json.as_bytes()).unwrap(), value);
    assert_eq!(serde_json::from_value::<T>(serde_json::json!(text)).unwrap(), value);
    assert_eq!(serde_json::from_value::<T>(serde_json::json!(text)).unwrap().to_string(), text);
}

#[test]
fn strings() {
    round_trip::<ServiceName>("Http-Alt");
    round_trip::<ServiceType>("_http._tcp");
    round_trip::<ServiceType>(r"a\.b\032c._sub._http._tcp");
    round_trip::<PortSpec>("443");
    round_trip::<PortSpec>("8000-8100/udp");
    round_trip::<PortSpec>("https/tcp");
    round_trip::<PortRange>("6000-6063");
    round_trip::<PortRange>("80");
    round_trip::<Date>("2024-06-12");
    round_trip::<Date>("2024-06");
    Transport::ALL.into_iter().for_each(|transport| round_trip::<Transport>(transport.as_str()));
}

#[test]
fn escapes_in_json() {
    assert_eq!(serde_json::from_str::<ServiceName>(r#""\u0068ttp""#).unwrap(), "http");
    assert_eq!(serde_json::from_str::<Transport>(r#""TC\u0050""#).unwrap(), Transport::Tcp);
}

#[track_caller]
fn carries_the_message<T: DeserializeOwned + FromStr<Err: Display> + Debug>(text: &str) {
    let json = serde_json::to_string(text).unwrap();
    let message = text.parse::<T>().err().unwrap().to_string();
    let from_str = serde_json::from_str::<T>(&json).unwrap_err().to_string();
    assert_eq!(from_str, format!("{message} at line 1 column {}", json.len()));
    let from_reader = serde_json::from_reader::<_, T>(json.as_bytes()).unwrap_err().to_string();
    assert_eq!(from_reader, from_str);
}

#[test]
fn errors() {
    carries_the_message::<ServiceName>("documentum_s");
    carries_the_message::<ServiceType>("http._tcp");
    carries_the_message::<ServiceType>("_ht_tp._tcp");
    carries_the_message::<PortSpec>("80/foo");
    carries_the_message::<PortRange>("100-1");
    carries_the_message::<Transport>("icmp");
}

#[track_caller]
fn wants_a_string<T: DeserializeOwned + Debug>(expected: &str) {
    assert_eq!(
        serde_json::from_str::<T>("443").unwrap_err().to_string(),
        format!("invalid type: integer `443`, expected {expected} at line 1 column 3")
    );
}

#[test]
fn other_types() {
    wants_a_string::<ServiceName>("a service name such as \"http\"");
    wants_a_string::<ServiceType>("a service type such as \"_http._tcp\"");
    wants_a_string::<PortSpec>("a port or service such as \"443/tcp\"");
    wants_a_string::<PortRange>("a port range such as \"6000-6063\"");
    wants_a_string::<Transport>("a transport protocol such as \"tcp\"");
}

#[test]
fn keys_of_a_map() {
    let map = std::collections::BTreeMap::from([(Transport::Tcp, "http".parse::<ServiceName>().unwrap())]);
    let json = serde_json::to_string(&map).unwrap();
    assert_eq!(json, r#"{"tcp":"http"}"#);
    assert_eq!(serde_json::from_str::<std::collections::BTreeMap<Transport, ServiceName>>(&json).unwrap(), map);
}

/// Read back from JSON, an entry has the columns of its row in the XML.
#[test]
fn every_entry_is_a_map_of_the_columns() {
    let rows = oracle::rows();
    assert_eq!(entries().len(), rows.len());
    for (entry, row) in entries().iter().zip(&rows) {
        let json = serde_json::to_string(entry).unwrap();
        let map: serde_json::Map<String, Value> = serde_json::from_str(&json).unwrap();
        let columns = oracle::COLUMNS.map(|column| column.to_lowercase().replace(' ', "_"));
        assert!(map.keys().eq(&columns), "{json}");
        for ((column, value), cell) in map.iter().zip(&row.cells) {
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
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "[a-c0-9/._-]{1,12}") {
        let json = serde_json::to_string(&text).unwrap();
        prop_assert_eq!(serde_json::from_str::<ServiceName>(&json).ok(), text.parse().ok());
        prop_assert_eq!(serde_json::from_str::<ServiceType>(&json).ok(), text.parse().ok());
        prop_assert_eq!(serde_json::from_str::<PortSpec>(&json).ok(), text.parse().ok());
        prop_assert_eq!(serde_json::from_str::<PortRange>(&json).ok(), text.parse().ok());
        prop_assert_eq!(serde_json::from_str::<Transport>(&json).ok(), text.parse().ok());
    }
}
