//! The engine of graphs beside the reduced search and loom, over every version of the course and
//! the syllabus of tests, in one run. Figures, not a test.
//!
//! `cargo bench --bench graphs` prints tables in Markdown. Executions and times are those of the
//! first look, by the engines' own clocks; `-- torn-header` takes only what has this in its name.

#[path = "../lab/syllabus/mod.rs"]
#[allow(dead_code, unused_imports)]
mod syllabus;

use std::process::Command;
use std::time::Duration;

use racelab::Scenario;
use racelab::explore::{Budget, Engine, GRAPHS, LOOM, REDUCED, search};
use racelab::report::{End, Note, Report};
use racelab_demos::course::Turn;

racelab::scenario!(
    mod additions {
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            word: AtomicU64,
        }
        racelab::fields!(Memory { word: nobody });
        outcomes! { ENDED: Allowed, "every thread ended"; }
        fn add(memory: &Memory, _: &mut Saw) {
            for _ in 0..4 {
                memory.word.fetch_add(1, Relaxed);
            }
        }
        fn outcome(_: &Memory, _: &[Saw]) -> Outcome {
            ENDED
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { word: AtomicU64::new(0) },
            &[actor("a", add), actor("b", add), actor("c", add), actor("d", add)],
            outcome,
            OUTCOMES,
        );
    }
);

/// loom gets so long for each.
const PATIENCE: Duration = Duration::from_secs(4);
/// A speed is measured over so long.
const MEASURED: f64 = 0.1;
/// Speeds are compared where there are so many graphs.
const ENOUGH: u64 = 20;

struct Row {
    name: String,
    course: bool,
    scenario: Scenario,
    reduced: Report,
    graphs: Report,
    loom: Report,
}

impl Row {
    fn new(name: String, course: bool, scenario: Scenario) -> Row {
        let budget = Budget { time: Duration::from_secs(120), ..Budget::default() };
        let patient = Budget { time: PATIENCE, ..Budget::default() };
        Row {
            name,
            course,
            reduced: REDUCED.explore(&scenario, &budget, false),
            graphs: GRAPHS.explore(&scenario, &budget, false),
            loom: search::explore(&scenario, LOOM, &patient),
            scenario,
        }
    }

    /// Complete and blocked graphs.
    fn found(&self) -> (u64, u64) {
        let waiting = |note: &Note| match note {
            Note::Waiting(graphs) => Some(*graphs),
            _ => None,
        };
        let blocked = self.graphs.notes.iter().find_map(waiting).unwrap_or(0);
        (self.graphs.distinct.unwrap_or(0), blocked)
    }
}

/// Seconds of the first look.
fn seconds(report: &Report) -> f64 {
    report.seconds - report.unreasonable.as_ref().map_or(0.0, |again| again.seconds)
}

fn everything(wanted: &[String]) -> Vec<Row> {
    let take =
        |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    let mut rows = Vec::new();
    for demo in racelab_demos::every() {
        for version in demo.versions {
            for (turn, scenario, _) in version.races() {
                let again = if matches!(turn, Turn::Again) { " twice" } else { "" };
                let name = format!("{}/{}{again}", demo.name, version.name());
                if take(&name) {
                    rows.push(Row::new(name, true, *scenario));
                }
            }
        }
    }
    for (shuttle, loom) in syllabus::rows() {
        if take(shuttle.name) {
            let scenario = syllabus::table::scenario(shuttle, loom);
            rows.push(Row::new(shuttle.name.to_string(), false, scenario));
        }
    }
    rows
}

