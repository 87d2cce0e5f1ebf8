//! The end of a check in words: solved, undecided or not yet, each with its reason.

use racelab::explore::conduct::Conduct;
use racelab::report::{End, Report, Stop};
use racelab::second::deciding;
use racelab::words::number::{count, of};
use racelab::words::{Ink, Page, report};
use racelab_exercise::found::Found;
use racelab_exercise::stage::{Says, Stage, State};

use super::stage;

/// The verdict on a solution that passes, with what it hangs on besides its bounds, and what is special
/// to it among what was not looked at.
pub fn solved(found: &Found, page: &Page) -> String {
    const SOLVED: &str = "SOLVED within these bounds";
    let conduct = found.conduct.as_ref().and_then(|conduct| conduct.as_ref().ok());
    let text = page.paragraph("", "  ", &format!("{SOLVED}{}", trusted(conduct)));
    let rest = text.trim_end().strip_prefix(SOLVED).unwrap_or_default().to_string();
    let special = report::special(&found.reports, page);
    let special = special.lines().map(|line| page.paint(Ink::Notable, line) + "\n");
    let about = "What was looked at, and what no engine sees: racelab explain bounds";
    page.paint(Ink::Good, SOLVED)
        + &page.paint(Ink::Notable, &rest)
        + "\n"
        + &special.collect::<String>()
        + &page.paint(Ink::Faint, about)
        + "\n"
}

fn trusted(conduct: Option<&Conduct>) -> String {
    let places = conduct.into_iter().flat_map(|conduct| &conduct.behind);
    let places: Vec<String> = places.map(|at| format!("{}:{}", at.file, at.line)).collect();
    match places.as_slice() {
        [] => ".".to_string(),
        places => format!(
            ": what lies behind the pointer that is read at {} is published before that, and \
             nobody changes it while it may be read.",
            places.join(" and ")
        ),
    }
}

/// The verdict on one in which nothing failed and not everything was seen.
pub fn undecided(stages: &[Stage], found: &Found, page: &Page) -> String {
    let suspects = report::contradicted(&found.reports, "", page);
    if !suspects.is_empty() {
        let says = "UNDECIDED: nothing failed, but this machine showed what was not found.";
        return format!("{suspects}\n{}\n", page.paint(Ink::Notable, says));
    }
    // What an engine says of its end says more than what did not come up.
    let searched = |stage: &&Stage| matches!(stage.says, Says::Found { .. });
    let all = || stages.iter().filter(|stage| stage.state == State::Open);
    let open = all().find(searched).or_else(|| all().next());
    let why = open.map(|open| format!(": {}", said(open))).unwrap_or_default();
    let big = if deciding(&found.reports).any(too_big) { ". Make it smaller" } else { "" };
    let says = format!("UNDECIDED: nothing failed, but not everything was seen{why}{big}.");
    inked(Ink::Notable, "UNDECIDED", &page.paragraph("", "  ", &says), page)
}

/// It was cut where it ran out of time, of executions or of steps.
fn too_big(report: &Report) -> bool {
    matches!(
        report.end,
        End::Cut(Stop::Time(_) | Stop::Executions(_) | Stop::Late(_)) | End::Truncated(_)
    )
}

/// The verdict on one that fails, with its reason; and how many interleavings fail, of how many, where
/// that was known before.
pub fn not_yet(
    stages: &[Stage],
    now: Option<(u64, u64)>,
    before: Option<(u64, u64)>,
    page: &Page,
) -> String {
    let failed = stages.iter().find(|stage| stage.state == State::Failed);
    let why = failed.map(|failed| format!(": {}: {}", failed.stage, said(failed)));
    let says = format!("NOT YET{}.", why.unwrap_or_default());
    let mut text = inked(Ink::Bad, "NOT YET", &page.paragraph("", "  ", &says), page);
    if let (Some((failing, all)), Some((past, of_past))) = (now, before) {
        let interleavings = of(all, "interleaving", "interleavings");
        let before = match (failing, all) == (past, of_past) {
            true => "as before".to_string(),
            false => format!("before: {} of {}", count(past), count(of_past)),
        };
        text += &page.paragraph(
            "",
            "  ",
            &format!("{} of {interleavings} fail; {before}.", count(failing)),
        );
    }
    text
}

fn said(stage: &Stage) -> String {
    stage::says(stage).trim_end_matches('.').to_string()
}

/// A paragraph with its first words in an ink.
fn inked(ink: Ink, words: &str, text: &str, page: &Page) -> String {
    text.replacen(words, &page.paint(ink, words), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_yet_says_why_and_how_far_it_is() {
        let failed = Stage {
            stage: "single thread",
            state: State::Failed,
            says: Says::FailsCase("it counts".to_string(), "1, not 2 (x.rs:3)".to_string()),
        };
        let text = not_yet(&[failed], Some((5, 8)), Some((8, 8)), &Page::default());
        assert_eq!(
            text,
            "NOT YET: single thread: FAILS 'it counts': 1, not 2 (x.rs:3).\n\
             5 of 8 interleavings fail; before: 8 of 8.\n"
        );
        assert!(
            not_yet(&[], Some((1, 1)), Some((1, 1)), &Page::default()).ends_with("as before.\n")
        );
        assert!(!not_yet(&[], Some((1, 1)), None, &Page::default()).contains("before"));
    }
}
