//! Serialization, without derive.

use crate::reference::Label;
use crate::{Date, Entry, PortClass, PortRange, PortSpec, Reference, ServiceName, ServiceType, Status, Transport};
use core::fmt;
use core::str::FromStr;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// Serializes a map of IANA's twelve columns, with their names in snake case. Assignee, contact and reference are
/// lists, without IANA's brackets; the service code is a number; the port number is a string, since it can be a range;
/// what the row does not have is null.
///
/// There is no `Deserialize`: an entry is a row of the registry that is built into the program.
impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(12))?;
        map.serialize_entry("service_name", &self.service_name())?;
        map.serialize_entry("port_number", &self.ports())?;
        map.serialize_entry("transport_protocol", &self.transport())?;
        map.serialize_entry("description", self.description())?;
        map.serialize_entry("assignee", &List(|| self.assignees()))?;
        map.serialize_entry("contact", &List(|| self.contacts()))?;
        map.serialize_entry("registration_date", &self.registration_date())?;
        map.serialize_entry("modification_date", &self.modification_date())?;
        map.serialize_entry("reference", &List(|| self.references()))?;
        map.serialize_entry("service_code", &self.service_code())?;
        map.serialize_entry("unauthorized_use_reported", &self.unauthorized_use())?;
        map.serialize_entry("assignment_notes", &self.assignment_notes())?;
        map.end()
    }
}

/// Serializes a string: what IANA prints, without its brackets.
impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Label(*self))
    }
}

/// What an iterator yields, as a list; its length is told, which some formats need.
struct List<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some((self.0)().count()))?;
        (self.0)().try_for_each(|element| list.serialize_element(&element))?;
        list.end()
    }
}

/// Reads a string, borrowed or not, by `FromStr`, and for ports a number too.
struct Text<T> {
    expected: &'static str,
    from_port: Option<fn(u16) -> T>,
}

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
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
}

const PORT_NUMBER: &str = "a port number from 0 to 65535";

macro_rules! as_string {
    ($($type:ty: $expected:literal $(, or a number by $from_port:expr)?;)*) => {$(
        /// Serializes a string, as `Display` prints it.
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        /// Deserializes a string, as `FromStr` parses it. In human-readable formats, [`PortSpec`] and [`PortRange`]
        /// deserialize a port number too.
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Text { expected: $expected, from_port: None };
                $(if deserializer.is_human_readable() {
                    return deserializer.deserialize_any(Text { from_port: Some($from_port), ..text });
                })?
                deserializer.deserialize_str(text)
            }
        }
    )*};
}

as_string! {
    Date: "a date such as \"2024-06-12\"";
    PortClass: "a class of ports such as \"System\"";
    PortRange: "a port or range such as 443 or \"6000-6063\"", or a number by PortRange::from_port;
    PortSpec: "a port or service such as 443 or \"https/tcp\"", or a number by PortSpec::from_port;
    ServiceName: "a service name such as \"http\"";
    ServiceType: "a service type such as \"_http._tcp\"";
    Status: "a status such as \"Assigned\"";
    Transport: "a transport protocol such as \"tcp\"";
}
