//! A value is written twice and read twice by somebody who is counted: what was seen does not go back.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Lobby, Lock, Tuning};

/// A lock, and the lobby that it needs.
pub struct Memory {
    lock: Lock<u64>,
    lobby: Lobby,
}

racelab::fields!(Memory { lock: any_thread, lobby: any_thread });

outcomes! {
    SAME: Allowed required, "nobody wrote between the two";
    NEWER: Allowed required, "somebody wrote between the two";
    LOST: Forbidden, "what was written is not there, or went back";
}

pub const RACE: Race<Memory> = Race::new(
    || Memory {
        lock: Lock::new(1, 0),
        lobby: Lobby::new(Tuning { slots: 1, spins: 100, looks: 8 }),
    },
    &[
        actor("writer", |memory, _| {
            for _ in 0..2 {
                *memory.lock.write(&memory.lobby) += 1;
            }
        }),
        actor("reader", |memory, saw| {
            for _ in 0..2 {
                saw.note(*memory.lock.read(&memory.lobby));
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
    match (*memory.lock.look(&memory.lobby), saws[1].values()) {
        (2, [first, second]) if first == second => SAME,
        (2, [first, second]) if first < second => NEWER,
        _ => LOST,
    }
}
