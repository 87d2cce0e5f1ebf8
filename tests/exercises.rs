//! Every exercise: its start fails as named, its answer passes, every wrong solution fails as
//! named, and every unusual right one passes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use racelab::Scenario;
use racelab::demo::{Expect, Mark, Solution};
use racelab::explore::{Budget, search};
use racelab::report::{Engine, Report, Verdict};

macro_rules! exercises {
    ($($demo:ident = $path:literal;)+) => {
        $(#[path = $path] #[allow(missing_docs, unreachable_pub)] mod $demo;)+
        /// Every exercise with its solutions.
        const ALL: &[(&str, &[Solution])] = &[$((stringify!($demo), $demo::SOLUTIONS)),+];
    };
}
exercises! {
    torn_header = "../demos/torn_header/solutions.rs";
    early_publish = "../demos/early_publish/solutions.rs";
    first_store = "../demos/first_store/solutions.rs";
    shared_mutation = "../demos/shared_mutation/solutions.rs";
    dangling_header = "../demos/dangling_header/solutions.rs";
    lost_update = "../demos/lost_update/solutions.rs";
    partial_insert = "../demos/partial_insert/solutions.rs";
    ghost_read = "../demos/ghost_read/solutions.rs";
    claimed_slot = "../demos/claimed_slot/solutions.rs";
    lost_node = "../demos/lost_node/solutions.rs";
    write_flag = "../demos/write_flag/solutions.rs";
    migration_window = "../demos/migration_window/solutions.rs";
    torn_scan = "../demos/torn_scan/solutions.rs";
    slot_migration = "../demos/slot_migration/solutions.rs";
    false_sharing = "../demos/false_sharing/solutions.rs";
    wide_store = "../demos/wide_store/solutions.rs";
    split_word = "../demos/split_word/solutions.rs";
    wrong_indirection = "../demos/wrong_indirection/solutions.rs";
    reader_contention = "../demos/reader_contention/solutions.rs";
    copy_on_write = "../demos/copy_on_write/solutions.rs";
    duplicate_work = "../demos/duplicate_work/solutions.rs";
    poisoned_section = "../demos/poisoned_section/solutions.rs";
    held_reference = "../demos/held_reference/solutions.rs";
}

fn reports(scenario: &Scenario) -> [Report; 2] {
    [Engine::Reduced, Engine::Loom]
        .map(|engine| search::explore(scenario, engine, &Budget::default()))
}

fn as_declared(report: &Report, expect: Expect) -> bool {
    match expect {
        Expect::Passes => report.verdict() == Verdict::Passed,
        Expect::Fails(kind) => report.failure.as_ref().is_some_and(|found| found.kind == kind),
        Expect::Skipped(_) => true,
    }
}

/// What one thread alone gets wrong, if anything.
fn failed_case(scenario: &Scenario) -> Option<&'static str> {
    let cases = (scenario.cases)();
    cases.into_iter().find(|(_, run)| catch_unwind(AssertUnwindSafe(run)).is_err()).map(|c| c.0)
}

fn marked(solution: &Solution) -> Result<(), String> {
    let scenario = solution.scenario;
    let case = failed_case(scenario);
    let found = reports(scenario);
    let verdicts = [solution.verdicts.interleavings, solution.verdicts.loom];
    for (report, expect) in found.iter().zip(verdicts) {
        if !as_declared(report, expect) {
            return Err(format!(
                "expected {expect:?}, found {}",
                racelab::render::report::text(report, &racelab::render::Page::default())
            ));
        }
    }
    let count = |id: &str| {
        let rows = found.iter().flat_map(|report| &report.outcomes);
        rows.filter(|row| row.id == id).map(|row| row.count).sum::<u64>()
    };
    let required = scenario.outcomes.iter().filter(|meaning| meaning.required);
    let missing: Vec<_> = required.filter(|meaning| count(meaning.id) == 0).collect();
    let failing = found.iter().find_map(|report| report.failure.as_ref());
    match solution.mark {
        Mark::Solved => {
            let blocks = search::blocking_actor(scenario);
            if case.is_some() || !missing.is_empty() || failing.is_some() || blocks.is_some() {
                return Err(format!("not solved: {case:?} {missing:?} {failing:?} {blocks:?}"));
            }
        }
        Mark::FailsCase(name) if case != Some(name) => return Err(format!("case {case:?}")),
        Mark::Reaches(id) if count(id) == 0 => return Err(format!("never reaches {id}")),
        Mark::NeverReaches(id) if !missing.iter().any(|meaning| meaning.id == id) => {
            return Err(format!("{id} is not missing: {missing:?}"));
        }
        Mark::Blocks(actor) if search::blocking_actor(scenario).as_deref() != Some(actor) => {
            return Err(format!("{actor} never waits"));
        }
        Mark::Fails(kind) if failing.is_none_or(|failure| failure.kind != kind) => {
            return Err(format!("no {}: {failing:?}", kind.words()));
        }
        _ => {}
    }
    Ok(())
}

#[test]
fn every_solution_is_marked_as_declared() {
    let mut wrong = Vec::new();
    for (demo, solutions) in ALL {
        for solution in *solutions {
            if let Err(why) = marked(solution) {
                wrong.push(format!("{demo}/{}: {why}", solution.scenario.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_exercise_starts_wrong_and_has_wrong_and_unusual_solutions() {
    for (demo, solutions) in ALL {
        assert_ne!(solutions[0].mark, Mark::Solved, "{demo} starts solved");
        assert_eq!(solutions[1].mark, Mark::Solved, "{demo} has no answer");
        let wrong = solutions[2..].iter().filter(|solution| solution.mark != Mark::Solved);
        assert!(wrong.count() >= 3, "{demo} needs three plausible wrong solutions");
        let right = solutions[2..].iter().filter(|solution| solution.mark == Mark::Solved);
        assert!(right.count() >= 1, "{demo} needs an unusual right solution");
        let start = solutions[0].scenario.sources[0].text;
        assert_eq!(start.matches("TODO").count(), 1, "{demo} says once what is to be done");
    }
}
