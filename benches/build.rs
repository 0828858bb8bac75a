//! Lets the tests know what they, and the programs that they build, are compiled with.

use std::env::var;
use std::process::Command;

fn main() {
    let version = Command::new(var("RUSTC").unwrap()).arg("--version").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    let rustc = version.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let target = var("TARGET").unwrap();
    // From the environment and from Cargo's configuration.
    let flags = var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default().replace('\x1f', " ");
    let with = if flags.is_empty() { String::new() } else { format!(" with {flags}") };
    println!("cargo::rustc-env=COMPILED_BY={rustc} for {target}{with}");
    println!("cargo::rustc-env=TARGET={target}");
}
