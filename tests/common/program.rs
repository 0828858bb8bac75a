//! The example programs, run as a person would.

use std::ffi::OsStr;
use std::process::{Command, Output};

/// An example that cargo built beside this test.
pub fn example(name: &str) -> Command {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    Command::new(path.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION))
}

/// Exit status, output and messages.
pub fn run(name: &str, arguments: &[impl AsRef<OsStr>]) -> (Option<i32>, String, String) {
    shown(example(name).args(arguments).output().unwrap())
}

/// The same where the reader of the output has gone away.
pub fn run_unread(name: &str, arguments: &[impl AsRef<OsStr>]) -> (Option<i32>, String, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    shown(example(name).args(arguments).stdout(writer).output().unwrap())
}

fn shown(Output { status, stdout, stderr }: Output) -> (Option<i32>, String, String) {
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}
