//! The examples and registry_diff.

#[path = "../common/mod.rs"]
mod common;
mod registry_diff;
mod short;
