//! Inside a map: two writers that want one slot, or the end of one list.

pub(crate) const ROWS: &[&[super::kit::Row]] = &[claimed_slot::ROWS, lost_node::ROWS];

mod claimed_slot {
    use super::super::kit::*;

    pub(crate) struct Memory {
        tag: [Word; 2],
        key: [Word; 2],
        value: [Word; 2],
        count: Word,
    }
    fields!(Memory { tag: nobody, key: nobody, value: nobody, count: nobody });

    const FULL: u64 = 1;
    const BUSY: u64 = 5;

    fn fresh() -> Memory {
        Memory { tag: words([0; 2]), key: words([0; 2]), value: words([0; 2]), count: word(0) }
    }

    fn fill(m: &Memory, slot: usize, key: u64) {
        m.value[slot].store(key * 10, Relaxed);
        m.tag[slot].store(FULL, Release);
    }

    fn look_then_take(m: &Memory, key: u64) {
        if let Some(slot) = (0..2).find(|&slot| m.tag[slot].load(Acquire) == 0) {
            m.key[slot].store(key, Relaxed);
            fill(m, slot, key);
            let count = m.count.load(Relaxed);
            m.count.store(count + 1, Relaxed);
        }
    }

    /// The key word claims the slot; the tag publishes it.
    fn claim_key(m: &Memory, key: u64) {
        for slot in 0..2 {
            match m.key[slot].compare_exchange(0, key, Relaxed, Relaxed) {
                Ok(_) => {
                    fill(m, slot, key);
                    m.count.fetch_add(1, Relaxed);
                    return;
                }
                Err(there) if there == key => return,
                Err(_) => {}
            }
        }
    }

    /// A busy tag claims the slot. Who finds one waits for it, or goes on to the next slot.
    fn claim_tag(m: &Memory, key: u64, waits: bool) {
        let mut slot = 0;
        while slot < 2 {
            match m.tag[slot].compare_exchange(0, BUSY, Relaxed, Acquire) {
                Ok(_) => {
                    m.key[slot].store(key, Relaxed);
                    fill(m, slot, key);
                    m.count.fetch_add(1, Relaxed);
                    return;
                }
                Err(BUSY) if waits => yield_now(),
                Err(FULL) if m.key[slot].load(Relaxed) == key => return,
                Err(_) => slot += 1,
            }
        }
    }

    /// Notes whether the value is right, if there is the key.
    fn find_7(m: &Memory, saw: &mut Saw) {
        for slot in 0..2 {
            if m.tag[slot].load(Acquire) == FULL && m.key[slot].load(Relaxed) == 7 {
                return saw.note((m.value[slot].load(Relaxed) == 70) as u64);
            }
        }
    }

    fn slots_of(m: &Memory, key: u64) -> usize {
        let has = |slot: &usize| {
            m.tag[*slot].load(Relaxed) == FULL
                && m.key[*slot].load(Relaxed) == key
                && m.value[*slot].load(Relaxed) == key * 10
        };
        (0..2).filter(has).count()
    }

    fn counted(m: &Memory, keys: &[u64]) -> bool {
        keys.iter().all(|&key| slots_of(m, key) == 1) && m.count.load(Relaxed) == keys.len() as u64
    }

    fn not_half(saw: &Saw) -> bool {
        saw.values() != [0]
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "claimed-slot/broken",
            fails(36, 40),
            fresh,
            [
                actor("writer", |m, _| look_then_take(m, 7)),
                actor("other", |m, _| look_then_take(m, 8))
            ],
            |m, _| right(counted(m, &[7, 8]))
        ),
        race!(
            "claimed-slot/claim-key",
            passes(14),
            fresh,
            [
                actor("writer", |m, _| claim_key(m, 7)),
                actor("other", |m, _| claim_key(m, 8)),
                actor("reader", find_7),
            ],
            |m, saws| right(counted(m, &[7, 8]) && not_half(&saws[2]))
        ),
        race!(
            "claimed-slot/busy-tag",
            fails(4, 6),
            fresh,
            [
                actor("writer", |m, _| claim_tag(m, 7, false)),
                actor("other", |m, _| claim_tag(m, 7, false)),
            ],
            |m, _| right(counted(m, &[7]))
        ),
        // Two ways to win; the loser finds it BUSY, or FULL; the reader finds it empty, BUSY or FULL.
        race!(
            "claimed-slot/busy-tag-waits",
            passes(12).in_runs(14),
            fresh,
            [
                actor("writer", |m, _| claim_tag(m, 7, true)),
                actor("other", |m, _| claim_tag(m, 7, true)),
                actor("reader", find_7),
            ],
            |m, saws| right(counted(m, &[7]) && not_half(&saws[2]))
        ),
        // A count may lag behind what is found: surprising, and allowed.
        race!(
            "claimed-slot/count-lags",
            passes(4),
            fresh,
            [
                actor("writer", |m, _| {
                    m.tag[0].store(FULL, Release);
                    m.count.fetch_add(1, Release);
                }),
                actor("reader", |m, saw| {
                    saw.note(m.tag[0].load(Acquire));
                    saw.note(m.count.load(Acquire));
                }),
            ],
            |_, saws| right(saws[1].values().iter().all(|seen| *seen < 2))
        ),
    ];
}

