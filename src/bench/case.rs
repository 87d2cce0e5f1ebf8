//! The article's case: two million device ids, a tenth of the requests for ids that nobody knows.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use hdrhistogram::Histogram;
use racelab::explore::native::clock::Clock;
use racelab::explore::native::cpu;
use racelab::explore::native::workers::{self, Placement};
use serde::{Deserialize, Serialize};

use crate::cell::Latency;
use crate::keys::{Key, Value};
use crate::maps::Design;
use crate::mix::Mix;
use crate::seat;

/// How the case is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Ids that are known at the beginning.
    pub ids: usize,
    /// Look-ups a second, of all threads together.
    pub reads: u64,
    /// Writes a second.
    pub writes: u64,
    /// One look-up in so many asks for an id that nobody knows yet; all threads ask for it at the
    /// same time, as the requests of a new device come.
    pub unknown_one_in: u64,
    /// Microseconds that the fingerprint of a new id takes.
    pub fingerprint_us: u64,
    /// How many threads.
    pub threads: usize,
    /// Seconds for each map, in thousandths.
    pub milliseconds: u64,
}

impl Case {
    /// As the article tells it, for a minute each.
    pub fn article() -> Case {
        Case {
            ids: 2_000_000,
            reads: 5_000,
            writes: 300,
            unknown_one_in: 10,
            fingerprint_us: 50,
            threads: cpu::allowed().len().clamp(2, 8),
            milliseconds: 60_000,
        }
    }
}

/// What one map came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Served {
    /// Which map.
    pub map: String,
    /// Look-ups of ids that are known, from when they were due; absent if none was served.
    pub hits: Option<Latency>,
    /// Look-ups of new ids, the fingerprint included.
    pub unknown: Option<Latency>,
    /// Writes.
    pub writes: Option<Latency>,
    /// How many new ids there were.
    pub new_ids: u64,
    /// Fingerprints that were computed beyond one for each new id.
    pub duplicates: u64,
    /// Requests that were not served when twice the time was up.
    pub left: u64,
}

/// What a request is.
#[derive(Clone, Copy)]
enum Request {
    Known(usize),
    Unknown(usize),
    Write(usize),
}

/// The requests of one thread: those for new ids are the same for all.
struct Requests {
    case: Case,
    mix: Mix,
    own: fastrand::Rng,
    shared: fastrand::Rng,
    new: usize,
}

impl Requests {
    fn new(case: Case, thread: usize) -> Requests {
        Requests {
            case,
            mix: Mix::of_rates(case.reads as f64, case.writes as f64),
            own: fastrand::Rng::with_seed(1 + thread as u64),
            shared: fastrand::Rng::with_seed(0),
            new: 0,
        }
    }

    fn next(&mut self) -> Request {
        let word = self.shared.u64(..);
        if !self.mix.is_read(word as u32) {
            return Request::Write(self.own.usize(..self.case.ids));
        }
        if (word >> 32).is_multiple_of(self.case.unknown_one_in) {
            self.new += 1;
            return Request::Unknown(self.case.ids + self.new - 1);
        }
        Request::Known(self.own.usize(..self.case.ids))
    }
}

/// What one thread saw.
struct Seen {
    hits: Histogram<u64>,
    unknown: Histogram<u64>,
    writes: Histogram<u64>,
    new: usize,
    left: u64,
}

