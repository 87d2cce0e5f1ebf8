//! What variants cost as one thing grows: a drawing, the values with their spread, the crossover.

mod plot;
mod scale;
mod svg;

pub use svg::svg;

use racelab::explore::native::curves::{Crossing, CurveReport, Point};
use racelab::explore::native::figures::{Figures, Finding};
use racelab::words::{Ink, Page, number};

/// Columns of a value and its spread.
const CELL: usize = 17;

/// One curve. Each line has a letter; colour only repeats it.
pub fn text(report: &CurveReport, page: &Page) -> String {
    let title = format!("{}: nanoseconds a {}", report.title, report.unit);
    let mut text = page.paragraph("  ", "    ", &title);
    if report.points.is_empty() {
        return text + &left_out(report, page);
    }
    let names = names(report);
    let room = page.width >= 12 + CELL * names.len().min(3);
    if page.plain || !room {
        report.points.iter().for_each(|point| text += &sentences(report, point, page));
    } else {
        text += &format!("\n{}\n", plot::text(report, page));
        text += &table(report, &names, page);
    }
    for crossing in &report.crossings {
        text += &page.paragraph("  => ", "     ", &says(report, crossing));
    }
    if report.crossings.is_empty() && report.points.len() > 1 {
        let says = format!("No crossover with {} was measured in this range.", report.baseline);
        text += &page.paragraph("  => ", "     ", &says);
    }
    text + &disturbed(report, page) + &left_out(report, page)
}

/// The lines, in the order of their letters.
fn names(report: &CurveReport) -> Vec<&str> {
    let variants = report.points.first().map(|point| &point.report.variants);
    variants.into_iter().flatten().map(|figures| figures.name.as_str()).collect()
}

/// The letter of a line: `A` is the first.
fn letter(index: usize) -> char {
    char::from(b'A' + (index % 26) as u8)
}

fn ink(name: &str, index: usize) -> Ink {
    match name {
        "broken" => Ink::Bad,
        "fixed" => Ink::Good,
        _ if index.is_multiple_of(2) => Ink::Notable,
        _ => Ink::Strong,
    }
}

fn table(report: &CurveReport, names: &[&str], page: &Page) -> String {
    let across = ((page.width - 12) / CELL).max(1);
    let mut text = String::new();
    for (part, some) in names.chunks(across).enumerate() {
        let mut head = format!("  {:>9} ", report.axis.chars().take(9).collect::<String>());
        for (index, name) in some.iter().enumerate() {
            let index = part * across + index;
            let short: String = name.chars().take(CELL - 3).collect();
            let cell = format!("{} {short}", letter(index));
            head += &(page.paint(ink(name, index), &cell) + &pad(racelab::words::width(&cell)));
        }
        text += &format!("{}\n", head.trim_end());
        for point in &report.points {
            let mut row = format!("  {:>9} ", number::count(point.at));
            for name in some {
                let cell = point.report.variant(name).map_or(String::new(), cell);
                row += &(cell.clone() + &pad(racelab::words::width(&cell)));
            }
            text += &format!("{}\n", row.trim_end());
        }
    }
    text + &page.paint(Ink::Faint, "       the middle one of the windows (p10-p90)") + "\n"
}

fn pad(taken: usize) -> String {
    " ".repeat(CELL.saturating_sub(taken))
}

fn cell(figures: &Figures) -> String {
    let Some(time) = &figures.ns_per_operation else { return "-".to_string() };
    let value = scale::short;
    format!("{} ({}-{})", value(time.median), value(time.p10), value(time.p90))
}

/// A point in words.
fn sentences(report: &CurveReport, point: &Point, page: &Page) -> String {
    let each = point.report.variants.iter().map(|figures| match &figures.ns_per_operation {
        Some(time) => format!(
            "{} {} ns, from {} to {}",
            figures.name,
            scale::short(time.median),
            scale::short(time.p10),
            scale::short(time.p90)
        ),
        None => format!("{} not measured", figures.name),
    });
    let each: Vec<String> = each.collect();
    let says = format!("{} {}: {}.", number::count(point.at), report.axis, each.join("; "));
    page.paragraph("  ", "    ", &says)
}

fn says(report: &CurveReport, crossing: &Crossing) -> String {
    let [from, to] = crossing.between;
    let (variant, baseline, axis) = (&crossing.variant, &report.baseline, &report.axis);
    let way = if crossing.cheaper_beyond { "cheaper" } else { "dearer" };
    format!(
        "CROSSOVER: {variant} is {way} than {baseline} from about {} {axis} on (between {} and {}).",
        number::count(crossing.near.round() as u64),
        number::count(from),
        number::count(to)
    )
}

fn disturbed(report: &CurveReport, page: &Page) -> String {
    let bad = report.points.iter().filter(|point| point.report.finding != Finding::Measured);
    let at: Vec<String> = bad.map(|point| number::count(point.at)).collect();
    if at.is_empty() {
        return String::new();
    }
    let says = format!(
        "Other work disturbed the measurement at {} {}: those figures mean little, and no \
         crossover is read from them.",
        at.join(", "),
        report.axis
    );
    page.paragraph("  Note: ", "    ", &says)
}

fn left_out(report: &CurveReport, page: &Page) -> String {
    let at: Vec<String> = report.out_of_reach.iter().map(|at| number::count(*at)).collect();
    if at.is_empty() {
        return String::new();
    }
    let says = format!(
        "Not measured: {} {}; there are fewer CPUs here, and threads that take turns do not \
         disturb each other.",
        at.join(", "),
        report.axis
    );
    page.paragraph("  Note: ", "    ", &says)
}

#[cfg(test)]
mod tests;
