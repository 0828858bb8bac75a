//! What the fuzz targets check, for inputs made from their corpus and words. The inputs are the same in every run.

use crate::checks::common::Random;
use crate::checks::{tables, texts};
use std::fs;
use std::path::Path;

/// The corpus and the words of one target.
struct Seeds {
    corpus: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
}

impl Seeds {
    fn new(target: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
        let mut files: Vec<_> = fs::read_dir(folder.join("corpus").join(target)).unwrap().collect();
        files.sort_by_key(|file| file.as_ref().unwrap().path());
        let words = fs::read_to_string(folder.join(format!("{target}.dict"))).unwrap();
        Seeds {
            corpus: files.into_iter().map(|file| fs::read(file.unwrap().path()).unwrap()).collect(),
            words: words.lines().map(word).collect(),
        }
    }

    /// One of the corpus, changed in up to four places.
    fn mutated(&self, random: &mut Random) -> Vec<u8> {
        let mut input = self.corpus[random.below(self.corpus.len())].clone();
        for _ in 0..random.below(5) {
            let start = place(&input, random);
            let end = match random.below(3) {
                0 => start,
                1 => (start + random.below(4)).min(input.len()),
                _ => place(&input, random).max(start),
            };
            let other = &self.corpus[random.below(self.corpus.len())];
            let piece = match random.below(6) {
                0 => Vec::new(),
                1 => vec![random.below(256) as u8],
                2 => {
                    let bounds = [place(other, random), place(other, random)];
                    other[bounds[0].min(bounds[1])..bounds[0].max(bounds[1])].to_vec()
                }
                3 => input[start..end].repeat(2),
                _ => self.words[random.below(self.words.len())].clone(),
            };
            input.splice(start..end, piece);
        }
        input
    }

    /// Checks this many inputs: the corpus, and then inputs made from it.
    fn run(&self, inputs: usize, mut check: impl FnMut(usize, &[u8])) {
        let mut random = Random::new(0x6675_7a7a);
        for number in 0..inputs {
            let input = match self.corpus.get(number) {
                Some(input) => input.clone(),
                None => self.mutated(&mut random),
            };
            let shown = Shown(&input);
            check(number, shown.0);
        }
    }
}

/// A place in the input: every other time after the end of a tag, so that markup stays whole.
fn place(input: &[u8], random: &mut Random) -> usize {
    let ends: Vec<usize> = (0..input.len()).filter(|&at| input[at] == b'>').map(|at| at + 1).collect();
    match random.below(2) {
        0 if !ends.is_empty() => random.choose(&ends),
        _ => random.below(input.len() + 1),
    }
}

/// The bytes of a line such as `"\x0a\"a\""`.
fn word(line: &str) -> Vec<u8> {
    let mut rest = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap();
    let mut word = Vec::new();
    while let Some(&byte) = rest.as_bytes().first() {
        let (byte, length) = match rest.strip_prefix('\\') {
            Some(hex) if hex.starts_with('x') => (u8::from_str_radix(&hex[1..3], 16).unwrap(), "\\x00".len()),
            Some(escaped) => (escaped.as_bytes()[0], "\\\"".len()),
            None => (byte, 1),
        };
        word.push(byte);
        rest = &rest[length..];
    }
    word
}

/// Printed if its check panics.
struct Shown<'a>(&'a [u8]);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("the input: \"{}\"", self.0.escape_ascii());
        }
    }
}

#[test]
fn any_registry_is_rejected_or_decoded() {
    let seeds = Seeds::new("registry");
    let mut accepted = 0;
    let mut rejected = 0;
    seeds.run(250, |number, input| {
        let is_accepted = tables::registry(input);
        assert!(is_accepted || number >= seeds.corpus.len(), "a registry of the corpus is rejected");
        *(if is_accepted { &mut accepted } else { &mut rejected }) += 1;
    });
    assert!(accepted > 40 && rejected > 50, "{accepted} accepted, {rejected} rejected");
}

#[test]
fn any_text_is_read_and_looked_up_as_a_naive_reader_does() {
    Seeds::new("texts").run(700, |number, input| {
        let text = String::from_utf8_lossy(input);
        texts::text(&text);
        // A search takes a hundred times as long as the rest.
        if number % 100 == 0 {
            texts::searched(&text);
        }
    });
}
