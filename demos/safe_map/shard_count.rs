//! How many shards a map has, and which of them a hash belongs to.

use std::sync::OnceLock;

use super::shard::Shard;

/// A kilobyte for each CPU, so that two threads rarely meet in one shard: a power of two.
pub(super) fn for_this_machine() -> usize {
    rounded(cpus().saturating_mul(1024 / size_of::<Shard<(), ()>>()))
}

/// One for 64 keys, but not fewer than of an empty map, nor more than 128 for each CPU.
pub(super) fn for_keys(keys: usize) -> usize {
    let most = rounded(cpus().saturating_mul(128));
    rounded(keys / 64).clamp(for_this_machine(), most)
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
/// hashbrown keeps the top seven bits beside each slot to skip the slots that cannot match, and
/// finds the slot by the low bits (`Tag::full` and `h1` in its source). Were the shard picked by
/// the top bits, they would be equal for all keys of a shard: the more shards, the less the seven
/// would tell, and with 128 shards nothing.
#[inline]
pub(super) fn index(hash: u64, shards: usize) -> usize {
    (hash >> 41) as usize & (shards - 1)
}
