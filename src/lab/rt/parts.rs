//! A lock for readers in parts, so that those who read together are in no order.
//!
//! A big-reader lock: each reader takes its own part, and a writer takes all of them and then the
//! lock itself, which is also the part of whoever has none. Readers never touch the same part, and
//! one of two writers is the first at the first part. What holds of the one holds of the other: in
//! each order of the sections it is the same. An engine whose executions are graphs asks for it,
//! because a lock that is one word keeps its readers in an order that means nothing.

use super::op::{Kind, MAX_THREADS, Op};
use super::values;

/// What an operation on a lock goes through, one after another, as operations on its parts.
pub(crate) fn parts(op: Op, thread: usize) -> impl Iterator<Item = Op> {
    let readers = values::deciding().map_or(0, |values| values.readers(op.object));
    let writes = matches!(op.kind, Kind::Lock | Kind::Unlock);
    let own = !writes && readers >> thread & 1 == 1;
    let alone = Op { object: if own { op.object.part(thread) } else { op.object }, ..op };
    let (alone, all) = if writes && readers != 0 { (None, readers) } else { (Some(alone), 0) };
    alone.into_iter().chain(of(op, all))
}

/// The operations on all parts of a lock that these readers have a part of, for a writer; none
/// where nobody has one. Who waits for one part holds no lock yet: the lock itself comes last where
/// it is taken, and first where it is given back.
pub(crate) fn of(op: Op, readers: u16) -> impl Iterator<Item = Op> {
    let lock = op.object.whole();
    let part = move |reader| Op { object: lock.part(reader), ..op };
    let some = if readers != 0 { MAX_THREADS } else { 0 };
    let (from, to) = if op.kind == Kind::Lock { (1, some + 1) } else { (0, some) };
    let places = (from..to.max(from)).map(|place| place % MAX_THREADS);
    places.filter(move |reader| *reader == 0 || readers >> reader & 1 == 1).map(part)
}

/// Whether another part of the lock follows, where a thread has performed this operation on one.
pub(crate) fn goes_on(op: Op, readers: u16) -> bool {
    let last = MAX_THREADS - 1 - (readers.leading_zeros() as usize).min(MAX_THREADS - 1);
    match op.kind {
        _ if readers == 0 => false,
        Kind::Lock => op.object.reader() != 0,
        Kind::Unlock => op.object.reader() != last,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rt::op::Object;

    #[test]
    fn a_part_knows_its_lock_and_its_reader() {
        let lock = Object::numbered(15, 77);
        assert_eq!((lock.reader(), lock.whole()), (0, lock));
        for reader in 1..MAX_THREADS {
            let part = lock.part(reader);
            assert_eq!((part.reader(), part.whole()), (reader, lock));
        }
        assert_eq!(Object::token(9).whole(), Object::token(9));
    }

    #[test]
    fn the_last_part_of_a_writer_is_the_lock_when_it_takes_it_and_another_when_it_gives_it_back() {
        let lock = Object::numbered(0, 1);
        let goes_on = |kind, reader| goes_on(Op::new(kind, lock.part(reader)), 0b1010);
        assert!(goes_on(Kind::Lock, 1) && goes_on(Kind::Lock, 3) && !goes_on(Kind::Lock, 0));
        assert!(goes_on(Kind::Unlock, 0) && goes_on(Kind::Unlock, 1) && !goes_on(Kind::Unlock, 3));
        assert!(!goes_on(Kind::ReadLock, 1));
        let readers = |kind| of(Op::new(kind, lock), 0b1010).map(|op| op.object.reader());
        assert!(readers(Kind::Lock).eq([1, 3, 0]) && readers(Kind::Unlock).eq([0, 1, 3]));
        assert_eq!(of(Op::new(Kind::Lock, lock), 0).count(), 0);
    }
}
