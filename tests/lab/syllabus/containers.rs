//! Containers: a value that is to be computed once.

pub(crate) const ROWS: &[&[super::kit::Row]] = &[duplicate_work::ROWS];

mod duplicate_work {
    use super::super::kit::*;

    /// A value to be computed once; `state` is NONE, RUNNING or DONE.
    pub(crate) struct Memory {
        state: Word,
        value: Word,
        runs: Word,
        locked: Mutex<u64>,
    }
    fields!(Memory { state: nobody, value: nobody, runs: nobody, locked: nobody });

    const NONE: u64 = 0;
    const RUNNING: u64 = 1;
    const DONE: u64 = 2;

    fn fresh() -> Memory {
        Memory { state: word(NONE), value: word(0), runs: word(0), locked: Mutex::new(0) }
    }

    /// Each run gives another value: 10, 11, ...
    fn compute(m: &Memory) -> u64 {
        10 + m.runs.fetch_add(1, Relaxed)
    }

    fn look_then_compute(m: &Memory, saw: &mut Saw) {
        let there = m.value.load(Acquire);
        if there != 0 {
            return saw.note(there);
        }
        let value = compute(m);
        m.value.store(value, Release);
        saw.note(value);
    }

    fn first_wins(m: &Memory, saw: &mut Saw) {
        let there = m.value.load(Acquire);
        if there != 0 {
            return saw.note(there);
        }
        let value = compute(m);
        let kept = m.value.compare_exchange(0, value, Release, Acquire);
        saw.note(kept.err().unwrap_or(value));
    }

    /// Whether this caller is the one to compute; the others wait until it is done.
    fn claimed(m: &Memory) -> bool {
        loop {
            match m.state.compare_exchange(NONE, RUNNING, Relaxed, Acquire) {
                Ok(_) => return true,
                Err(DONE) => return false,
                Err(_) => yield_now(),
            }
        }
    }

    fn once(m: &Memory, saw: &mut Saw) {
        if !claimed(m) {
            return saw.note(m.value.load(Relaxed));
        }
        let value = compute(m);
        m.value.store(value, Relaxed);
        m.state.store(DONE, Release);
        saw.note(value);
    }

    fn once_relaxed(m: &Memory, saw: &mut Saw) {
        loop {
            match m.state.compare_exchange(NONE, RUNNING, Relaxed, Relaxed) {
                Ok(_) => {
                    let value = compute(m);
                    m.value.store(value, Relaxed);
                    m.state.store(DONE, Relaxed);
                    return saw.note(value);
                }
                Err(DONE) => return saw.note(m.value.load(Relaxed)),
                Err(_) => yield_now(),
            }
        }
    }

    /// Who claims it gives up, and says so to nobody.
    fn once_given_up(m: &Memory, saw: &mut Saw) {
        if !claimed(m) {
            saw.note(m.value.load(Relaxed));
        }
    }

    fn under_lock(m: &Memory, saw: &mut Saw) {
        let mut value = lock(&m.locked);
        if *value == 0 {
            *value = compute(m);
        }
        saw.note(*value);
    }

    fn computed_once(m: &Memory, saws: &[Saw]) -> Outcome {
        right(m.runs.load(Relaxed) == 1 && saws.iter().all(|saw| noted(saw) == 10))
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "duplicate-work/broken",
            fails(4, 6),
            fresh,
            [actor("caller", look_then_compute), actor("other", look_then_compute)],
            computed_once
        ),
        // One value, and computed twice all the same.
        race!(
            "duplicate-work/first-wins",
            fails(4, 6),
            fresh,
            [actor("caller", first_wins), actor("other", first_wins)],
            computed_once
        ),
        race!(
            "duplicate-work/once",
            passes(4),
            fresh,
            [actor("caller", once), actor("other", once)],
            computed_once
        ),
        race!(
            "duplicate-work/once-relaxed",
            passes(4).loom(Loom::Fails),
            fresh,
            [actor("caller", once_relaxed), actor("other", once_relaxed)],
            computed_once
        ),
        // Three ways to win; each of the other two finds it RUNNING or DONE.
        race!(
            "duplicate-work/once-three-callers",
            passes(12).in_runs(15).loom(Loom::Skipped),
            fresh,
            [actor("caller", once), actor("other", once), actor("third", once)],
            computed_once
        ),
        race!(
            "duplicate-work/once-given-up",
            fails(2, 2).as_a(Kind::Livelock).loom(Loom::Endless),
            fresh,
            [actor("caller", once_given_up), actor("other", once_given_up)],
            |_, _| RIGHT
        ),
        race!(
            "duplicate-work/lock",
            passes(2),
            fresh,
            [actor("caller", under_lock), actor("other", under_lock)],
            computed_once
        ),
    ];
}
