//! A progress bar on stderr, for a person who waits: what is done, and executions per second.

use std::io::{IsTerminal, stderr};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use racelab::words::number;

/// The progress of several explorations.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    executions: AtomicU64,
}

impl Progress {
    /// A bar for so many explorations; none where stderr is no terminal.
    pub fn new(explorations: usize, plain: bool) -> Progress {
        let bar = ProgressBar::new(explorations as u64);
        if plain || !stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let style = ProgressStyle::with_template("  [{bar:20}] {pos} of {len}  {wide_msg}");
        if let Ok(style) = style {
            bar.set_style(style.progress_chars("#>."));
        }
        Progress { bar, started: Instant::now(), executions: AtomicU64::new(0) }
    }

    /// An exploration has come from `before` to `now` executions.
    pub fn executions(&self, name: &str, before: u64, now: u64) {
        let new = now.saturating_sub(before);
        let all = self.executions.fetch_add(new, Relaxed) + new;
        let rate = all as f64 / self.started.elapsed().max(Duration::from_millis(1)).as_secs_f64();
        let (all, rate) = (number::count(all), number::count(rate as u64));
        self.bar.set_message(format!("{name}: {all} executions, {rate}/s"));
    }

    /// An exploration has ended.
    pub fn done(&self) {
        self.bar.inc(1);
    }

    /// Takes the bar away: what it said is no result.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}

/// One line on stderr that says what is done now, for work whose length is not known.
pub struct Spinner {
    bar: ProgressBar,
}

impl Spinner {
    /// None where stderr is no terminal, or where a line that changes is not welcome.
    pub fn new(quiet: bool) -> Spinner {
        let bar = ProgressBar::new_spinner();
        if quiet || !stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template("  {elapsed:>4}  {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Spinner { bar }
    }

    /// This is done now.
    pub fn says(&self, what: &str) {
        self.bar.set_message(what.to_string());
    }

    /// Does something that writes to the terminal itself.
    pub fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.disable_steady_tick();
        let result = self.bar.suspend(work);
        self.bar.enable_steady_tick(Duration::from_millis(250));
        result
    }

    /// Takes the line away.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}
