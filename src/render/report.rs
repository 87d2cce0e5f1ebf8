//! A whole report as text: the verdict, the failing execution, and what was not looked at.

use super::run::name;
use super::{Page, interleaving, sight, verdict};
use crate::report::{End, Report};

/// The verdict in its wording, then the failure step by step, then notes and blind spots.
pub fn text(report: &Report, page: &Page) -> String {
    let engine = format!("{}: ", name(report.engine));
    let mut text = page.paragraph(&engine, "  ", &verdict::line(report));
    if let Some(failure) = &report.failure {
        text += &format!("\n{}\n", interleaving::text(failure, page));
    }
    if let End::Unseen(found) = &report.end {
        text += &sight::list(found, page);
    }
    for note in &report.notes {
        text += &page.paragraph("  Note: ", "    ", note);
    }
    let about = verdict::about(report.engine);
    text += &page.paragraph("  ", "    ", &format!("This was {about}."));
    for spot in verdict::blind_spots(report) {
        text += &page.paragraph("  ", "    ", &format!("Not looked at: {spot}."));
    }
    text
}
