//! IANA's Service Name and Transport Protocol Port Number Registry in your program: which services a port is registered
//! for, which ports a service name has, and everything else that the registry says about them.
//!
//! ```sh
//! cargo add iana-ports
//! ```
//!
//! ```
//! use iana_ports::{PortStatus, Transport::Tcp};
//! use iana_ports::{name_by_port, port_by_name, port_status};
//!
//! assert_eq!(name_by_port(443, Tcp), Some("https"));
//! assert_eq!(port_by_name("https", Tcp), Some(443));
//! assert_eq!(port_status(49152, Tcp), PortStatus::Dynamic);
//! ```
//!
//! # What to call
//!
//! | I have | I want | call |
//! | --- | --- | --- |
//! | a port and a transport | its service name | [`name_by_port`] |
//! | | every service that it is registered for | [`lookup_port`] |
//! | | to know whether it is free | [`port_status`]; [`unassigned_ports`] lists those that are |
//! | a service name | its port on a transport | [`port_by_name`] |
//! | | all its ports and transports | [`lookup_name`] |
//! | | to know whether it follows RFC 6335 | [`ServiceName::new`], or [`service_name!`] at compile time |
//! | part of a name or description | the entries that contain it | [`search`] |
//! | what a person typed: `443`, `https/tcp`, `8000-8100` | its meaning | [`PortSpec`], which implements `FromStr` |
//! | | its port ranges, to open or scan | [`PortSpec::port_ranges`] |
//! | | the registry's entries | [`PortSpec::entries`] |
//! | a DNS-SD or SRV name: `_http._tcp.local.` | its parts | [`DnsSdName::parse`] |
//! | a service name and a transport | the DNS-SD or SRV name | [`ServiceType::dns_sd`], [`ServiceType::srv`] |
//! | an IP protocol number | the transport | [`Transport::from_ip_protocol`] |
//! | a socket address | its service name | [`name_by_port`]`(address.port(), Tcp)` |
//! | `/etc/services` and getservbyport(3) | the same without the file | [`name_by_port`], [`port_by_name`] |
//! | nothing yet | every row of the registry, with all columns | [`entries`], [`Entry`] |
//!
//! # Semantics
//!
//! - **Registered for, not running.** IANA registers a port for a service. Anything can use the port, and a service can
//!   use any other port.
//! - **Only what IANA registers.** Names that vendors and `/etc/services` add, such as `dns` or `postgres`, are not
//!   found; IANA calls these services `domain` and `postgresql`. [`search`] helps.
//! - **Case.** Service names are looked up and compared without regard to ASCII case, as
//!   [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1) requires. Nothing is trimmed.
//! - **Several names.** A port can be registered for several services. *First* always means first in IANA's file, which
//!   is the usual name on almost every port. Some surprise: on 2049, `shilp` comes before `nfs`, and on 465, `urd`
//!   comes before `submissions`. To allow for that, look at all that [`lookup_port`] returns.
//! - **Aliases.** About a hundred names are older than the rules of RFC 6335 and break them. Where IANA has replaced
//!   such a name with a well-formed one, both have rows: [`Entry::alias_of`] leads from the old name to the new one,
//!   and [`Entry::replaces`] back.
//! - **Ranges.** A row can cover a range of ports, as `x11` does 6000-6063, and is found on each of them.
//!   [`Entry::port`] is `None` for such a row; use [`Entry::ports`].
//! - **Rows without a transport** apply to all four. **Rows without a port** are services that clients find by other
//!   means, such as DNS-SD. The rows of `rdp` have neither: [`lookup_name`] finds them, and [`port_by_name`] returns
//!   `None`. (The port that Remote Desktop uses, 3389, is registered for `ms-wbt-server`.)
//! - **UDP-Lite** uses the ports of UDP, so it is [`Transport::Udp`].
//! - **Data.** [`REGISTRY_SOURCE`] says which release of the registry this is. A patch release can bring newer data, so
//!   a program should not depend on the number of rows, or on which of several entries is first.
//!
//! # Features
//!
//! Neither is on by default.
//!
//! - `serde` serializes and deserializes eight types as strings: [`Date`], [`PortClass`], [`PortRange`], [`PortSpec`],
//!   [`ServiceName`], [`ServiceType`], [`Status`] and [`Transport`]. `PortRange` and `PortSpec` read a port number too,
//!   so `port = 443` works in TOML; a date in TOML needs quotes, as in `since = "2024-06-12"`. An [`Entry`] is
//!   serialized as a map of IANA's columns, and a [`Reference`] as a string.
//! - `alloc` converts a `String` to a [`ServiceName`], and compares the two.
//!
//! The minimum supported Rust version is 1.88. Patch releases never raise it.
//!
//! # Guarantees
//!
//! The crate is `no_std`, contains no `unsafe` code, allocates nothing and computes nothing at start-up. No function
//! panics, whatever its arguments. A program links only the tables that it reads.
//!
//! A look-up takes nanoseconds: a few by port, a few dozen by name. `benches/README.md` in the repository has the
//! measurements.

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    warn(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)
)]

mod date;
#[allow(dead_code, reason = "the build script writes what is read here")]
mod encoding;
mod entry;
mod index;
mod label;
mod lookup;
mod port;
mod port_spec;
mod reference;
#[cfg(feature = "serde")]
mod serde;
mod service_name;
mod service_type;
mod status;
mod tables;
mod text;
mod transport;
mod try_from;

pub use date::{Date, DateError};
pub use entry::Entry;
pub use lookup::{
    REGISTRY_SOURCE, REGISTRY_UPDATED, entries, lookup_name, lookup_port, name_by_port, port_by_name, port_status,
    search, unassigned_ports,
};
pub use port::{PortClass, PortClassError, PortRange, PortRangeError};
pub use port_spec::{PortSpec, PortSpecError};
pub use reference::Reference;
pub use service_name::{ServiceName, ServiceNameError, ServiceNameRule};
pub use service_type::{DnsSdName, ServiceType, ServiceTypeError};
pub use status::{PortStatus, Status, StatusError};
pub use transport::{Transport, TransportError};

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(test)]
extern crate std;

/// The code in the README is tested too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
