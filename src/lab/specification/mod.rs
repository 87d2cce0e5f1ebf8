//! A sequential specification: what each operation of a structure does to a plain state, and whether
//! the answers of calls that ran at once can be explained by it.
//!
//! Nothing here knows threads or engines. An engine says what was called and answered, and which end
//! of a call came before which; the judge says whether some order of the calls explains that.

mod cuts;
pub(crate) mod explain;
mod history;
mod judge;
mod program;

use std::any::Any;

use crate::outcome::{Grade, Meaning, Outcome};

pub use history::{Answer, Called, Ends, History, Order};
pub use judge::{judge, reasons};
pub use program::{Call, Program};

/// As an argument's domain: 1, 2, 3, ... by the place in the scenario, so that no value comes twice
/// and each says where it came from.
pub const FRESH: &[u64] = &[];

/// What one operation is called with, who may call it, and what of its answers is held to.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its name, as the specification spells it.
    pub name: &'static str,
    /// The values that each argument may have; an empty one stands for [`FRESH`].
    pub domains: &'static [&'static [u64]],
    /// All operations of one role are called by one thread; empty where anybody may call it.
    pub role: &'static str,
    /// It is called once more after all threads have ended.
    pub last: bool,
    /// It is called only then.
    pub only_last: bool,
    /// It may answer `None`, `false` or an `Err` while another call overlaps it, and has then
    /// changed nothing.
    pub refusable: bool,
    /// It looks at several moments: it may answer any value between the least and the greatest that
    /// the calls beside it can make of it while it runs, in whatever order.
    pub weakly: bool,
}

impl Operation {
    /// An operation that [`specification!`](crate::specification!) says these words of.
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        domains: &'static [&'static [u64]],
        role: &'static str,
        [last, only_last, refusable, weakly]: [bool; 4],
    ) -> Operation {
        Operation { name, domains, role, last, only_last, refusable, weakly }
    }
}

/// Which order of the calls has to explain the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consistency {
    /// One in which a call that had answered before another was made comes first (Herlihy and Wing
    /// 1990).
    Linearizable,
    /// One in which the calls of each thread come in their order (Lamport 1979). Two structures that
    /// are so each need not be so together.
    Sequential,
    /// One in which whatever was called before a moment at which no call ran comes before whatever
    /// was called after it.
    Quiescent,
}

/// What a structure should do, said of one thread.
#[derive(Debug)]
pub struct Specification {
    /// Its operations.
    pub operations: &'static [Operation],
    /// Makes the plain state of a new structure.
    pub plain: fn() -> Box<dyn State>,
    /// Which order has to explain the answers.
    pub consistency: Consistency,
    /// It is a promise under sequential consistency alone.
    pub only_sc: bool,
}

/// A plain state, whatever its type.
pub trait State {
    /// Calls the operation of this number. `seen` is the answer that was given, for a specification
    /// that allows several and follows it. Returns the answer that it should be; none where the
    /// operation may not be called now.
    fn call(&mut self, operation: usize, arguments: &[u64], seen: &str) -> Option<String>;
    /// The same state again.
    fn copy(&self) -> Box<dyn State>;
    /// Whether it is the same as another.
    fn same(&self, other: &dyn State) -> bool;
    /// Itself, to be compared.
    fn any(&self) -> &dyn Any;
}

/// What an operation does to a plain state of this type.
pub type Step<P> = fn(&mut P, &[u64], &str) -> Option<String>;

/// A plain state of one type.
#[doc(hidden)]
pub struct Plain<P: 'static> {
    pub state: P,
    pub steps: &'static [Step<P>],
}

impl<P: Clone + PartialEq + 'static> State for Plain<P> {
    fn call(&mut self, operation: usize, arguments: &[u64], seen: &str) -> Option<String> {
        self.steps[operation](&mut self.state, arguments, seen)
    }
    fn copy(&self) -> Box<dyn State> {
        Box::new(Plain { state: self.state.clone(), steps: self.steps })
    }
    fn same(&self, other: &dyn State) -> bool {
        other.any().downcast_ref::<Plain<P>>().is_some_and(|other| self.state == other.state)
    }
    fn any(&self) -> &dyn Any {
        self
    }
}

/// What an execution amounts to that was judged by a specification.
pub const OUTCOMES: &[Meaning] = &[
    Meaning {
        id: "EXPLAINED",
        grade: Grade::Allowed,
        reason: "some order of the calls explains what they answered",
        required: false,
    },
    Meaning {
        id: "NOT_EXPLAINED",
        grade: Grade::Forbidden,
        reason: "no order of the calls explains what they answered",
        required: false,
    },
];

/// Some order of the calls explains the answers.
pub const EXPLAINED: Outcome = Outcome(0);
/// None does.
pub const NOT_EXPLAINED: Outcome = Outcome(1);

/// So many calls of threads one scenario may have: who came before whom is kept as bits.
pub const MOST_CALLS: usize = 16;
