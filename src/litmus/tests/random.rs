//! Small programs by chance: the engine and the axioms agree, and what is printed is read again.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};
use std::time::Duration;

use fastrand::Rng;

use crate::axioms::{self, Cycles};
use crate::program::{
    Access, Condition, Expected, Expression, Fetch, Location, Operator, Place, Program, Quantifier,
    Question, Statement, Thread, What,
};
use crate::{Answer, Limits, Rule, gallery, herd, judge, read};

use super::{as_the_axioms_say, ends, judged};

fn one<T: Copy>(chance: &mut Rng, all: &[T]) -> T {
    all[chance.usize(..all.len())]
}

fn order(chance: &mut Rng, of: &[Ordering]) -> Ordering {
    one(chance, of)
}

/// A register that was set, or a small number.
fn value(chance: &mut Rng, thread: &Thread) -> Expression {
    let registers = thread.registers.len();
    match chance.u8(..6) {
        0 if registers > 0 => Expression::Register(chance.usize(..registers)),
        1 if registers > 0 => {
            let operators = [Operator::Add, Operator::Xor, Operator::Subtract, Operator::Equal];
            let operator = one(chance, &operators);
            let left = Expression::Register(chance.usize(..registers));
            Expression::Both(operator, Box::new(left), Box::new(Expression::Number(1)))
        }
        _ => Expression::Number(chance.i32(1..3)),
    }
}

fn access(chance: &mut Rng, thread: &Thread, words: usize) -> Access {
    let at = chance.usize(..words);
    let all = [Relaxed, Relaxed, Relaxed, Relaxed, Acquire, Release, AcqRel, SeqCst];
    match chance.u8(..16) {
        0..6 => Access::Load(at, order(chance, &[Relaxed, Relaxed, Relaxed, Acquire, SeqCst])),
        6..12 => {
            let value = value(chance, thread);
            Access::Store(at, value, order(chance, &[Relaxed, Relaxed, Relaxed, Release, SeqCst]))
        }
        12 => Access::Exchange(at, value(chance, thread), order(chance, &all)),
        13 => {
            let fetch = one(chance, &[Fetch::Add, Fetch::Or, Fetch::Xor, Fetch::And]);
            Access::Fetch(fetch, at, value(chance, thread), order(chance, &all))
        }
        14 if !thread.registers.is_empty() => {
            let expected = Expected::Register(chance.usize(..thread.registers.len()));
            let failure = order(chance, &[Relaxed, Acquire, SeqCst]);
            let new = value(chance, thread);
            Access::CompareExchange(at, expected, new, order(chance, &all), failure)
        }
        _ => Access::Fence(order(chance, &[Acquire, Release, AcqRel, SeqCst])),
    }
}

fn statement(chance: &mut Rng, thread: &mut Thread, words: usize, top: bool) -> Statement {
    if top && !thread.registers.is_empty() && chance.u8(..6) == 0 {
        let condition = value(chance, thread);
        let then = vec![statement(chance, thread, words, false)];
        let otherwise = match chance.bool() {
            true => vec![statement(chance, thread, words, false)],
            false => Vec::new(),
        };
        return Statement { label: 0, line: 0, what: What::If(condition, then, otherwise) };
    }
    let access = access(chance, thread, words);
    let reads = !matches!(access, Access::Store(..) | Access::Fence(_) | Access::Write(..));
    let register = (reads && chance.u8(..5) > 0).then(|| {
        thread.registers.push(format!("r{}", thread.registers.len()));
        thread.registers.len() - 1
    });
    let what = What::Set(register, Expression::Access(Box::new(access)));
    Statement { label: 0, line: 0, what }
}

