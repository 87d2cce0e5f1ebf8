//! Bytes: a store wider than its field, and a value in two halves.

pub(crate) const ROWS: &[&[super::kit::Row]] = &[wide_store::ROWS, split_word::ROWS];

mod wide_store {
    use super::super::kit::*;

    /// Two halves in one word, or each in a word of its own.
    pub(crate) struct Memory {
        word: Word,
        low: Word,
        high: Word,
    }
    fields!(Memory { word: nobody, low: nobody, high: nobody });

    const HIGH: u64 = 1 << 32;

    fn fresh() -> Memory {
        Memory { word: word(0), low: word(0), high: word(0) }
    }

    fn set_low(word: u64) -> u64 {
        (word & !(HIGH - 1)) | 1
    }

    fn add_high(m: &Memory, _: &mut Saw) {
        m.word.fetch_add(HIGH, Relaxed);
    }

    fn store_wide(m: &Memory, _: &mut Saw) {
        let word = m.word.load(Relaxed);
        m.word.store(set_low(word), Relaxed);
    }

    fn both(m: &Memory, _: &[Saw]) -> Outcome {
        right(m.word.load(Relaxed) == HIGH + 1)
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "wide-store/broken",
            fails(1, 3),
            fresh,
            [actor("writer", store_wide), actor("neighbour", add_high)],
            both
        ),
        race!(
            "wide-store/both-wide",
            fails(2, 4),
            fresh,
            [
                actor("writer", store_wide),
                actor("neighbour", |m, _| {
                    let word = m.word.load(Relaxed);
                    m.word.store((word % HIGH) | HIGH, Relaxed);
                }),
            ],
            both
        ),
        race!(
            "wide-store/own-width",
            passes(1),
            fresh,
            [
                actor("writer", |m, _| m.low.store(1, Relaxed)),
                actor("neighbour", |m, _| m.high.store(1, Relaxed)),
            ],
            |m, _| right(m.low.load(Relaxed) == 1 && m.high.load(Relaxed) == 1)
        ),
        race!(
            "wide-store/exchange",
            passes(3),
            fresh,
            [
                actor("writer", |m, _| {
                    let mut word = m.word.load(Relaxed);
                    while let Err(newer) =
                        m.word.compare_exchange(word, set_low(word), Relaxed, Relaxed)
                    {
                        word = newer;
                    }
                }),
                actor("neighbour", add_high),
            ],
            both
        ),
    ];
}

mod split_word {
    use super::super::kit::*;

    /// A value of two digits: each in a word of its own, or both in one.
    pub(crate) struct Memory {
        tens: Word,
        ones: Word,
        whole: Word,
    }
    fields!(Memory { tens: nobody, ones: nobody, whole: nobody });

    fn fresh() -> Memory {
        Memory { tens: word(1), ones: word(1), whole: word(11) }
    }

    fn one_of_both(_: &Memory, saws: &[Saw]) -> Outcome {
        right(matches!(noted(&saws[1]), 11 | 22))
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "split-word/broken",
            fails(2, 4),
            fresh,
            [
                actor("writer", |m, _| {
                    m.ones.store(2, Relaxed);
                    m.tens.store(2, Relaxed);
                }),
                actor("reader", |m, saw| {
                    let ones = m.ones.load(Relaxed);
                    saw.note(m.tens.load(Relaxed) * 10 + ones);
                }),
            ],
            one_of_both
        ),
        race!(
            "split-word/fixed",
            passes(2),
            fresh,
            [
                actor("writer", |m, _| m.whole.store(22, Relaxed)),
                actor("reader", |m, saw| saw.note(m.whole.load(Relaxed))),
            ],
            one_of_both
        ),
    ];
}
