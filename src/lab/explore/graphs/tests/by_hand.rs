//! What can be made by hand is what the oracles say there is, under each model, and nothing else.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use super::generate::{FAMILIES, Family, Numbers, program};
use super::program::{self, Ends, OUTCOMES, Program};
use super::{Truth, fixed};
use crate::explore::graphs::ByHand;
use crate::explore::hand::{How, Interleaving, Move, OnX86};
use crate::explore::shuttle::driver::{Exploration, Limits};
use crate::explore::steered::{Seen, Steers};
use crate::explore::tally::Ended;
use crate::report::Model;
use crate::rt::allow::Allow;
use crate::rt::context;

/// How many programs of each family are gone through.
const PROGRAMS: usize = 4;
/// Those are left out that have more positions.
const POSITIONS: usize = 3_000;

fn steered<P: Steers>(program: &Program, policy: P) -> Seen {
    let race = program::set_again(program);
    let time = Duration::from_secs(20);
    let limits = Limits { executions: 1, time, steps: 1_000, first: false, free: false };
    let set = |settings: &mut context::Settings| {
        settings.watching = context::CLOCKS;
        settings.allow = Allow::default();
    };
    context::within(set, || Exploration::new(policy, &OUTCOMES, limits).run(race)).policy.seen()
}

fn run(program: &Program, model: Model, moves: &[Move]) -> Seen {
    match model {
        Model::Sc => steered(program, Interleaving::new(moves)),
        Model::X86 => steered(program, OnX86::new(moves)),
        Model::C11 => steered(program, ByHand::new(moves, &OUTCOMES)),
    }
}

/// The moves from where these lead.
fn next(seen: &Seen, offered: impl Fn(u8) -> usize) -> Vec<Move> {
    let threads = 1..seen.threads as u8;
    let mut moves = Vec::new();
    for thread in threads {
        let is = |set: u16| set >> thread & 1 == 1;
        if is(seen.alive & seen.able) {
            moves.push(Move { thread, how: How::Step });
            let older = (1..offered(thread)).map(|older| How::Older(older as u8));
            moves.extend(older.map(|how| Move { thread, how }));
        }
        let drains = seen.drains.get(usize::from(thread)).copied().unwrap_or(0);
        moves.extend((0..drains).map(|which| Move { thread, how: How::Drain(which as u8) }));
    }
    moves
}

/// All ends that can be reached by hand, and whether somebody can be stuck; none where there are too
/// many ways.
fn reached(program: &Program, model: Model) -> Option<(BTreeSet<Ends>, bool, bool)> {
    let (mut ends, mut stuck, mut raced) = (BTreeSet::new(), false, false);
    let mut todo: Vec<Vec<Move>> = vec![Vec::new()];
    let mut count = 0;
    while let Some(moves) = todo.pop() {
        count += 1;
        if count > POSITIONS {
            return None;
        }
        let seen = run(program, model, &moves);
        assert_eq!(seen.astray, None, "{moves:?} of {program:?}");
        match seen.ended.clone().expect("it has ended") {
            Ended::Finished { outcome, raced: false, .. } => {
                ends.insert(program::end(outcome));
            }
            Ended::Finished { .. } | Ended::Broken(..) => raced = true,
            Ended::Deadlock(_) | Ended::Livelock(_) => stuck = true,
            Ended::Truncated => panic!("{model:?} {} {program:?}", moves.len()),
            Ended::Redundant => {
                let offered = |thread| {
                    let step = Move { thread, how: How::Step };
                    run(program, model, &[moves.as_slice(), &[step]].concat()).offered
                };
                let all: HashSet<Move> = next(&seen, offered).into_iter().collect();
                todo.extend(all.into_iter().map(|next| [moves.as_slice(), &[next]].concat()));
            }
        }
    }
    Some((ends, stuck, raced))
}

fn same(program: &Program) -> bool {
    let Some(truth) = Truth::of(program) else { return false };
    program::set(program);
    for (at, model) in Model::ALL.into_iter().enumerate() {
        let Some((ends, stuck, raced)) = reached(program, model) else { return false };
        let wanted: BTreeSet<Ends> = truth.ends[at].keys().cloned().collect();
        // A race ends an execution, and may be there under C11 alone.
        if !truth.raced {
            assert_eq!(ends, wanted, "ends of {program:?} under {model:?}");
            assert!(!raced, "{program:?} under {model:?}");
            assert_eq!(stuck, truth.stuck, "{program:?} under {model:?}");
        }
    }
    true
}

#[test]
fn by_hand_as_the_oracles_say() {
    // What waits in loops never ends by hand, and nested locks are many moves.
    let left_out = |family: &Family| matches!(family, Family::Awaits | Family::Nested);
    for family in FAMILIES.into_iter().filter(|family| !left_out(family)) {
        let mut numbers = Numbers(3);
        let mut compared = 0;
        let mut tried = 0;
        while compared < PROGRAMS && tried < 40 * PROGRAMS {
            tried += 1;
            let program = program(&mut numbers, family);
            let most = if matches!(family, Family::Locks | Family::Readers) { 12 } else { 8 };
            let small = program.iter().map(Vec::len).sum::<usize>() <= most;
            compared += (small && same(&program)) as usize;
        }
        println!("{family:?}: {compared} programs");
        assert!(compared > 0, "no program of {family:?} is small enough");
    }
    assert!(fixed::programs().filter(|program| program.len() == 2).any(|program| same(&program)));
}
