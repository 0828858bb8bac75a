//! The example programs, run within the test: each is a module with a function `run`.

use std::ffi::OsString;
use std::io::{self, Write};

/// A program whose input, if it has one, is given.
pub trait Program: FnOnce(&[OsString], &mut dyn Write, &mut dyn Write) -> u8 {}
impl<F: FnOnce(&[OsString], &mut dyn Write, &mut dyn Write) -> u8> Program for F {}

/// Exit status, standard output and standard error.
pub fn run(program: impl Program, arguments: &[&str]) -> (u8, String, String) {
    run_with(program, &owned(arguments))
}

/// The same with arguments that need not be UTF-8.
pub fn run_with(program: impl Program, arguments: &[OsString]) -> (u8, String, String) {
    let mut out = Vec::new();
    let mut err = Vec::new();
    let status = program(arguments, &mut out, &mut err);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// An argument that is not UTF-8.
pub fn not_utf8() -> OsString {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStringExt::from_vec(b"a\xff".to_vec());
    #[cfg(windows)]
    return std::os::windows::ffi::OsStringExt::from_wide(&[0x61, 0xd800]);
}

/// Exit status and standard error where nobody reads the standard output any more.
pub fn run_unread(program: impl Program, arguments: &[&str]) -> (u8, String) {
    let mut err = Vec::new();
    let status = program(&owned(arguments), &mut Failing(io::ErrorKind::BrokenPipe), &mut err);
    (status, String::from_utf8(err).unwrap())
}

fn owned(arguments: &[&str]) -> Vec<OsString> {
    arguments.iter().map(OsString::from).collect()
}

/// What cannot be written to, for this reason.
pub struct Failing(pub io::ErrorKind);

impl Write for Failing {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
