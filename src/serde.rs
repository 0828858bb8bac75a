//! Serialization, without derive.

use crate::reference::Unbracketed;
use crate::{Entry, Reference};
use core::fmt;
use core::str::FromStr;
use serde::de::{Error, Unexpected, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// Serializes a map of IANA's twelve columns, with their names in snake case. Assignee, contact and reference are
/// lists, without IANA's brackets. The port number is a string, since it can be a range; the service code is a number.
/// A column that the row leaves empty is null, or an empty list or string.
///
/// The status and the URLs of references are not columns; to add them, put the entry into a struct of your own with
/// `#[serde(flatten)]`. There is no `Deserialize`, since an entry is a row of the tables in the program.
///
/// ```json
/// {
///   "service_name": "zabbix-agent",
///   "port_number": "10050",
///   "transport_protocol": "tcp",
///   "description": "Zabbix Agent",
///   "assignee": ["Alexei_Vladishev"],
///   "contact": ["Alexei_Vladishev"],
///   "registration_date": "2006-02",
///   "modification_date": null,
///   "reference": [],
///   "service_code": null,
///   "unauthorized_use_reported": null,
///   "assignment_notes": null
/// }
/// ```
impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(12))?;
        map.serialize_entry("service_name", &self.service_name())?;
        map.serialize_entry("port_number", &self.ports())?;
        map.serialize_entry("transport_protocol", &self.transport())?;
        map.serialize_entry("description", self.description())?;
        map.serialize_entry("assignee", &Items(|| self.assignees()))?;
        map.serialize_entry("contact", &Items(|| self.contacts()))?;
        map.serialize_entry("registration_date", &self.registration_date())?;
        map.serialize_entry("modification_date", &self.modification_date())?;
        map.serialize_entry("reference", &Items(|| self.references()))?;
        map.serialize_entry("service_code", &self.service_code())?;
        map.serialize_entry("unauthorized_use_reported", &self.unauthorized_use())?;
        map.serialize_entry("assignment_notes", &self.assignment_notes())?;
        map.end()
    }
}

/// Serializes a string, as IANA prints the reference but without brackets. For a URI with a title, this is the title;
/// [`url`](Reference::url) returns the URI.
impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Unbracketed(*self))
    }
}

/// The items of an iterator as a list, with the length that some formats need first.
struct Items<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Items<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some((self.0)().count()))?;
        (self.0)().try_for_each(|element| list.serialize_element(&element))?;
        list.end()
    }
}

/// A visitor that parses a string by `FromStr` and, for ports, reads a number too.
pub(crate) struct FromStrVisitor<T> {
    pub(crate) expected: &'static str,
    pub(crate) from_port: Option<fn(u16) -> T>,
}

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for FromStrVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<T, E> {
        match core::str::from_utf8(bytes) {
            Ok(text) => self.visit_str(text),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(bytes), &self)),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let Some(from_port) = self.from_port else {
            return Err(E::invalid_type(Unexpected::Unsigned(number), &self));
        };
        u16::try_from(number).map(from_port).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &PORT_NUMBER))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        match u64::try_from(number) {
            Ok(number) => self.visit_u64(number),
            Err(_) if self.from_port.is_some() => Err(E::invalid_value(Unexpected::Signed(number), &PORT_NUMBER)),
            Err(_) => Err(E::invalid_type(Unexpected::Signed(number), &self)),
        }
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<T, E> {
        match u64::try_from(number) {
            Ok(number) => self.visit_u64(number),
            Err(_) => Err(E::invalid_value(Unexpected::Other("128-bit integer"), &self)),
        }
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<T, E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) => Err(E::invalid_value(Unexpected::Other("128-bit integer"), &self)),
        }
    }
}

const PORT_NUMBER: &str = "a port number from 0 to 65535";

/// `Serialize` for a type, as the text that `Display` prints.
macro_rules! serialize_as_string {
    ($type:ty) => {
        /// Serializes a string, as `Display` prints it.
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}

/// `Serialize` and `Deserialize` for a type that `FromStr` parses.
macro_rules! as_string {
    ($type:ident, $expected:literal) => {
        crate::serde::serialize_as_string!($type);

        /// Deserializes a string, as `FromStr` parses it.
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(crate::serde::FromStrVisitor { expected: $expected, from_port: None })
            }
        }
    };
}

/// The same for a type that a port number also converts to.
macro_rules! port_as_string {
    ($type:ident, $expected:literal) => {
        crate::serde::serialize_as_string!($type);

        /// Deserializes a string, as `FromStr` parses it. In human-readable formats it also deserializes a port number,
        /// so `port = 443` works in TOML; it is serialized as `port = "443"`.
        ///
        /// A human-readable format must be self-describing for this. For one that is not, such as serde-json-core or
        /// the text of XML, use a function that reads only strings, with `#[serde(deserialize_with = "from_text")]`:
        ///
        /// ```
        #[doc = concat!("use iana_ports::", stringify!($type), ";")]
        /// use serde::{Deserialize, Deserializer, de::Error};
        ///
        #[doc = concat!(
            "fn from_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<", stringify!($type), ", D::Error> {"
        )]
        ///     <&str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
        /// }
        /// ```
        ///
        /// With an allocator, use `String` instead of `&str`, so that strings with escapes work too.
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = crate::serde::FromStrVisitor { expected: $expected, from_port: None };
                if deserializer.is_human_readable() {
                    let from_port = Some($type::from_port as fn(u16) -> $type);
                    deserializer.deserialize_any(crate::serde::FromStrVisitor { from_port, ..text })
                } else {
                    deserializer.deserialize_str(text)
                }
            }
        }
    };
}

pub(crate) use {as_string, port_as_string, serialize_as_string};