/// Runs the case on one map. `pool` has the ids and as many more as there will be new ones, see
/// [`ids`]. `stopped` ends it early.
pub fn run(
    case: Case,
    design: Design,
    pool: &Vec<String>,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Served {
    let seat = design.seat::<String, u64>();
    seat.fill(pool, case.ids, 8);
    let clock = Clock::get();
    let (computed, start) = (AtomicU64::new(0), AtomicU64::new(0));
    let fingerprint = || {
        computed.fetch_add(1, Relaxed);
        let begun = clock.now();
        let length = clock.ticks(Duration::from_micros(case.fingerprint_us));
        while clock.now().saturating_sub(begun) < length {
            std::hint::spin_loop();
        }
        u64::make(begun, 8)
    };
    let second = clock.ticks(Duration::from_secs(1)) as f64;
    let period = second * case.threads as f64 / (case.reads + case.writes) as f64;
    let each = requests(&case);
    let over = clock.ticks(Duration::from_millis(case.milliseconds * 2));
    let seen = workers::run(&Placement::new(case.threads, cpu::allowed()), |worker| {
        let mut requests = Requests::new(case, worker.number);
        let empty = seat::histogram;
        let mut seen =
            Seen { hits: empty(), unknown: empty(), writes: empty(), new: 0, left: each };
        if !worker.meet_then(|| start.store(clock.now(), Relaxed)) {
            return seen;
        }
        let start = start.load(Relaxed);
        for request in 0..each {
            let due = start + (request as f64 * period) as u64;
            wait(due, clock);
            if clock.now().saturating_sub(start) > over || stopped() {
                break;
            }
            let into = match requests.next() {
                Request::Known(index) => {
                    String::with(pool, index, |key| std::hint::black_box(seat.word(key)));
                    &mut seen.hits
                }
                Request::Unknown(index) => {
                    String::with(pool, index, |key| seat.get_or_compute(key, &fingerprint));
                    &mut seen.unknown
                }
                Request::Write(index) => {
                    seat.insert(pool, index, 8);
                    &mut seen.writes
                }
            };
            into.saturating_record(clock.now().saturating_sub(due).max(1));
            seen.left -= 1;
        }
        seen.new = requests.new;
        seen
    });
    let sum = |of: fn(&Seen) -> &Histogram<u64>| {
        let mut sum = seat::histogram();
        for part in &seen {
            // All have the same bounds, so nothing is out of them.
            let _ = sum.add(of(part));
        }
        Latency::of(design.name(), "open", &sum)
    };
    let new_ids = seen.iter().map(|seen| seen.new).max().unwrap_or(0) as u64;
    Served {
        map: design.name().to_string(),
        hits: sum(|seen| &seen.hits),
        unknown: sum(|seen| &seen.unknown),
        writes: sum(|seen| &seen.writes),
        new_ids,
        duplicates: computed.into_inner().saturating_sub(new_ids),
        left: seen.iter().map(|seen| seen.left).sum(),
    }
}

/// Requests of one thread.
fn requests(case: &Case) -> u64 {
    (case.reads + case.writes) * case.milliseconds / 1000 / case.threads as u64
}

/// The known ids and all that may come: no more than there are requests.
pub fn ids(case: &Case) -> Vec<String> {
    String::pool(case.ids + requests(case) as usize)
}

/// Sleeps as long as that is precise enough, and spins the rest.
fn wait(due: u64, clock: Clock) {
    const SLACK: f64 = 200e3;
    loop {
        let left = clock.nanoseconds(due.saturating_sub(clock.now()));
        if left <= 0.0 {
            return;
        }
        if left > 2.0 * SLACK {
            std::thread::sleep(Duration::from_nanos((left - SLACK) as u64));
        } else {
            std::hint::spin_loop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        Case {
            ids: 1000,
            reads: 5_000,
            writes: 300,
            milliseconds: 300,
            threads: 2,
            ..Case::article()
        }
    }

    #[test]
    fn nothing_is_computed_twice_where_the_map_sees_to_it() {
        let pool = ids(&case());
        for design in [Design::SafeMap, Design::Dashmap, Design::Papaya, Design::Scc] {
            let served = run(case(), design, &pool, &|| false);
            assert_eq!(served.left, 0, "{served:?}");
            assert!(served.new_ids > 20 && served.hits.is_some(), "{served:?}");
            let once = design != Design::Papaya;
            assert!(!once || served.duplicates == 0, "{served:?}");
        }
    }

    #[test]
    fn all_threads_ask_for_the_same_new_ids_and_each_for_known_ones_of_its_own() {
        let of = |thread| {
            let mut requests = Requests::new(case(), thread);
            (0..200).map(|_| requests.next()).collect::<Vec<_>>()
        };
        let mut known = 0;
        for (one, other) in of(0).into_iter().zip(of(1)) {
            match (one, other) {
                (Request::Known(one), Request::Known(other)) => known += usize::from(one != other),
                (Request::Unknown(one), Request::Unknown(other)) => assert_eq!(one, other),
                (Request::Write(_), Request::Write(_)) => {}
                _ => panic!("the two are not in step"),
            }
        }
        assert!(known > 100, "{known}");
    }

    #[test]
    fn a_run_can_be_stopped() {
        let served = run(case(), Design::OneLock, &ids(&case()), &|| true);
        assert!(served.left > 1000 && served.hits.is_none(), "{served:?}");
    }
}
