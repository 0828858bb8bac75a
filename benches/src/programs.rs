//! The programs in `programs/`, built as the crate's users build theirs.

use crate::skipped;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
    /// In a folder beneath `CARGO_TARGET_TMPDIR`. Tests that run at the same time build other programs, or elsewhere.
    pub fn new(folder: &str, name: &str) -> Self {
        Programs { folder: Path::new(folder).join(name), target: env!("TARGET"), xml: None }
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

    pub fn build(&self, programs: &[&str]) -> Result<(), String> {
        let arguments: Vec<&str> = programs.iter().flat_map(|program| ["--bin", program]).collect();
        self.cargo("build", &arguments, &[]).map(drop)
    }

    pub fn executable(&self, program: &str) -> PathBuf {
        let folder = self.folder.join(self.target).join("release");
        folder.join(program).with_extension(std::env::consts::EXE_EXTENSION)
    }

    /// The size of the program `reads`, built with this `--cfg`.
    pub fn size_with(&self, cfg: &str, arguments: &[&str]) -> u64 {
        let arguments = [&["--bin", "reads"], arguments, &["--", "--cfg", cfg]].concat();
        self.cargo("rustc", &arguments, &[]).unwrap();
        self.size("reads")
    }

    /// Bytes of an executable that are loaded: without symbols, and without what aligns sections.
    fn size(&self, program: &str) -> u64 {
        use object::{Object, ObjectSegment};
        let executable = fs::read(self.executable(program)).unwrap();
        let file = object::File::parse(executable.as_slice()).unwrap();
        file.segments().map(|segment| segment.file_range().1).sum()
    }

    /// The most instructions and the mean, as callgrind counts them, of the calls to the function `measured` of the
    /// program `instructions`; `None`, and reported, where valgrind is missing.
    pub fn instructions(&self, arguments: &[&str]) -> Option<(u64, f64)> {
        if !has_command("valgrind") {
            skipped(&format!("the instructions of {}", arguments.join(" ")), "valgrind");
            return None;
        }
        let executable = self.executable("instructions");
        let dump = executable.with_extension("callgrind");
        let mut valgrind = Command::new("valgrind");
        valgrind.args(["--tool=callgrind", "--toggle-collect=*::measured", "--dump-before=*::measured"]);
        valgrind.args(["--combine-dumps=yes", &format!("--callgrind-out-file={}", dump.display())]);
        let Output { status, stderr, .. } = valgrind.arg(executable).args(arguments).output().unwrap();
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        let counts = fs::read_to_string(dump).unwrap();
        let counts = counts.lines().filter_map(|line| line.strip_prefix("summary: ")?.parse().ok());
        // The first dump comes before the first call.
        let counts: Vec<u64> = counts.skip(1).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        Some((most, counts.iter().sum::<u64>() as f64 / counts.len().max(1) as f64))
    }
}