mod lost_node {
    use super::super::kit::*;

    /// Node 0 is in the bucket; 1 and 2 are appended. A next of 0 is none. Keys are bits.
    pub(crate) struct Memory {
        next: [Word; 3],
        key: [Word; 3],
        tail: Word,
    }
    fields!(Memory { next: nobody, key: nobody, tail: nobody });

    const ALL: u64 = 7;
    const NO_KEY: u64 = 8;

    fn fresh() -> Memory {
        Memory { next: words([0; 3]), key: words([1, 0, 0]), tail: word(0) }
    }

    fn bit(node: u64) -> u64 {
        1 << node
    }

    /// The keys of the list, with NO_KEY for a node without one.
    fn walk(m: &Memory) -> u64 {
        let (mut node, mut keys) = (0, 0);
        loop {
            let key = m.key[node].load(Relaxed);
            keys |= if key == 0 { NO_KEY } else { key };
            node = m.next[node].load(Acquire) as usize;
            if node == 0 {
                return keys;
            }
        }
    }

    fn look_then_link(m: &Memory, me: u64) {
        m.key[me as usize].store(bit(me), Relaxed);
        let mut last = 0;
        loop {
            match m.next[last].load(Acquire) {
                0 => break,
                next => last = next as usize,
            }
        }
        m.next[last].store(me, Release);
    }

    fn link(m: &Memory, me: u64) {
        m.key[me as usize].store(bit(me), Relaxed);
        let mut last = 0;
        while let Err(next) = m.next[last].compare_exchange(0, me, Release, Acquire) {
            last = next as usize;
        }
    }

    fn push_front(m: &Memory, me: u64) {
        m.key[me as usize].store(bit(me), Relaxed);
        let mut first = m.next[0].load(Relaxed);
        loop {
            m.next[me as usize].store(first, Relaxed);
            match m.next[0].compare_exchange(first, me, Release, Relaxed) {
                Ok(_) => return,
                Err(newer) => first = newer,
            }
        }
    }

    /// Takes the tail, then links: whether a finished append is in the list.
    fn swap_tail(m: &Memory, me: u64, saw: &mut Saw) {
        m.key[me as usize].store(bit(me), Relaxed);
        let last = m.tail.swap(me, AcqRel);
        m.next[last as usize].store(me, Release);
        saw.note((walk(m) & bit(me) != 0) as u64);
    }

    fn all(m: &Memory, _: &[Saw]) -> Outcome {
        right(walk(m) == ALL)
    }

    fn all_and_whole(m: &Memory, saws: &[Saw]) -> Outcome {
        right(walk(m) == ALL && noted(&saws[2]) & NO_KEY == 0)
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "lost-node/broken",
            fails(2, 4),
            fresh,
            [
                actor("writer", |m, _| look_then_link(m, 1)),
                actor("other", |m, _| look_then_link(m, 2))
            ],
            all
        ),
        race!(
            "lost-node/exchange-next",
            passes(6),
            fresh,
            [
                actor("writer", |m, _| link(m, 1)),
                actor("other", |m, _| link(m, 2)),
                actor("reader", |m, saw| saw.note(walk(m))),
            ],
            all_and_whole
        ),
        race!(
            "lost-node/push-front",
            passes(12),
            fresh,
            [
                actor("writer", |m, _| push_front(m, 1)),
                actor("other", |m, _| push_front(m, 2)),
                actor("reader", |m, saw| saw.note(walk(m))),
            ],
            all_and_whole
        ),
        race!(
            "lost-node/swap-tail",
            fails(2, 6),
            fresh,
            [
                actor("writer", |m, saw| swap_tail(m, 1, saw)),
                actor("other", |m, saw| swap_tail(m, 2, saw)),
            ],
            |m, saws| right(walk(m) == ALL && saws.iter().all(|saw| noted(saw) == 1))
        ),
    ];
}
