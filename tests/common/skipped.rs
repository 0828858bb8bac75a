use std::fs::OpenOptions;
use std::io::Write;

/// Reports that something is not tested here, and in one word what it needs: a command, or a word that `.ci/run` lists.
/// It goes to standard error past the harness, which hides what a passing test prints, and to the file that the variable
/// `SKIPPED` names, for runners that hide more.
pub fn skipped(what: &str, needs: &str) {
    let line = format!("skipped: {what} (needs {needs})\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    if let Some(path) = std::env::var_os("SKIPPED") {
        let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        file.write_all(line.as_bytes()).unwrap();
    }
}
