//! How a solution is marked: what a pack says of a wrong answer, held against what was found.

use super::found::Found;
use racelab::report::Kind;

/// How a solution of an exercise is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is right.
    Solved,
    /// One thread alone gets this case wrong, or this assertion on the bytes does not hold.
    FailsCase(String),
    /// This outcome comes up, and it is forbidden.
    Reaches(String),
    /// This outcome never comes up, and a right solution must be able to end so.
    NeverReaches(String),
    /// This actor may wait for another, and must not.
    Blocks(String),
    /// An actor uses an operation that the judge forbids.
    Uses,
    /// This actor needs more operations than are enough.
    Exceeds(String),
    /// An engine finds a failure of this kind.
    Fails(Kind),
}

impl Mark {
    /// As it is said of a solution: `reaches TORN_READING`.
    pub fn words(&self) -> String {
        match self {
            Mark::Solved => "is right".to_string(),
            Mark::FailsCase(case) => format!("fails the case '{case}'"),
            Mark::Reaches(outcome) => format!("reaches {outcome}"),
            Mark::NeverReaches(outcome) => format!("never reaches {outcome}"),
            Mark::Blocks(actor) => format!("lets {actor} wait"),
            Mark::Uses => "uses what the judge forbids".to_string(),
            Mark::Exceeds(actor) => format!("lets {actor} do too many operations"),
            Mark::Fails(kind) => format!("fails with a {}", kind.words()),
        }
    }

    /// Whether what was found bears the mark out; else what was found instead.
    ///
    /// # Errors
    /// What was found instead.
    pub fn holds(&self, found: &Found) -> Result<(), String> {
        let alone = found.alone.ran.iter().filter(|ran| ran.failed.is_some());
        let cases: Vec<&str> = alone.map(|ran| ran.name.as_str()).collect();
        let conduct = found.conduct.as_ref().and_then(|conduct| conduct.as_ref().ok());
        let blocks = conduct.and_then(|conduct| conduct.blocks.as_ref());
        let uses = conduct.and_then(|conduct| conduct.uses.as_ref());
        let exceeds = conduct.and_then(|conduct| conduct.exceeds.as_ref());
        let missing = found.missing();
        let unseen = found.unseen().iter();
        let holds = match self {
            Mark::Solved => found.solved(),
            Mark::FailsCase(case) => cases.contains(&case.as_str()),
            Mark::Reaches(outcome) => found.count(outcome) > 0,
            Mark::NeverReaches(outcome) => missing.iter().any(|row| row.id == *outcome),
            Mark::Blocks(actor) => blocks.is_some_and(|found| found.actor == *actor),
            Mark::Uses => uses.is_some(),
            Mark::Exceeds(actor) => exceeds.is_some_and(|found| found.1 == *actor),
            Mark::Fails(kind) => {
                let kinds = found.reports.iter().filter_map(|report| report.failure.as_ref());
                kinds.map(|failure| failure.kind).any(|found| found == *kind)
            }
        };
        if holds {
            return Ok(());
        }
        let mut instead: Vec<String> = Vec::new();
        instead.extend(unseen.map(racelab::words::sight::said));
        instead.extend(cases.iter().map(|case| format!("fails the case '{case}'")));
        instead.extend(found.alone.died.iter().map(|(case, kind, why)| {
            format!("ends in a {} in the case '{case}' ({why})", kind.words())
        }));
        instead.extend(missing.iter().map(|row| format!("never reaches {}", row.id)));
        instead.extend(blocks.map(|found| format!("{} {}", found.actor, found.kind.does())));
        instead.extend(uses.map(|found| format!("{} {}", found.actor, found.kind.does())));
        instead.extend(exceeds.map(|(_, who, needs, _)| format!("{who} needs {needs} operations")));
        instead.extend(found.reports.iter().map(|report| {
            format!("{:?}: {}", report.engine, racelab::words::verdict::line(report))
        }));
        Err(instead.join("; "))
    }
}
