//! How often each outcome came up, and how many iterations failed.

use crate::race::{Grade, Meaning, Outcome, Saw};

/// The histogram of outcomes so far.
#[derive(Debug)]
pub(super) struct Counted {
    table: &'static [Meaning],
    /// By the outcome's index.
    pub(super) counts: Vec<u64>,
    pub(super) iterations: u64,
    /// Iterations with a forbidden outcome, or with a panic that the race does not allow.
    pub(super) failing: u64,
    /// How many actors ended in a panic, and what the first of them said.
    pub(super) panics: u64,
    pub(super) panic: Option<String>,
}

impl Counted {
    pub(super) fn new(table: &'static [Meaning]) -> Counted {
        Counted {
            table,
            counts: vec![0; table.len()],
            iterations: 0,
            failing: 0,
            panics: 0,
            panic: None,
        }
    }

    /// Counts one iteration. `may_panic`: the race allows its actors to.
    pub(super) fn count(&mut self, Outcome(index): Outcome, saws: &[Saw], may_panic: bool) {
        let outcomes = self.table.len();
        let Some(meaning) = self.table.get(usize::from(index)) else {
            panic!("the judge named outcome {index}, and the race declares {outcomes}");
        };
        self.counts[usize::from(index)] += 1;
        self.iterations += 1;
        let panics = saws.iter().filter(|saw| saw.panicked()).count() as u64;
        self.panics += panics;
        let failed = meaning.grade == Grade::Forbidden || (panics > 0 && !may_panic);
        self.failing += u64::from(failed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::outcomes! {
        GOOD: Allowed, "as it should be";
        ODD: Interesting, "surprising";
        BAD: Forbidden, "never";
    }

    fn failing(outcome: Outcome, panicked: bool, may_panic: bool) -> u64 {
        let (mut counted, mut saw) = (Counted::new(OUTCOMES), Saw::default());
        if panicked {
            saw.mark_panicked();
        }
        counted.count(outcome, &[Saw::default(), saw], may_panic);
        assert_eq!((counted.iterations, counted.counts[usize::from(outcome.0)]), (1, 1));
        assert_eq!(counted.panics, u64::from(panicked));
        counted.failing
    }

    #[test]
    fn only_a_forbidden_outcome_is_a_failure() {
        assert_eq!([GOOD, ODD, BAD].map(|outcome| failing(outcome, false, false)), [0, 0, 1]);
    }

    #[test]
    fn a_panic_is_a_failure_unless_the_race_allows_it() {
        assert_eq!([false, true].map(|may_panic| failing(GOOD, true, may_panic)), [1, 0]);
        assert_eq!(failing(BAD, true, true), 1);
    }

    #[test]
    #[should_panic(expected = "the judge named outcome 7, and the race declares 3")]
    fn a_judge_keeps_to_the_table() {
        Counted::new(OUTCOMES).count(Outcome(7), &[], false);
    }
}
