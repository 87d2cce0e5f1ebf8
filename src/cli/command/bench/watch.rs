//! What a person sees while it is measured, and what stays if it is broken off.

use std::io;
use std::path::Path;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use racelab_bench::report::Report;
use racelab_bench::run::Watch;
use std::io::{IsTerminal, stderr};

use super::super::interrupt;
use super::kept;

/// A bar on stderr, the file to keep, and Ctrl-C.
pub(super) struct Watched<'f> {
    bar: ProgressBar,
    begun: Option<(Instant, usize)>,
    file: Option<&'f Path>,
}

impl<'f> Watched<'f> {
    pub(super) fn new(report: &Report, file: Option<&'f Path>, plain: bool) -> Watched<'f> {
        let bar = ProgressBar::new(report.plan.settings().len() as u64);
        if plain || !stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let style = ProgressStyle::with_template("  [{bar:20}] {pos} of {len}  {wide_msg}");
        if let Ok(style) = style {
            bar.set_style(style.progress_chars("#>."));
        }
        Watched { bar, begun: None, file }
    }

    /// Takes the bar away.
    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Watched<'_> {
    fn says(&mut self, what: &str, done: usize, of: usize) {
        let (since, first) = *self.begun.get_or_insert((Instant::now(), done));
        let mut says = what.to_string();
        if done > first {
            let each = since.elapsed().as_secs_f64() / (done - first) as f64;
            let left = racelab::words::number::seconds(each * (of - done) as f64);
            says = format!("{left} left: {what}");
        }
        self.bar.set_position(done as u64);
        self.bar.set_message(says);
    }

    fn keep(&mut self, report: &Report) -> io::Result<()> {
        self.file.map_or(Ok(()), |file| kept::write(file, report))
    }

    fn stopped(&self) -> bool {
        interrupt::was_noted()
    }
}
