//! A service name with its ASCII case folded, as words: what the name map is built from and asked with.
//!
//! Compiled into the generator too, so that both sides of the map agree.

/// A name of any length, and its first and last words in lower case.
pub(crate) struct Folded<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) words: (u64, u64),
}

impl<'a> Folded<'a> {
    #[inline]
    pub(crate) fn new(name: &'a str) -> Self {
        let name = name.as_bytes();
        let (head, tail) = words(name);
        Self { name, words: (lower(head), lower(tail)) }
    }

    /// The whole name as 56 bits for the name map to hash, in three parts: SipHash takes up to seven bytes in one
    /// round.
    #[inline]
    pub(crate) fn mixed(&self) -> (u32, u16, u8) {
        // Spread over all bytes: the length alone can cancel out against a character.
        let mut middle = (self.name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if self.name.len() > 16 {
            for word in self.name.as_chunks().0 {
                middle = mix(middle ^ lower(u64::from_le_bytes(*word)), 0x2d35_8dcc_aa6c_78a5);
            }
        }
        let (head, tail) = self.words;
        let mixed = mix(head ^ 0x8bb8_4b93_962e_acc9, tail ^ middle ^ 0x4b33_a62e_d433_d4a3);
        (mixed as u32, (mixed >> 32) as u16, (mixed >> 48) as u8)
    }
}

/// The first and the last eight bytes, which overlap in a name of less than 16; of a name of less than eight bytes,
/// the first and last four, or two.
#[inline]
pub(crate) fn words(name: &[u8]) -> (u64, u64) {
    if let (Some(&head), Some(&tail)) = (name.first_chunk(), name.last_chunk()) {
        (u64::from_le_bytes(head), u64::from_le_bytes(tail))
    } else if let (Some(&head), Some(&tail)) = (name.first_chunk(), name.last_chunk()) {
        (u32::from_le_bytes(head).into(), u32::from_le_bytes(tail).into())
    } else if let (Some(&head), Some(&tail)) = (name.first_chunk(), name.last_chunk()) {
        (u16::from_le_bytes(head).into(), u16::from_le_bytes(tail).into())
    } else {
        (name.first().copied().unwrap_or(0).into(), 0)
    }
}

/// Lower case for the bytes `A` to `Z` of eight, exactly; every other byte stays.
#[inline]
fn lower(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = word & (0x7f * EACH);
    let from_a = low + (0x80 - b'A' as u64) * EACH;
    let past_z = low + (0x7f - b'Z' as u64) * EACH;
    let upper = from_a & !past_z & !word & (0x80 * EACH);
    word | upper >> 2
}

#[inline]
fn mix(left: u64, right: u64) -> u64 {
    let product = u128::from(left) * u128::from(right);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;

    #[test]
    fn lower_changes_every_byte_as_ascii_does() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut bytes = *b"@Z[`z{\x7f\xff";
                bytes[place] = byte;
                assert_eq!(
                    lower(u64::from_le_bytes(bytes)),
                    u64::from_le_bytes(bytes.map(|byte| byte.to_ascii_lowercase()))
                );
            }
        }
    }

    #[test]
    fn every_byte_tells_in_the_mixed_number_and_case_does_not() {
        for length in 0..=40 {
            let name: String = "ab-cd_9".chars().cycle().take(length).collect();
            let mixed = Folded::new(&name).mixed();
            assert_eq!(mixed, Folded::new(&name.to_ascii_uppercase()).mixed());
            for place in 0..length {
                let mut other = name.clone().into_bytes();
                other[place] ^= 0x11;
                assert_ne!(mixed, Folded::new(str::from_utf8(&other).unwrap()).mixed(), "{name} {other:?}");
            }
        }
    }
}
