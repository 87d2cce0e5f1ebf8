//! Publishing: a header, the first store, and a snapshot that is changed in place.

pub(crate) const ROWS: &[&[super::kit::Row]] =
    &[torn_header::ROWS, first_store::ROWS, shared_mutation::ROWS];

mod torn_header {
    use super::super::kit::*;

    /// Two headers; a header 2 has the length 2.
    pub(crate) struct Memory {
        current: Word,
        pointer: [Word; 2],
        length: [Word; 2],
    }
    fields!(Memory { current: nobody, pointer: nobody, length: nobody });

    fn fresh() -> Memory {
        Memory { current: word(0), pointer: words([1, 0]), length: words([1, 0]) }
    }

    fn overwrite(m: &Memory, _: &mut Saw) {
        m.pointer[0].store(2, Release);
        m.length[0].store(2, Release);
    }

    fn read_one(m: &Memory, saw: &mut Saw) {
        saw.note(m.pointer[0].load(Acquire));
        saw.note(m.length[0].load(Acquire));
    }

    fn prepare(m: &Memory) {
        m.pointer[1].store(2, Relaxed);
        m.length[1].store(2, Relaxed);
    }

    fn read_at(m: &Memory, current: u64, saw: &mut Saw) {
        saw.note(m.pointer[current as usize].load(Relaxed));
        saw.note(m.length[current as usize].load(Relaxed));
    }

    fn whole(_: &Memory, saws: &[Saw]) -> Outcome {
        right(matches!(saws[1].values(), [1, 1] | [2, 2]))
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "torn-header/broken",
            fails(2, 4),
            fresh,
            [actor("writer", overwrite), actor("reader", read_one)],
            whole
        ),
        // Only the old pointer with the new length leads out of bounds.
        race!(
            "torn-header/out-of-bounds",
            fails(1, 4),
            fresh,
            [actor("writer", overwrite), actor("reader", read_one)],
            |_, saws| right(saws[1].values() != [1, 2])
        ),
        race!(
            "torn-header/fixed",
            passes(2),
            fresh,
            [
                actor("writer", |m, _| {
                    prepare(m);
                    m.current.store(1, Release);
                }),
                actor("reader", |m, saw| read_at(m, m.current.load(Acquire), saw)),
            ],
            whole
        ),
        race!(
            "torn-header/relaxed",
            passes(2).loom(Loom::Fails),
            fresh,
            [
                actor("writer", |m, _| {
                    prepare(m);
                    m.current.store(1, Relaxed);
                }),
                actor("reader", |m, saw| read_at(m, m.current.load(Relaxed), saw)),
            ],
            whole
        ),
    ];
}

mod first_store {
    use super::super::kit::*;

    /// `kind`: 0 none, 1 or 2 a type, BUSY while the first value goes in. A data word of 10 and
    /// more belongs to type 1, of 20 and more to type 2; its last digit points into the heap.
    pub(crate) struct Memory {
        kind: Word,
        data: Word,
        heap: [Word; 3],
    }
    fields!(Memory { kind: nobody, data: nobody, heap: nobody });

    const BUSY: u64 = 9;

    fn fresh() -> Memory {
        Memory { kind: word(0), data: word(0), heap: words([0; 3]) }
    }

    fn load(m: &Memory) -> Option<(u64, u64)> {
        match m.kind.load(Acquire) {
            0 | BUSY => None,
            kind => Some((kind, m.data.load(Acquire))),
        }
    }

    fn look(m: &Memory, saw: &mut Saw) {
        if let Some((kind, data)) = load(m) {
            saw.note(kind);
            saw.note(data);
        }
    }

    /// Nothing, or data that belongs to its type.
    fn fits(seen: &[u64]) -> bool {
        matches!(*seen, [] | [1, 10..20] | [2, 20..30])
    }

    fn unmarked(m: &Memory, kind: u64) {
        if m.kind.load(Acquire) == 0 {
            m.data.store(kind * 11, Release);
            m.kind.store(kind, Release);
        }
    }

    /// As `sync/atomic.Value` of Go; whether the type was right.
    fn store(m: &Memory, kind: u64, data: u64) -> bool {
        loop {
            match m.kind.load(Acquire) {
                0 => {
                    if m.kind.compare_exchange(0, BUSY, Relaxed, Relaxed).is_ok() {
                        m.data.store(data, Release);
                        m.kind.store(kind, Release);
                        return true;
                    }
                }
                BUSY => yield_now(),
                other if other != kind => return false,
                _ => {
                    m.data.store(data, Release);
                    return true;
                }
            }
        }
    }

