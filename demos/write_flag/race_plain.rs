//! Two writers insert a key each, and a checker watches the memory that they share.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Header, Noticed};

outcomes! {
    ALL_COUNTED: Allowed required, "every key was counted, and nobody noticed anything";
    NOTICED: Interesting, "nothing was lost, and a writer noticed the other: Go ends the process";
    NOTICED_LATE: Interesting, "a key was not counted, and a writer noticed the other";
    UNNOTICED: Interesting, "a key was not counted, and nobody noticed anything but the clocks";
}

pub const RACE: Race<Header> = Race::new(
    Header::new,
    &[
        actor("writer", |header, saw| saw.note(header.insert() as u64)),
        actor("other", |header, saw| saw.note(header.insert() as u64)),
    ],
    outcome,
    OUTCOMES,
)
.checkers_only("real threads would perform the data race that it shows");

fn outcome(header: &Header, saws: &[Saw]) -> Outcome {
    let was = |noticed: Noticed| {
        saws.iter().filter(|saw| saw.get(0) == Some(noticed as u64)).count() as u64
    };
    let written = was(Noticed::Nothing) + was(Noticed::After);
    match (header.len() == written, was(Noticed::Nothing) == 2) {
        (true, true) => ALL_COUNTED,
        (true, false) => NOTICED,
        (false, false) => NOTICED_LATE,
        (false, true) => UNNOTICED,
    }
}
