//! The programs in `programs/`, built as the crate's users build theirs.

use crate::skipped;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// For its programs, size counts.
pub const MICROCONTROLLER: &str = "thumbv6m-none-eabi";

/// Where programs are built.
pub struct Programs {
    folder: PathBuf,
    target: &'static str,
    /// What they are built from, where it is not what this package was built from.
    xml: Option<PathBuf>,
}

/// Whether the standard library for a target, or core alone, is installed.
pub fn has_target(target: &str) -> bool {
    let rustc = Command::new("rustc").args(["--print", "target-libdir", "--target", target]).output().unwrap();
    Path::new(String::from_utf8(rustc.stdout).unwrap().trim_end()).exists()
}

pub fn has_command(command: &str) -> bool {
    Command::new(command).arg("--version").output().is_ok()
}

impl Programs {
    /// In a folder that tests share, so that the crate is built once for all of them.
    pub fn new(folder: &str) -> Self {
        Programs { folder: PathBuf::from(folder), target: env!("TARGET"), xml: None }
    }

    /// The same for another target; programs/.cargo/config.toml says how its programs run here.
    pub fn for_target(self, target: &'static str) -> Self {
        Programs { target, ..self }
    }

    /// From now on they are built from this text.
    pub fn set_xml(&mut self, xml: &str) {
        let path = self.folder.join("registry.xml");
        fs::create_dir_all(&self.folder).unwrap();
        fs::write(&path, xml).unwrap();
        self.xml = Some(path);
    }

    /// Runs cargo on the package of the programs. Returns its standard output, or as an error what else it wrote.
    pub fn cargo(&self, command: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Result<String, String> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([command, "--release", "--quiet", "--target", self.target, "--target-dir"]).arg(&self.folder);
        if self.target == MICROCONTROLLER {
            cargo.args(["--config", "profile.release.opt-level='s'"]);
        }
        cargo.args(arguments).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/programs"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PROFILE_RELEASE_") {
                cargo.env_remove(name);
            }
        }
        if self.target != env!("TARGET") {
            // Flags for this machine, which would also replace those of the configuration.
            cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        }
        if let Some(path) = &self.xml {
            // A few rows are no mistake here.
            cargo.env("IANA_PORTS_XML", path).env("IANA_PORTS_CHECK", "lenient");
        }
        cargo.envs(environment.iter().copied());
        let Output { status, stdout, stderr } = cargo.output().unwrap();
        let text = if status.success() { Ok(stdout) } else { Err(stderr) };
        let read = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        text.map(read).map_err(read)
    }

    /// Builds a program with these flags of the compiler.
    pub fn build(&self, program: &str, flags: &[&str]) -> Result<PathBuf, String> {
        self.cargo("rustc", &[&["--bin", program, "--"], flags].concat(), &[])?;
        let folder = self.folder.join(self.target).join("release");
        Ok(folder.join(program).with_extension(std::env::consts::EXE_EXTENSION))
    }

    /// The bytes that are loaded of the program `reads` with this `--cfg`: without symbols, and without what aligns
    /// sections.
    pub fn size(&self, cfg: &str) -> u64 {
        use object::{Object, ObjectSegment};
        let executable = fs::read(self.build("reads", &["--cfg", cfg]).unwrap()).unwrap();
        let file = object::File::parse(executable.as_slice()).unwrap();
        file.segments().map(|segment| segment.file_range().1).sum()
    }

    /// The most instructions and the mean, as callgrind counts them, of the calls to the function `measured` of the
    /// program `instructions`; `None`, and reported, where valgrind is missing.
    pub fn instructions(&self, call: &str) -> Option<(f64, f64)> {
        if !has_command("valgrind") {
            skipped(&format!("the instructions of {call}"), "valgrind");
            return None;
        }
        let executable = self.build("instructions", &[]).unwrap();
        let dump = executable.with_extension("callgrind");
        let mut valgrind = Command::new("valgrind");
        valgrind.args(["--tool=callgrind", "--toggle-collect=*::measured", "--dump-before=*::measured"]);
        valgrind.args(["--combine-dumps=yes", &format!("--callgrind-out-file={}", dump.display())]);
        let Output { status, stderr, .. } = valgrind.arg(executable).arg(call).output().unwrap();
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        let counts = fs::read_to_string(dump).unwrap();
        let counts = counts.lines().filter_map(|line| line.strip_prefix("summary: ")?.parse().ok());
        // The first dump comes before the first call.
        let counts: Vec<f64> = counts.skip(1).collect();
        Some((counts.iter().copied().fold(0.0, f64::max), counts.iter().sum::<f64>() / counts.len().max(1) as f64))
    }
}