    fn ends_well(m: &Memory) -> bool {
        fits(&[m.kind.load(Acquire), m.data.load(Acquire)])
    }

    fn point(m: &Memory, at: u64) {
        m.heap[at as usize].store(6 + at, Relaxed);
        store(m, 1, 10 + at);
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "first-store/type-first",
            fails(1, 3),
            fresh,
            [
                actor("writer", |m, _| {
                    m.kind.store(1, Release);
                    m.data.store(11, Release);
                }),
                actor("reader", look),
            ],
            |_, saws| right(fits(saws[1].values()))
        ),
        race!(
            "first-store/data-first",
            passes(2),
            fresh,
            [
                actor("writer", |m, _| {
                    m.data.store(11, Relaxed);
                    m.kind.store(1, Release);
                }),
                actor("reader", look),
            ],
            |_, saws| right(fits(saws[1].values()))
        ),
        race!(
            "first-store/two-types-unmarked",
            fails(8, 18),
            fresh,
            [
                actor("writer", |m, _| unmarked(m, 1)),
                actor("other", |m, _| unmarked(m, 2)),
                actor("reader", look),
            ],
            |m, saws| right(fits(saws[2].values()) && ends_well(m))
        ),
        // Two ways to win, three readings, and six ways to lose: found at once that it is done; or
        // that it is BUSY; or first nothing there, and the exchange fails when it is done, or while
        // it is BUSY, after which one, two or three looks find that it is done (the first yield
        // goes on, for the word was written since it was first read).
        race!(
            "first-store/two-types",
            passes(36).in_runs(42).loom(Loom::PassesWithin(2)),
            fresh,
            [
                actor("writer", |m, saw| saw.note(store(m, 1, 11) as u64)),
                actor("other", |m, saw| saw.note(store(m, 2, 22) as u64)),
                actor("reader", look),
            ],
            |m, saws| {
                let one = noted(&saws[0]) + noted(&saws[1]) == 1;
                right(one && fits(saws[2].values()) && ends_well(m))
            }
        ),
        // The same, with four readings: the loser's data comes before or after the reader's look.
        race!(
            "first-store/one-type",
            passes(48).in_runs(54).loom(Loom::PassesWithin(2)),
            fresh,
            [
                actor("writer", |m, _| point(m, 1)),
                actor("other", |m, _| point(m, 2)),
                actor("reader", |m, saw| {
                    if let Some((_, data)) = load(m) {
                        saw.note(m.heap[(data % 10) as usize].load(Relaxed));
                    }
                }),
            ],
            |_, saws| right(matches!(saws[2].values(), [] | [7] | [8]))
        ),
    ];
}

mod shared_mutation {
    use super::super::kit::*;

    pub(crate) struct Memory {
        current: Word,
        a: [Word; 2],
        b: [Word; 2],
    }
    fields!(Memory { current: nobody, a: nobody, b: nobody });

    fn fresh() -> Memory {
        Memory { current: word(0), a: words([1, 0]), b: words([1, 0]) }
    }

    fn change(m: &Memory, at: usize) {
        m.a[at].store(2, Relaxed);
        m.b[at].store(2, Relaxed);
    }

    /// Reads one field twice: it must not change while it is held.
    fn hold(m: &Memory, saw: &mut Saw) {
        let at = m.current.load(Acquire) as usize;
        saw.note(m.a[at].load(Relaxed));
        saw.note(m.b[at].load(Relaxed));
        saw.note(m.a[at].load(Relaxed));
    }

    fn still(_: &Memory, saws: &[Saw]) -> Outcome {
        right(matches!(saws[1].values(), [1, 1, 1] | [2, 2, 2]))
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "shared-mutation/broken",
            fails(3, 5),
            fresh,
            [actor("writer", |m, _| change(m, 0)), actor("reader", hold)],
            still
        ),
        race!(
            "shared-mutation/fixed",
            passes(2),
            fresh,
            [
                actor("writer", |m, _| {
                    change(m, 1);
                    m.current.store(1, Release);
                }),
                actor("reader", hold),
            ],
            still
        ),
    ];
}
