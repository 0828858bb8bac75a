//! Serialization, without derive.

use crate::reference::Label;
use crate::{Date, Entry, PortRange, PortSpec, Reference, ServiceName, ServiceType, Transport};
use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// A map of IANA's twelve columns, their names in snake case. Assignee, contact and reference are lists, without
/// IANA's brackets; the service code is a number; the port number is a text, since it can be a range; what a row does
/// not have is null. An entry is written and not read: it is a place in the registry that this build holds.
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

/// What IANA prints, without its brackets.
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

/// Reads a string, borrowed or not, by `FromStr`.
struct Text<T> {
    expected: &'static str,
    parsed: PhantomData<T>,
}

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

macro_rules! as_string {
    ($($type:ty: $expected:literal;)*) => {$(
        /// As a string.
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        /// From a string.
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Text { expected: $expected, parsed: PhantomData })
            }
        }
    )*};
}

as_string! {
    Date: "a date such as \"2024-06-12\"";
    PortRange: "a port range such as \"6000-6063\"";
    PortSpec: "a port or service such as \"443/tcp\"";
    ServiceName: "a service name such as \"http\"";
    ServiceType: "a service type such as \"_http._tcp\"";
    Transport: "a transport protocol such as \"tcp\"";
}
