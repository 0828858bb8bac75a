//! DNS-Based Service Discovery and SRV records: service types and full names.

mod error;
mod label;
mod name;
mod parse;
mod service_type;

pub use error::DnsSdError;
pub use name::DnsSdName;
pub use service_type::ServiceType;
