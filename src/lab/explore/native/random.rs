//! Random numbers that a seed repeats: xorshift64* (Vigna, 2016), a few cycles each.

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// Each thread has a stream of its own.
    pub(super) fn new(seed: u64, stream: usize) -> Random {
        // SplitMix64's finaliser keeps neighbouring seeds apart; the low bit keeps the state from 0.
        let mut state = seed.wrapping_add((stream as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Random((state ^ (state >> 31)) | 1)
    }

    #[inline]
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `limit`, or 0 where `limit` is.
    #[inline]
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// True half of the time.
    #[inline]
    pub(super) fn coin(&mut self) -> bool {
        self.next() >> 63 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(seed: u64, stream: usize) -> Vec<u64> {
        let mut random = Random::new(seed, stream);
        (0..16).map(|_| random.below(1 << 40)).collect()
    }

    #[test]
    fn a_seed_repeats_its_sequence() {
        assert_eq!(first(7, 1), first(7, 1));
    }

    #[test]
    fn seeds_and_streams_differ() {
        assert_ne!(first(7, 1), first(8, 1));
        assert_ne!(first(7, 1), first(7, 0));
    }

    #[test]
    fn below_stays_below() {
        let mut random = Random::new(0, 0);
        assert!((0..1000).all(|_| random.below(10) < 10));
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn a_coin_has_two_sides() {
        let mut random = Random::new(3, 0);
        let heads = (0..1000).filter(|_| random.coin()).count();
        assert!((400..600).contains(&heads), "{heads} of 1000");
    }
}
