//! Who is about to end an object waits for those that touch it before: a graph has what is done with
//! an object, and not when it ends.

use super::graph::Label;
use super::run::State;
use crate::explore::shuttle::policy::{Moment, Threads, members};
use crate::rt::op::{Kind, MAX_THREADS};

/// Whether a thread is about to end an object that another is about to touch.
pub(super) fn touched(state: &State, moment: &Moment<'_>, thread: usize) -> bool {
    let op = moment.pending[thread];
    let other = |other: usize| {
        let object = moment.pending[other].object.whole();
        other != thread && state.stuck[other].is_none() && object == op.object
    };
    op.kind == Kind::End && members(moment.alive).any(other)
}

/// The threads that are about to end an object too early, where a plan is repeated: others are about
/// to touch it, or the plan has it that they will.
pub(super) fn early(state: &State, moment: &Moment<'_>) -> Threads {
    let is = |thread: &usize| touched(state, moment, *thread) || will_be(state, moment, *thread);
    members(moment.alive).filter(is).fold(0, |early, thread| early | 1 << thread)
}

fn will_be(state: &State, moment: &Moment<'_>, thread: usize) -> bool {
    let op = moment.pending[thread];
    let others = (0..MAX_THREADS).filter(|other| *other != thread && state.remaining(*other) > 0);
    let mut left =
        others.flat_map(|other| &state.plan.threads[other][state.graph.threads[other].len()..]);
    let touches = |label: &Label| match label {
        Label::Read { object, .. } | Label::Write { object, .. } => {
            state.objects[usize::from(*object)].whole() == op.object
        }
        Label::Fence(_) | Label::Join(_) | Label::Whim(_) => false,
    };
    op.kind == Kind::End && left.any(touches)
}
