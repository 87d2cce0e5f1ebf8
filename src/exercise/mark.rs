//! How a solution is marked: what a pack says of a wrong answer, held against what was found.

use super::against::amounts;
use super::found::Found;
use racelab::against::{Amounts, Tested};
use racelab::explore::conduct::{Exceeds, Objection};
use racelab::report::Unseen;
use racelab::report::{Death, Kind, Report};

/// How a solution of an exercise is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is right.
    Solved,
    /// One thread alone gets this case wrong, does not come to its end in it, or this assertion on
    /// the bytes does not hold.
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
    /// An engine finds a failure of this kind, or one thread alone ends so in a case.
    Fails(Kind),
    /// The judge passes it, and a scenario that the specification generates does not.
    FailsSpecification,
}

/// What was found of a solution instead of what its mark says.
#[derive(Clone, Debug, PartialEq)]
pub enum Instead {
    /// The checkers do not see this.
    Unseen(Unseen),
    /// The case of this name does not hold.
    FailsCase(String),
    /// The process died in the case of this name.
    Died(String, Kind, Death),
    /// A required outcome of this name never came up.
    NeverReaches(String),
    /// An actor does what it must not.
    Does(Objection),
    /// An actor does more than is enough.
    Exceeds(Exceeds),
    /// What the scenarios came to that the specification generates.
    Specified(Box<Tested>),
    /// What an engine says, without outcomes.
    Says(Box<Report>),
    /// What an engine says where this failure, or none, is declared.
    Differs(Box<Report>, Option<Kind>),
}

impl Mark {
    /// Whether what was found bears the mark out; else what was found instead.
    ///
    /// # Errors
    /// What was found instead.
    pub fn holds(&self, found: &Found) -> Result<(), Vec<Instead>> {
        let alone = found.alone.ran.iter().filter(|ran| ran.failed.is_some());
        let cases: Vec<&str> = alone.map(|ran| ran.name.as_str()).collect();
        let conduct = found.conduct.as_ref().and_then(|conduct| conduct.as_ref().ok());
        let blocks = conduct.and_then(|conduct| conduct.blocks.as_ref());
        let uses = conduct.and_then(|conduct| conduct.uses.as_ref());
        let exceeds = conduct.and_then(|conduct| conduct.exceeds.as_ref());
        let missing = found.missing();
        let holds = match self {
            Mark::Solved => found.solved(),
            Mark::FailsCase(case) => {
                let died = found.alone.died.as_ref().map(|(died, ..)| died);
                cases.contains(&case.as_str()) || died == Some(case)
            }
            Mark::Reaches(outcome) => found.count(outcome) > 0,
            Mark::NeverReaches(outcome) => missing.iter().any(|row| row.id == *outcome),
            Mark::Blocks(actor) => blocks.is_some_and(|found| found.actor == *actor),
            Mark::Uses => uses.is_some(),
            Mark::Exceeds(actor) => exceeds.is_some_and(|found| found.actor == *actor),
            Mark::FailsSpecification => {
                found.specified.as_ref().is_some_and(|all| amounts(all) == Amounts::Failed)
            }
            Mark::Fails(kind) => {
                let stands = |report: &&Report| {
                    report.second.as_ref().is_none_or(|second| !second.overruled)
                };
                let reports = found.reports.iter().filter(stands);
                let kinds = reports.filter_map(|report| report.failure.as_ref());
                let alone = found.alone.died.as_ref().map(|(_, kind, _)| *kind);
                let looked = found.conduct.as_ref().and_then(|conduct| conduct.as_ref().err());
                let died = alone.into_iter().chain(looked.map(|(kind, _)| *kind));
                let kinds = kinds.map(|failure| failure.kind).chain(died);
                kinds.into_iter().any(|found| found == *kind)
            }
        };
        if holds {
            return Ok(());
        }
        let mut instead: Vec<Instead> = Vec::new();
        instead.extend(found.unseen().iter().cloned().map(Instead::Unseen));
        instead.extend(cases.iter().map(|case| Instead::FailsCase(case.to_string())));
        let died = found.alone.died.clone();
        instead.extend(died.map(|(case, kind, how)| Instead::Died(case, kind, how)));
        instead.extend(missing.iter().map(|row| Instead::NeverReaches(row.id.clone())));
        instead.extend(blocks.into_iter().chain(uses).cloned().map(Instead::Does));
        instead.extend(exceeds.cloned().map(Instead::Exceeds));
        let specified = found.specified.iter().flatten().flatten();
        instead.extend(specified.map(|tested| Instead::Specified(Box::new(tested.clone()))));
        instead.extend(found.reports.iter().map(|report| Instead::Says(report.in_short())));
        Err(instead)
    }
}
