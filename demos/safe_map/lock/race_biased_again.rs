//! A look makes the lock biased; one of two readers writes while the other looks once more.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Lobby, Lock, Tuning};

/// A lock, and the lobby that it needs.
pub struct Memory {
    lock: Lock<u64>,
    lobby: Lobby,
}

racelab::fields!(Memory { lock: any_thread, lobby: any_thread });

outcomes! {
    BEFORE: Allowed required, "the looker came first, both times";
    BETWEEN: Allowed required, "the writer wrote between the looks";
    AFTER: Allowed required, "the writer came first";
    LOST: Forbidden, "what was written is not there, or went back";
}

pub const RACE: Race<Memory> = Race::new(
    || Memory {
        lock: Lock::new(1, 0),
        lobby: Lobby::new(Tuning { slots: 1, spins: 100, looks: 0 }),
    },
    &[
        actor("writer", |memory, saw| {
            saw.note(*memory.lock.look(&memory.lobby));
            *memory.lock.write(&memory.lobby) += 1;
        }),
        actor("looker", |memory, saw| {
            saw.note(*memory.lock.look(&memory.lobby));
            saw.note(*memory.lock.look(&memory.lobby));
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    match (*memory.lock.look(&memory.lobby), saws[0].values(), saws[1].values()) {
        (1, [0], [0, 0]) => BEFORE,
        (1, [0], [0, 1]) => BETWEEN,
        (1, [0], [1, 1]) => AFTER,
        _ => LOST,
    }
}