/// A shape of the gallery whose accesses are each made in a way of their own.
fn shaped(chance: &mut Rng) -> Program {
    let mut program = gallery::program(&one(chance, &gallery::SHAPES), &gallery::FORMS[0]);
    for thread in &mut program.threads {
        let mut body = Vec::new();
        for mut statement in std::mem::take(&mut thread.body) {
            if chance.u8(..5) == 0 {
                let fence = Access::Fence(order(chance, &[Acquire, Release, AcqRel, SeqCst]));
                let what = What::Set(None, Expression::Access(Box::new(fence)));
                body.push(Statement { label: 0, line: 0, what });
            }
            if let What::Set(_, Expression::Access(access)) = &mut statement.what {
                **access = other_way(chance, access);
            }
            body.push(statement);
        }
        thread.body = body;
    }
    program.number();
    program
}

fn other_way(chance: &mut Rng, access: &Access) -> Access {
    let all = [Relaxed, Acquire, Release, AcqRel, SeqCst];
    let rare = chance.u8(..6) == 0;
    match access {
        Access::Load(at, _) if rare => {
            Access::Fetch(Fetch::Add, *at, Expression::Number(0), order(chance, &all))
        }
        Access::Load(at, _) => {
            Access::Load(*at, order(chance, &[Relaxed, Relaxed, Acquire, SeqCst]))
        }
        Access::Store(at, value, _) if rare => {
            Access::Exchange(*at, value.clone(), order(chance, &all))
        }
        Access::Store(at, value, _) => {
            Access::Store(*at, value.clone(), order(chance, &[Relaxed, Relaxed, Release, SeqCst]))
        }
        other => other.clone(),
    }
}

fn program(seed: u64) -> Program {
    let chance = &mut Rng::with_seed(seed);
    if seed % 2 == 1 {
        return shaped(chance);
    }
    let words = if chance.u8(..5) == 0 { 1 } else { 2 };
    let sizes: &[usize] = one(chance, &[&[2, 2][..], &[3, 2], &[2, 2, 1], &[3, 3], &[2, 2]]);
    let mut threads = Vec::new();
    for size in sizes {
        let mut thread = Thread::default();
        for _ in 0..*size {
            let statement = statement(chance, &mut thread, words, true);
            thread.body.push(statement);
        }
        threads.push(thread);
    }
    let location = |at: usize| Location {
        name: ["x", "y"][at].to_string(),
        atomic: true,
        initial: i32::from(at == 1 && seed.is_multiple_of(5)),
    };
    let wanted = everything(&threads, words);
    let is = |chance: &mut Rng| Condition::Is(one(chance, &wanted), chance.i32(..3));
    let (first, second, third) = (is(chance), is(chance), is(chance));
    let not = Condition::Not(Box::new(third));
    let either = Condition::Either(Box::new(second), Box::new(not));
    let condition = Condition::Both(Box::new(first), Box::new(either));
    let quantifier = one(chance, &[Quantifier::Exists, Quantifier::Never, Quantifier::Always]);
    let locations = (0..words).map(location).collect();
    let question = Question { quantifier, condition };
    let mut program =
        Program { name: format!("random{seed}"), locations, threads, wanted, question };
    program.number();
    program
}

/// All registers of these threads, and so many words.
fn everything(threads: &[Thread], words: usize) -> Vec<Place> {
    let registers = threads.iter().enumerate().flat_map(|(at, thread)| {
        (0..thread.registers.len()).map(move |register| Place::Register(at, register))
    });
    registers.chain((0..words).map(Place::Location)).collect()
}

/// Printed in herd's format and read again, a program has the same ends under each model, and the same
/// answers; and they are those of the axioms.
#[test]
fn what_is_printed_is_read_again() {
    let (mut weak, mut ruled, mut large) = (0, 0, 0);
    for seed in 0..300 {
        let program = program(seed);
        let text = herd(&program);
        let again = read(&text).unwrap_or_else(|wrong| panic!("{wrong:?}\n{text}"));
        assert_eq!(herd(&read(&herd(&again)).expect("a program")), herd(&again), "{text}");
        let (first, second) = (judged(&program), judged(&again));
        match first.rule {
            Rule::Applied => as_the_axioms_say(&first),
            Rule::TooMany => large += 1,
        }
        for model in 0..3 {
            assert_eq!(ends(&first, model), ends(&second, model), "{text}");
            assert_eq!(first.answer(model), second.answer(model), "{text}");
        }
        weak += usize::from(ends(&first, 2) != ends(&first, 0));
        ruled += usize::from(first.rows.iter().any(|row| row.by_rule));
    }
    let said = format!("{weak} weak, {ruled} with load buffering, {large} too large");
    assert!(weak > 50 && ruled > 2 && large < 10, "{said}");
}

