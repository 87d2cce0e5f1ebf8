//! Two writers insert two keys each, and the flag may tell one of the other.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Header, Noticed};

outcomes! {
    ALL_COUNTED: Allowed required, "every key was counted, and nobody noticed anything";
    NOTICED: Interesting, "what was written was counted; a writer noticed the other: Go ends here";
    NOTICED_LATE: Interesting, "a key was not counted, and a writer noticed the other";
    UNNOTICED: Forbidden, "a key was not counted, and nobody noticed anything";
}

pub const RACE: Race<Header> = Race::new(
    Header::new,
    &[actor("writer", insert_two), actor("other", insert_two)],
    outcome,
    OUTCOMES,
);

fn insert_two(header: &Header, saw: &mut Saw) {
    saw.note(header.insert() as u64);
    saw.note(header.insert() as u64);
}

fn outcome(header: &Header, saws: &[Saw]) -> Outcome {
    let all = || saws.iter().flat_map(|saw| saw.values());
    let was = |noticed: Noticed| all().filter(|&&seen| seen == noticed as u64).count() as u64;
    let written = was(Noticed::Nothing) + was(Noticed::After);
    match (header.count() == written, was(Noticed::Nothing) == 4) {
        (true, true) => ALL_COUNTED,
        (true, false) => NOTICED,
        (false, false) => NOTICED_LATE,
        (false, true) => UNNOTICED,
    }
}
