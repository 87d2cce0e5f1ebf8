//! Inside a map: the insertion into a slot, and the deletion from it.

pub(crate) const ROWS: &[&[super::kit::Row]] = &[partial_insert::ROWS, ghost_read::ROWS];

mod partial_insert {
    use super::super::kit::*;

    pub(crate) struct Memory {
        tag: Word,
        key: Word,
        value: Word,
    }
    fields!(Memory { tag: nobody, key: nobody, value: nobody });

    fn fresh() -> Memory {
        Memory { tag: word(0), key: word(0), value: word(0) }
    }

    /// Notes the value, if there is the key.
    fn find(m: &Memory, key: u64, saw: &mut Saw) {
        if m.tag.load(Acquire) == 1 && m.key.load(Acquire) == key {
            saw.note(m.value.load(Acquire));
        }
    }

    fn tag_first(m: &Memory, _: &mut Saw) {
        m.tag.store(1, Release);
        m.key.store(7, Release);
        m.value.store(42, Release);
    }

    fn absent_or_whole(_: &Memory, saws: &[Saw]) -> Outcome {
        right(matches!(saws[1].values(), [] | [42]))
    }

    pub(crate) const ROWS: &[Row] = &[
        // Go 1.23 for any key, and Go 1.27.
        race!(
            "partial-insert/value-last",
            fails(1, 3),
            fresh,
            [
                actor("writer", |m, _| {
                    m.key.store(7, Release);
                    m.tag.store(1, Release);
                    m.value.store(42, Release);
                }),
                actor("reader", |m, saw| find(m, 7, saw)),
            ],
            absent_or_whole
        ),
        race!(
            "partial-insert/tag-first",
            fails(1, 4),
            fresh,
            [actor("writer", tag_first), actor("reader", |m, saw| find(m, 7, saw))],
            absent_or_whole
        ),
        // Key 0 is found, which nobody inserted.
        race!(
            "partial-insert/tag-first-key-0",
            fails(2, 4),
            fresh,
            [actor("writer", tag_first), actor("reader", |m, saw| find(m, 0, saw))],
            |_, saws| right(saws[1].values().is_empty())
        ),
        race!(
            "partial-insert/fixed",
            passes(2),
            fresh,
            [
                actor("writer", |m, _| {
                    m.value.store(42, Relaxed);
                    m.key.store(7, Relaxed);
                    m.tag.store(1, Release);
                }),
                actor("reader", |m, saw| find(m, 7, saw)),
            ],
            absent_or_whole
        ),
        race!(
            "partial-insert/relaxed",
            passes(2).loom(Loom::Fails),
            fresh,
            [
                actor("writer", |m, _| {
                    m.value.store(42, Relaxed);
                    m.key.store(7, Relaxed);
                    m.tag.store(1, Relaxed);
                }),
                actor("reader", |m, saw| find(m, 7, saw)),
            ],
            absent_or_whole
        ),
    ];
}

mod ghost_read {
    use super::super::kit::*;

    /// One slot. A tag is EMPTY, FULL or GONE in its low two bits, with a version above.
    pub(crate) struct Memory {
        tag: Word,
        key: Word,
        value: Word,
    }
    fields!(Memory { tag: nobody, key: nobody, value: nobody });

    const EMPTY: u64 = 0;
    const FULL: u64 = 1;
    const GONE: u64 = 2;

    fn full() -> Memory {
        Memory { tag: word(FULL), key: word(7), value: word(42) }
    }

    fn empty() -> Memory {
        Memory { tag: word(EMPTY), key: word(0), value: word(0) }
    }

    fn find(m: &Memory, saw: &mut Saw) {
        if m.tag.load(Acquire) == FULL && m.key.load(Acquire) == 7 {
            saw.note(m.value.load(Acquire));
        }
    }

    /// Looks at the tag again: a value counts only if the tag is the same.
    fn find_and_check(m: &Memory, saw: &mut Saw) {
        loop {
            let tag = m.tag.load(Acquire);
            if tag & 3 != FULL || m.key.load(Relaxed) != 7 {
                return;
            }
            let value = m.value.load(Relaxed);
            fence(Acquire);
            if m.tag.load(Relaxed) == tag {
                return saw.note(value);
            }
        }
    }

    fn remove(m: &Memory) {
        m.tag.store(GONE, Relaxed);
        fence(Release);
        m.value.store(0, Relaxed);
    }

    /// Another key takes the slot.
    fn reuse(m: &Memory, tag: u64) {
        m.key.store(9, Relaxed);
        m.value.store(99, Relaxed);
        m.tag.store(tag, Release);
    }

    fn insert(m: &Memory, value: u64) {
        m.value.store(value, Relaxed);
        m.tag.store(FULL, Release);
    }

    fn absent_or_found(_: &Memory, saws: &[Saw]) -> Outcome {
        right(matches!(saws[1].values(), [] | [42] | [43]))
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "ghost-read/broken",
            fails(1, 3),
            full,
            [
                actor("deleter", |m, _| {
                    m.value.store(0, Release);
                    m.tag.store(EMPTY, Release);
                }),
                actor("reader", find),
            ],
            absent_or_found
        ),
        race!(
            "ghost-read/tombstone-first",
            fails(1, 3),
            full,
            [
                actor("deleter", |m, _| {
                    m.tag.store(GONE, Release);
                    m.value.store(0, Release);
                }),
                actor("reader", find),
            ],
            absent_or_found
        ),
        // Before the deletion; its tombstone alone seen; the empty value seen; after it.
        race!(
            "ghost-read/validate",
            passes(4),
            full,
            [actor("deleter", |m, _| remove(m)), actor("reader", find_and_check)],
            absent_or_found
        ),
        race!(
            "ghost-read/validate-reuse",
            fails(2, 13),
            full,
            [
                actor("deleter", |m, _| {
                    remove(m);
                    reuse(m, FULL);
                }),
                actor("reader", find_and_check),
            ],
            absent_or_found
        ),
        race!(
            "ghost-read/version-reuse",
            passes(13),
            full,
            [
                actor("deleter", |m, _| {
                    remove(m);
                    reuse(m, FULL + 4);
                }),
                actor("reader", find_and_check),
            ],
            absent_or_found
        ),
        race!(
            "ghost-read/never-clear",
            passes(2),
            full,
            [actor("deleter", |m, _| m.tag.store(GONE, Relaxed)), actor("reader", find)],
            absent_or_found
        ),
        race!(
            "ghost-read/never-clear-insert-again",
            passes(5),
            empty,
            [
                actor("writer", |m, _| {
                    m.key.store(7, Relaxed);
                    insert(m, 42);
                    m.tag.store(GONE, Relaxed);
                    insert(m, 43);
                }),
                actor("reader", find),
            ],
            absent_or_found
        ),
    ];
}
