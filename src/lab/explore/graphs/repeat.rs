//! A thread that repeats the events of a plan: whether it goes on.

use super::graph::Label;
use super::run::State;
use crate::rt::context;
use crate::rt::op::{Kind, MAX_THREADS, Memory, Op};

/// Whether an operation has no event in the graph.
pub(super) fn without_event(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Local | Kind::CellRead | Kind::CellWrite | Kind::End | Kind::Yield | Kind::Doze
    )
}

#[derive(PartialEq, Eq)]
pub(super) enum Again {
    Goes,
    Waits,
}

/// Whether a thread may go on that repeats events. It waits for good where it read that it must.
pub(super) fn again(
    asked: &mut [Option<bool>; MAX_THREADS],
    state: &mut State,
    thread: usize,
    op: Op,
) -> Again {
    if state.remaining(thread) == 0 {
        // What comes after its last event belongs to a plan in which somebody joins it.
        return match without_event(op.kind) && state.is_joined(thread) {
            true => Again::Goes,
            false => Again::Waits,
        };
    }
    if state.stuck[thread].take().is_some() {
        // It went on because nobody else could: its time was up.
        asked[thread] = Some(true);
    }
    if let (Some(Label::Whim(happens)), None) = (state.next(thread), asked[thread]) {
        state.add(thread, Label::Whim(happens), 0);
        asked[thread] = Some(happens);
        if state.remaining(thread) == 0 {
            return Again::Waits;
        }
    }
    state.progress.set_late(thread, asked[thread] == Some(true));
    if without_event(op.kind) {
        return Again::Goes;
    }
    if op.kind == Kind::Join {
        let other = op.object.ended_thread();
        if !context::with(|context| context.finished[other].get()) {
            return Again::Waits;
        }
        state.add(thread, Label::Join(other as u8), 0);
        return Again::Goes;
    }
    if !state.may_go(thread) {
        return Again::Waits;
    }
    if op.kind.memory() == Memory::Untouched
        && state.waits_again(thread, op)
        && let Some(Label::Read { from, .. }) = state.next(thread)
    {
        state.wait_at(thread, op, from);
        return Again::Waits;
    }
    Again::Goes
}
