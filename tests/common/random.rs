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
