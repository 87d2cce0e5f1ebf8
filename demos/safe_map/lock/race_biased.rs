//! A look makes the lock biased; a third thread comes in by a slot at once.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Lobby, Lock, Tuning};

/// A lock, and the lobby that it needs.
pub struct Memory {
    lock: Lock<u64>,
    lobby: Lobby,
}

racelab::fields!(Memory { lock: any_thread, lobby: any_thread });

outcomes! {
    BEFORE: Allowed required, "the late one came before the write";
    AFTER: Allowed required, "the late one came after the write";
    LOST: Forbidden, "what was written is not there";
}

pub const RACE: Race<Memory> = Race::new(
    || Memory {
        lock: Lock::new(1, 0),
        lobby: Lobby::new(Tuning { slots: 1, spins: 100, looks: 0 }),
    },
    &[
        actor("writer", |memory, _| *memory.lock.write(&memory.lobby) += 1),
        actor("looker", |memory, saw| saw.note(*memory.lock.look(&memory.lobby))),
        actor("late", |memory, saw| saw.note(*memory.lock.look(&memory.lobby))),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    match (*memory.lock.look(&memory.lobby), saws[1].get(0), saws[2].get(0)) {
        (1, Some(0 | 1), Some(0)) => BEFORE,
        (1, Some(0 | 1), Some(1)) => AFTER,
        _ => LOST,
    }
}
