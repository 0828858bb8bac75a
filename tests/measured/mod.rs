//! Small programs that depend on this crate, built as its users build theirs: in a package of their own, in release,
//! stripped. Their sources stand beside this file.

#![allow(dead_code, reason = "each test file uses a part")]

use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where sizes and instructions compare with the budgets.
pub const COMPARABLE: bool = cfg!(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu"));

/// Writes to standard error, of a test that passes too.
pub fn print(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A package of such programs.
pub struct Package {
    name: &'static str,
    folder: PathBuf,
}

impl Package {
    /// Names of packages are distinct, for tests run at the same time.
    pub fn new(name: &'static str, programs: &[&str]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut manifest = format!(
            "[package]\nname = {name:?}\nedition = \"2024\"\n[workspace]\n\
             [dependencies]\niana-ports = {{ path = {root:?} }}\n[profile.release]\nstrip = true\n",
        );
        for program in programs {
            let path = root.join("tests/measured").join(program).with_extension("rs");
            manifest += &format!("[[bin]]\nname = \"{name}-{program}\"\npath = {path:?}\n");
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        // The versions that this test was built with: cargo needs no network for them.
        let _ = fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"));
        Package { name, folder }
    }

    /// Builds all programs, from an XML file or from what this test was built from. It fails with what cargo says.
    pub fn build(&self, xml: Option<&Path>) -> Result<(), String> {
        self.cargo(xml, &["build"])
    }

    /// Links one program anew, with flags for cargo or, after `--`, for rustc.
    pub fn link(&self, program: &str, xml: Option<&Path>, flags: &[&str]) -> Result<(), String> {
        self.cargo(xml, &[&["rustc", "--bin", &format!("{}-{program}", self.name)], flags].concat())
    }

    fn cargo(&self, xml: Option<&Path>, arguments: &[&str]) -> Result<(), String> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.arg(arguments[0]).args(["--release", "--offline", "--quiet", "--target-dir=../measured"]);
        cargo.args(&arguments[1..]).current_dir(&self.folder).env_remove("CARGO_BUILD_TARGET");
        cargo.envs(xml.map(|path| ("IANA_PORTS_XML", path)));
        let Output { status, stderr, .. } = cargo.output().unwrap();
        if status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&stderr).into_owned()) }
    }

    /// The executable of a program.
    pub fn executable(&self, program: &str) -> PathBuf {
        self.folder.join("../measured/release").join(format!("{}-{program}", self.name))
    }

    /// Its size in bytes.
    pub fn size(&self, program: &str) -> u64 {
        fs::metadata(self.executable(program)).unwrap().len()
    }
}

/// So linked, an executable keeps the names of its functions and statics.
pub const NOT_STRIPPED: [&str; 2] = ["--", "-Cstrip=none"];

/// The instructions that callgrind counts in each call to a program's function `measured`, or in all calls together;
/// `None`, with a line that says so, where valgrind is missing.
pub fn instructions(executable: &Path, arguments: &[&str], each: bool) -> Option<Vec<u64>> {
    if !COMPARABLE || Command::new("valgrind").arg("--version").output().is_err() {
        print("skipped: instructions are counted on x86-64 Linux with glibc, where valgrind is installed");
        return None;
    }
    let counts = executable.with_extension("callgrind");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--toggle-collect=*::measured", "--combine-dumps=yes"]);
    valgrind.args(each.then_some("--dump-before=*::measured"));
    valgrind.arg(format!("--callgrind-out-file={}", counts.display())).arg(executable).args(arguments);
    let Output { status, stderr, .. } = valgrind.output().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    let counts = fs::read_to_string(counts).unwrap();
    let counts = counts.lines().filter_map(|line| line.strip_prefix("summary: ")?.parse().ok());
    // What comes before the first call is a part too.
    Some(counts.skip(usize::from(each)).collect())
}
