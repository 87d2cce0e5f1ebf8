//! loom's traps: what it may get wrong in the program at hand, told from what the program does.

use crate::explore::engine::Trap;
use crate::rt::survey::Survey;

/// loom keeps the last seven stores of a location (`MAX_ATOMIC_HISTORY`).
const HISTORY: u32 = 7;

/// The traps that this program walks into.
pub(super) fn of(survey: &Survey) -> Vec<Trap> {
    let loom = |false_alarm, text: &str| Trap { false_alarm, text: text.to_string() };
    let mut spots = Vec::new();
    if survey.store_against_rmw() {
        spots.push(loom(
            true,
            "a plain store races a read-modify-write on one word here: loom then shows values that \
             cannot be, and waits that never end (tokio-rs/loom#254)",
        ));
    }
    if survey.seqcst_access {
        spots.push(loom(
            true,
            "SeqCst loads and stores are used here: loom takes them as Acquire and Release, and \
             reports failures that SeqCst rules out (tokio-rs/loom#180); SeqCst fences it knows",
        ));
    }
    if survey.most_stores() > HISTORY {
        spots.push(loom(
            false,
            "a word is stored to more than seven times here: loom remembers the last seven, and \
             misses reads of older values (loom 0.7.3, MAX_ATOMIC_HISTORY)",
        ));
    }
    if survey.load_buffering() {
        spots.push(loom(
            false,
            "two threads each load one word and then store the other here: C11 lets both loads see \
             the later stores (load buffering), loom never does (its README)",
        ));
    }
    if survey.seqcst_fence {
        spots.push(loom(
            false,
            "SeqCst fences are used here: loom lets them order more than C11 promises \
             (loom 0.7.3, rt/thread.rs, seq_cst_fence); the race clocks do not",
        ));
    }
    if survey.failed_exchange {
        spots.push(loom(
            false,
            "a compare-exchange fails here: in loom a failed one always reads the newest value, in \
             C11 it may read an older one (loom 0.7.3, rt/atomic.rs, match_rmw_to_stores)",
        ));
    }
    let unexplored = [
        (
            survey.yields,
            "a thread yields here, which is taken as waiting for a change: a loop that gives up \
             after some rounds is not explored to its end",
        ),
        (
            survey.waits,
            "a condition variable or park is used here: wakeups without a notification, which std \
             allows, are not explored",
        ),
        (
            survey.weak_exchange,
            "compare_exchange_weak is used here: that it fails for no reason, which std allows, is \
             not explored",
        ),
    ];
    for (_, text) in unexplored.into_iter().filter(|spot| spot.0) {
        spots.push(loom(false, text));
    }
    spots
}
