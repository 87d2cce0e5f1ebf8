//! The scenarios of a shape: all of them where they are few, else some that a seed draws.
//!
//! A scenario is kept if the specification lets each call be made in every order of its calls, and if
//! some call changes the plain state: where none does, nothing can go wrong. Two threads with as many
//! calls are the same in either order. Where one thread calls more often than it does beside others of
//! several, half of what is drawn calls one operation over and over: so a structure falls that is right
//! for a number of calls.

use std::collections::HashSet;

use super::states::{At, START, States};
use super::{Limits, Shape};
use crate::specification::{Call, FRESH, Program, Specification};

/// So many calls are tried to find all scenarios of a shape.
const TRIED: usize = 5_000;
/// So often it is tried to draw one.
const DRAWS: usize = 10;

/// The scenarios of a shape in the order in which they are tried, and whether these are all.
pub(super) fn scenarios(
    states: &mut States<'_>,
    shape: &Shape,
    limits: &Limits,
    chance: &mut fastrand::Rng,
) -> (Vec<Program>, bool) {
    let long = shape.threads[0] > limits.calls_of_one;
    let most = if long { limits.of_a_shape.div_ceil(2) } else { limits.of_a_shape };
    let mut search = Search::new(states, shape);
    let (mut found, whole) = match search.all() {
        true => {
            let found = std::mem::take(&mut search.found);
            chosen(found, most, long, states, chance)
        }
        false => (drawn(most, long, shape, states, chance), false),
    };
    for program in &mut found {
        program.last = last(states, program);
    }
    (found, whole)
}

/// So many of all that there are, and whether these are all.
fn chosen(
    mut found: Vec<Program>,
    most: usize,
    long: bool,
    states: &mut States<'_>,
    chance: &mut fastrand::Rng,
) -> (Vec<Program>, bool) {
    let few = found.len() <= 4 * most;
    if few {
        found.retain(|program| sensible(states, program));
        if found.len() <= most {
            return (found, true);
        }
    }
    chance.shuffle(&mut found);
    let mut keep = |all: Vec<Program>, most: usize| {
        let sensible = all.into_iter().filter(|program| few || sensible(states, program));
        sensible.take(most).collect::<Vec<_>>()
    };
    if !long {
        return (keep(found, most), false);
    }
    let (same, mixed): (Vec<_>, Vec<_>) = found.into_iter().partition(uniform);
    let mut found = keep(same, most.div_ceil(2));
    found.extend(keep(mixed, most - found.len()));
    (found, false)
}

/// So many that are drawn, each once.
fn drawn(
    most: usize,
    long: bool,
    shape: &Shape,
    states: &mut States<'_>,
    chance: &mut fastrand::Rng,
) -> Vec<Program> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for draw in 0..most * DRAWS {
        let mut search = Search::new(states, shape);
        search.same = long && draw % 2 == 0;
        search.draw(chance);
        let (taken, program) = (search.taken, search.found.pop());
        let sensible = |program: &Program| sensible(states, program);
        found.extend(program.filter(sensible).filter(|_| seen.insert(taken)));
        if found.len() == most {
            break;
        }
    }
    found
}

/// Whether the first thread calls one operation over and over.
fn uniform(program: &Program) -> bool {
    let calls = &program.threads[0];
    calls.iter().all(|call| call.operation == calls[0].operation)
}

/// Every operation with every combination of its arguments, 0 where one is fresh; those that threads
/// call come first.
fn instances(spec: &Specification) -> Vec<Call> {
    let mut all = Vec::new();
    for (operation, what) in spec.operations.iter().enumerate() {
        let mut combinations: Vec<Vec<u64>> = vec![Vec::new()];
        for domain in what.domains {
            let domain = if *domain == FRESH { &[0][..] } else { domain };
            let with = |given: &Vec<u64>| {
                let given = given.clone();
                domain.iter().map(move |value| [given.clone(), vec![*value]].concat())
            };
            combinations = combinations.iter().flat_map(with).collect();
        }
        all.extend(combinations.into_iter().map(|arguments| Call { operation, arguments }));
    }
    all.sort_by_key(|call| spec.operations[call.operation].only_last);
    all
}

struct Search<'a, 's> {
    spec: &'s Specification,
    states: &'a mut States<'s>,
    shape: &'a Shape,
    instances: Vec<Call>,
    /// Those of them that threads call.
    of_threads: usize,
    /// The places, in order: the number of their thread, none before the threads start.
    places: Vec<Option<usize>>,
    /// The first thread calls one operation over and over.
    same: bool,
    /// What was taken at each place so far, by its number among the instances.
    taken: Vec<usize>,
    calls: Vec<Call>,
    tried: usize,
    found: Vec<Program>,
}

impl<'a, 's> Search<'a, 's> {
    fn new(states: &'a mut States<'s>, shape: &'a Shape) -> Search<'a, 's> {
        let spec = states.spec;
        let threads = shape.threads.iter().enumerate();
        let threads = threads.flat_map(|(thread, calls)| vec![Some(thread); *calls]);
        let places = std::iter::repeat_n(None, shape.first).chain(threads).collect();
        let instances = instances(spec);
        let only_last = |call: &&Call| spec.operations[call.operation].only_last;
        let of_threads = instances.len() - instances.iter().filter(only_last).count();
        let (taken, calls, found) = (Vec::new(), Vec::new(), Vec::new());
        Search {
            spec,
            states,
            shape,
            instances,
            of_threads,
            places,
            same: false,
            taken,
            calls,
            tried: 0,
            found,
        }
    }

    /// Finds all, unless there are too many to try.
    fn all(&mut self) -> bool {
        self.go(START);
        self.tried <= TRIED
    }

