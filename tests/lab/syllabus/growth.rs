//! Growth: keys that move to another bucket while they are read, written, and moved by others.

pub(crate) const ROWS: &[&[super::kit::Row]] = &[migration_window::ROWS, helpers::ROWS];

mod migration_window {
    use super::super::kit::*;

    /// Two buckets; the key is 7, in the first. `moved` is a mark or a version.
    pub(crate) struct Memory {
        bucket: [Word; 2],
        moved: Word,
    }
    fields!(Memory { bucket: nobody, moved: nobody });

    fn fresh() -> Memory {
        Memory { bucket: words([7, 0]), moved: word(0) }
    }

    fn copy(m: &Memory) {
        let key = m.bucket[0].load(Relaxed);
        m.bucket[1].store(key, Relaxed);
    }

    fn copy_mark_clear(m: &Memory, _: &mut Saw) {
        copy(m);
        m.moved.store(1, Release);
        m.bucket[0].store(0, Release);
    }

    fn by_mark(m: &Memory, saw: &mut Saw) {
        let at = m.moved.load(Acquire) as usize;
        saw.note(m.bucket[at].load(Acquire));
    }

    /// The first key that is found.
    fn search(m: &Memory, order: [usize; 2]) -> Option<u64> {
        order.into_iter().map(|at| m.bucket[at].load(Acquire)).find(|&key| key != 0)
    }

    /// What was not found counts only if nothing moved meanwhile.
    fn search_by_version(m: &Memory, saw: &mut Saw) {
        loop {
            let version = m.moved.load(Acquire);
            if let Some(key) = search(m, [0, 1]) {
                return saw.note(key);
            }
            if m.moved.load(Relaxed) == version {
                return;
            }
        }
    }

    fn found(_: &Memory, saws: &[Saw]) -> Outcome {
        right(saws[1].values() == [7])
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "migration-window/clear-first",
            fails(1, 3),
            fresh,
            [
                actor("migrator", |m, _| {
                    let key = m.bucket[0].load(Acquire);
                    m.bucket[0].store(0, Release);
                    m.bucket[1].store(key, Release);
                    m.moved.store(1, Release);
                }),
                actor("reader", by_mark),
            ],
            found
        ),
        race!(
            "migration-window/mark",
            fails(1, 3),
            fresh,
            [actor("migrator", copy_mark_clear), actor("reader", by_mark)],
            found
        ),
        race!(
            "migration-window/new-then-old",
            fails(1, 3),
            fresh,
            [
                actor("migrator", copy_mark_clear),
                actor("reader", |m, saw| saw.note(search(m, [1, 0]).unwrap_or(0))),
            ],
            found
        ),
        race!(
            "migration-window/there-and-back",
            fails(1, 4),
            fresh,
            [
                actor("migrator", |m, _| {
                    m.bucket[1].store(7, Release);
                    m.bucket[0].store(0, Release);
                    m.bucket[0].store(7, Release);
                    m.bucket[1].store(0, Release);
                }),
                actor("reader", |m, saw| saw.note(search(m, [0, 1]).unwrap_or(0))),
            ],
            found
        ),
        race!(
            "migration-window/never-clear",
            passes(2),
            fresh,
            [
                actor("migrator", |m, _| {
                    copy(m);
                    m.moved.store(1, Release);
                }),
                actor("reader", by_mark),
            ],
            found
        ),
        race!(
            "migration-window/check-again",
            passes(3),
            fresh,
            [
                actor("migrator", copy_mark_clear),
                actor("reader", |m, saw| {
                    loop {
                        if m.moved.load(Acquire) == 1 {
                            return saw.note(m.bucket[1].load(Relaxed));
                        }
                        let key = m.bucket[0].load(Acquire);
                        if key != 0 {
                            return saw.note(key);
                        }
                        if m.moved.load(Relaxed) == 0 {
                            return;
                        }
                    }
                }),
            ],
            found
        ),
        race!(
            "migration-window/version",
            passes(9),
            fresh,
            [
                actor("migrator", |m, _| {
                    for (from, to) in [(0, 1), (1, 0)] {
                        m.bucket[to].store(7, Relaxed);
                        m.moved.store(from as u64 + 1, Release);
                        m.bucket[from].store(0, Release);
                    }
                }),
                actor("reader", search_by_version),
            ],
            found
        ),
        race!(
            "migration-window/version-relaxed",
            passes(9).loom(Loom::Fails),
            fresh,
            [
                actor("migrator", |m, _| {
                    for (from, to) in [(0, 1), (1, 0)] {
                        m.bucket[to].store(7, Relaxed);
                        m.moved.store(from as u64 + 1, Relaxed);
                        m.bucket[from].store(0, Release);
                    }
                }),
                actor("reader", search_by_version),
            ],
            found
        ),
    ];
}

