//! Calls of a structure under a specification: made here, and noted without being operations. To note
//! a call orders nothing and switches no threads.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use super::called::Ran;
use super::{blocking, clocks, context, unwinding};
use crate::specification::{Answer, Call, Called, Program};

/// The scenario that executions follow, where they follow one.
pub(crate) fn program() -> Option<Arc<Program>> {
    context::with(|context| context.settings().program)
}

/// How many threads that scenario has.
pub(crate) fn threads() -> Option<usize> {
    program().map(|program| program.threads.len())
}

/// How many calls a thread has answered in this execution.
pub(crate) fn answered(thread: usize) -> usize {
    context::with(|context| {
        let calls = context.calls.borrow();
        calls.ran.iter().filter(|ran| ran.called.thread + 1 == thread).count()
    })
}

/// Makes the calls before the threads start.
pub(crate) fn first<M>(memory: &M, real: &[fn(&M, &[u64]) -> String]) {
    let calls = program().map(|program| program.first.clone()).unwrap_or_default();
    let first = calls.into_iter().map(|call| {
        let answer = answer(memory, real, &call);
        (call, answer)
    });
    let first = first.collect();
    context::with(|context| context.calls.borrow_mut().first = first);
}

/// Makes the calls of one thread.
pub(crate) fn act<M>(thread: usize, memory: &M, real: &[fn(&M, &[u64]) -> String]) {
    let calls = program().and_then(|program| program.threads.get(thread).cloned());
    for call in calls.into_iter().flatten() {
        let me = context::with(|context| context.current.get());
        let moved = context::with(|context| context.calls.borrow().moves[me]);
        clocks::call_begins(me);
        blocking::call_begins(me);
        let answer = answer(memory, real, &call);
        let (after_first, at_last) = clocks::call_ends(me);
        context::with(|context| {
            let mut calls = context.calls.borrow_mut();
            let moved = (moved, calls.moves[me]);
            let called = Called { thread, call, answer };
            calls.ran.push(Ran { called, moved, after_first, at_last });
        });
    }
}

/// Makes the calls after all threads have ended.
pub(crate) fn last<M>(memory: &M, real: &[fn(&M, &[u64]) -> String]) {
    let calls = program().map(|program| program.last.clone()).unwrap_or_default();
    let last = calls.into_iter().map(|call| {
        let answer = answer(memory, real, &call);
        (call, answer)
    });
    let last = last.collect();
    context::with(|context| context.calls.borrow_mut().last = last);
}

/// What a call comes to. A panic of a checker's goes on: it has ended the execution.
fn answer<M>(memory: &M, real: &[fn(&M, &[u64]) -> String], call: &Call) -> Answer {
    let run = AssertUnwindSafe(|| real[call.operation](memory, &call.arguments));
    match catch_unwind(run) {
        Ok(text) => Answer::Gave(text),
        Err(payload) => {
            let over =
                context::with(|context| context.stopping.get() || context.keeps.borrow().failed);
            if over {
                resume_unwind(payload);
            }
            unwinding::ends(context::with(|context| context.current.get()));
            let said = payload.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| payload.downcast_ref::<&str>().copied());
            Answer::Panicked(said.unwrap_or("a panic without a message").to_string())
        }
    }
}
