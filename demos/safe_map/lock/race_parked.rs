//! Two writers that have no patience: who finds the lock shut parks.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Lobby, Lock, Tuning};

/// A lock, and the lobby that it needs.
pub struct Memory {
    lock: Lock<u64>,
    lobby: Lobby,
}

racelab::fields!(Memory { lock: any_thread, lobby: any_thread });

outcomes! {
    BEFORE: Allowed required, "the reader came first";
    AFTER: Allowed required, "the writer came first";
    LOST: Forbidden, "what was written is not there";
}

pub const RACE: Race<Memory> = Race::new(
    || Memory { lock: Lock::new(1, 0), lobby: Lobby::new(Tuning { slots: 1, spins: 0, looks: 8 }) },
    &[
        actor("writer", |memory, _| *memory.lock.write(&memory.lobby) += 1),
        actor("other", |memory, saw| {
            let mut value = memory.lock.write(&memory.lobby);
            saw.note(*value);
            *value += 1;
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    match (*memory.lock.look(&memory.lobby), saws[1].get(0)) {
        (2, Some(0)) => BEFORE,
        (2, Some(1)) => AFTER,
        _ => LOST,
    }
}
