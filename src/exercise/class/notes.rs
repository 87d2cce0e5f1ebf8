//! What an instructor wants at hand while a demo is shown: on one screen.

use super::agenda::Slot;
use crate::{Exercise, Pack};
use racelab::race::Grade;
use racelab_demos::course::{Demo, Expect, Verdicts, Version};

/// Notes on one demo.
#[derive(Clone)]
pub struct Notes {
    /// The demo that the notes are about.
    pub demo: &'static Demo,
    /// Its minutes in a course, and when it begins.
    pub slot: Slot,
    /// Its exercise, if there is one.
    pub exercise: Option<Exercise>,
    /// What to type, in this order.
    pub commands: Vec<String>,
    /// What each version must show.
    pub versions: Vec<Expected>,
    /// The names of the outcomes that can come up, by their grade.
    pub outcomes: Vec<(Grade, Vec<&'static str>)>,
}

/// What the engines must say of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// As it is typed.
    pub version: String,
    /// As the engines' verdict: `FAILS (forbidden outcome)`, `PASSES`.
    pub says: String,
}

/// Gathers the notes for one demo.
pub fn notes(demo: &'static Demo, pack: &Pack) -> Notes {
    let exercise = pack.find(demo.name).cloned();
    let mut commands = vec![format!("racelab demo {} --pace", demo.name)];
    if !demo.layouts().is_empty() {
        commands.push(format!("racelab layout {}", demo.name));
    }
    commands.push(format!("racelab check {}", demo.name));
    if exercise.is_some() {
        commands.push(format!("racelab exercise check {}", demo.name));
    }
    let says = |version: &Version| says(&version.verdicts);
    let expected = |version: &Version| Expected { version: version.name(), says: says(version) };
    Notes {
        demo,
        slot: Slot::of(demo, pack),
        exercise,
        commands,
        versions: demo.versions.iter().map(expected).collect(),
        outcomes: outcomes(demo),
    }
}

fn outcomes(demo: &Demo) -> Vec<(Grade, Vec<&'static str>)> {
    let meanings = demo.versions.iter().flat_map(|version| version.scenario.outcomes());
    let mut named: Vec<(Grade, Vec<&'static str>)> = Vec::new();
    for grade in [Grade::Forbidden, Grade::Interesting, Grade::Allowed] {
        let mut ids: Vec<&'static str> = Vec::new();
        for meaning in meanings.clone().filter(|meaning| meaning.grade == grade) {
            if !ids.contains(&meaning.id) {
                ids.push(meaning.id);
            }
        }
        named.push((grade, ids));
    }
    named.retain(|(_, ids)| !ids.is_empty());
    named
}

fn says(verdicts: &Verdicts) -> String {
    use Expect::{Fails, Passes, Skipped};
    let (word, about) = match (verdicts.sc, verdicts.c11) {
        (Passes | Skipped(_), Passes) | (Passes, Skipped(_)) => ("PASSES", None),
        (Passes, Fails(kind)) => ("FAILS with reordering alone", Some(kind.words().to_string())),
        (Fails(kind), Passes | Skipped(_)) | (Skipped(_), Fails(kind)) => {
            ("FAILS", Some(kind.words().to_string()))
        }
        (Fails(one), Fails(other)) if one == other => ("FAILS", Some(one.words().to_string())),
        (Fails(one), Fails(other)) => {
            ("FAILS", Some(format!("{}; with reordering {}", one.words(), other.words())))
        }
        (Skipped(_), Skipped(_)) => return "no engine judges it".to_string(),
    };
    let except = verdicts.except.iter().map(|except| match except.expect {
        Skipped(_) => format!("{} cannot judge it", except.engine),
        other => format!("under {} {}", except.engine, other.words()),
    });
    let about: Vec<String> = about.into_iter().chain(except).collect();
    if about.is_empty() { word.to_string() } else { format!("{word} ({})", about.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack;

    #[test]
    fn every_demo_has_its_notes() {
        let pack = pack::builtin().expect("the course's own pack");
        for demo in racelab_demos::every() {
            let notes = notes(demo, &pack);
            assert_eq!(notes.versions.len(), demo.versions.len(), "{}", demo.name);
            assert!(!notes.outcomes.is_empty(), "{}", demo.name);
            assert!(notes.commands[0].starts_with("racelab demo "), "{:?}", notes.commands);
        }
    }

    #[test]
    fn what_only_reordering_breaks_is_said_so() {
        assert_eq!(says(&Verdicts::PASS), "PASSES");
        assert_eq!(says(&Verdicts::FORBIDDEN), "FAILS (forbidden outcome)");
        assert_eq!(says(&Verdicts::WEAK), "FAILS with reordering alone (forbidden outcome)");
    }
}
