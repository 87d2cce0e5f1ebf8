//! Critical sections: one that ends half way, and a lock held during a callback.

pub(crate) const ROWS: &[&[super::kit::Row]] = &[poisoned_section::ROWS, held_reference::ROWS];

mod poisoned_section {
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

    use super::super::kit::*;

    /// Two accounts whose sum is 10, and a mark that an update is under way.
    pub(crate) struct Memory {
        accounts: Mutex<[u64; 2]>,
        dirty: Word,
    }
    fields!(Memory { accounts: nobody, dirty: nobody });

    fn fresh() -> Memory {
        Memory { accounts: Mutex::new([10, 0]), dirty: word(0) }
    }

    fn half(accounts: &mut [u64; 2]) {
        accounts[0] -= 1;
    }

    fn sum(m: &Memory, saw: &mut Saw) {
        saw.note(lock(&m.accounts).iter().sum());
    }

    fn sum_unless_dirty(m: &Memory, saw: &mut Saw) {
        let accounts = lock(&m.accounts);
        if m.dirty.load(Relaxed) == 0 {
            saw.note(accounts.iter().sum());
        }
    }

    /// Builds the new state aside and commits it in one step.
    fn aside(m: &Memory, fails: bool) {
        let mut accounts = lock(&m.accounts);
        let mut new = *accounts;
        half(&mut new);
        if !fails {
            new[1] += 1;
            *accounts = new;
        }
    }

    fn whole(_: &Memory, saws: &[Saw]) -> Outcome {
        right(matches!(saws[1].values(), [] | [10]))
    }

    pub(crate) const ROWS: &[Row] = &[
        // The guard is outside: it is dropped after the unwinding, and poisons nothing.
        race!(
            "poisoned-section/panic",
            fails(1, 2),
            fresh,
            [
                actor("writer", |m, _| {
                    let mut accounts = lock(&m.accounts);
                    let _ = catch_unwind(AssertUnwindSafe(|| {
                        half(&mut accounts);
                        resume_unwind(Box::new("half way"));
                    }));
                }),
                actor("reader", sum),
            ],
            whole
        ),
        race!(
            "poisoned-section/early-return",
            fails(1, 2),
            fresh,
            [actor("writer", |m, _| half(&mut lock(&m.accounts))), actor("reader", sum)],
            whole
        ),
        race!(
            "poisoned-section/aside",
            passes(3),
            fresh,
            [
                actor("writer", |m, _| {
                    aside(m, true);
                    aside(m, false);
                }),
                actor("reader", sum),
            ],
            |m, saws| right(*lock(&m.accounts) == [9, 1] && whole(m, saws) == RIGHT)
        ),
        race!(
            "poisoned-section/dirty",
            passes(2),
            fresh,
            [
                actor("writer", |m, _| {
                    let mut accounts = lock(&m.accounts);
                    m.dirty.store(1, Relaxed);
                    half(&mut accounts);
                }),
                actor("reader", sum_unless_dirty),
            ],
            whole
        ),
    ];
}

mod held_reference {
    use super::super::kit::*;

    /// Two shards with 10 each.
    pub(crate) struct Memory {
        shard: [Mutex<u64>; 2],
    }
    fields!(Memory { shard: nobody });

    fn fresh() -> Memory {
        Memory { shard: [Mutex::new(10), Mutex::new(10)] }
    }

    fn get(m: &Memory, at: usize) -> u64 {
        *lock(&m.shard[at])
    }

    fn add(m: &Memory, at: usize, more: u64) {
        *lock(&m.shard[at]) += more;
    }

    /// Copies one shard to the other, with both locked.
    fn copy_held(m: &Memory, from: usize) {
        let value = lock(&m.shard[from]);
        *lock(&m.shard[1 - from]) = *value;
    }

    /// The same with one locked at a time.
    fn copy_out(m: &Memory, from: usize) {
        let value = get(m, from);
        *lock(&m.shard[1 - from]) = value;
    }

    fn copy_and_write_back(m: &Memory, _: &mut Saw) {
        let value = get(m, 0) + 1;
        *lock(&m.shard[0]) = value;
    }

    fn copy_and_compare(m: &Memory, _: &mut Saw) {
        loop {
            let value = get(m, 0);
            let mut shard = lock(&m.shard[0]);
            if *shard == value {
                *shard = value + 1;
                return;
            }
        }
    }

    fn counted_both(m: &Memory, _: &[Saw]) -> Outcome {
        right(get(m, 0) == 12)
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "held-reference/enter-again",
            fails(2, 2).as_a(Kind::Deadlock),
            fresh,
            [
                actor("visitor", |m, _| {
                    let value = lock(&m.shard[0]);
                    *lock(&m.shard[0]) = *value + 1;
                }),
                actor("writer", |m, _| *lock(&m.shard[0]) = 3),
            ],
            |_, _| RIGHT
        ),
        race!(
            "held-reference/crosswise",
            fails(1, 3).as_a(Kind::Deadlock),
            fresh,
            [actor("mover", |m, _| copy_held(m, 0)), actor("other", |m, _| copy_held(m, 1))],
            |_, _| RIGHT
        ),
        race!(
            "held-reference/in-order",
            passes(4),
            fresh,
            [
                actor("mover", |m, _| {
                    let mut first = lock(&m.shard[0]);
                    let mut second = lock(&m.shard[1]);
                    *first -= 1;
                    *second += 1;
                }),
                actor("writer", |m, _| add(m, 0, 5)),
                actor("other", |m, _| add(m, 1, 5)),
            ],
            |m, _| right((get(m, 0), get(m, 1)) == (14, 16))
        ),
        race!(
            "held-reference/copy-out",
            passes(3),
            fresh,
            [actor("mover", |m, _| copy_out(m, 0)), actor("other", |m, _| copy_out(m, 1))],
            |_, _| RIGHT
        ),
        race!(
            "held-reference/copy-out-and-compare",
            passes(6),
            fresh,
            [actor("visitor", copy_and_compare), actor("other", copy_and_compare)],
            counted_both
        ),
        race!(
            "held-reference/copy-out-and-write-back",
            fails(4, 6),
            fresh,
            [actor("visitor", copy_and_write_back), actor("other", copy_and_write_back)],
            counted_both
        ),
        // Each shard is right, and their sum is one that never was.
        race!(
            "held-reference/copy-out-of-two",
            fails(6, 12),
            fresh,
            [
                actor("mover", |m, _| {
                    *lock(&m.shard[0]) -= 1;
                    add(m, 1, 1);
                }),
                actor("writer", |m, _| add(m, 0, 5)),
                actor("reader", |m, saw| {
                    saw.note(get(m, 0));
                    saw.note(get(m, 1));
                }),
            ],
            |_, saws| right(matches!(saws[2].values(), [10, 10] | [9, 11] | [15, 10] | [14, 11]))
        ),
    ];
}
