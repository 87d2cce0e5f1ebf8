//! The engine of graphs sees what this search sees, on locks, waits and whatever threads meet at: the
//! oracles of its own know none of those.
//!
//! All words are SeqCst here. More is shown only by what orders nothing: an attempt that fails on what
//! it knows, a notification without the lock.

use std::time::Duration;

use super::generate::{Mix, Numbers, program, unwinding};
use super::meet::Meet;
use super::program::{self, Do};
use super::{explore, limits, watched};
use crate::explore::graphs::{ByHand, Graphs, explore as search};
use crate::explore::hand::OnX86;
use crate::explore::shuttle::driver::{Exploration, ShuttleStop};
use crate::explore::shuttle::together::Team;
use crate::explore::steered::{How, Move, Seen, Steers};
use crate::explore::tally::Ended;
use crate::rt::allow::Allow;
use crate::rt::context;

/// How many programs of each mix are compared in every run.
const PROGRAMS: u64 = 40;
/// Those are left out that need more executions.
const CAP: u64 = 300;

/// Whether the two differ by what they promise: a race ends an execution of the one and not of the
/// other, a thread yields where it does not wait, and times are up in the end only here.
fn other(step: &Do) -> bool {
    match step {
        Do::Plain(_) | Do::Put(_) | Do::Yield | Do::HintAwait(..) => true,
        Do::Meet(meet) => {
            matches!(meet, Meet::ParkTimeout | Meet::RecvTimeout(_) | Meet::WaitTimeout(_))
        }
        _ => false,
    }
}

/// Whether it orders nothing, or may fail on what its thread knows, although it would not by now.
fn loose(step: &Do) -> bool {
    match step {
        Do::Try(_) | Do::TryKeep(_) | Do::TryRead | Do::TryWrite => true,
        Do::TryReadKeep | Do::TryWriteKeep => true,
        Do::NotifyOne | Do::NotifyAll => true,
        Do::Meet(meet) => matches!(meet, Meet::Get | Meet::Completed | Meet::TryRecv(_)),
        _ => false,
    }
}

fn graphs_of(program: &[Vec<Do>]) -> Exploration<Graphs> {
    program::set(program);
    let race = program::race(program.len());
    let limits = limits(10 * CAP);
    watched(Allow::default(), || search(Team::alone(), program::OUTCOMES, limits, race, || {}))
}

/// Several workers see what one sees, and show the same of it.
#[test]
fn several_workers_see_the_same() {
    let team = Team { workers: 3, share_after: Duration::ZERO };
    let mut numbers = Numbers(8);
    let (mut compared, mut together) = (0, 0);
    while compared < 2 * PROGRAMS {
        let program =
            program(&mut numbers, [Mix::All, Mix::Held, Mix::Meetings][compared as usize % 3]);
        let alone = graphs_of(&program);
        if alone.stop != Some(ShuttleStop::Exhausted) || alone.tally.executions > CAP {
            continue;
        }
        let shared = watched(Allow::default(), || {
            let settings = context::with(|context| context.settings());
            let race = program::race(program.len());
            search(team, program::OUTCOMES, limits(10 * CAP), race, || {
                program::set(&program);
                context::with(|context| context.set(settings.clone()));
            })
        });
        assert_eq!(shared.stop, Some(ShuttleStop::Exhausted), "{program:?}");
        assert_eq!(shared.policy.fault(), None, "{program:?}");
        assert_eq!(shared.policy.told(), alone.policy.told(), "{program:?}");
        compared += 1;
        together += shared.tally.executions;
    }
    println!("{compared} programs, {together} executions");
}

/// What a destructor does while a panic unwinds is as if there were no panic.
#[test]
fn unwinding_is_no_exception() {
    let mut numbers = Numbers(6);
    for mix in [Mix::All, Mix::Locks, Mix::Held, Mix::Orders, Mix::Meetings] {
        let mut compared = 0;
        while compared < PROGRAMS {
            let plain = program(&mut numbers, mix);
            let Some(panics) = unwinding(&mut numbers, &plain) else { continue };
            let without = graphs_of(&plain);
            if without.stop != Some(ShuttleStop::Exhausted) || without.tally.executions > CAP {
                continue;
            }
            let outcomes = program::seen();
            let with = graphs_of(&panics);
            assert_eq!(with.policy.fault(), None, "{panics:?}");
            assert_eq!(program::seen(), outcomes, "outcomes of {panics:?}");
            assert_eq!(with.tally.executions, without.tally.executions, "graphs of {panics:?}");
            compared += 1;
        }
    }
}

