//! The story of one failure mode: each section as text, in the order it is told.

use super::run::Run;
use super::{cost, curve, detectors, diff, histogram, reordering, run, source};
use racelab::explore::native::curves::CurveReport;
use racelab::explore::native::figures::CostReport;
use racelab::report::{BlindSpot, Failure, Report};
use racelab::words::{Ink, Page, interleaving, note, number};
use racelab_demos::course::{Demo, Role, Version};
use racelab_layout::words as layout;
use racelab_layout::{Judged, cache_line};

/// What breaks, and where it stands in the course.
pub fn title(demo: &Demo, variant: Option<&Version>, page: &Page) -> String {
    let title = page.paragraph("", "  ", &format!("{}: {}", demo.name, demo.title));
    let mut text = title.replacen(demo.name, &page.paint(Ink::Strong, demo.name), 1);
    if let Some(version) = variant {
        let note = format!("version {}: {}", version.name(), version.title);
        text += &page.paragraph("", "  ", &note);
    }
    text
}

/// The lines that matter.
pub fn code(version: &Version, runs: &[Run], page: &Page) -> String {
    let Some(source) = version.scenario.sources.first() else { return String::new() };
    let failure = simplest(runs);
    let text = source::excerpt(source, failure, page);
    let about = match version.role {
        Role::Broken => format!("{}: {}", source.name(), version.title),
        _ => source.name().to_string(),
    };
    let marked = failure.is_some_and(|f| f.steps.iter().any(|step| step.file == source.name()));
    let legend = if marked { "     > runs in the failing execution below\n" } else { "" };
    format!("{}{text}{legend}", heading("The code", &about, page))
}

/// The bytes of the shared memory: of the broken version, and of the fixed one where the failure is
/// one of bytes.
pub fn bytes(demo: &Demo, version: &Version, page: &Page) -> String {
    let mut versions = vec![version];
    if demo.cost.is_some() && version.role == Role::Broken {
        versions.extend(demo.versions.iter().find(|version| version.role == Role::Fixed));
    }
    let mut text = heading("The bytes", "one row of a cache line at a time", page);
    for (index, version) in versions.into_iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if let Some(mut layout) = version.scenario.layouts().into_iter().next() {
            layout.name = format!("{}: {}", version.name(), layout.name);
            let judged = Judged::new(layout, cache_line::detect());
            // A narrow picture is one of words.
            let width = if page.plain { 50 } else { page.width.saturating_sub(2) };
            for line in layout::text(&judged, 1, width).lines() {
                text += &format!("  {line}\n").replace("  \n", "\n");
            }
        }
    }
    text
}

/// What the versions cost beside each other on this machine.
pub fn cost(report: Option<&CostReport>, page: &Page) -> String {
    let about = "windows of each version in turn";
    let heading = heading("1. This machine", about, page);
    match report {
        Some(report) => heading + &cost::text(report, page),
        // The curves follow.
        None => heading.trim_end().to_string() + "\n",
    }
}

/// How that grows.
pub fn curves(reports: &[CurveReport], page: &Page) -> Option<String> {
    let texts: Vec<String> = reports.iter().map(|report| curve::text(report, page)).collect();
    (!texts.is_empty()).then(|| format!("\n{}", texts.join("\n")))
}

/// How often each outcome came up on this machine.
pub fn hardware(runs: &[Run], page: &Page) -> Option<String> {
    let run = runs.iter().find(|run| run.native())?;
    let report = run.report()?;
    let executions = number::of(report.executions, "run", "runs");
    let about = format!("{executions} in {}", number::seconds(report.seconds));
    let mut text = heading("1. This machine", &about, page);
    if !report.outcomes.is_empty() {
        text += &histogram::text(&report.outcomes, page);
    }
    text.push('\n');
    text += &run.line("  ", page);
    if let Some(first) = report.first_failure_seconds {
        text += &format!("  The first came after {}.\n", number::seconds(first));
    }
    text += &notes(report, page);
    let blind = format!("Cannot see {}.", report.engine.blind_spot);
    text += &page.paragraph("  ", "  ", &blind);
    Some(text)
}

/// What the checkers say, and the simplest execution that fails.
pub fn checkers(demo: &Demo, runs: &[Run], page: &Page) -> String {
    let mut text = heading("2. The model checkers", "all orders, not some", page);
    text += &verdicts(runs, "  ", page);
    text.push('\n');
    match simplest(runs) {
        Some(failure) => {
            let says = format!("The simplest failing execution{}:", measure(failure));
            text += &(page.paragraph("  ", "  ", &says) + "\n");
            text += &interleaving::text(failure, page);
            if let Some(token) = &failure.token {
                text += &format!("\n  Once more: racelab replay {token}\n");
            }
            let says = reordering::text(runs, "  ", page);
            text += &says.map(|says| format!("\n{says}")).unwrap_or_default();
            text += &reordering::shown_by(runs, "  ", page).unwrap_or_default();
        }
        None if demo.cost.is_some() => {
            let says = "No execution ends wrongly: what is lost here is time.";
            text += &page.paragraph("  ", "  ", says);
        }
        None => text += &legend(runs, page),
    }
    text
}

/// Who notices that something went wrong, where a race has detectors.
pub fn detectors(runs: &[Run], page: &Page) -> Option<String> {
    let rows = detectors::rows(runs);
    let title = || heading("The detectors", "who speaks up, and how often", page);
    (!rows.is_empty()).then(|| title() + &detectors::text(&rows, page))
}

