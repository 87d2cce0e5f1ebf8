//! Whether two threads of this machine really run at the same time.

use std::sync::Barrier;
use std::thread;

use super::Finding;
use racelab::explore::native::{clock::Clock, cpu};

/// Time is cut into so many windows.
const WINDOWS: usize = 2000;
/// Each of so many nanoseconds: 100 ms in all.
const WINDOW: f64 = 50_000.0;
/// A thread that looks at the clock in a loop, and sees it jump by more, did not run meanwhile.
const GAP: f64 = 10_000.0;
/// With fewer windows in parallel than this share of all, races on real threads are rare.
const ENOUGH: f64 = 0.1;

pub(super) fn look() -> Finding {
    const WHAT: &str = "parallel";
    const REMEDY: &str = "end what else is running, or `racelab demo NAME --amplify`: races will \
        seldom show on real threads. The model checkers need one CPU alone";
    let cpus = cpu::allowed();
    if cpus.len() < 2 {
        return Finding::remark(WHAT, "there is one CPU, so nothing is", REMEDY);
    }
    let percent = share(cpus) * 100.0;
    let says = format!("two threads ran at the same time for {percent:.0} % of 100 ms");
    match percent >= ENOUGH * 100.0 {
        true => Finding::good(WHAT, says),
        false => Finding::remark(WHAT, says, REMEDY),
    }
}

/// The share of windows in which both threads ran from beginning to end, 0 to 1.
fn share(cpus: &[usize]) -> f64 {
    let (clock, barrier) = (Clock::get(), Barrier::new(2));
    // Long enough for both threads to have started.
    let start = clock.now() + clock.ticks(std::time::Duration::from_millis(20));
    let ran: Vec<Vec<bool>> = thread::scope(|scope| {
        let run = |cpu: usize| {
            let barrier = &barrier;
            scope.spawn(move || {
                // Where a thread cannot be kept on its CPU, the system finds it one.
                let _ = cpu::pin(&[cpu]);
                barrier.wait();
                sound(&clock, start)
            })
        };
        let threads = [run(cpus[0]), run(cpus[1])];
        threads.map(|thread| thread.join().unwrap_or_default()).into()
    });
    let both = ran[0].iter().zip(&ran[1]).filter(|(one, other)| **one && **other).count();
    both as f64 / WINDOWS as f64
}

/// For each window whether this thread ran all the time.
fn sound(clock: &Clock, start: u64) -> Vec<bool> {
    let mut sound = vec![true; WINDOWS];
    let window = |tick: u64| (clock.nanoseconds(tick.saturating_sub(start)) / WINDOW) as usize;
    let mut last = clock.now().min(start);
    loop {
        let now = clock.now();
        if clock.nanoseconds(now.saturating_sub(last)) > GAP {
            let missed = window(last)..window(now).saturating_add(1).min(WINDOWS);
            if let Some(missed) = sound.get_mut(missed) {
                missed.fill(false);
            }
        }
        if window(now) >= WINDOWS {
            return sound;
        }
        last = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_share() {
        let cpus = cpu::allowed();
        let share = share(&[cpus[0], cpus[cpus.len() - 1]]);
        assert!((0.0..=1.0).contains(&share), "{share}");
    }

    /// Two threads on one CPU never run at the same time.
    #[cfg(target_os = "linux")]
    #[test]
    fn one_cpu_runs_one_thread() {
        let cpu = cpu::allowed()[0];
        if !thread::spawn(move || cpu::pin(&[cpu])).join().unwrap_or(false) {
            return;
        }
        let share = share(&[cpu, cpu]);
        assert!(share < 0.02, "{share}");
    }
}
