//! A slot's keys move in one step; clients are redirected in the next.

use super::rt::sync::{Mutex, MutexGuard};

/// Two nodes of a cluster: one hash slot moves from the first to the second.
pub struct Cluster {
    source: Node,
    target: Node,
}

/// A node, and what it has of the slot.
pub struct Node {
    slot: Mutex<Slot>,
}

/// The keys of the slot: two of them.
struct Slot {
    values: [Option<u64>; 2],
    /// Whoever comes here is sent to the other node.
    away: bool,
}

/// Each node sent the client to the other.
pub struct GaveUp;

racelab::fields!(Cluster { source: migrator | client, target: migrator | client });
racelab::fields!(Node { slot: migrator | client });

impl Cluster {
    /// The source has both keys. The target waits for them, and sends clients to the source.
    pub fn new(values: [u64; 2]) -> Cluster {
        let node = |values, away| Node { slot: Mutex::new(Slot { values, away }) };
        Cluster { source: node(values.map(Some), false), target: node([None; 2], true) }
    }

    /// Moves the slot.
    pub fn migrate(&self) {
        let mut source = self.source.slot.lock().unwrap();
        self.target.slot.lock().unwrap().values = source.values;
        source.values = [None; 2];
        drop(source);
        self.source.slot.lock().unwrap().away = true;
    }

    /// Sets a key. `Ok` is the acknowledgement.
    pub fn set(&self, key: usize, value: u64) -> Result<(), GaveUp> {
        self.route()?.values[key] = Some(value);
        Ok(())
    }

    /// The value of a key, where there is one.
    pub fn get(&self, key: usize) -> Result<Option<u64>, GaveUp> {
        Ok(self.route()?.values[key])
    }

    /// Asks the source. If it redirects: the target, which takes one command after ASKING.
    fn route(&self) -> Result<MutexGuard<'_, Slot>, GaveUp> {
        self.source.serve(false).or_else(|| self.target.serve(true)).ok_or(GaveUp)
    }
}

impl Node {
    /// The slot, if commands are executed here: from this check to the end of the command the
    /// lock is held.
    fn serve(&self, asking: bool) -> Option<MutexGuard<'_, Slot>> {
        let slot = self.slot.lock().unwrap();
        (asking || !slot.away).then_some(slot)
    }
}
