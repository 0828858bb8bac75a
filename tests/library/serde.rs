//! Every type as a string, through JSON.

use crate::common::oracle;
use iana_ports::{
    Date, DnsSdName, EntryStatus, PortClass, PortRange, PortSpec, ServiceName, ServiceType, Transport, entries,
    port_status, service_name,
};
use serde::de::value::{
    BytesDeserializer, Error, I64Deserializer, I128Deserializer, StrDeserializer, U64Deserializer, U128Deserializer,
};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::{Serialize, forward_to_deserialize_any};
use serde_json::{Map, Value};
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
    round_trip::<PortSpec>("443");
    round_trip::<PortSpec>("8000-8100/udp");
    round_trip::<PortSpec>("https/tcp");
    round_trip::<PortRange>("6000-6063");
    round_trip::<PortRange>("80");
    round_trip::<Date>("2024-06-12");
    round_trip::<Date>("2024-06");
    Transport::ALL.into_iter().for_each(|transport| round_trip::<Transport>(transport.as_str()));
    for class in PortClass::ALL {
        assert_eq!(serde_json::to_value(class).unwrap(), class.as_str());
    }
    for status in EntryStatus::ALL {
        assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
    }
    assert_eq!(serde_json::to_value(port_status(50_000, Transport::Tcp)).unwrap(), "Dynamic");
}

#[test]
fn dns_sd_name_is_serialized_as_text() {
    let text = r"a\.b\032c._http._tcp.local.";
    let json = serde_json::to_value(DnsSdName::parse(text).unwrap()).unwrap();
    assert_eq!(json, text);
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
    wants_a_string::<Transport>("a transport protocol such as \"tcp\"");
    wants_a_string::<Date>("a date such as \"2024-06-12\"");
    let negative = serde_json::from_str::<Transport>("-6").unwrap_err().to_string();
    assert!(negative.starts_with("invalid type: integer `-6`, expected a transport protocol"), "{negative}");
}

#[test]
fn every_port_from_a_number() {
    for port in 0..=u16::MAX {
        let json = port.to_string();
        assert_eq!(serde_json::from_str::<PortRange>(&json).unwrap(), PortRange::from(port));
        assert_eq!(serde_json::from_str::<PortSpec>(&json).unwrap(), PortSpec::from(port));
    }
    assert_eq!(serde_json::from_value::<PortSpec>(serde_json::json!(443)).unwrap(), PortSpec::from(443));
    // Written as before.
    assert_eq!(serde_json::to_string(&PortSpec::from(443)).unwrap(), "\"443\"");
    // As formats with signed integers alone give it, such as TOML.
    let signed = IntoDeserializer::<Error>::into_deserializer(443_i64);
    assert_eq!(PortSpec::deserialize(signed), Ok(PortSpec::from(443)));
}

#[track_caller]
fn rejects_the_number(json: &str, message: &str) {
    let column = json.len();
    for error in
        [serde_json::from_str::<PortRange>(json).unwrap_err(), serde_json::from_str::<PortSpec>(json).unwrap_err()]
    {
        assert_eq!(error.to_string(), format!("{message} at line 1 column {column}"));
    }
}

#[test]
fn numbers_that_are_not_ports_are_rejected() {
    for json in ["65536", "70000", "-1", "18446744073709551615", "-9223372036854775808"] {
        rejects_the_number(json, &format!("invalid value: integer `{json}`, expected a port number from 0 to 65535"));
    }
    assert_eq!(
        serde_json::from_str::<PortRange>("4.5").unwrap_err().to_string(),
        "invalid type: floating point `4.5`, expected a port or range such as 443 or \"6000-6063\" \
         at line 1 column 3"
    );
    assert_eq!(
        serde_json::from_str::<PortSpec>("true").unwrap_err().to_string(),
        "invalid type: boolean `true`, expected a port or service such as 443 or \"https/tcp\" at line 1 column 4"
    );
}

/// A format that is not for people: it has no types of its own, and gives what is asked for.
struct Compact<D>(D);

impl<'de, D: Deserializer<'de, Error = Error>> Deserializer<'de> for Compact<D> {
    type Error = Error;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(serde::de::Error::custom("the format does not know what comes next"))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.0.deserialize_str(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn compact_formats_read_strings_only() {
    let text = |text| Compact(StrDeserializer::new(text));
    assert_eq!(
        PortSpec::deserialize(text("https/tcp")),
        Ok(PortSpec::from_name(service_name!("https")).with_transport(Transport::Tcp))
    );
    assert_eq!(PortSpec::deserialize(text("443")), Ok(PortSpec::from(443)));
    assert_eq!(PortRange::deserialize(text("443")), Ok(PortRange::from(443)));
    assert_eq!(Transport::deserialize(text("tcp")), Ok(Transport::Tcp));
    let negative = I64Deserializer::<Error>::new(-1);
    assert_eq!(
        ServiceName::deserialize(negative).unwrap_err().to_string(),
        "invalid type: integer `-1`, expected a service name such as \"http\""
    );
    assert_eq!(
        PortRange::deserialize(Compact(U64Deserializer::new(443))).unwrap_err().to_string(),
        "invalid type: integer `443`, expected a port or range such as 443 or \"6000-6063\""
    );
}

#[test]
fn types_are_keys_of_a_map() {
    let map = std::collections::BTreeMap::from([(Transport::Tcp, "http".parse::<ServiceName>().unwrap())]);
    let json = serde_json::to_string(&map).unwrap();
    assert_eq!(json, r#"{"tcp":"http"}"#);
    assert_eq!(serde_json::from_str::<std::collections::BTreeMap<Transport, ServiceName>>(&json).unwrap(), map);
}

/// Checks an entry in JSON, an object with IANA's columns, against its row in the XML.
#[track_caller]
fn check_object(object: &Map<String, Value>, row: &oracle::Row) {
    let columns = oracle::COLUMNS.map(|column| column.to_lowercase().replace(' ', "_"));
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

/// Read back from JSON, an entry has the columns of its row in the XML.
#[test]
fn every_entry_is_a_map_of_the_columns() {
    let rows = oracle::rows();
    assert_eq!(entries().len(), rows.len());
    for (entry, row) in entries().iter().zip(rows) {
        let json = serde_json::to_string(entry).unwrap();
        let map = serde_json::from_str(&json).unwrap();
        check_object(&map, row);
    }
}

/// As config-rs and bencode hand them over.
#[test]
fn wide_integers_and_bytes() {
    let port = Ok(PortSpec::from(443));
    assert_eq!(PortSpec::deserialize(U128Deserializer::<Error>::new(443)), port);
    assert_eq!(PortSpec::deserialize(I128Deserializer::<Error>::new(443)), port);
    assert_eq!(PortSpec::deserialize(BytesDeserializer::<Error>::new(b"443")), port);
    assert_eq!(Transport::deserialize(BytesDeserializer::<Error>::new(b"tcp")), Ok(Transport::Tcp));
    for error in [
        PortSpec::deserialize(U128Deserializer::<Error>::new(65_536)).unwrap_err(),
        PortSpec::deserialize(I128Deserializer::<Error>::new(-1)).unwrap_err(),
    ] {
        assert!(error.to_string().ends_with("expected a port number from 0 to 65535"), "{error}");
    }
    assert!(PortSpec::deserialize(U128Deserializer::<Error>::new(u128::MAX)).is_err());
    assert!(PortSpec::deserialize(I128Deserializer::<Error>::new(i128::MIN)).is_err());
    assert!(PortSpec::deserialize(BytesDeserializer::<Error>::new(b"\xff")).is_err());
}
