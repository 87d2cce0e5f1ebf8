//! Every race of every version, explored once by each engine for all tests together.

use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use racelab::Scenario;
use racelab::explore::{Budget, Engine, GRAPHS, LOOM, REDUCED, search};
use racelab::report::Report;
use racelab_demos::course::{Demo, Expect, Turn, Verdicts, Version};

use crate::begun::template;

/// Every demo, and the one that a new one begins as.
pub(crate) fn demos() -> impl Iterator<Item = &'static Demo> {
    racelab_demos::every().chain([&template::DEMO])
}

/// Every version.
pub(crate) fn versions() -> impl Iterator<Item = (&'static Demo, &'static Version)> {
    demos().flat_map(|demo| demo.versions.iter().map(move |version| (demo, version)))
}

/// One race of a version, and what was found of it.
pub(crate) struct Explored {
    pub(crate) demo: &'static Demo,
    pub(crate) version: &'static Version,
    pub(crate) turn: Turn,
    pub(crate) scenario: &'static Scenario,
    pub(crate) verdicts: Verdicts,
    /// Of the reduced search and of loom, but where one cannot judge it: what it takes for an
    /// execution may be none, and end in memory that has been given back.
    pub(crate) reports: Vec<Report>,
    /// Of the engine of graphs.
    pub(crate) graphs: Report,
}

impl Explored {
    fn new(demo: &'static Demo, version: &'static Version, turn: Turn) -> Option<Explored> {
        let (scenario, verdicts) = version.race(turn)?;
        let judges = |engine: &&'static dyn Engine| {
            !matches!(verdicts.of(&engine.facts()), Some(Expect::Skipped(_)))
        };
        let engines = [REDUCED, LOOM].into_iter().filter(judges);
        let explore = |engine| search::explore(scenario, engine, &Budget::default());
        // Where it is to come to an end, a busy machine has time for it.
        let judged = !matches!(verdicts.c11, Expect::Skipped(_));
        let time = Duration::from_secs(if judged { 120 } else { 5 });
        let patient = Budget { time, ..Budget::default() };
        Some(Explored {
            demo,
            version,
            turn,
            scenario,
            verdicts,
            reports: engines.map(explore).collect(),
            graphs: search::explore(scenario, GRAPHS, &patient),
        })
    }

    /// What this engine found.
    pub(crate) fn of(&self, engine: &dyn Engine) -> Option<&Report> {
        self.reports.iter().find(|report| report.engine.name == engine.name())
    }

    /// As it is called in a complaint.
    pub(crate) fn name(&self) -> String {
        name(self.demo, self.version)
    }
}

pub(crate) fn name(demo: &Demo, version: &Version) -> String {
    format!("{} {}", demo.name, version.name())
}

/// Every race, on two threads.
pub(crate) fn explored() -> &'static [Explored] {
    static EXPLORED: LazyLock<Vec<Explored>> = LazyLock::new(|| {
        let turns = versions().flat_map(|(demo, version)| {
            [Turn::First, Turn::Again].map(|turn| (demo, version, turn))
        });
        let all = on_two_threads(turns, |(demo, version, turn)| Explored::new(demo, version, turn));
        all.into_iter().flatten().collect()
    });
    &EXPLORED
}

/// The races of this turn.
pub(crate) fn races(turn: Turn) -> impl Iterator<Item = &'static Explored> {
    explored().iter().filter(move |explored| explored.turn == turn)
}

/// What `of` makes of each, in their order.
pub(crate) fn on_two_threads<A, B: Send>(
    all: impl Iterator<Item = A> + Send,
    of: impl Fn(A) -> B + Sync,
) -> Vec<B> {
    let left = Mutex::new(all.enumerate());
    let work = || -> Vec<(usize, B)> {
        // The lock is given back before the work.
        let next = || left.lock().ok().and_then(|mut left| left.next());
        std::iter::from_fn(next).map(|(at, one)| (at, of(one))).collect()
    };
    let mut done = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut mine = work();
        mine.extend(other.join().expect("nothing panics"));
        mine
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, one)| one).collect()
}
