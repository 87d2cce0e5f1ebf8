//! Which key comes next: each as often as any other, or a few of them most of the time.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How often each key is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spread {
    /// Each as often as any other.
    Uniform,
    /// The k-th most wanted key in proportion to 1/k^0.99, as in YCSB (Cooper et al., 2010).
    Zipf,
}

impl Spread {
    /// As it is typed and printed.
    pub fn name(self) -> &'static str {
        match self {
            Spread::Uniform => "uniform",
            Spread::Zipf => "zipf",
        }
    }
}

/// YCSB's exponent.
const THETA: f64 = 0.99;
/// As many draws by Zipf's law are made beforehand, for a power takes longer than a look-up.
const DRAWS: usize = 1 << 20;

/// The source of all threads' draws.
#[derive(Clone, Debug)]
pub struct Draws {
    keys: usize,
    zipf: Option<Arc<[u32]>>,
}

impl Draws {
    /// Draws from so many keys: at least one, at most 2^32.
    pub fn new(keys: usize, spread: Spread, seed: u64) -> Draws {
        let zipf = (spread == Spread::Zipf).then(|| {
            let law = Zipf::new(keys);
            let mut random = fastrand::Rng::with_seed(seed);
            // A prime scatters the wanted keys over all of them.
            let scattered = |rank: usize| (rank as u64 * 2_654_435_761 % keys as u64) as u32;
            (0..DRAWS).map(|_| scattered(law.rank(random.f64()))).collect()
        });
        Draws { keys, zipf }
    }

    /// The draws of one thread.
    pub fn of_thread(&self, seed: u64, thread: usize) -> Draw<'_> {
        let mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (thread as u64) << 32;
        let state = fastrand::Rng::with_seed(mixed).u64(1..);
        Draw { keys: self.keys as u64, zipf: self.zipf.as_deref(), at: state as usize, state }
    }
}

/// One thread's draws.
pub struct Draw<'d> {
    keys: u64,
    zipf: Option<&'d [u32]>,
    at: usize,
    state: u64,
}

impl Draw<'_> {
    /// A random word; xorshift, for anything dearer would be measured too.
    #[inline]
    pub fn word(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    /// The key that a word stands for, by index. The lowest 32 bits of the word are left to others.
    #[inline]
    pub fn key(&mut self, word: u64) -> usize {
        match self.zipf {
            None => (((word >> 32) * self.keys) >> 32) as usize,
            Some(draws) => {
                self.at = self.at.wrapping_add(1);
                draws[self.at % DRAWS] as usize
            }
        }
    }
}

/// Gray et al., "Quickly generating billion-record synthetic databases", SIGMOD 1994.
struct Zipf {
    keys: f64,
    zeta: f64,
    alpha: f64,
    eta: f64,
}

impl Zipf {
    fn new(keys: usize) -> Zipf {
        let zeta = |of: usize| (1..=of).map(|k| (k as f64).powf(-THETA)).sum::<f64>();
        let (n, all) = (keys as f64, zeta(keys));
        let eta = (1.0 - (2.0 / n).powf(1.0 - THETA)) / (1.0 - zeta(2) / all);
        Zipf { keys: n, zeta: all, alpha: 1.0 / (1.0 - THETA), eta }
    }

    /// The rank, from 0, that a number from 0 to 1 stands for.
    fn rank(&self, u: f64) -> usize {
        let last = self.keys as usize - 1;
        let uz = u * self.zeta;
        if uz < 1.0 {
            return 0;
        }
        if uz < 1.0 + 0.5f64.powf(THETA) {
            return 1.min(last);
        }
        ((self.keys * (self.eta * u - self.eta + 1.0).powf(self.alpha)) as usize).min(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(keys: usize, spread: Spread) -> Vec<usize> {
        let draws = Draws::new(keys, spread, 1);
        let mut draw = draws.of_thread(1, 0);
        let mut counts = vec![0; keys];
        for _ in 0..100_000 {
            let word = draw.word();
            counts[draw.key(word)] += 1;
        }
        counts.sort_unstable_by(|a, b| b.cmp(a));
        counts
    }

    #[test]
    fn uniform_keys_come_equally_often() {
        let counts = counts(10, Spread::Uniform);
        assert!(counts[0] < 10_500 && counts[9] > 9_500, "{counts:?}");
    }

    #[test]
    fn by_zipfs_law_the_first_comes_as_often_as_the_law_says() {
        let counts = counts(1000, Spread::Zipf);
        let zeta: f64 = (1..=1000).map(|k| (k as f64).powf(-THETA)).sum();
        let first = counts[0] as f64 / 100_000.0 * zeta;
        let tenth: usize = counts[..100].iter().sum();
        assert!((0.95..1.05).contains(&first), "{first}");
        assert!(tenth > 60_000, "a tenth of the keys are most of the draws: {tenth}");
    }

    #[test]
    fn few_keys_are_enough() {
        for keys in [1, 2, 3] {
            for spread in [Spread::Uniform, Spread::Zipf] {
                assert_eq!(counts(keys, spread).iter().sum::<usize>(), 100_000);
            }
        }
    }
}