#[test]
fn the_engine_of_graphs_sees_the_same() {
    let number =
        |variable: &str| std::env::var(variable).ok().and_then(|number| number.parse().ok());
    let programs = number("RACELAB_PROGRAMS").unwrap_or(PROGRAMS);
    let mut wrong = 0;
    for mix in [Mix::All, Mix::Locks, Mix::Held, Mix::Meetings] {
        let mut numbers = Numbers(number("RACELAB_SEED").unwrap_or(5));
        let (mut compared, mut more, mut ours, mut graphs) = (0, 0, 0, 0);
        while compared < programs {
            let program = program(&mut numbers, mix);
            if program.iter().flatten().any(other) {
                continue;
            }
            let seen = explore(&program, Allow::default(), None, CAP);
            if !seen.complete {
                continue;
            }
            let found = graphs_of(&program);
            if found.stop == Some(ShuttleStop::Executions) {
                continue;
            }
            compared += 1;
            let outcomes = program::seen();
            ours += seen.executions;
            graphs += found.tally.executions;
            let complete = found.stop == Some(ShuttleStop::Exhausted)
                && found.policy.fault().is_none()
                && found.tally.truncated == 0;
            let twice = found.policy.twice();
            let missed: Vec<_> = seen.outcomes.difference(&outcomes).collect();
            let added: Vec<_> = outcomes.difference(&seen.outcomes).collect();
            more += !added.is_empty() as u32;
            let may = program.iter().flatten().any(loose);
            if !complete || twice > 0 || !missed.is_empty() || !may && !added.is_empty() {
                println!(
                    "{mix:?}: {:?} {:?} {:?}",
                    found.stop,
                    found.policy.fault(),
                    found.tally.unmodelled
                );
                println!(
                    "    {twice} graphs twice\n    missed {missed:?}\n    added {added:?}\n    {program:?}"
                );
                wrong += 1;
            }
        }
        println!(
            "{compared} programs of {mix:?}: {ours} executions, {graphs} graphs; {more} show more"
        );
    }
    assert_eq!(wrong, 0, "programs on which the engine is wrong");
}

/// A time may be up although nobody has come: by hand as well nobody waits for good then.
#[test]
fn a_time_that_can_be_up_is_no_deadlock_by_hand() {
    for waits in [Meet::ParkTimeout, Meet::WaitTimeout(0)] {
        let program = [vec![Do::Meet(waits)], vec![Do::Load(0)]];
        program::set(&program);
        let race = program::race(program.len());
        let x86 = |moves: &[Move]| {
            let run =
                || Exploration::new(OnX86::new(moves), program::OUTCOMES, limits(1)).run(race);
            watched(Allow::default(), run).policy.seen()
        };
        let c11 = |moves: &[Move]| {
            let policy = ByHand::new(moves, program::OUTCOMES);
            let run = || Exploration::new(policy, program::OUTCOMES, limits(1)).run(race);
            watched(Allow::default(), run).policy.seen()
        };
        let ends = |run: &dyn Fn(&[Move]) -> Seen| {
            let mut moves = vec![Move { thread: 2, how: How::Step }];
            loop {
                let seen = run(&moves);
                assert_eq!(seen.astray, None, "{moves:?} of {program:?}");
                match seen.ended {
                    Some(Ended::Redundant) => {}
                    ended => return ended,
                }
                let how = if seen.able >> 1 & 1 == 1 { How::Step } else { How::Whim };
                moves.push(Move { thread: 1, how });
            }
        };
        for run in [&x86 as &dyn Fn(&[Move]) -> Seen, &c11] {
            assert!(matches!(ends(run), Some(Ended::Finished { .. })), "{program:?}");
        }
    }
}
