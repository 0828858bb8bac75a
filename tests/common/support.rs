//! What tests and benches share.

use std::fs::OpenOptions;
use std::io::Write;

/// Reports that something is not tested here, and in one word what it needs: a command, or a word that `.ci/run` lists.
/// It goes to standard error past the harness, which hides what a passing test prints, and to the file that the
/// variable `SKIPPED` names, for runners that hide more.
pub fn skipped(what: &str, needs: &str) {
    let line = format!("skipped: {what} (needs {needs})\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    if let Some(path) = std::env::var_os("SKIPPED") {
        let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        file.write_all(line.as_bytes()).unwrap();
    }
}

/// Seeded pseudo-random numbers, xorshift64*: the same in every run.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed | 1)
    }

    /// A number from 0 to `limit` - 1.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    pub fn choose<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A text of fewer than `limit` of these characters.
    pub fn text(&mut self, characters: &str, limit: usize) -> String {
        let characters: Vec<char> = characters.chars().collect();
        (0..self.below(limit)).map(|_| self.choose(&characters)).collect()
    }
}
