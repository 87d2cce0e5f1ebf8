//! What a fix hangs on: each ordering one step weaker, each fence gone, each lock left out, one at
//! a time, and explored again.

mod diary;
mod table;

use std::cell::RefCell;
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};
use std::time::Duration;

use super::Budget;
use super::engine::{Engine, Program};
use super::panics::file_name;
use super::surveyed::survey;
use super::{search, sighted};
use crate::report::{End, Verdict};
use crate::rt::context;
use crate::rt::op::{Kind, Memory};
use crate::rt::survey::Survey;
use crate::rt::survey::Weakenable;
use crate::rt::weaken::{Change, Knob, Site};
use crate::scenario::Scenario;
pub(crate) use diary::Diary;
use diary::Tried;
pub use table::{Bound, Footnote, How, Need, Objection, TriedWeakening, Weakened, Weaker};

/// For one re-exploration of one engine.
const TIME: Duration = Duration::from_secs(5);

/// A race that judges a version, and the engines that can judge it.
type Judged<'a> = (&'a Scenario, &'a [&'static dyn Engine]);

/// The engines that decide: one that is not exact has nothing to add to one of its model that is.
fn deciding(engines: &[&'static dyn Engine]) -> Vec<&'static dyn Engine> {
    let model = |engine: &&'static dyn Engine| engine.models().iter().max().copied();
    let decided = |engine: &&'static dyn Engine| {
        engines.iter().any(|other| other.exact() && model(other) == model(engine))
    };
    engines.iter().filter(|engine| engine.exact() || !decided(engine)).copied().collect()
}

/// Weakens a version one place at a time. `engines` are those that can judge it.
pub fn weaken(scenario: &Scenario, engines: &[&'static dyn Engine], budget: &Budget) -> Weakened {
    resume(&[(scenario, engines)], budget, Diary::default())
}

/// As [`weaken`]; a part is needed if one of the `races`, which have one source, objects without it.
/// What `diary` knows is not tried again.
pub(crate) fn resume(races: &[Judged<'_>], budget: &Budget, diary: Diary) -> Weakened {
    let started = std::time::Instant::now();
    let engines: Vec<_> = races.iter().map(|(_, engines)| deciding(engines)).collect();
    let races = races.iter().zip(&engines);
    let races: Vec<Judged<'_>> = races.map(|(race, engines)| (race.0, &engines[..])).collect();
    let races = &races[..];
    let budget = Budget { time: budget.time.min(TIME), ..budget.clone() };
    let surveys: Vec<Survey> = races.iter().map(|(scenario, _)| survey(scenario)).collect();
    let mut table = Weakened {
        refused: None,
        rows: Vec::new(),
        together: Vec::new(),
        bound: None,
        footnotes: Vec::new(),
        seconds: 0.0,
    };
    for (survey, (_, engines)) in surveys.iter().zip(races) {
        let new = footnotes(survey, engines).into_iter();
        let new: Vec<Footnote> = new.filter(|note| !table.footnotes.contains(note)).collect();
        table.footnotes.extend(new);
    }
    let bounds: Vec<_> = races.iter().map(|race| baseline(race, &budget, &mut table)).collect();
    if table.refused.is_some() {
        table.seconds = started.elapsed().as_secs_f64();
        return table;
    }
    let engines = races.iter().flat_map(|(_, engines)| engines.iter());
    let bounded = engines.zip(bounds.iter().flatten()).filter_map(|(engine, bound)| {
        Some(Bound { engine: engine.name().to_string(), preemptions: (*bound)? })
    });
    table.bound = bounded.min_by_key(|bound| bound.preemptions);
    let trial = Trial { races, bounds, budget, diary: RefCell::new(diary) };
    let places = distinct(&surveys);
    for place in &places {
        trial.place(place, &mut table.rows);
    }
    for (outer, inner) in exchangeable(&surveys) {
        trial.exchange(&outer, &inner, &mut table.rows);
    }
    table.together = trial.together(&places);
    table.seconds = started.elapsed().as_secs_f64();
    table
}

/// The first weakening, in the order of the source, that the race objects to.
pub fn objection(
    scenario: &Scenario,
    engines: &[&'static dyn Engine],
    budget: &Budget,
) -> Option<TriedWeakening> {
    let engines = &deciding(engines)[..];
    let races = &[(scenario, engines)];
    let surveys = [survey(scenario)];
    let bounds = vec![vec![budget.preemptions; engines.len()]];
    let diary = RefCell::new(Diary::default());
    let trial = Trial { races, bounds, budget: budget.clone(), diary };
    let mut rows = Vec::new();
    for place in distinct(&surveys) {
        trial.place(&place, &mut rows);
        if let Some(needed) = rows.iter().position(|row| row.verdict == Need::Needed) {
            return Some(rows.swap_remove(needed));
        }
    }
    None
}

/// The unchanged version must pass. Returns for each engine the bound within which it does.
fn baseline(
    (scenario, engines): &Judged<'_>,
    budget: &Budget,
    table: &mut Weakened,
) -> Vec<Option<usize>> {
    let explore = |engine: &&'static dyn Engine| {
        let report = search::explore(scenario, *engine, budget);
        if report.verdict() != Verdict::Passed {
            table.refused = Some(report.in_short());
        }
        report.bounds.preemptions
    };
    engines.iter().map(explore).collect()
}

fn footnotes(survey: &Survey, engines: &[&'static dyn Engine]) -> Vec<Footnote> {
    let mut notes: Vec<Footnote> = Vec::new();
    for trap in engines.iter().flat_map(|engine| engine.traps(&Program(survey))) {
        // What is hidden from several engines is said once.
        let note = Footnote::Blind(trap.spot);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes.extend([Footnote::OfThisScenario, Footnote::OneAtATime]);
    let limits = engines.iter().filter_map(|engine| engine.weakening_limit());
    notes.extend(limits.map(|limit| Footnote::Engine(limit.to_string())));
    notes
}

struct Trial<'a> {
    races: &'a [Judged<'a>],
    /// Of each race, for each of its engines, the most preemptions.
    bounds: Vec<Vec<Option<usize>>>,
    budget: Budget,
    diary: RefCell<Diary>,
}

impl Trial<'_> {
    /// Explores with these changes, until one engine objects.
    fn run(&self, changes: &[(Site, Change)]) -> Tried {
        let version = format!("{changes:?}");
        let mut diary = self.diary.borrow_mut();
        if let Some(found) = diary.find(&version) {
            return found;
        }
        let mut found =
            Tried { need: Need::NotNeeded, under: None, objection: None, executions: 0 };
        for (race, engine, preemptions) in self.explorations() {
            diary.trying(&version, engine.facts());
            let budget = Budget { preemptions, ..self.budget.clone() };
            // The strictest of several models is told by all of the executions.
            let first = engine.models().len() < 2;
            let report = context::within(
                |settings| settings.changes = changes.to_vec(),
                || {
                    let scenario = self.races[race].0;
                    sighted::within(scenario, || engine.explore(scenario, &budget, first))
                },
            );
            found.executions += report.executions;
            let mut reports = report.clone().by_model().into_iter();
            let strictest = reports.find(|report| report.failure.is_some());
            if let Some(failure) = strictest.as_ref().and_then(|report| report.failure.as_ref()) {
                found.need = Need::Needed;
                found.under = strictest.as_ref().and_then(|report| report.engine.model());
                found.objection = Some(Objection::Fails {
                    kind: failure.kind,
                    why: failure.why.clone(),
                    engine: strictest.as_ref().map_or(engine.facts(), |r| r.engine.clone()),
                    twice: race > 0,
                });
                break;
            }
            if report.end != End::Complete {
                found.need = Need::Unknown;
                found.objection = Some(Objection::Open(report.in_short()));
            }
        }
        diary.known.push((version, found.clone()));
        found
    }

    /// Each race by its number, with each of its engines and its bound.
    fn explorations(&self) -> impl Iterator<Item = (usize, &'static dyn Engine, Option<usize>)> {
        let races = self.races.iter().zip(&self.bounds).enumerate();
        races.flat_map(|(race, ((_, engines), bounds))| {
            engines.iter().zip(bounds).map(move |(&engine, &bound)| (race, engine, bound))
        })
    }

    /// Every weaker step of one place, each one further only where the one before is not needed.
    fn place(&self, place: &Weakenable, rows: &mut Vec<TriedWeakening>) {
        let mut left: Vec<Change> = weaker(place, None);
        let mut tried: Vec<Change> = Vec::new();
        while !left.is_empty() {
            let change = left.remove(0);
            if tried.contains(&change) {
                continue;
            }
            tried.push(change);
            let found = self.run(&[(place.site, change)]);
            if found.need == Need::NotNeeded {
                left.extend(weaker(place, Some(change)));
            }
            rows.push(row(weakened(place, change), found));
        }
    }

    /// Two lock places exchanged for each other.
    fn exchange(&self, outer: &Weakenable, inner: &Weakenable, rows: &mut Vec<TriedWeakening>) {
        let changes = [
            (outer.site, Change::Instead(inner.object)),
            (inner.site, Change::Instead(outer.object)),
        ];
        let found = self.run(&changes);
        rows.push(row(at(outer, How::Exchanged(inner.site.line)), found));
    }

    /// Keeps each weakening that still passes together with those kept before.
    fn together(&self, places: &[Weakenable]) -> Vec<Weaker> {
        let mut kept: Vec<(Site, Change)> = Vec::new();
        let mut lines = Vec::new();
        for place in places {
            let mut now = None;
            'down: loop {
                for change in weaker(place, now) {
                    let mut all = kept.clone();
                    all.retain(|other| other.0 != place.site);
                    all.push((place.site, change));
                    if self.run(&all).need == Need::NotNeeded {
                        kept = all;
                        now = Some(change);
                        continue 'down;
                    }
                }
                break;
            }
            lines.extend(now.map(|change| weakened(place, change)));
        }
        lines
    }
}

fn row(what: Weaker, found: Tried) -> TriedWeakening {
    let Tried { need, under, objection, executions } = found;
    TriedWeakening { what, verdict: need, under, objection, executions }
}

fn weakened(place: &Weakenable, change: Change) -> Weaker {
    let how = match (place.order, change) {
        (Some(order), Change::To(weaker)) => {
            How::Ordering { from: format!("{order:?}"), to: format!("{weaker:?}") }
        }
        _ => How::LeftOut,
    };
    at(place, how)
}

fn at(place: &Weakenable, how: How) -> Weaker {
    Weaker {
        file: file_name(place.site.file).to_string(),
        line: place.site.line,
        operation: place.operation.to_string(),
        failing: place.site.knob == Knob::Failure,
        how,
    }
}

/// The next weaker changes of a place, after `now`.
fn weaker(place: &Weakenable, now: Option<Change>) -> Vec<Change> {
    let order = match now {
        None => place.order,
        Some(Change::To(order)) => Some(order),
        Some(Change::Gone | Change::Instead(_)) => return Vec::new(),
    };
    let knob = place.site.knob;
    let Some(order) = order.filter(|_| knob != Knob::Lock) else { return vec![Change::Gone] };
    let least = if knob == Knob::Fence { Change::Gone } else { Change::To(Relaxed) };
    let to = |orders: &[Ordering]| orders.iter().map(|order| Change::To(*order)).collect();
    let reads = if knob == Knob::Failure { Memory::Reads } else { place.kind.memory() };
    match (order, reads) {
        (SeqCst, Memory::Reads) => to(&[Acquire]),
        (SeqCst, Memory::Writes) => to(&[Release]),
        (SeqCst, Memory::Updates | Memory::Untouched) => to(&[AcqRel]),
        (AcqRel, _) => to(&[Acquire, Release]),
        (Acquire | Release, _) => vec![least],
        _ => Vec::new(),
    }
}

/// Each place once, in the order of the source.
fn distinct(surveys: &[Survey]) -> Vec<Weakenable> {
    let mut places: Vec<Weakenable> = Vec::new();
    for place in surveys.iter().flat_map(|survey| &survey.places) {
        if !places.iter().any(|known| known.site == place.site) {
            places.push(place.clone());
        }
    }
    places.sort_by_key(|place| {
        (place.site.file, place.site.line, place.site.column, place.site.knob)
    });
    places
}

/// Nested lock places, each of which always takes the same lock. The locks of one source are made
/// in one order, whichever race it is.
fn exchangeable(surveys: &[Survey]) -> Vec<(Weakenable, Weakenable)> {
    let mut pairs: Vec<(Weakenable, Weakenable)> = Vec::new();
    let single = |place: &Weakenable| {
        let all = surveys.iter().flat_map(|survey| &survey.places);
        let mut at = all.filter(|other| other.site == place.site);
        at.all(|other| other.object == place.object) && place.kind == Kind::Lock
    };
    for (outer, inner) in surveys.iter().flat_map(|survey| &survey.nested) {
        let known = pairs.iter().any(|(a, b)| a.site == outer.site && b.site == inner.site);
        if single(outer) && single(inner) && outer.object != inner.object && !known {
            pairs.push((outer.clone(), inner.clone()));
        }
    }
    pairs
}
