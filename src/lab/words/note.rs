//! Notes and blind spots, each a sentence without a full stop.

use std::fmt;

use super::number::of;
use super::{sight, verdict};
use crate::report::{BlindSpot, Contradiction, MachineNote, NoChild, Note, Second, Suspect};

/// A note beside a verdict.
pub fn note(note: &Note) -> String {
    match note {
        Note::FalseAlarm => "this may be a false alarm: see the blind spots".to_string(),
        Note::ArcOfStd => {
            "this may be a false alarm: std's own Arc is used here, and the checkers do not see \
             that its last owner comes after the others: use rt::sync::Arc"
                .to_string()
        }
        Note::FoundBy { by, asked } => format!(
            "found by the {by} search; the {} one was {}",
            asked.engine.name,
            verdict::line(asked)
        ),
        Note::Within { asked } => format!(
            "no proof: within the bound that was set; the {} search, which has none, was {}",
            asked.engine.name,
            verdict::line(asked)
        ),
        Note::Then(other) => format!("then {}: {}", other.engine.name, verdict::line(other)),
        Note::Redundant(executions) => {
            let executions = of(*executions, "execution was", "executions were");
            format!("{executions} given up as redundant")
        }
        Note::Waiting(executions) => format!(
            "{}: a thread waits there that has only not looked again",
            of(*executions, "execution is no end", "executions are no ends")
        ),
        Note::WithoutBound(executions) => {
            let executions = of(*executions, "execution", "executions");
            format!("without a bound: stopped after {executions}, none of which failed")
        }
        Note::Overruled(second) => overruled(second),
        Note::MustYield(engine) => {
            format!("a loop that waits must call yield_now, or {engine} never ends it")
        }
        Note::Busy { file, line, count } => format!(
            "one thread came to {file}:{line} {count} times in one execution: a loop that waits \
             must call rt::thread::yield_now or rt::hint::spin_loop"
        ),
        Note::NotModelled(what) => format!("not modelled: {what}"),
        Note::NotSeen(unseen) => sight::said(unseen),
        Note::InProcess(why) => {
            let why = match why {
                NoChild::NotReached => {
                    "a child that was this test once more ended before it came to this call"
                }
                NoChild::Unnamed => {
                    "the name of the test is not known, so it cannot be started once more"
                }
                NoChild::Wanted => "RACELAB_IN_PROCESS is set",
            };
            format!(
                "explored in this process: {why}. A closure that crashes or hangs takes its test \
                 with it"
            )
        }
        Note::Machine(note) => machine(*note),
    }
}

/// What a reader has to know about the machine.
pub fn machine(note: MachineNote) -> String {
    match note {
        MachineNote::NotPinned => {
            "no permission to pin threads, or no way to: they ran wherever the system put them"
                .to_string()
        }
        MachineNote::NoCounter => {
            "no steady CPU counter: the system's clock was read, which takes longer".to_string()
        }
        MachineNote::Turns { threads, cpus } => {
            let plural = if cpus == 1 { "" } else { "s" };
            format!(
                "{threads} threads on {cpus} CPU{plural} take turns: what needs them at one moment \
                 does not show"
            )
        }
        MachineNote::RarelyInterrupted => {
            "an actor is interrupted some thousand times a second at most: what needs luck may \
             not show either, and --amplify helps"
                .to_string()
        }
        MachineNote::Amplified => {
            "amplified: the race gives its CPU away at random, so its rates are not the code's own"
                .to_string()
        }
    }
}

fn overruled(Second { by, alarm, causes, .. }: &Second) -> String {
    let says = match alarm {
        true => format!(
            "a false alarm: {by}, which is exact, saw every execution within its bounds, and none \
             fails"
        ),
        false => format!("a failure was missed: {by}, which is exact, shows it"),
    };
    let causes: Vec<&str> = causes.iter().map(spot).collect();
    match causes.is_empty() {
        true => says + "; no known cause is seen in this program",
        false => format!("{says}; known causes: {}", causes.join("; ")),
    }
}

/// What an engine cannot see in this program. All but the last are of loom's, and say so.
pub fn spot(spot: &BlindSpot) -> &str {
    match spot {
        BlindSpot::StoreAgainstRmw => {
            "a plain store races a read-modify-write on one word here: loom then shows values that \
             cannot be, and waits that never end (tokio-rs/loom#254)"
        }
        BlindSpot::SeqcstAccess => {
            "SeqCst loads and stores are used here: loom takes them as Acquire and Release, and \
             reports failures that SeqCst rules out (tokio-rs/loom#180); SeqCst fences it knows"
        }
        BlindSpot::ManyStores => {
            "a word is stored to more than seven times here: loom remembers the last seven, and \
             misses reads of older values (loom 0.7.3, MAX_ATOMIC_HISTORY)"
        }
        BlindSpot::LoadBuffering => {
            "threads each read one word and then write the next here: C11 lets a read see a write \
             that comes after it round the circle (load buffering), and no engine here does"
        }
        BlindSpot::SeqcstFence => {
            "SeqCst fences are used here: loom lets them order more than C11 promises \
             (loom 0.7.3, rt/thread.rs, seq_cst_fence); the race clocks do not"
        }
        BlindSpot::FailedExchange => {
            "a compare-exchange fails here: in loom a failed one always reads the newest value, in \
             C11 it may read an older one (loom 0.7.3, rt/atomic.rs, match_rmw_to_stores)"
        }
        BlindSpot::IncoherentOrder => {
            "a thread writes a word twice here, and another writes and reads it: loom then shows \
             orders of these stores that cannot be (tokio-rs/loom#282)"
        }
        BlindSpot::LostInterleavings => {
            "a thread reads a word and writes it later here, and another touches it twice: loom \
             then misses interleavings (tokio-rs/loom#166)"
        }
        BlindSpot::TryLock => {
            "a lock is tried for here: loom then blocks a thread that would not wait, and reports \
             deadlocks that cannot be (tokio-rs/loom#376)"
        }
        BlindSpot::Tokens => {
            "a thread is unparked twice here: loom may then end at an assertion of its own, \
             `state.notified` (tokio-rs/loom#249)"
        }
        BlindSpot::Readers => {
            "two threads read under one lock here: for loom the first comes before the second \
             (loom 0.7.3, rt/rwlock.rs), which std does not promise"
        }
        BlindSpot::Yield => {
            "a thread yields here, which is taken as waiting for a change: a loop that gives up \
             after some rounds is not explored to its end"
        }
        BlindSpot::Wakeup => {
            "a condition variable or park is used here: wakeups without a notification, which std \
             allows, are not explored"
        }
        BlindSpot::WeakExchange => {
            "compare_exchange_weak is used here: that it fails for no reason, which std allows, is \
             not explored"
        }
        BlindSpot::Said(words) => words,
    }
}

/// What racelab may be blind to in a program in which the machine contradicts it: the traps that
/// it walks into, then what no program announces.
pub fn suspects(found: &Contradiction) -> Vec<String> {
    let unannounced = "what is not announced: std's own types and `static`s in place of rt's, memory \
                       behind raw pointers, counts of an Arc, the time, chance";
    let suspect = |suspect: &Suspect| match suspect {
        Suspect::Trap(trap) => spot(trap).to_string(),
        Suspect::LongLoop(rounds) => {
            format!("a loop that gives up after more than {rounds} rounds in which nothing changed")
        }
    };
    found.suspects.iter().map(suspect).chain([unannounced.to_string()]).collect()
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&note(self))
    }
}

impl fmt::Display for BlindSpot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(spot(self))
    }
}