/// One line of verdict for each repair that looks right and is not.
pub fn near_fixes(demo: &Demo, runs: &[Run], page: &Page) -> Option<String> {
    let near = demo.versions.iter().filter(|version| version.role == Role::NearFix);
    let near: Vec<&Version> = near.collect();
    if near.is_empty() {
        return None;
    }
    let mut text = heading("3. Repairs that look right", "and are not", page);
    for version in near {
        let runs: Vec<Run> = of(version, runs).cloned().collect();
        text += &page.paragraph("  ", "    ", &format!("{}: {}", version.name(), version.title));
        match runs.iter().find(|run| run.failure().is_some()) {
            Some(run) => text += &run.line("    ", page),
            None => text += &verdicts(&runs, "    ", page),
        }
        if let Some(sharing) = sharing(version).filter(|_| demo.cost.is_some()) {
            let says = format!("false sharing: {sharing}");
            text += &page.paragraph("    layout   ", "             ", &says);
        }
        text += &reordering::text(&runs, "    ", page).unwrap_or_default();
        text.push('\n');
    }
    text += &format!("  How one fails: racelab demo {} --variant NAME\n", demo.name);
    Some(text)
}

/// The verdict on the layout of a version, where false sharing was found.
fn sharing(version: &Version) -> Option<String> {
    let mut layouts = version.scenario.layouts().into_iter();
    layouts.find_map(|one| layout::found(&Judged::new(one, cache_line::detect())))
}

/// From broken to fixed, and the verdicts on it.
pub fn fix(demo: &Demo, runs: &[Run], page: &Page) -> Option<String> {
    let broken = demo.versions.iter().find(|version| version.role == Role::Broken)?;
    let fixed = demo.versions.iter().find(|version| version.role == Role::Fixed)?;
    let failing: Vec<Run> = of(broken, runs).cloned().collect();
    let mut text = heading("4. The fix", fixed.title, page);
    text += &diff::text(broken.scenario, fixed.scenario, simplest(&failing), page);
    text.push('\n');
    let mut mended: Vec<Run> = of(fixed, runs).cloned().collect();
    text += &verdicts(&mended, "  ", page);
    for version in demo.versions.iter().filter(|version| version.role == Role::Alternative) {
        let note = format!("Another way, {}: {}", version.name(), version.title);
        text += &format!("\n{}", page.paragraph("  ", "    ", &note));
        let runs: Vec<Run> = of(version, runs).cloned().collect();
        text += &verdicts(&runs, "    ", page);
        mended.extend(runs);
    }
    text += &format!("\n{}", legend(&mended, page));
    Some(text)
}

/// Every version and what the checkers say of it, where there is nothing broken to begin with.
pub fn promises(demo: &Demo, runs: &[Run], page: &Page) -> String {
    let mut text = heading("The promises", "each with the race that would break it", page);
    for version in demo.versions {
        text += &page.paragraph("  ", "    ", &format!("{}: {}", version.name(), version.title));
        let runs: Vec<Run> = of(version, runs).cloned().collect();
        text += &verdicts(&runs, "    ", page);
    }
    text + "\n" + &legend(runs, page)
}

/// The runs of one version.
pub fn of<'a>(version: &Version, runs: &'a [Run]) -> impl Iterator<Item = &'a Run> {
    let name = version.name();
    runs.iter().filter(move |run| run.version.name() == name)
}

fn heading(title: &str, about: &str, page: &Page) -> String {
    let text = page.paragraph("", "  ", &format!("{title} - {about}"));
    format!("\n{}\n", text.replacen(title, &page.paint(Ink::Strong, title), 1))
}

fn verdicts(runs: &[Run], indent: &str, page: &Page) -> String {
    let mut text = String::new();
    for run in runs.iter().filter(|run| !run.native()) {
        text += &run.line(indent, page);
    }
    text + &run::contradicted(runs, indent, page)
}

fn notes(report: &Report, page: &Page) -> String {
    report.notes.iter().map(|n| page.paragraph("  Note: ", "    ", &note::note(n))).collect()
}

fn legend(runs: &[Run], page: &Page) -> String {
    let runs: Vec<&Run> = runs.iter().filter(|run| !run.native()).collect();
    let own = runs.iter().filter_map(|run| run.report()).flat_map(|report| &report.blind_spots);
    let mut text = run::legend(runs.iter().copied(), page);
    let mut said: Vec<&BlindSpot> = Vec::new();
    for spot in own {
        if !said.contains(&spot) {
            text += &page.paragraph("  Here: ", "    ", note::spot(spot));
            said.push(spot);
        }
    }
    text
}

/// The failure that is easiest to follow: fewest stale reads, then switches, then steps.
fn simplest(runs: &[Run]) -> Option<&Failure> {
    let failures = runs.iter().filter_map(Run::failure).filter(|f| !f.steps.is_empty());
    let shown = failures.min_by_key(|f| (f.stale, f.switches, f.steps.len()));
    shown.or_else(|| runs.iter().find_map(Run::failure))
}

fn measure(failure: &Failure) -> String {
    let switches = number::of(failure.switches as u64, "switch", "switches");
    match (failure.steps.is_empty(), failure.stale) {
        (true, _) => String::new(),
        (false, 0) => format!(", with {switches} between threads"),
        (false, stale) => {
            let stale = number::of(stale as u64, "stale read", "stale reads");
            format!(", with {stale} and {switches} between threads")
        }
    }
}
