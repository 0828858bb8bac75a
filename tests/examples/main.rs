//! The example programs and registry_diff, run within the test.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/json.rs"]
mod json;
mod listening;
mod port_map;
mod registry_diff;
mod services;
mod short;
mod text_tools;
