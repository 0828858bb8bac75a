//! Ports and services as people type them.

mod error;
mod parse;
mod spec;
mod suggest;

pub use error::PortSpecError;
pub use spec::PortSpec;
