//! Memory that is freed while it is read: counts, epochs, and hazard pointers.

pub(crate) const ROWS: &[&[super::kit::Row]] = &[dangling_header::ROWS, hazard::ROWS];

mod dangling_header {
    use super::super::kit::*;

    /// Two headers in plain memory, and the ways to know that nobody reads one. `loose` are
    /// headers that the clocks do not watch.
    pub(crate) struct Memory {
        current: Word,
        header: [Plain; 2],
        loose: [Word; 2],
        readers: Word,
        count: [Word; 2],
        locked: Mutex<usize>,
    }
    fields!(Memory {
        current: nobody,
        header: nobody,
        loose: nobody,
        readers: nobody,
        count: nobody,
        locked: nobody,
    });

    const FREED: u64 = 999;

    fn fresh() -> Memory {
        Memory {
            current: word(0),
            header: [Plain::new(10), Plain::new(0)],
            loose: words([10, 0]),
            readers: word(0),
            count: words([1, 1]),
            locked: Mutex::new(0),
        }
    }

    fn publish(m: &Memory) {
        m.header[1].set(11);
        m.current.store(1, Release);
    }

    fn free(m: &Memory, at: usize) {
        m.header[at].set(FREED);
    }

    fn read(m: &Memory, at: usize, saw: &mut Saw) {
        saw.note(m.header[at].get());
    }

    fn release(m: &Memory, at: usize) {
        if m.count[at].fetch_sub(1, Release) == 1 {
            fence(Acquire);
            free(m, at);
        }
    }

    /// Counts itself in, and only then looks.
    fn counted(m: &Memory, saw: &mut Saw) {
        m.readers.fetch_add(1, Acquire);
        read(m, m.current.load(Acquire) as usize, saw);
        m.readers.fetch_sub(1, Release);
    }

    fn alive(_: &Memory, saws: &[Saw]) -> Outcome {
        right(matches!(saws[1].values(), [10] | [11]))
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "dangling-header/broken",
            fails(1, 3),
            fresh,
            [
                actor("writer", |m, _| {
                    m.loose[1].store(11, Relaxed);
                    m.current.store(1, Release);
                    m.loose[0].store(FREED, Release);
                }),
                actor("reader", |m, saw| {
                    let at = m.current.load(Acquire) as usize;
                    saw.note(m.loose[at].load(Acquire));
                }),
            ],
            alive
        ),
        // The writer counts down first, and frees before, during or after the reading.
        race!(
            "dangling-header/count-after-look",
            fails(3, 6).as_a(Kind::DataRace),
            fresh,
            [
                actor("writer", |m, _| {
                    publish(m);
                    if m.count[0].fetch_sub(1, AcqRel) == 1 {
                        free(m, 0);
                    }
                }),
                actor("reader", |m, saw| {
                    let at = m.current.load(Acquire) as usize;
                    m.count[at].fetch_add(1, AcqRel);
                    read(m, at, saw);
                    if m.count[at].fetch_sub(1, AcqRel) == 1 {
                        free(m, at);
                    }
                }),
            ],
            alive
        ),
        race!(
            "dangling-header/lock-and-count",
            passes(3),
            fresh,
            [
                actor("writer", |m, _| {
                    m.header[1].set(11);
                    *lock(&m.locked) = 1;
                    release(m, 0);
                }),
                actor("reader", |m, saw| {
                    let at = {
                        let current = lock(&m.locked);
                        m.count[*current].fetch_add(1, Relaxed);
                        *current
                    };
                    read(m, at, saw);
                    release(m, at);
                }),
            ],
            alive
        ),
        race!(
            "dangling-header/epoch",
            passes(5),
            fresh,
            [
                actor("writer", |m, _| {
                    publish(m);
                    if m.readers.fetch_add(0, AcqRel) == 0 {
                        free(m, 0);
                    }
                }),
                actor("reader", counted),
            ],
            alive
        ),
        // A plain load may see an old count: no interleaving shows it.
        race!(
            "dangling-header/epoch-load",
            passes(5).loom(Loom::Fails),
            fresh,
            [
                actor("writer", |m, _| {
                    publish(m);
                    if m.readers.load(Acquire) == 0 {
                        free(m, 0);
                    }
                }),
                actor("reader", counted),
            ],
            alive
        ),
        race!(
            "dangling-header/epoch-wait",
            passes(5),
            fresh,
            [
                actor("writer", |m, _| {
                    publish(m);
                    while m.readers.fetch_add(0, AcqRel) != 0 {
                        yield_now();
                    }
                    free(m, 0);
                }),
                actor("reader", counted),
            ],
            alive
        ),
    ];
}

