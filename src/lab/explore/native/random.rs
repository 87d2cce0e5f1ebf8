//! Random numbers that a seed repeats, for each thread its own.

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(super) struct Random(fastrand::Rng);

impl Random {
    /// Each thread has a stream of its own.
    pub(super) fn new(seed: u64, stream: usize) -> Random {
        // Neighbouring seeds and streams are kept apart by a number of the seed's own sequence.
        let mut first = fastrand::Rng::with_seed(seed);
        Random(fastrand::Rng::with_seed(first.u64(..).wrapping_add(stream as u64)))
    }

    /// A number below `limit`, or 0 where `limit` is.
    #[inline]
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 { 0 } else { self.0.u64(..limit) }
    }

    /// True half of the time.
    #[inline]
    pub(super) fn coin(&mut self) -> bool {
        self.0.bool()
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