/// The same with a word of plain memory, which threads use if what they read says so.
fn plain(seed: u64) -> Program {
    let mut program = program(seed);
    let chance = &mut Rng::with_seed(!seed);
    let at = program.locations.len();
    if chance.bool() {
        // So that what is ordered is ordered either way.
        program.threads.reverse();
        program.wanted = everything(&program.threads, at);
        program.question.condition = Condition::Is(program.wanted[0], 0);
    }
    program.locations.push(Location { name: "d".to_string(), atomic: false, initial: 0 });
    for (number, thread) in program.threads.iter_mut().enumerate().take(2) {
        let set = |access| What::Set(None, Expression::Access(Box::new(access)));
        let what = match chance.u8(..3) {
            0 => set(Access::Read(at)),
            _ => set(Access::Write(at, Expression::Number(number as i32 + 1))),
        };
        let uses = Statement { label: 0, line: 0, what };
        let what = match thread.registers.len().checked_sub(1) {
            Some(read) => What::If(Expression::Register(read), vec![uses], Vec::new()),
            None => uses.what,
        };
        let first = thread.registers.is_empty() && chance.bool();
        let place = if first { 0 } else { thread.body.len() };
        thread.body.insert(place, Statement { label: 0, line: 0, what });
    }
    program.number();
    program
}

/// The clocks of the engine and the axioms find the same races on plain memory. Some are only where
/// loads are buffered: then C11 says nothing of the program, and the rule alone sees it.
#[test]
fn races_are_where_the_axioms_have_them() {
    let (mut raced, mut ordered, mut buffered) = (0, 0, 0);
    for seed in 0..400 {
        let program = plain(seed);
        let Some(rc11) = axioms::allowed(&program, Cycles::ProgramOrder) else { continue };
        let judged = judged(&program);
        assert_eq!(judged.raced.is_some(), rc11.races, "{}", herd(&program));
        if judged.raced.is_none() {
            as_the_axioms_say(&judged);
        }
        if judged.races_by_rule {
            assert_eq!(
                [0, 2].map(|model| judged.answer(model) == Answer::Undefined),
                [false, true]
            );
        }
        raced += usize::from(rc11.races);
        ordered += usize::from(!rc11.races);
        buffered += usize::from(judged.races_by_rule);
    }
    assert!(
        raced > 50 && ordered > 50 && buffered > 0,
        "{raced} raced, {ordered} did not, {buffered} by the rule"
    );
}

/// Where there are too many candidates, the rule says so, and does not look at all of them first.
#[test]
fn too_many_candidates_are_not_looked_at() {
    let load = "int a = atomic_load_explicit(x, memory_order_relaxed);";
    let add = "int b = atomic_fetch_add_explicit(y, a, memory_order_relaxed);";
    let store = "atomic_store_explicit(x, a + b + 1, memory_order_relaxed);";
    let thread = |at| format!("P{at} (atomic_int* x, atomic_int* y) {{ {load} {add} {store} }}\n");
    let threads: String = (0..8).map(thread).collect();
    let program = read(&format!("C many\n{{}}\n{threads}exists (x=1)\n")).expect("a program");
    assert!(axioms::allowed(&program, Cycles::Dependencies).is_none());
    // Nor does it run here, and what the engine has not seen in its time stays open.
    let time = Duration::from_millis(200);
    let judged = judge(&program, &Limits { time, machine: Some(time), executions: true }, false);
    assert_eq!((judged.rule, judged.runs, judged.complete()), (Rule::TooMany, None, false));
    assert!(judged.rows.iter().all(|row| row.machine.is_none() && !row.by_rule));
}
