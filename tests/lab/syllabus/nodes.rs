//! Scans of a map that changes, and keys that move to another node.

pub(crate) const ROWS: &[&[super::kit::Row]] = &[torn_scan::ROWS, slot_migration::ROWS];

mod torn_scan {
    use super::super::kit::*;

    /// Two keys, a then b: there is never b without a. In words, in snapshots, under a lock.
    pub(crate) struct Memory {
        a: Word,
        b: Word,
        sequence: Word,
        current: Word,
        snapshot_a: [Word; 3],
        snapshot_b: [Word; 3],
        locked: Mutex<[u64; 2]>,
    }
    fields!(Memory {
        a: nobody,
        b: nobody,
        sequence: nobody,
        current: nobody,
        snapshot_a: nobody,
        snapshot_b: nobody,
        locked: nobody,
    });

    fn fresh() -> Memory {
        Memory {
            a: word(0),
            b: word(0),
            sequence: word(0),
            current: word(0),
            snapshot_a: words([0; 3]),
            snapshot_b: words([0; 3]),
            locked: Mutex::new([0, 0]),
        }
    }

    fn insert_both(m: &Memory) {
        m.a.store(1, Release);
        m.b.store(1, Release);
    }

    fn collect(m: &Memory) -> [u64; 2] {
        [m.a.load(Acquire), m.b.load(Acquire)]
    }

    fn note(saw: &mut Saw, pair: [u64; 2]) {
        pair.into_iter().for_each(|value| saw.note(value));
    }

    fn write_one(m: &Memory, key: &Word, sequence: u64) {
        m.sequence.store(sequence + 1, Relaxed);
        fence(Release);
        key.store(1, Relaxed);
        m.sequence.store(sequence + 2, Release);
    }

    fn existed(_: &Memory, saws: &[Saw]) -> Outcome {
        right(saws[1].values() != [0, 1])
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "torn-scan/broken",
            fails(1, 4),
            fresh,
            [actor("writer", |m, _| insert_both(m)), actor("scan", |m, saw| note(saw, collect(m)))],
            existed
        ),
        // Both agree, and saw different generations.
        race!(
            "torn-scan/scan-twice",
            fails(1, 56),
            fresh,
            [
                actor("writer", |m, _| {
                    insert_both(m);
                    m.b.store(0, Release);
                    m.a.store(0, Release);
                    insert_both(m);
                }),
                actor("scan", |m, saw| {
                    let pair = collect(m);
                    if collect(m) == pair {
                        note(saw, pair);
                    }
                }),
            ],
            existed
        ),
        race!(
            "torn-scan/sequence",
            passes(21),
            fresh,
            [
                actor("writer", |m, _| {
                    write_one(m, &m.a, 0);
                    write_one(m, &m.b, 2);
                }),
                actor("scan", |m, saw| {
                    let sequence = m.sequence.load(Acquire);
                    if sequence % 2 == 1 {
                        return;
                    }
                    let pair = [m.a.load(Relaxed), m.b.load(Relaxed)];
                    fence(Acquire);
                    if m.sequence.load(Relaxed) == sequence {
                        note(saw, pair);
                    }
                }),
            ],
            existed
        ),
        race!(
            "torn-scan/snapshot",
            passes(3),
            fresh,
            [
                actor("writer", |m, _| {
                    m.snapshot_a[1].store(1, Relaxed);
                    m.current.store(1, Release);
                    m.snapshot_a[2].store(1, Relaxed);
                    m.snapshot_b[2].store(1, Relaxed);
                    m.current.store(2, Release);
                }),
                actor("scan", |m, saw| {
                    let at = m.current.load(Acquire) as usize;
                    note(saw, [m.snapshot_a[at].load(Relaxed), m.snapshot_b[at].load(Relaxed)]);
                }),
            ],
            existed
        ),
        race!(
            "torn-scan/lock",
            passes(3),
            fresh,
            [
                actor("writer", |m, _| {
                    lock(&m.locked)[0] = 1;
                    lock(&m.locked)[1] = 1;
                }),
                actor("scan", |m, saw| note(saw, *lock(&m.locked))),
            ],
            existed
        ),
    ];
}

mod slot_migration {
    use super::super::kit::*;

    /// A node does one command at a time: a lock.
    pub(crate) struct Memory {
        source: Mutex<Node>,
        target: Mutex<Node>,
    }
    fields!(Memory { source: nobody, target: nobody });

