//! Real threads on this machine: how often each outcome comes up here, and what sharing a line costs.
//!
//! [`run::run`] runs a [`Race`](crate::Race) and counts its outcomes; [`sharing::measure`] measures
//! the variants of a [`Cost`](crate::cost::Cost) against each other. What comes out is evidence, and
//! never a proof: an outcome that did not come up may come up tomorrow.
//!
//! # How a race is run
//!
//! Each actor has a thread, pinned to a CPU of its own where there are enough. The threads meet at a
//! spinning barrier, run a *batch* of iterations, each on fresh memory, and meet again; then the
//! first of them, the leader, judges the batch and prepares the next. Between two iterations of a
//! batch there is no barrier. As in litmus7's "timebase" mode all threads read one clock, and each
//! iteration begins at an agreed moment, on each thread with a random *skew*. How far apart these
//! moments lie, the *period*, follows from how long the actors take. Where threads have to share a
//! CPU they do not collide but by preemption: they yield at random, or run on until the scheduler
//! stops them in the middle, which a further thread that wakes at random makes more frequent.
//!
//! # How a cost is measured
//!
//! The variants take turns, a *window* of some tens of microseconds each, so that all of them meet
//! the same machine. A window in which a thread was interrupted, or in which the threads did not run
//! side by side, is dropped; what is reported is the spread over the windows that are left.
//!
//! # The words
//!
//! | word | what it is |
//! |---|---|
//! | [`workers`] | scoped threads with CPU affinity: `Placement` is the threads and their CPUs, `Worker` what a thread knows of itself |
//! | `spin_barrier` | a reusable barrier that spins, and that lets all go when a thread panics |
//! | `backoff` | spin, then yield to the operating system; or, where the CPU is shared, always yield |
//! | `batch` | iterations between two barriers: their memories, and what each actor saw |
//! | `leader` | what thread 0 does between batches; `Size` adapts how many iterations a batch has, `Mode` is how they start |
//! | `pace` | `Pace` is when the iterations of one batch start, `Starter` a thread's wait for each, `PeriodTuner` adapts the period |
//! | `disturb` | a thread that sleeps and wakes at random on the race's CPU, which preempts it: noise on purpose |
//! | `counts` | the histogram of outcomes, failures and panics |
//! | [`window`] | one measurement: a `Stretch` is one thread's part in it, `Rules` are what makes it valid |
//! | `sampler` | chooses the variant of the next window, round robin, and when there are enough |
//! | `plan` | one variant's windows: how long, how many operations between two looks at the clock, and those that are kept |
//! | [`figures`], [`spread`] | the results: quantiles, and ratios to the baseline, window by window |
//! | [`latency`] | a ping-pong of one cache line between two CPUs |
//! | `Contestant`, `Entrant` | of [`cost`](crate::cost): a variant to be measured, and the same with its memory made |

mod backoff;
mod batch;
mod counts;
mod disturb;
mod leader;
mod notes;
mod pace;
mod plan;
mod random;
mod row;
mod sampler;
mod settings;
mod spin_barrier;
mod windows;

pub mod clock;
pub mod cpu;
pub mod curves;
pub mod figures;
pub mod latency;
pub mod report;
pub mod run;
pub mod sharing;
pub mod spread;
pub mod window;
pub mod workers;

pub use row::{AMPLIFIED, NATIVE};