fn sums(rows: &[Row]) {
    println!("| | programs | reduced | | graphs | | loom | | loom : graphs |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let ends = |row: &&Row| row.loom.end == End::Complete;
    let line = |name: &str, rows: Vec<&Row>, loom: bool| {
        let sum = |of: fn(&Row) -> &Report| {
            let reports = || rows.iter().map(|row| of(row));
            (
                reports().map(|report| report.executions).sum::<u64>(),
                reports().map(seconds).sum::<f64>(),
            )
        };
        let (reduced, graphs) = (sum(|row| &row.reduced), sum(|row| &row.graphs));
        let theirs = sum(|row| &row.loom);
        let theirs = match loom {
            true => format!(
                "{} | {:.3} s | {:.1}",
                theirs.0,
                theirs.1,
                theirs.0 as f64 / graphs.0.max(1) as f64
            ),
            false => " | | ".to_string(),
        };
        println!(
            "| {name} | {} | {} | {:.3} s | {} | {:.3} s | {theirs} |",
            rows.len(),
            reduced.0,
            reduced.1,
            graphs.0,
            graphs.1,
        );
    };
    for (name, course) in [("the course", true), ("the syllabus", false)] {
        let these = || rows.iter().filter(move |row| row.course == course);
        line(name, these().collect(), false);
        line(&format!("{name}, where loom ends"), these().filter(ends).collect(), true);
    }
    line("both, where loom ends", rows.iter().filter(ends).collect(), true);
    let open = rows
        .iter()
        .filter(|row| row.reduced.end != End::Complete || row.graphs.end != End::Complete);
    for row in open {
        println!("\n{}: reduced {:?}, graphs {:?}", row.name, row.reduced.end, row.graphs.end);
    }
}

fn blocked(rows: &[Row]) {
    let all: (u64, u64) = rows.iter().map(Row::found).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    println!("\n{} graphs complete, {} blocked. More blocked than complete:\n", all.0, all.1);
    println!("| | complete | blocked |\n|---|---|---|");
    for row in rows {
        let (complete, blocked) = row.found();
        if blocked > complete {
            println!("| {} | {complete} | {blocked} |", row.name);
        }
    }
}

/// Executions a second, by the engine's own clock.
fn speed(scenario: &Scenario, engine: &dyn Engine) -> f64 {
    let budget = Budget { time: Duration::from_secs(120), ..Budget::default() };
    let (mut executions, mut time) = (0, 0.0);
    while time < MEASURED {
        let report = engine.explore(scenario, &budget, false);
        executions += report.executions;
        time += seconds(&report).max(1e-6);
    }
    executions as f64 / time
}

fn speeds(rows: &[Row]) {
    println!("\nThousands of executions a second, where there are {ENOUGH} graphs or more:\n");
    println!("| | graphs | blocked | reduced | graphs | ratio |\n|---|---|---|---|---|---|");
    let mut ratios = Vec::new();
    for row in rows {
        let (complete, blocked) = row.found();
        if complete + blocked < ENOUGH {
            continue;
        }
        let (reduced, graphs) = (speed(&row.scenario, REDUCED), speed(&row.scenario, GRAPHS));
        let ratio = graphs / reduced;
        println!(
            "| {} | {complete} | {blocked} | {:.1} | {:.1} | {ratio:.2} |",
            row.name,
            reduced / 1e3,
            graphs / 1e3,
        );
        ratios.push(ratio);
    }
    ratios.sort_by(f64::total_cmp);
    let half = ratios.iter().filter(|ratio| **ratio >= 0.5).count();
    if let Some(median) = ratios.get(ratios.len() / 2) {
        println!("\n{} versions, median {median:.2}; {half} have half or more.", ratios.len());
    }
}

/// The most memory that this process ever had, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// So many graphs of four threads that add four times each, in a process of its own.
fn child(graphs: u64) {
    let budget =
        Budget { executions: graphs, time: Duration::from_secs(3600), ..Budget::default() };
    let report = GRAPHS.explore(&additions::SCENARIO, &budget, false);
    let peak = peak().unwrap_or(0);
    println!("| {} | {peak} KiB | {:.1} s |", report.executions, report.seconds);
}

fn memory() {
    println!("\nPeak memory, four threads that add four times each:\n");
    println!("| graphs | peak | time |\n|---|---|---|");
    let Ok(me) = std::env::current_exe() else { return };
    for graphs in ["10000", "1000000"] {
        let _ = Command::new(&me).args(["--graphs", graphs]).status();
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [flag, graphs] = &args[..]
        && flag == "--graphs"
    {
        return child(graphs.parse().unwrap_or(10_000));
    }
    let rows = everything(&args);
    sums(&rows);
    blocked(&rows);
    speeds(&rows);
    memory();
}
