//! What variants cost beside each other, as text: time an operation, with its spread, and ratios.

use racelab::explore::native::figures::{CostReport, Figures, Finding};
use racelab::words::{Ink, Page, note, number};

/// The heads of the columns.
pub const HEADS: [&str; 2] = ["NS AN OPERATION", "TIMES THE FIXED"];

/// A line for each variant, then the latency between the cores, then what a reader has to know.
pub fn text(report: &CostReport, page: &Page) -> String {
    let mut text = String::new();
    match report.finding {
        Finding::Measured => {}
        Finding::NeverParallel => {
            let says = "The two threads never ran in parallel here: what one does to the other \
                        cannot show.";
            return text + &page.paragraph("  ", "  ", says) + &notes(report, page);
        }
        Finding::TooDisturbed => {
            let says = "Other work disturbed the measurement too often: these figures mean little.";
            text += &page.paragraph("  ", "  ", says);
        }
    }
    if page.plain {
        report.variants.iter().for_each(|figures| text += &sentence(figures, page));
    } else {
        let width = report.variants.iter().map(|figures| figures.name.len()).max().unwrap_or(0);
        let head = format!("  {:<width$}   {} (p10 to p90)   {}", "", HEADS[0], HEADS[1]);
        text += &(page.paint(Ink::Faint, &head) + "\n");
        report.variants.iter().for_each(|figures| text += &row(figures, width, page));
    }
    if let Some(latency) = &report.latency {
        let says = format!(
            "A store by one core is seen by the other after {:.0} ns ({:.0} to {:.0}).",
            latency.one_way_ns.median, latency.one_way_ns.min, latency.one_way_ns.max
        );
        text += &page.paragraph("\n  ", "  ", &says);
    }
    text + &notes(report, page)
}

fn row(figures: &Figures, width: usize, page: &Page) -> String {
    let name = &figures.name;
    let Some(time) = &figures.ns_per_operation else {
        return format!("  {name:<width$}   not measured\n");
    };
    let spread = format!("{:.1} ({:.1} to {:.1})", time.median, time.p10, time.p90);
    let ratio = figures.ratio.map(|ratio| format!("{ratio:.1}")).unwrap_or_default();
    let ratio = match figures.ratio {
        Some(times) if times >= 2.0 => page.paint(Ink::Bad, &format!("{ratio}  SLOWER")),
        _ => ratio,
    };
    format!("  {name:<width$}   {spread:<28}   {ratio}\n")
}

fn sentence(figures: &Figures, page: &Page) -> String {
    let says = match (&figures.ns_per_operation, figures.ratio) {
        (Some(time), Some(ratio)) => format!(
            "{}: {:.1} ns an operation, from {:.1} to {:.1}, {ratio:.1} times the fixed version",
            figures.name, time.median, time.p10, time.p90
        ),
        _ => format!("{}: not measured", figures.name),
    };
    page.paragraph("  ", "    ", &says)
}

fn notes(report: &CostReport, page: &Page) -> String {
    let kept: usize = report.variants.iter().map(|figures| figures.kept).sum();
    let tried: usize = report.variants.iter().map(|figures| figures.tried).sum();
    let says = format!(
        "{kept} of {tried} windows count, in {}; in the others a thread was interrupted or alone.",
        number::seconds(report.elapsed.as_secs_f64())
    );
    let mut text = page.paragraph("  ", "  ", &says);
    for &machine in &report.notes {
        text += &page.paragraph("  Note: ", "    ", &note::machine(machine));
    }
    text
}