mod hazard {
    use super::super::kit::*;

    /// `announced` is 1 more than the header that the reader uses; 0 is none.
    pub(crate) struct Memory {
        current: Word,
        header: [Plain; 2],
        announced: Word,
    }
    fields!(Memory { current: nobody, header: nobody, announced: nobody });

    const FREED: u64 = 999;

    fn fresh() -> Memory {
        Memory { current: word(0), header: [Plain::new(10), Plain::new(0)], announced: word(0) }
    }

    fn replace(m: &Memory, value: u64, at: u64) {
        m.header[at as usize].set(value);
        m.current.store(at, Release);
    }

    fn free_old(m: &Memory) {
        if m.announced.load(Acquire) != 1 {
            m.header[0].set(FREED);
        }
    }

    fn use_it(m: &Memory, at: u64, saw: &mut Saw) {
        saw.note(m.header[at as usize].get());
        m.announced.store(0, Release);
    }

    fn announce(m: &Memory, fenced: bool, saw: &mut Saw) {
        let at = loop {
            let at = m.current.load(Acquire);
            m.announced.store(at + 1, Relaxed);
            if fenced {
                fence(SeqCst);
            }
            if m.current.load(Acquire) == at {
                break at;
            }
        };
        use_it(m, at, saw);
    }

    fn alive(_: &Memory, saws: &[Saw]) -> Outcome {
        right(matches!(saws[1].values(), [10] | [11] | [12]))
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "dangling-header/hazard",
            passes(9),
            fresh,
            [
                actor("writer", |m, _| {
                    replace(m, 11, 1);
                    fence(SeqCst);
                    free_old(m);
                }),
                actor("reader", |m, saw| announce(m, true, saw)),
            ],
            alive
        ),
        race!(
            "dangling-header/hazard-unfenced",
            passes(9).loom(Loom::Fails),
            fresh,
            [
                actor("writer", |m, _| {
                    replace(m, 11, 1);
                    free_old(m);
                }),
                actor("reader", |m, saw| announce(m, false, saw)),
            ],
            alive
        ),
        // Announced after the writer has looked: freed before or after the reading.
        race!(
            "dangling-header/hazard-unchecked",
            fails(2, 7).as_a(Kind::DataRace),
            fresh,
            [
                actor("writer", |m, _| {
                    replace(m, 11, 1);
                    fence(SeqCst);
                    free_old(m);
                }),
                actor("reader", |m, saw| {
                    let at = m.current.load(Acquire);
                    m.announced.store(at + 1, Relaxed);
                    fence(SeqCst);
                    use_it(m, at, saw);
                }),
            ],
            alive
        ),
        // loom takes a fence after a store for the Release that the store lacks; the clocks do not.
        race!(
            "dangling-header/hazard-unreleased",
            fails(7, 9).as_a(Kind::DataRace).loom(Loom::Passes),
            fresh,
            [
                actor("writer", |m, _| {
                    m.header[1].set(11);
                    m.current.store(1, Relaxed);
                    fence(SeqCst);
                    free_old(m);
                }),
                actor("reader", |m, saw| announce(m, true, saw)),
            ],
            alive
        ),
        race!(
            "dangling-header/hazard-reuse",
            passes(36),
            fresh,
            [
                actor("writer", |m, _| {
                    replace(m, 11, 1);
                    fence(SeqCst);
                    if m.announced.load(Acquire) == 1 {
                        return;
                    }
                    replace(m, 12, 0);
                    fence(SeqCst);
                    if m.announced.load(Acquire) != 2 {
                        m.header[1].set(FREED);
                    }
                }),
                actor("reader", |m, saw| announce(m, true, saw)),
            ],
            alive
        ),
    ];
}
