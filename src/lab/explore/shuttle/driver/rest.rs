//! An execution that was given up comes to its end.

use shuttle::scheduler::{Task, TaskId};

use super::{finished, id};
use crate::rt::{context, unwinding};

/// What is left of an execution that was given up: those that unwind, for std counts their panics
/// until they are caught; then the harness; then those that have ended, whose stacks serve again. The
/// stacks of the others are lost.
pub(super) fn rest(tasks: &[&Task]) -> Option<TaskId> {
    let unwind = unwinding::all();
    let thread = |wanted: &dyn Fn(usize) -> bool| tasks.iter().find(|task| wanted(id(task)));
    let next = thread(&|thread| unwind >> thread & 1 == 1)
        .or_else(|| thread(&|thread| thread == 0))
        .or_else(|| thread(&finished))?;
    context::with(|context| context.current.set(id(next)));
    Some(next.id())
}
