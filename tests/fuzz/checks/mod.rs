//! What the fuzz targets check, and what it takes.

#![allow(dead_code, reason = "each target uses a part")]

#[path = "../../common/mod.rs"]
pub mod common;
#[path = "../../../registry/mod.rs"]
pub mod generator;
pub mod tables;
pub mod texts;
