//! Several workers see what one sees.

use std::time::Duration;

use super::super::row::explore as together;
use super::generate::{MIXES, Mix, Numbers, program};
use super::program::{self, Do};
use super::{counter, limits, reduced, watched};
use crate::explore::reduced::Reduced;
use crate::explore::shuttle::driver::{Exploration, Limits, ShuttleStop};
use crate::explore::shuttle::together::Team;
use crate::rt::allow::Allow;
use crate::rt::context;

const TEAM: Team = Team { workers: 3, share_after: Duration::ZERO };

fn all_together(program: &[Vec<Do>], allow: Allow, limits: Limits) -> Exploration<Reduced> {
    program::set(program);
    let race = program::race(program.len());
    watched(allow, || {
        let settings = context::with(|context| context.settings());
        together(TEAM, program::OUTCOMES, limits, race, || {
            program::set(program);
            context::with(|context| context.set(settings.clone()));
        })
    })
}

#[track_caller]
fn same(program: &[Vec<Do>]) -> Exploration<Reduced> {
    let alone = reduced(program);
    let found = all_together(program, Allow::default(), limits(u64::MAX));
    assert_eq!(found.stop, Some(ShuttleStop::Exhausted), "{program:?}");
    assert_eq!(found.policy.classes().collect::<std::collections::BTreeSet<_>>(), alone.classes);
    found
}

#[test]
fn large_programs() {
    let found = same(&counter(3, 2));
    assert_eq!(found.tally.executions, 7_134);
    assert_eq!(same(&counter(4, 1)).tally.executions, 576);
}

#[test]
fn random_programs() {
    let mut numbers = Numbers(3);
    for mix in MIXES {
        (0..40).for_each(|_| drop(same(&program(&mut numbers, mix))));
    }
}

/// What is tried both ways is tried both ways by several, too.
#[test]
fn what_happens_without_a_reason() {
    let mut numbers = Numbers(3);
    for _ in 0..40 {
        let program = program(&mut numbers, Mix::Unreasonable);
        let alone = super::explore(&program, Allow::ALL, None, u64::MAX);
        let found = all_together(&program, Allow::ALL, limits(u64::MAX));
        let classes: std::collections::BTreeSet<_> = found.policy.classes().collect();
        assert_eq!(classes, alone.classes, "{program:?}");
    }
}

/// A limit for all is one for all together, and nobody waits for anybody after it.
#[test]
fn limits_hold() {
    let found = all_together(&counter(3, 2), Allow::default(), limits(1_000));
    assert_eq!(found.stop, Some(ShuttleStop::Executions));
    assert_eq!(found.tally.executions + found.policy.redundant, 1_000);
    let time = Limits { time: Duration::from_millis(20), ..limits(u64::MAX) };
    let found = all_together(&counter(3, 3), Allow::default(), time);
    assert_eq!(found.stop, Some(ShuttleStop::Time));
}

#[test]
fn the_first_failure_ends_it() {
    // Each takes the locks in another order.
    let both = |a, b| vec![Do::Load(0), Do::Store(0, 1), Do::Lock(a), Do::Lock(b)];
    let program = [both(0, 1), both(1, 0), vec![Do::Load(0), Do::Store(0, 2)]];
    let found =
        all_together(&program, Allow::default(), Limits { first: true, ..limits(u64::MAX) });
    assert_eq!(found.stop, Some(ShuttleStop::FirstFailure));
    assert!(found.tally.failing > 0);
}
