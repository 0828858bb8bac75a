//! Links with the C library alone: no std, no allocator, nothing that unwinds. It writes the name of port 80, and its
//! status says whether a name was found.

#![no_std]
#![no_main]

use core::ffi::{c_char, c_int, c_void};
use core::panic::PanicInfo;
use iana_ports::{Transport::Tcp, lookup_name, name_by_port};

#[link(name = "c")]
unsafe extern "C" {
    fn write(file: c_int, bytes: *const c_void, length: usize) -> isize;
}

#[unsafe(no_mangle)]
extern "C" fn main(_: c_int, _: *const *const c_char) -> c_int {
    let name = name_by_port(80, Tcp).unwrap_or("none");
    // What must not link.
    #[cfg(allocates)]
    let name = allocated(name);
    // SAFETY: the bytes are those of a text, as many as its length says.
    let written = unsafe { write(1, name.as_ptr().cast(), name.len()) };
    let is_right = lookup_name("HTTPS").first().and_then(|entry| entry.port()) == Some(443);
    c_int::from(!is_right || written < 0)
}

#[cfg(allocates)]
fn allocated(name: &str) -> &'static str {
    extern crate alloc;
    alloc::string::String::from(name).leak()
}

/// The compiled core refers to it; nothing calls it where a panic aborts.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

#[panic_handler]
fn panic(_: &PanicInfo) -> ! {
    loop {}
}
