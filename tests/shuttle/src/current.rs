//! The thread that runs.

use crate::{execution, thread};

/// The number of a thread, in the order in which threads are started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaskId(usize);

impl From<TaskId> for usize {
    fn from(id: TaskId) -> usize {
        id.0
    }
}

/// The number of the thread that runs.
pub fn me() -> TaskId {
    TaskId(execution::number())
}

/// The name of the thread that runs; of another it is not known here.
pub fn get_name_for_task(id: TaskId) -> Option<String> {
    (id == me()).then(|| thread::current().name().map(String::from)).flatten()
}
