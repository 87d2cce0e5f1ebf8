//! The keys of a shard that somebody is computing the value of.

use std::borrow::Borrow;

use super::super::rt::sync::Arc;
use super::once::Pending;

/// One mark for each key that is being computed. Few: each belongs to a thread that is busy with
/// it.
///
/// In a box, because they are seldom there: a shard fills one cache line.
#[expect(clippy::box_collection, reason = "one word in place of three")]
pub(super) struct Marks<K>(Option<Box<Vec<Mark<K>>>>);

/// A key whose value a thread is computing.
pub(super) struct Mark<K> {
    hash: u64,
    key: K,
    pending: Arc<Pending>,
}

impl<K> Default for Marks<K> {
    fn default() -> Self {
        Marks(None)
    }
}

impl<K> Marks<K> {
    /// The computation of `key`, to wait for.
    pub(super) fn get<Q: Eq + ?Sized>(&self, hash: u64, key: &Q) -> Option<Arc<Pending>>
    where
        K: Borrow<Q>,
    {
        self.0.as_ref()?.iter().find(|mark| mark.is(hash, key)).map(|mark| mark.pending.clone())
    }

    /// Marks `key`, which must be neither there nor marked.
    pub(super) fn add(&mut self, hash: u64, key: K, pending: Arc<Pending>) {
        self.push(Mark { hash, key, pending });
    }

    /// Marks the key of a mark that another table had.
    pub(super) fn push(&mut self, mark: Mark<K>) {
        self.0.get_or_insert_default().push(mark);
    }

    /// Gives each mark away, with its hash.
    pub(super) fn move_each(self, mut to: impl FnMut(u64, Mark<K>)) {
        self.0.into_iter().flat_map(|marks| *marks).for_each(|mark| to(mark.hash, mark));
    }

    /// Takes the mark of `key` away from the thread that is computing it.
    #[inline]
    pub(super) fn take<Q: Eq + ?Sized>(&mut self, hash: u64, key: &Q) -> Option<Mark<K>>
    where
        K: Borrow<Q>,
    {
        let marks = self.0.as_mut()?;
        let index = marks.iter().position(|mark| mark.is(hash, key))?;
        Some(marks.swap_remove(index))
    }

    /// Takes back the mark that was added with `pending`, if nobody else has taken it.
    pub(super) fn take_own(&mut self, pending: &Arc<Pending>) -> Option<Mark<K>> {
        let marks = self.0.as_mut()?;
        let index = marks.iter().position(|mark| Arc::ptr_eq(&mark.pending, pending))?;
        Some(marks.swap_remove(index))
    }

    /// Wakes everyone who waits for one of these keys: they look at the map again.
    pub(super) fn overrule(self) {
        self.0.into_iter().flat_map(|marks| *marks).for_each(Mark::overrule);
    }
}

impl<K> Mark<K> {
    /// Wakes those who wait for this key: they look at the map again. Not to be called under a
    /// lock.
    pub(super) fn overrule(self) {
        self.pending.finish();
    }

    pub(super) fn into_key(self) -> (u64, K) {
        (self.hash, self.key)
    }

    fn is<Q: Eq + ?Sized>(&self, hash: u64, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.hash == hash && self.key.borrow() == key
    }
}
