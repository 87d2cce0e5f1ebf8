//! A slot moves key by key: it is marked first, and a key that is missing here has moved.

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
    state: State,
}

/// What a node does with a command.
enum State {
    /// The slot is here: it executes.
    Stable,
    /// Keys are leaving: it executes on those that are here, and redirects for others.
    Migrating,
    /// Keys are coming: it redirects, except after ASKING.
    Importing,
}

/// Each node sent the client to the other.
pub struct GaveUp;

racelab::fields!(Cluster { source: migrator | client, target: migrator | client });
racelab::fields!(Node { slot: migrator | client });

impl Cluster {
    /// The source has both keys. The target waits for them, and sends clients to the source.
    pub fn new(values: [u64; 2]) -> Cluster {
        let node = |values, state| Node { slot: Mutex::new(Slot { values, state }) };
        let source = node(values.map(Some), State::Stable);
        Cluster { source, target: node([None; 2], State::Importing) }
    }

    /// Moves the slot. A key that has moved is not there to be moved again.
    pub fn migrate(&self) {
        self.source.slot.lock().unwrap().state = State::Migrating;
        for key in 0..2 {
            let mut source = self.source.slot.lock().unwrap();
            if let Some(value) = source.values[key].take() {
                self.target.slot.lock().unwrap().values[key] = Some(value);
            }
        }
    }

    /// Sets a key. `Ok` is the acknowledgement.
    pub fn set(&self, key: usize, value: u64) -> Result<(), GaveUp> {
        self.route(key)?.values[key] = Some(value);
        Ok(())
    }

    /// The value of a key, where there is one.
    pub fn get(&self, key: usize) -> Result<Option<u64>, GaveUp> {
        Ok(self.route(key)?.values[key])
    }

    /// Asks the source. If it redirects: the target, which takes one command after ASKING.
    fn route(&self, key: usize) -> Result<MutexGuard<'_, Slot>, GaveUp> {
        self.source.serve(key, false).or_else(|| self.target.serve(key, true)).ok_or(GaveUp)
    }
}

impl Node {
    /// The slot, if commands on this key are executed here: from this check to the end of the
    /// command the lock is held.
    fn serve(&self, key: usize, asking: bool) -> Option<MutexGuard<'_, Slot>> {
        let slot = self.slot.lock().unwrap();
        let here = match slot.state {
            State::Stable => true,
            State::Migrating => slot.values[key].is_some(),
            State::Importing => asking,
        };
        here.then_some(slot)
    }
}
