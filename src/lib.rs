//! IANA's Service Name and Transport Protocol Port Number Registry as static tables: look up services by port and ports
//! by service name, with every column of the registry.
//!
//! ```
//! use iana_ports::{Transport::Tcp, lookup_port, name_by_port, port_by_name, port_status};
//!
//! for entry in lookup_port(10050, Tcp) {
//!     println!("{entry}: {}", entry.description()); // zabbix-agent 10050/tcp: Zabbix Agent
//! }
//! assert_eq!(name_by_port(443, Tcp), Some("https"));
//! assert_eq!(port_by_name("https", Tcp), Some(443));
//! assert_eq!(port_status(49152, Tcp).to_string(), "Dynamic");
//! ```
//!
//! An [`Entry`] is a row of the registry. A [`PortStatus`] sums up all the rows for one port on one transport. A
//! [`PortSpec`] is what a user types: `443`, `443/tcp`, `https`, `8000-8100`.
//!
//! # What to call
//!
//! - With **a port and a transport**: [`name_by_port`] returns the usual service name, [`lookup_port`] every service
//!   that the port is registered for, and [`port_status`] its status. [`unassigned_ports`] lists the ports that are
//!   Unassigned.
//! - With **a service name**: [`port_by_name`] returns its lowest port on a transport, and [`lookup_name`] all its
//!   rows. [`ServiceName::new`] checks a name against RFC 6335, and [`service_name!`] does so at compile time.
//! - With **part of a name or a description**: [`search`] finds the entries that contain it. [`entries`] returns all of
//!   them.
//! - With **text that a user typed**: [`PortSpec`] implements `FromStr`, and [`PortSpec::parse_list`] reads a list.
//!   [`PortSpec::port_ranges`] returns the ports to open or scan, or an error that says why there are none, and
//!   [`PortSpec::entries`] the entries for them.
//! - With **a DNS-SD or SRV name** such as `_http._tcp.local.`: [`DnsSdName::parse`] splits it into its parts, and
//!   [`DnsSdName::new`] builds one from them.
//! - With **a packet**: [`Transport::from_ip_protocol`] turns the IP protocol number into a transport.
//! - Instead of **getservbyport(3)** and **getservbyname(3)**: [`name_by_port`] and [`port_by_name`] answer without
//!   `/etc/services`, which may disagree. It often has `http-alt` on 8080 alone, for instance; IANA registers the name
//!   for 591 and 8080, and [`port_by_name`] returns the lower.
//!
//! # Which of several names?
//!
//! A port can be registered for several services. [`lookup_port`] returns the usual one first and [`name_by_port`]
//! returns its name: of the entries with a name, the first with an RFC among its references; if there is none, the
//! first with a description and an assignee; failing that, the first with a description; failing that, the first. So 80
//! is `http`, not `www`, 2049 is `nfs`, not `shilp`, and 1701 is `l2tp`, not `l2f`.
//!
//! [`PortSpec::entries`] keeps this order, port by port. [`lookup_name`] returns rows by port, those without one last.
//! [`search`] and [`entries`] keep the order of IANA's file.
//!
//! # Semantics
//!
//! - **Registered for, not running.** IANA registers a port for a service. Anything can use the port, and a service can
//!   use any other port. The crate does not detect what is running.
//! - **Case.** Service names are looked up and compared without regard to ASCII case, as
//!   [RFC 6335 §5.1](https://www.rfc-editor.org/rfc/rfc6335#section-5.1) requires. Nothing is trimmed.
//! - **Unregistered names.** `/etc/services` and vendors add names such as `dns` and `postgres`, which IANA registers
//!   as `domain` and `postgresql`. The crate has IANA's names only; to find one, pass part of its name or description
//!   to [`search`]. The program `ports` in the repository also suggests names that are spelled alike.
//! - **Aliases.** About a hundred names break the rules of RFC 6335, most of them because they are older. Where IANA
//!   has replaced such a name with a well-formed one, both have rows: [`Entry::alias_of`] leads from the old name to
//!   the new one, and [`Entry::replaces`] back.
//! - **Ranges.** A row can cover a range of ports, such as 6000-6063 for `x11`, and is found on each of them.
//!   [`Entry::port`] is `None` for such a row; use [`Entry::ports`].
//! - **Rows without a transport** apply to all four transports. **Rows without a port** are services that clients find
//!   by other means, such as DNS-SD. The rows of `rdp` have neither: [`lookup_name`] finds them, and [`port_by_name`]
//!   returns `None`. (The port that Remote Desktop uses, 3389, is registered for `ms-wbt-server`.)
//! - **UDP-Lite** uses the ports of UDP, so it is [`Transport::Udp`].
//!
//! # Cookbook
//!
//! ## Which end is the server?
//!
//! The registry cannot know who opened a connection. If all you have is two ports, the server's is probably the
//! registered one. If both are registered, or neither is, take the one in the lower class (System before User before
//! Dynamic), and within a class the lower port:
//!
//! ```
//! use iana_ports::{PortClass, Transport, name_by_port};
//!
//! fn server_port(a: u16, b: u16, transport: Transport) -> u16 {
//!     let rank = |port| (name_by_port(port, transport).is_none(), PortClass::of(port), port);
//!     if rank(a) <= rank(b) { a } else { b }
//! }
//! assert_eq!(server_port(51234, 443, Transport::Tcp), 443);
//! assert_eq!(server_port(443, 8443, Transport::Tcp), 443);
//! ```
//!
//! This is a guess. Linux picks ephemeral ports from 32768 up, where more than a hundred TCP ports are Assigned, and a
//! server may listen on a port that nobody registered. Two equal ports, as in NTP, give no hint at all. If you saw the
//! first packet of the flow, trust its direction instead.
//!
//! ## Which ports does a list open?
//!
//! ```
//! use iana_ports::{PortSpec, PortSpecError};
//!
//! fn open(list: &str) -> Result<Vec<String>, PortSpecError> {
//!     let mut rules = Vec::new();
//!     for spec in PortSpec::parse_list(list) {
//!         rules.extend(spec?.port_ranges()?.map(|(ports, transport)| format!("{transport} {ports}")));
//!     }
//!     Ok(rules)
//! }
//! assert_eq!(open("https/tcp, 8000-8100/udp")?, ["tcp 443", "udp 8000-8100"]);
//! assert!(open("htps/tcp").is_err()); // service name "htps" is not registered
//! # Ok::<(), PortSpecError>(())
//! ```
//!
//! ## Which service does a packet belong to?
//!
//! ```
//! use iana_ports::{Transport, name_by_port};
//!
//! fn service(ip_protocol: u8, port: u16) -> Option<&'static str> {
//!     name_by_port(port, Transport::from_ip_protocol(ip_protocol)?)
//! }
//! assert_eq!(service(17, 53), Some("domain"));
//! assert_eq!(service(1, 53), None); // ICMP has no ports.
//! ```
//!
//! ## How do I put my own names first?
//!
//! Users may expect names that IANA does not register, such as `dns` for `domain`. Match those, then ask the registry:
//!
//! ```
//! use iana_ports::{Transport, name_by_port};
//!
//! fn service(port: u16, transport: Transport) -> Option<&'static str> {
//!     match port {
//!         53 => Some("dns"),
//!         3389 => Some("rdp"),
//!         5432 => Some("postgres"),
//!         _ => name_by_port(port, transport),
//!     }
//! }
//! assert_eq!(service(53, Transport::Udp), Some("dns"));
//! assert_eq!(service(443, Transport::Tcp), Some("https"));
//! ```
//!
//! In the other direction, match the name and fall back to [`port_by_name`].
//!
//! ## How do I complete a name?
//!
//! [`search`] returns a row for each transport, in the order of IANA's file rather than by relevance. A few lines turn
//! that into a list of names, with those that begin with the text first:
//!
//! ```
//! use iana_ports::search;
//!
//! let text = "post"; // In lower case.
//! let mut names: Vec<_> = search(text).filter_map(|entry| entry.service_name()).collect();
//! names.sort_by_key(|name| (!name.to_ascii_lowercase().starts_with(text), *name));
//! names.dedup();
//! assert!(names.first().is_some_and(|name| name.starts_with(text)));
//! assert!(names.contains(&"postgresql"));
//! ```
//!
//! ## Which service does a DNS-SD name announce?
//!
//! ```
//! use iana_ports::{DnsSdName, lookup_name};
//!
//! let name = DnsSdName::parse(r"My\ Printer._ipp._tcp.local.")?;
//! assert_eq!((name.instance(), name.service()), (Some("My Printer"), "ipp"));
//! for entry in lookup_name(name.service()).iter().take(1) {
//!     println!("{}", entry.description()); // IPP (Internet Printing Protocol)
//! }
//! # Ok::<(), iana_ports::DnsSdError>(())
//! ```
//!
//! # Features
//!
//! `serde`, off by default, is the only feature. It serializes and deserializes [`Date`], [`PortRange`], [`PortSpec`],
//! [`ServiceName`], [`ServiceType`] and [`Transport`] as strings. `PortRange` and `PortSpec` also read a port number,
//! so `port = 443` works in TOML; it is written back as `port = "443"`. A date in TOML needs quotes. [`DnsSdName`],
//! [`Entry`], [`EntryStatus`], [`PortClass`], [`PortStatus`] and [`Reference`] are serialized only; an entry becomes a
//! map of IANA's columns.
//!
//! An array such as `ports = [80, "ssh"]` is a `Vec<PortSpec>`. For a list in one string, `ports = "80,443 ssh"`, put
//! `#[serde(deserialize_with = "list")]` on the field:
//!
//! ```
//! # #[cfg(feature = "serde")] {
//! use iana_ports::PortSpec;
//! use serde::{Deserialize, Deserializer, de::Error};
//!
//! fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PortSpec>, D::Error> {
//!     let text = String::deserialize(deserializer)?;
//!     PortSpec::parse_list(&text).collect::<Result<_, _>>().map_err(D::Error::custom)
//! }
//! # let ports = list(&mut serde_json::Deserializer::from_str(r#""80,443 ssh""#));
//! # assert!(ports.is_ok_and(|ports| ports.len() == 3));
//! # assert!(list(&mut serde_json::Deserializer::from_str(r#""80,,443""#)).is_err());
//! # }
//! ```
//!
//! # Embedded
//!
//! The crate is `no_std`, contains no `unsafe` code, allocates nothing and computes nothing at start-up. No function
//! panics, whatever its arguments. [`lookup_port`], [`name_by_port`], [`port_status`] and most methods are `const`;
//! look-ups by name are not. The tables are constant and stay in flash, and a program links only those that it reads.
//! It grows by:
//!
//! <!-- written by benches/plot.py -->
//! | a program that calls | x86-64 | Cortex-M0, optimized for size |
//! | --- | --- | --- |
//! | [`lookup_port`] and counts the entries | 30 KB | 30 KB |
//! | [`port_status`] | 30 KB | 30 KB |
//! | [`name_by_port`] | 184 KB | 183 KB |
//! | [`port_by_name`] | 227 KB | 229 KB |
//! | both look-ups and reads name, ports, transport and status | 318 KB | 321 KB |
//! | both look-ups and reads all twelve columns | 731 KB | 734 KB |
//! | [`DnsSdName::parse`] | 10 KB | 6 KB |
//! <!-- to here -->
//!
//! A constant can still pull in a table: the `&str` in `const NAME: Option<&str> = name_by_port(5683, Udp)` points
//! into the text of all names, so a program that uses `NAME` at run time links that text, 64 KB. A [`ServiceName`]
//! holds its name by value, and takes less than 1 KB in a `static`. Assertions in a `const` take nothing.
//!
//! # If the build stops at `ptrhash`
//!
//! Names are stored in a map of the crate phf, whose feature `ptrhash` changes the layout of every such map in a build.
//! If another crate turns it on for phf but not for phf_codegen, or the reverse, this crate does not compile: the first
//! error is that `phf::Map<Name, Rows>` has no field named `disps` (or `pilots`). Turn the feature on for both:
//!
//! ```toml
//! [dependencies]
//! phf = { version = "0.14", features = ["ptrhash"] }
//!
//! [build-dependencies]
//! phf_codegen = { version = "0.14", features = ["ptrhash"] }
//! ```
//!
//! # Versions
//!
//! [`REGISTRY_SOURCE`] says which file the tables were built from, and [`REGISTRY_UPDATED`] is its date. A patch
//! release can bring newer data. The rules on this page are guaranteed, but what they return depends on the data: do
//! not rely on the number of rows or on which service a port is registered for. Accepting a string that used to be
//! rejected is not a breaking change. Parsing a string as a different value is one, and so would be a fifth transport
//! protocol in IANA's registry. The crate never uses the network, neither at build time nor at run time. The minimum
//! supported Rust version is 1.88; patch releases never raise it.
//!
//! # How the look-ups work
//!
//! Names are in a perfect-hash map. Ports are in a two-stage table with pages of 16 ports, which is the simplest
//! perfect hash for integers: a look-up takes about twice as long as one access to an array, each row takes a few
//! bytes, and ranges of any length fit, which a hash map cannot store.

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    warn(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)
)]

mod date;
mod dns_sd;
#[allow(dead_code, reason = "the build script writes what is read here")]
mod encoding;
mod entry;
mod index;
mod lookup;
mod near_miss;
mod port_class;
mod port_range;
mod port_spec;
mod reference;
#[cfg(feature = "serde")]
mod serde;
mod service_name;
mod service_name_error;
mod tables;
mod text;
mod transport;

pub use date::{Date, DateError};
pub use dns_sd::{DnsSdError, DnsSdName, ServiceType};
pub use encoding::{EntryStatus, Transport};
pub use entry::Entry;
pub use lookup::{
    PortStatus, REGISTRY_SOURCE, REGISTRY_UPDATED, entries, lookup_name, lookup_port, name_by_port, port_by_name,
    port_status, search, unassigned_ports,
};
pub use port_class::PortClass;
pub use port_range::{PortRange, PortRangeError};
pub use port_spec::{PortSpec, PortSpecError};
pub use reference::Reference;
#[doc(hidden)]
pub use service_name::__checked_service_name;
pub use service_name::ServiceName;
pub use service_name_error::{ServiceNameError, ServiceNameRule};
pub use transport::TransportError;

#[cfg(test)]
extern crate std;

/// The code in the README is tested too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
