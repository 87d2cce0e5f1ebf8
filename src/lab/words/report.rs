//! Reports as text: the verdict, the failing execution, and what was not looked at.

use std::fmt;

use super::{Page, interleaving, note, sight, verdict};
use crate::race::Meaning;
use crate::report::{End, Report};
use crate::second::deciding;

/// The verdict in its wording, then the failure step by step, then notes and blind spots.
pub fn text(report: &Report, page: &Page) -> String {
    all(std::slice::from_ref(report), page)
}

/// The reports on one version, and the required outcomes that never came up: first why it is as it
/// is, then what was looked at, each thing once.
pub fn checked(reports: &[Report], missing: &[Meaning], page: &Page) -> String {
    let mut text = String::new();
    for row in missing {
        let never = format!(
            "NEVER: {} ({}). It is required, and no execution ends so: was work, or a thread, \
             taken away?",
            row.id, row.reason
        );
        text += &format!("{}\n", page.paragraph("", "  ", &never));
    }
    text + &all(reports, page)
}

fn all(reports: &[Report], page: &Page) -> String {
    let mut text = String::new();
    let mut said: Vec<String> = Vec::new();
    for report in reports {
        let engine = format!("{}: ", report.engine.name);
        text += &page.paragraph(&engine, "  ", &verdict::line(report));
        if let Some(failure) = &report.failure {
            text += &format!("\n{}\n", interleaving::text(failure, page));
        }
        if let End::Unseen(found) = &report.end {
            text += &sight::list(found, page);
        }
        for note in report.notes.iter().map(note::note) {
            if !said.contains(&note) {
                text += &page.paragraph("  Note: ", "    ", &note);
                said.push(note);
            }
        }
    }
    text += &contradicted(reports, "  ", page);
    text + &looked_at(reports, page)
}

/// What racelab may be blind to, where the machine contradicts these reports on one version;
/// nothing elsewhere.
pub fn contradicted(reports: &[Report], indent: &str, page: &Page) -> String {
    let Some(found) = reports.iter().find_map(|report| report.contradiction.as_ref()) else {
        return String::new();
    };
    let about = "The machine contradicts the model: racelab is blind to something in this program. \
                 Suspects:";
    let mut text = page.paragraph(indent, indent, about);
    for suspect in note::suspects(found) {
        text += &page.paragraph(&format!("{indent}- "), &format!("{indent}  "), &suspect);
    }
    text
}

/// What each engine looked at, and what none of them, or only some, could see: each once.
pub fn looked_at(reports: &[Report], page: &Page) -> String {
    let paragraph = |text: &str| page.paragraph("  ", "    ", text);
    let mut text = String::new();
    let mut spots: Vec<(String, Vec<&str>)> = Vec::new();
    for report in reports {
        let engine = if reports.len() == 1 { "This" } else { &report.engine.name };
        let about = &report.engine.about;
        text += &paragraph(&match report.end == End::Complete || !report.engine.exhaustive {
            true => format!("{engine} looked at {about}."),
            false if report.is_share() => format!("{engine} looked at a share of {about}."),
            false => format!("{engine} looked for {about}, and did not come to its end."),
        });
        if let Some(again) = &report.unreasonable {
            let what = verdict::looked_again(again);
            text += &paragraph(&format!("Looked again, at most once a thread, with {what}."));
        }
        for spot in verdict::blind_spots(report) {
            match spots.iter_mut().find(|(other, _)| *other == spot) {
                Some((_, engines)) => engines.push(&report.engine.name),
                None => spots.push((spot, vec![&report.engine.name])),
            }
        }
    }
    for (spot, engines) in spots {
        let by = match engines.len() == reports.len() {
            true => String::new(),
            false => format!(" by {}", engines.join(" and ")),
        };
        text += &paragraph(&format!("Not looked at{by}: {spot}."));
    }
    text
}

/// What is special to one program: what those who decide may have missed in it, or get wrong. Empty
/// where there is only what holds for every program.
pub fn special(reports: &[Report], page: &Page) -> String {
    let mut spots: Vec<(&str, Vec<String>)> = Vec::new();
    for report in deciding(reports) {
        for spot in report.blind_spots.iter().map(note::spot) {
            match spots.iter_mut().find(|(other, _)| *other == spot) {
                Some((_, engines)) => engines.push(report.engine.label()),
                None => spots.push((spot, vec![report.engine.label()])),
            }
        }
    }
    let all = deciding(reports).count();
    let said = |(spot, engines): (&str, Vec<String>)| {
        let by = match engines.len() == all {
            true => String::new(),
            false => format!(" by {}", engines.join(" and ")),
        };
        page.paragraph("  ", "    ", &format!("Not looked at{by}: {spot}."))
    };
    spots.into_iter().map(said).collect()
}

/// As plain text: [`text`] on a page of its own.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text(self, &Page::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::explore::{Engine, LOOM, REDUCED};
    use crate::race::Grade;
    use crate::report::{BlindSpot, Note, Stop};

    fn both(end: End) -> Vec<Report> {
        let report = |engine: &dyn Engine| Report {
            blind_spots: vec![
                BlindSpot::Said("what both miss".to_string()),
                BlindSpot::Said(format!("what {engine:?} misses")),
            ],
            notes: vec![Note::FalseAlarm],
            ..samples::report(engine, end.clone())
        };
        vec![report(REDUCED), report(LOOM)]
    }

    #[test]
    fn each_thing_is_said_once() {
        let row = Meaning {
            id: "WORKED",
            grade: Grade::Allowed,
            reason: "work was done",
            required: true,
        };
        let text = checked(&both(End::Complete), &[row], &Page::default());
        assert!(text.starts_with("NEVER: WORKED (work was done). It is required"), "{text}");
        for once in
            ["Note: this may be", "Not looked at: what both miss.", "by loom: what loom misses"]
        {
            assert_eq!(text.matches(once).count(), 1, "{once}: {text}");
        }
        let verdicts = text.rfind("loom: PASSED").expect("a verdict");
        assert!(verdicts < text.find("Not looked at").expect("a blind spot"), "{text}");
    }

    #[test]
    fn what_did_not_end_was_not_every_class() {
        let cut = both(End::Cut(Stop::Time(1.0)));
        let text = text(&cut[0], &Page::default());
        assert!(!text.contains("This looked at every"), "{text}");
        assert!(text.contains("did not come to its end"), "{text}");
    }
}
