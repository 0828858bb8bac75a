//! The program `ports`, run as a process or called, against the registry as the library reads it.

mod annotate;
#[path = "../../../../tests/common/mod.rs"]
mod common;
mod export;
mod libraries;
mod listening;
mod lookup;
mod map;
mod process;
mod session;
mod sql;
mod validate;

use std::cell::Cell;
use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

/// Exit status, standard output and standard error, where standard input is empty.
fn ports<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> (i32, String, String) {
    ports_with_input(arguments, b"")
}

fn ports_with_input<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>, input: &[u8]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ports"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that needs no input closes it.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output().unwrap()
    });
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Gives the text in parts, of the lengths that a function of the length of the rest returns.
struct Parts<'a, F>(&'a [u8], F);

impl<F: FnMut(usize) -> usize> Read for Parts<'_, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.1(self.0.len()).min(self.0.len()).min(buffer.len());
        let (part, rest) = self.0.split_at(length);
        buffer[..length].copy_from_slice(part);
        self.0 = rest;
        Ok(length)
    }
}

/// Counts the bytes that it was given.
struct Counter<'a>(&'a Cell<usize>);

impl Write for Counter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