    /// A key's value (0 is none), and whether this node sends clients to the other one.
    #[derive(Clone, Copy)]
    pub(crate) struct Node {
        value: u64,
        away: bool,
    }

    fn fresh() -> Memory {
        Memory {
            source: Mutex::new(Node { value: 1, away: false }),
            target: Mutex::new(Node { value: 0, away: true }),
        }
    }

    const AWAY: Node = Node { value: 0, away: true };

    /// Copies, deletes and redirects while the source does nothing else.
    fn migrate(m: &Memory) {
        let mut source = lock(&m.source);
        lock(&m.target).value = source.value;
        *source = AWAY;
    }

    /// Looks at the source; follows it to the target.
    fn set(m: &Memory) {
        {
            let mut source = lock(&m.source);
            if !source.away {
                source.value = 5;
                return;
            }
        }
        lock(&m.target).value = 5;
    }

    fn get(m: &Memory) -> u64 {
        let source = *lock(&m.source);
        if source.away { lock(&m.target).value } else { source.value }
    }

    /// Hands the key and the slot over.
    fn hand_over(from: &mut Node, to: &mut Node) {
        *to = Node { value: from.value, away: false };
        *from = AWAY;
    }

    /// Owned by this node, it takes the command; otherwise the client must go elsewhere.
    fn command(node: &Mutex<Node>) -> bool {
        let mut node = lock(node);
        if !node.away {
            node.value = 5;
        }
        !node.away
    }

    fn acknowledged(m: &Memory, saws: &[Saw]) -> Outcome {
        let read = saws.get(2).map_or(5, noted);
        right(get(m) == 5 && read != 0 && lock(&m.source).value == 0)
    }

    pub(crate) const ROWS: &[Row] = &[
        race!(
            "slot-migration/copy-then-delete",
            fails(1, 3),
            fresh,
            [
                actor("migrator", |m, _| {
                    let value = lock(&m.source).value;
                    lock(&m.target).value = value;
                    *lock(&m.source) = AWAY;
                }),
                actor("client", |m, _| set(m)),
            ],
            acknowledged
        ),
        race!(
            "slot-migration/check-then-execute",
            fails(1, 3),
            fresh,
            [
                actor("migrator", |m, _| migrate(m)),
                actor("client", |m, _| {
                    let away = lock(&m.source).away;
                    lock(if away { &m.target } else { &m.source }).value = 5;
                }),
            ],
            acknowledged
        ),
        race!(
            "slot-migration/redirect-late",
            fails(1, 3),
            fresh,
            [
                actor("migrator", |m, _| {
                    {
                        let mut source = lock(&m.source);
                        lock(&m.target).value = source.value;
                        source.value = 0;
                    }
                    lock(&m.source).away = true;
                }),
                actor("reader", |m, saw| saw.note(get(m))),
            ],
            |_, saws| right(noted(&saws[1]) != 0)
        ),
        // A client that asks the target before it owns the slot.
        race!(
            "slot-migration/straight-to-the-target",
            fails(1, 2),
            fresh,
            [
                actor("migrator", |m, _| migrate(m)),
                actor("client", |m, _| lock(&m.target).value = 5),
            ],
            |m, _| right(lock(&m.target).value == 5)
        ),
        // The target sends away until it owns the slot, which it never does here.
        race!(
            "slot-migration/never-asking",
            fails(1, 2),
            fresh,
            [
                actor("migrator", |m, _| migrate(m)),
                actor("client", |m, saw| {
                    let done = (0..3).any(|_| command(&m.source) || command(&m.target));
                    saw.note(done as u64);
                }),
            ],
            |_, saws| right(noted(&saws[1]) == 1)
        ),
        race!(
            "slot-migration/fixed",
            passes(8),
            fresh,
            [
                actor("migrator", |m, _| migrate(m)),
                actor("client", |m, _| set(m)),
                actor("reader", |m, saw| saw.note(get(m))),
            ],
            acknowledged
        ),
        race!(
            "slot-migration/there-and-back",
            passes(4),
            fresh,
            [
                actor("migrator", |m, _| {
                    {
                        let mut source = lock(&m.source);
                        hand_over(&mut source, &mut lock(&m.target));
                    }
                    let mut source = lock(&m.source);
                    hand_over(&mut lock(&m.target), &mut source);
                }),
                actor("client", |m, _| while !command(&m.source) && !command(&m.target) {}),
            ],
            |m, _| right(lock(&m.source).value == 5)
        ),
    ];
}
