//! How many shards a map has, and which of them a hash belongs to.

use std::sync::OnceLock;

use super::shard::Shard;

/// When a shard is cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cutting {
    /// A full table with fewer keys grows instead.
    pub(super) keys: u32,
    /// Into how many parts: a power of two. 1 is never.
    pub(super) parts: u32,
}

/// A kilobyte for each CPU, so that two threads rarely meet in one shard: a power of two.
pub(super) fn for_this_machine() -> usize {
    rounded(cpus().saturating_mul(1024 / size_of::<Shard<(), ()>>()))
}

/// One for 64 keys, but not fewer than of an empty map, nor more than [`most`].
pub(super) fn for_keys(keys: usize) -> usize {
    rounded(keys / 64).clamp(for_this_machine(), most())
}

/// 256 for each CPU: beyond that two threads seldom meet, unless one is interrupted.
fn most() -> usize {
    rounded(cpus().saturating_mul(256))
}

/// When each of so many shards is cut: where a growth would move a hundred thousand keys (16,384 full
/// buckets), some milliseconds in which nobody else comes in; into 16 parts, but not into more than
/// [`most`] in all. To find a part costs each call one more step, a tenth of a look or more, so small
/// shards stay whole.
pub(super) fn cutting(shards: usize) -> Cutting {
    let parts = (most() / shards).clamp(1, 16) as u32;
    Cutting { keys: 98_304, parts }
}

pub(super) fn cpus() -> usize {
    // A fact about the machine and no part of any model: std's own types, not the runtime's.
    // Asked once, because the answer costs system calls.
    static CPUS: OnceLock<usize> = OnceLock::new();
    *CPUS.get_or_init(|| std::thread::available_parallelism().map_or(1, |cpus| cpus.get()))
}

/// The next power of two, from 1 to 65,536.
pub(super) fn rounded(shards: usize) -> usize {
    shards.clamp(1, 1 << 16).next_power_of_two()
}

/// The shard of a hash, from the sixteen bits just below the top seven, the lowest first.
///
/// A table keeps the top seven bits beside each entry to skip those that cannot match, and finds the
/// bucket by the low bits. Were the shard picked by the top bits, they would be equal for all keys of a
/// shard: the more shards, the less the seven would tell, and with 128 shards nothing.
#[inline]
pub(super) fn index(hash: u64, shards: usize) -> usize {
    (hash >> 41) as usize & (shards - 1)
}

/// The part of a hash, within its shard of so many shards, each of which has so many parts.
///
/// By the next of the sixteen bits: all keys of a shard have the lower ones in common.
#[inline]
pub(super) fn part(hash: u64, shards: usize, parts: usize) -> usize {
    (hash >> 41 >> shards.trailing_zeros()) as usize & (parts - 1)
}
