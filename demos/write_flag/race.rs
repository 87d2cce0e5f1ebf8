//! Two writers insert a key each, and the flag may tell one of the other.

use racelab::{Detector, Outcome, Race, Saw, Speaks, actor, outcomes};

use super::source::{Header, Noticed};

outcomes! {
    ALL_COUNTED: Allowed required, "every key was counted, and nobody noticed anything";
    NOTICED: Interesting, "nothing was lost, and a writer noticed the other: Go ends the process";
    NOTICED_LATE: Interesting, "a key was not counted, and a writer noticed the other";
    UNNOTICED: Forbidden, "a key was not counted, and nobody noticed anything";
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
.detectors(&[
    Detector {
        name: "luck",
        about: "the count is wrong in the end, and somebody looks",
        speaks: Speaks::In(&[NOTICED_LATE, UNNOTICED]),
    },
    Detector {
        name: "flag",
        about: "a writer finds that another is writing, or has been",
        speaks: Speaks::In(&[NOTICED, NOTICED_LATE]),
    },
    Detector {
        name: "race clocks",
        about: "nothing orders two accesses to the count, whatever came of it (version plain)",
        speaks: Speaks::FailuresOf("plain"),
    },
]);

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
