//! The example programs, run within the test: each is a module with a function `run`.

use std::io::{self, Write};

/// A program whose input, if it has one, is given.
pub trait Program: FnOnce(&[String], &mut dyn Write, &mut dyn Write) -> u8 {}
impl<F: FnOnce(&[String], &mut dyn Write, &mut dyn Write) -> u8> Program for F {}

/// Exit status, standard output and standard error.
pub fn run(program: impl Program, arguments: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = program(&owned(arguments), &mut out, &mut err);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// Exit status and standard error where nobody reads the standard output any more.
pub fn run_unread(program: impl Program, arguments: &[&str]) -> (u8, String) {
    let mut err = Vec::new();
    let status = program(&owned(arguments), &mut Closed, &mut err);
    (status, String::from_utf8(err).unwrap())
}

fn owned(arguments: &[&str]) -> Vec<String> {
    arguments.iter().map(|&argument| argument.to_owned()).collect()
}

/// A pipe that the reader has closed.
pub struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