mod helpers {
    use super::super::kit::*;

    /// A slot whose old place is marked when its key has moved, or frozen before it moves.
    pub(crate) struct Memory {
        old: Word,
        new: Word,
    }
    fields!(Memory { old: nobody, new: nobody });

    const MOVED: u64 = 99;
    const FROZEN: u64 = 32;

    fn fresh() -> Memory {
        Memory { old: word(7), new: word(0) }
    }

    fn forward(m: &Memory) {
        loop {
            let value = m.old.load(Acquire);
            if value == MOVED {
                return;
            }
            m.new.store(value, Release);
            if m.old.compare_exchange(value, MOVED, Release, Relaxed).is_ok() {
                return;
            }
        }
    }

    fn put(m: &Memory) {
        loop {
            let value = m.old.load(Acquire);
            if value == MOVED {
                return m.new.store(5, Release);
            }
            if m.old.compare_exchange(value, 5, Relaxed, Relaxed).is_ok() {
                return;
            }
        }
    }

    /// Freezes the value, then copies it into an empty place: any number may do it.
    fn freeze(m: &Memory) {
        loop {
            let value = m.old.load(Acquire);
            if value == MOVED {
                return;
            }
            if value & FROZEN != 0 {
                let _ = m.new.compare_exchange(0, value & !FROZEN, Relaxed, Relaxed);
                return m.old.store(MOVED, Release);
            }
            let _ = m.old.compare_exchange(value, value | FROZEN, Relaxed, Relaxed);
        }
    }

    fn put_or_help(m: &Memory) {
        loop {
            let value = m.old.load(Acquire);
            if value == MOVED {
                return m.new.store(5, Release);
            }
            if value & FROZEN != 0 {
                freeze(m);
            } else if m.old.compare_exchange(value, 5, Relaxed, Relaxed).is_ok() {
                return;
            }
        }
    }

    fn get(m: &Memory) -> u64 {
        match m.old.load(Acquire) {
            MOVED => m.new.load(Acquire),
            value => value & !FROZEN,
        }
    }

    fn kept(m: &Memory, saws: &[Saw]) -> Outcome {
        let read = saws.get(2).map_or(5, noted);
        right(get(m) == 5 && matches!(read, 5 | 7))
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "migration-window/forward",
            passes(12),
            fresh,
            [
                actor("migrator", |m, _| forward(m)),
                actor("writer", |m, _| put(m)),
                actor("reader", |m, saw| saw.note(get(m))),
            ],
            kept
        ),
        race!(
            "migration-window/forward-two-helpers",
            fails(1, 7),
            fresh,
            [
                actor("migrator", |m, _| forward(m)),
                actor("writer", |m, _| {
                    forward(m);
                    put(m);
                }),
            ],
            kept
        ),
        race!(
            "migration-window/freeze",
            passes(23),
            fresh,
            [actor("migrator", |m, _| freeze(m)), actor("writer", |m, _| put_or_help(m))],
            kept
        ),
        // As counted by a program apart, over the order of the writes of each word and the reads
        // between them.
        race!(
            "migration-window/freeze-two-helpers",
            passes(204).in_runs(217).loom(Loom::PassesWithin(2)),
            fresh,
            [
                actor("migrator", |m, _| freeze(m)),
                actor("writer", |m, _| {
                    freeze(m);
                    put_or_help(m);
                }),
                actor("reader", |m, saw| saw.note(get(m))),
            ],
            kept
        ),
    ];
}
