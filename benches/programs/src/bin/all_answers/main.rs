//! Prints one number over every answer: by std, by a function for the host of WebAssembly, or to QEMU.

#![cfg_attr(target_os = "none", no_std)]
#![cfg_attr(any(target_os = "none", target_family = "wasm"), no_main)]

#[cfg(target_os = "none")]
mod qemu;

#[cfg(not(any(target_os = "none", target_family = "wasm")))]
fn main() {
    println!("{}", iana_ports_programs::hash_answers());
}

#[cfg(target_family = "wasm")]
#[unsafe(no_mangle)]
extern "C" fn answers() -> u64 {
    iana_ports_programs::hash_answers()
}
