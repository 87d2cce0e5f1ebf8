//! What the actors do, as announced: who may wait for another, who uses what a judge forbids, and
//! who needs more operations than are enough.

use serde::{Deserialize, Serialize};

use super::panics::file_name;
use super::sighted;
use super::surveyed::survey;
use crate::race::Grade;
use crate::report::Unseen;
use crate::rt::op::Kind;
use crate::rt::spot::Spot;
use crate::rt::survey::Survey;
use crate::scenario::Scenario;
use crate::sight;

/// A line of the source, as a report shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// The file, without its folders.
    pub file: String,
    /// Its line in that file, from 1.
    pub line: u32,
    /// The text of that line.
    pub source: String,
}

/// An actor's operation that the judge objects to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// The name of the actor.
    pub actor: String,
    /// What it does there.
    pub kind: Kind,
    /// Where it does that.
    pub place: SourceLine,
}

/// An actor that does more than is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exceeds {
    /// The name of the actor.
    pub actor: String,
    /// So many operations, of the kinds that count.
    pub needs: u32,
    /// So many are enough.
    pub enough: u32,
    /// The rule, as the judge says it.
    pub rule: String,
}

/// One outcome of a judge's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The name of the outcome.
    pub id: String,
    /// How it is judged.
    pub grade: Grade,
    /// Why, in one line.
    pub reason: String,
    /// A right solution must still be able to end so.
    pub required: bool,
}

/// What the actors of a scenario do, over some of its executions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conduct {
    /// What of it the checkers do not see. Where that is in its text, nothing else was looked at.
    pub unseen: Vec<Unseen>,
    /// Every outcome that the judge knows.
    pub outcomes: Vec<Ending>,
    /// Actors that the judge wants never to wait for another.
    pub must_not_block: Vec<String>,
    /// An actor that must not wait, and may.
    pub blocks: Option<Objection>,
    /// An operation that the judge forbids, and is used.
    pub uses: Option<Objection>,
    /// An actor that needs more operations than are enough.
    pub exceeds: Option<Exceeds>,
    /// Whether the judge limits or forbids any operations.
    pub limited: bool,
    /// Where a pointer is read and may be followed: what lies behind it is plain memory.
    #[serde(default)]
    pub behind: Vec<SourceLine>,
    /// Whether it never runs on real threads.
    #[serde(default)]
    pub checkers_only: bool,
}

/// Looks at some executions of a scenario.
pub fn watch(scenario: &Scenario) -> Conduct {
    let mut unseen = sight::of(scenario);
    // What std's types do could hang it here.
    let look = || sighted::within(scenario, || survey(scenario));
    let survey = if unseen.is_empty() { look() } else { Survey::default() };
    unseen.extend(sighted::unseen(scenario, &survey, true));
    let outcome = |meaning: &crate::race::Meaning| Ending {
        id: meaning.id.to_string(),
        grade: meaning.grade,
        reason: meaning.reason.to_string(),
        required: meaning.required,
    };
    Conduct {
        unseen,
        outcomes: scenario.outcomes().iter().map(outcome).collect(),
        must_not_block: scenario
            .terms()
            .must_not_block
            .iter()
            .map(|name| name.to_string())
            .collect(),
        blocks: scenario.terms().must_not_block.iter().find_map(|actor| {
            let mut waits = Kind::ALL.iter().filter(|kind| kind.waits());
            let thread = thread(scenario, actor)?;
            waits.find_map(|kind| match kind {
                Kind::Yield => objects(scenario, thread, *kind, survey.waits_by_yields(thread)?),
                _ => objection(scenario, &survey, thread, *kind),
            })
        }),
        uses: scenario.terms().forbid.iter().find_map(|kind| {
            let actors = 1..=scenario.actors().len();
            actors.into_iter().find_map(|at| objection(scenario, &survey, at, *kind))
        }),
        exceeds: scenario.terms().at_most.iter().find_map(|limit| {
            let thread = thread(scenario, limit.actor)?;
            let most = |kind: &Kind| survey.kinds.get(&(thread, *kind)).map_or(0, |seen| seen.1);
            let needs = limit.kinds.iter().map(most).sum();
            (needs > limit.count).then(|| Exceeds {
                actor: limit.actor.to_string(),
                needs,
                enough: limit.count,
                rule: limit.rule.to_string(),
            })
        }),
        behind: survey.behind.iter().map(|at| place(scenario, at)).collect(),
        checkers_only: scenario.terms().checkers_only.is_some(),
        limited: !scenario.terms().forbid.is_empty() || !scenario.terms().at_most.is_empty(),
    }
}

fn thread(scenario: &Scenario, actor: &str) -> Option<usize> {
    let actors = scenario.actors();
    actors.iter().position(|name| *name == actor).map(|index| index + 1)
}

fn objection(scenario: &Scenario, survey: &Survey, thread: usize, kind: Kind) -> Option<Objection> {
    let (at, _) = *survey.kinds.get(&(thread, kind))?;
    objects(scenario, thread, kind, at)
}

fn objects(scenario: &Scenario, thread: usize, kind: Kind, at: Spot) -> Option<Objection> {
    let actor = scenario.actors().get(thread - 1)?.to_string();
    Some(Objection { actor, kind, place: place(scenario, &at) })
}

fn place(scenario: &Scenario, at: &Spot) -> SourceLine {
    let file = file_name(at.file()).to_string();
    let source = scenario.line(&file, at.line()).to_string();
    SourceLine { file, line: at.line(), source }
}
