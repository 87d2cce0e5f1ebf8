//! Writers that meet: a lost update, and a flag that notices other writers.

pub(crate) const ROWS: &[&[super::kit::Row]] = &[lost_update::ROWS, write_flag::ROWS];

mod lost_update {
    use super::super::kit::*;

    /// Snapshots of a set of keys: a writer copies the current one, adds its key, publishes.
    pub(crate) struct Memory {
        current: Word,
        keys: [Word; 4],
        lock: Mutex<()>,
    }
    fields!(Memory { current: nobody, keys: nobody, lock: nobody });

    fn fresh() -> Memory {
        Memory { current: word(0), keys: words([0; 4]), lock: Mutex::new(()) }
    }

    fn copy(m: &Memory, from: u64, me: u64) {
        let keys = m.keys[from as usize].load(Relaxed);
        m.keys[me as usize].store(keys | 1 << me, Relaxed);
    }

    fn overwrite(m: &Memory, me: u64) {
        copy(m, m.current.load(Acquire), me);
        m.current.store(me, Release);
    }

    fn exchange(m: &Memory, me: u64) {
        let mut from = m.current.load(Acquire);
        loop {
            copy(m, from, me);
            match m.current.compare_exchange(from, me, Release, Acquire) {
                Ok(_) => return,
                Err(newer) => from = newer,
            }
        }
    }

    fn exchange_relaxed(m: &Memory, me: u64) {
        let mut from = m.current.load(Relaxed);
        loop {
            copy(m, from, me);
            match m.current.compare_exchange(from, me, Relaxed, Relaxed) {
                Ok(_) => return,
                Err(newer) => from = newer,
            }
        }
    }

    fn alone(m: &Memory, me: u64) {
        let _held = lock(&m.lock);
        overwrite(m, me);
    }

    fn last(m: &Memory) -> u64 {
        m.keys[m.current.load(Acquire) as usize].load(Relaxed)
    }

    fn both(m: &Memory, _: &[Saw]) -> Outcome {
        right(last(m) == 0b110)
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "lost-update/broken",
            fails(2, 4),
            fresh,
            [actor("writer", |m, _| overwrite(m, 1)), actor("other", |m, _| overwrite(m, 2))],
            both
        ),
        race!(
            "lost-update/compare-exchange",
            passes(4),
            fresh,
            [actor("writer", |m, _| exchange(m, 1)), actor("other", |m, _| exchange(m, 2))],
            both
        ),
        race!(
            "lost-update/relaxed",
            passes(4).loom(Loom::Fails),
            fresh,
            [
                actor("writer", |m, _| exchange_relaxed(m, 1)),
                actor("other", |m, _| exchange_relaxed(m, 2)),
            ],
            both
        ),
        race!(
            "lost-update/lock",
            passes(2),
            fresh,
            [actor("writer", |m, _| alone(m, 1)), actor("other", |m, _| alone(m, 2))],
            both
        ),
        // Six orders; the second to publish looked before or after the first; the third before the
        // first (and failed once or twice), between them, or after the second.
        race!(
            "lost-update/three-writers",
            passes(48).in_runs(60),
            fresh,
            [
                actor("first", |m, _| exchange(m, 1)),
                actor("second", |m, _| exchange(m, 2)),
                actor("third", |m, _| exchange(m, 3)),
            ],
            |m, _| right(last(m) == 0b1110)
        ),
    ];
}

mod write_flag {
    use super::super::kit::*;

    /// A counter, as a word and in plain memory, and a flag that says that somebody writes.
    pub(crate) struct Memory {
        flags: Word,
        count: Word,
        plain: Plain,
        lock: Mutex<()>,
    }
    fields!(Memory { flags: nobody, count: nobody, plain: nobody, lock: nobody });

    const WRITING: u64 = 4;

    fn fresh() -> Memory {
        Memory { flags: word(0), count: word(0), plain: Plain::new(0), lock: Mutex::new(()) }
    }

    /// As Go's maps do it: whether no other writer was noticed.
    fn write(m: &Memory, add: fn(&Memory)) -> bool {
        if m.flags.load(Relaxed) & WRITING != 0 {
            return false;
        }
        let flags = m.flags.load(Relaxed);
        m.flags.store(flags ^ WRITING, Relaxed);
        add(m);
        let flags = m.flags.load(Relaxed);
        if flags & WRITING == 0 {
            return false;
        }
        m.flags.store(flags & !WRITING, Relaxed);
        true
    }

    fn add(m: &Memory) {
        let count = m.count.load(Relaxed);
        m.count.store(count + 1, Relaxed);
    }

    fn add_plain(m: &Memory) {
        let count = m.plain.get();
        m.plain.set(count + 1);
    }

    fn writer(m: &Memory, saw: &mut Saw) {
        saw.note(write(m, add) as u64);
    }

    fn plain_writer(m: &Memory, saw: &mut Saw) {
        saw.note(write(m, add_plain) as u64);
    }

    fn alone(m: &Memory, saw: &mut Saw) {
        let _held = lock(&m.lock);
        writer(m, saw);
    }

    fn unnoticed(saws: &[Saw]) -> bool {
        saws.iter().all(|saw| noted(saw) == 1)
    }

    pub(crate) const ROWS: &[Row] = &[
        // Damage that nobody notices.
        race!(
            "write-flag/broken",
            fails(8, 60),
            fresh,
            [actor("writer", writer), actor("other", writer)],
            |m, saws| right(m.count.load(Relaxed) == 2 || !unnoticed(saws))
        ),
        race!(
            "write-flag/clocks",
            fails(58, 60).as_a(Kind::DataRace),
            fresh,
            [actor("writer", plain_writer), actor("other", plain_writer)],
            |m, saws| right(m.plain.get() == 2 || !unnoticed(saws))
        ),
        race!(
            "write-flag/lock",
            passes(2),
            fresh,
            [actor("writer", alone), actor("other", alone)],
            |m, saws| right(m.count.load(Relaxed) == 2 && unnoticed(saws))
        ),
    ];
}
