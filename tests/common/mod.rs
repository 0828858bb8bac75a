//! What several test programs use.

#![allow(dead_code, unused_imports, reason = "each test program uses a part")]

pub mod decoded;
pub mod oracle;
pub mod program;
pub mod rules;
mod support;

pub use support::{Random, skipped};

/// A fresh folder for the files of one test, which gives its name. The fuzz targets have none.
#[cfg(test)]
pub fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(env!("CARGO_CRATE_NAME")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
