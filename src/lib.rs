#![doc = include_str!("../README.md")]
#![no_std]
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
