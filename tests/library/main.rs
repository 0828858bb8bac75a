//! The library's answers, against another reader of the XML and against plain rules.

#[path = "../../registry/amended/test.rs"]
mod amendments;
#[path = "../common/mod.rs"]
mod common;
mod date;
mod dns_sd_name;
mod entry;
mod port_class;
mod port_range;
mod port_spec;
mod port_status;
mod registry;
#[cfg(feature = "serde")]
mod serde;
mod service_name;
mod service_type;
mod traits;
mod transport;

use std::hash::{DefaultHasher, Hash, Hasher};

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