    fn go(&mut self, state: At) {
        if self.taken.len() == self.places.len() {
            self.found.extend(self.program());
            return;
        }
        for instance in 0..self.of_threads {
            self.tried += 1;
            if self.tried > TRIED {
                return;
            }
            if let Some(then) = self.take(instance, state) {
                self.go(then);
                self.calls.pop();
                self.taken.pop();
            }
        }
    }

    /// Draws one, if each place has a call that can be made there.
    fn draw(&mut self, chance: &mut fastrand::Rng) {
        let mut state = START;
        for _ in 0..self.places.len() {
            let mut left: Vec<usize> = (0..self.of_threads).collect();
            chance.shuffle(&mut left);
            match left.into_iter().find_map(|instance| self.take(instance, state)) {
                Some(then) => state = then,
                None => return,
            }
        }
        self.found.extend(self.program());
    }

    /// Takes an instance at the next place, unless its role belongs to another thread, or it may not
    /// be called after those before it: one order of a scenario is that of its places.
    fn take(&mut self, instance: usize, state: At) -> Option<At> {
        let (place, mut call) = (self.taken.len(), self.instances[instance].clone());
        let what = &self.spec.operations[call.operation];
        let first = self.places.iter().position(|thread| *thread == Some(0)).unwrap_or(0);
        if self.same && self.places[place] == Some(0) && place > first {
            self.calls.get(first).filter(|before| before.operation == call.operation)?;
        }
        let others = self.calls.iter().zip(&self.places);
        let mut others = others.filter(|(other, _)| {
            !what.role.is_empty() && self.spec.operations[other.operation].role == what.role
        });
        if self.places[place].is_some()
            && others.any(|(_, thread)| thread.is_some() && *thread != self.places[place])
        {
            return None;
        }
        let fresh = |call: &Call| {
            let domains = self.spec.operations[call.operation].domains;
            domains.iter().filter(|domain| **domain == FRESH).count()
        };
        let mut next = self.calls.iter().map(fresh).sum::<usize>() as u64;
        for (argument, domain) in call.arguments.iter_mut().zip(what.domains) {
            if *domain == FRESH {
                next += 1;
                *argument = next;
            }
        }
        let then = self.states.after(state, &call)?;
        self.taken.push(instance);
        self.calls.push(call);
        Some(then)
    }

    /// The scenario, but for its last calls.
    fn program(&self) -> Option<Program> {
        let of = |thread: Option<usize>| {
            let mine = self.places.iter().zip(&self.calls);
            mine.filter(move |(place, _)| **place == thread).map(|(_, call)| call.clone())
        };
        let taken = |thread: usize| {
            let mine = self.places.iter().zip(&self.taken);
            mine.filter(move |(place, _)| **place == Some(thread)).map(|(_, taken)| *taken)
        };
        let threads = 0..self.shape.threads.len();
        let mut alike = threads
            .clone()
            .skip(1)
            .filter(|thread| self.shape.threads[*thread] == self.shape.threads[thread - 1]);
        if alike.any(|thread| taken(thread - 1).gt(taken(thread))) {
            return None;
        }
        Some(Program {
            first: of(None).collect(),
            threads: threads.map(|thread| of(Some(thread)).collect()).collect(),
            last: Vec::new(),
        })
    }
}

/// What is called after all threads of a scenario have ended.
fn last(states: &mut States<'_>, program: &Program) -> Vec<Call> {
    let mut last = Vec::new();
    for call in instances(states.spec) {
        let what = &states.spec.operations[call.operation];
        // One that takes something out is called until all is out.
        let times = match (what.last, what.domains.is_empty() && takes_out(states, program, &call))
        {
            (false, _) => 0,
            (true, true) => calls(program).count() + 1,
            (true, false) => 1,
        };
        last.extend(std::iter::repeat_n(call.clone(), times));
    }
    last
}

/// The calls of a scenario in the order of their places, but for the last.
fn calls(program: &Program) -> impl Iterator<Item = &Call> {
    program.first.iter().chain(program.threads.iter().flatten())
}

/// Whether a call would change the plain state somewhere in the order of the places.
fn takes_out(states: &mut States<'_>, program: &Program, call: &Call) -> bool {
    let mut at = START;
    calls(program).any(|next| {
        at = states.on(at, next);
        states.on(at, call) != at
    }) || states.on(START, call) != START
}

/// Whether all of it may be called in every order, and anything changes.
fn sensible(states: &mut States<'_>, program: &Program) -> bool {
    let mut start = START;
    for call in &program.first {
        match states.after(start, call) {
            Some(then) => start = then,
            None => return false,
        }
    }
    let mut changes = false;
    let mut seen: HashSet<(Vec<usize>, At)> = HashSet::new();
    let mut left = vec![(vec![0; program.threads.len()], start)];
    while let Some((at, state)) = left.pop() {
        if !seen.insert((at.clone(), state)) {
            continue;
        }
        for (thread, calls) in program.threads.iter().enumerate() {
            let Some(call) = calls.get(at[thread]) else { continue };
            let Some(then) = states.after(state, call) else { return false };
            changes |= then != state;
            let mut next = at.clone();
            next[thread] += 1;
            left.push((next, then));
        }
    }
    changes
}

/// Whether an operation changes the plain state in a scenario, in the order of its places.
pub(super) fn changes(states: &mut States<'_>, program: &Program) -> Vec<bool> {
    let mut at = START;
    let mut changes = vec![false; states.spec.operations.len()];
    for call in calls(program) {
        let then = states.on(at, call);
        changes[call.operation] |= then != at;
        at = then;
    }
    changes
}
