//! `racelab exercise check`: builds a student's file and has it marked, stage by stage.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::{IsTerminal, stderr, stdin};
use std::sync::Mutex;

use crate::render::{exercise as render, stage as marking, verdict};
use racelab::explore::Engines;
use racelab::explore::conduct::Conduct;
use racelab::report::Unseen;
use racelab::sight;
use racelab::words::{Ink, Page, number};
use racelab_exercise::build::{Failure, Message};
use racelab_exercise::found::{self, Doing, Found, Watcher};
use racelab_exercise::program::{self, Program};
use racelab_exercise::progress::{self, State};
use racelab_exercise::stage::{self, Stage};
use racelab_exercise::{Exercise, found::weakened};
use serde_json::Value;

use super::super::progress::Spinner;
use super::super::{Ending, Out, say};
use super::place::Place;
use super::predict::{self, Prediction};
use super::{Refusal, args, show};

/// How far a check goes.
#[derive(Clone, Copy)]
pub struct How<'a> {
    /// The engines there are.
    pub engines: &'a Engines,
    /// Reads a line from whoever is there to be asked.
    pub ask: Option<predict::ReadLine<'a>>,
    /// Whether a solution that passes is weakened.
    pub weaken: bool,
}

/// Checks one exercise, or all.
pub fn run(
    place: &Place,
    arguments: &args::Check,
    engines: &Engines,
    out: &mut Out,
) -> anyhow::Result<Ending> {
    let mut place = place.clone();
    let chosen: Vec<Exercise> = match arguments.all {
        true => place.workspace.pack.exercises.clone(),
        false => vec![place.exercise(arguments.name.as_deref())?.clone()],
    };
    let asked = !arguments.no_predict && !arguments.all && !out.json;
    let how = How {
        engines,
        ask: (asked && stdin().is_terminal() && stderr().is_terminal()).then_some(&predict::line),
        weaken: !arguments.no_weaken,
    };
    if let ([exercise], false) = (chosen.as_slice(), arguments.all) {
        place.note(|progress| progress.go_to(&exercise.name))?;
    }
    let mut rows: Vec<(&Exercise, Checked)> = Vec::new();
    for exercise in &chosen {
        if !out.json && !arguments.all {
            // Before anything is built: a first build takes minutes.
            out.text(&format!("{}\n", show::task(&place, exercise, out)))?;
            out.flush()?;
        }
        let checked = one(&mut place, exercise, how, out)?;
        if arguments.all {
            take_back(&mut place, exercise, &checked)?;
        }
        // Of many, those that pass are told by the table alone.
        let told = arguments.all && checked.ending == Ending::Promised;
        if !(out.json || told) {
            let title = format!("{}\n\n", out.page.paint(Ink::Strong, &exercise.name));
            let title = if arguments.all { title } else { String::new() };
            out.text(&format!("{title}{}\n", checked.text(&out.page)))?;
            if !arguments.all {
                out.text(&format!("{}\n", checked.next()))?;
            }
            out.flush()?;
        }
        rows.push((exercise, checked));
    }
    let ending = rows.iter().map(|(_, checked)| checked.ending).max();
    if out.json {
        let documents = rows.iter().map(|(exercise, checked)| checked.document(exercise));
        out.document(&render::check_document(documents.collect()))?;
    } else if arguments.all {
        out.text(&table(&rows, &place, &out.page))?;
    }
    Ok(ending.unwrap_or(Ending::Promised))
}

/// One line an exercise, and how many are solved.
fn table(rows: &[(&Exercise, Checked)], place: &Place, page: &Page) -> String {
    let row = |(exercise, checked): &(&Exercise, Checked)| {
        let (state, words) = match checked.ending {
            Ending::Promised => (stage::State::Ok, "solved".to_string()),
            Ending::Inconclusive => (stage::State::Open, checked.why(stage::State::Open)),
            _ => (stage::State::Failed, checked.why(stage::State::Failed)),
        };
        marking::row(&exercise.name, state, &words, page)
    };
    let bar = render::bar(&place.workspace.pack, &place.progress);
    rows.iter().map(row).collect::<String>() + &format!("\n{bar}\n")
}

/// What was solved once and fails now is not solved any more.
fn take_back(place: &mut Place, exercise: &Exercise, checked: &Checked) -> anyhow::Result<()> {
    if checked.ending != Ending::Broken || place.progress.state(&exercise.name) != State::Solved {
        return Ok(());
    }
    say(format!("{} was solved, and is not any more: that is taken back", exercise.name));
    place.note(|progress| {
        let entry = progress.entry(&exercise.name);
        (entry.state, entry.solved) = (State::Tried, None);
    })
}

/// What came of one check.
pub struct Checked {
    /// How it ended.
    pub ending: Ending,
    stages: Vec<Stage>,
    messages: Vec<Message>,
    unseen: Vec<Unseen>,
    found: Option<Found>,
    prediction: Prediction,
    /// How many interleavings failed, and of how many, when another text was checked before.
    before: Option<(u64, u64)>,
}

/// Checks one exercise, and notes it.
pub fn one(
    place: &mut Place,
    exercise: &Exercise,
    how: How<'_>,
    out: &mut Out,
) -> anyhow::Result<Checked> {
    let source = place.source(exercise)?;
    let changed = [place.workspace.restore()?, place.workspace.prepare(exercise)?].concat();
    for file in changed {
        say(format!("{file} was changed, and is as it was again"));
    }
    // Told by the text: no checker has to be asked, and none that it would hang.
    let name = format!("{}.rs", exercise.stem());
    let unseen = sight::in_answer(&name, &String::from_utf8_lossy(&source));
    if !unseen.is_empty() {
        return note(place, exercise, Checked::unseen(unseen), &source, false);
    }
    let spinner = Spinner::new(out.page.plain || out.json);
    let predicted = place.progress.get(&exercise.name).is_some_and(|entry| entry.predicted);
    let watcher = AtWork {
        spinner: &spinner,
        page: out.page,
        ask: how.ask.filter(|_| !predicted),
        answer: Mutex::new(None),
    };
    let step = |what: &str| spinner.says(&format!("{}: {what}", exercise.name));
    let colour = out.page.colour;
    let built = program::of_answer(&place.workspace, exercise, &source, colour, &step);
    let mut checked = match built {
        Ok(built) => mark(exercise, &built, how, &watcher)?,
        Err(Failure::Messages(messages)) => {
            let errors: Vec<String> = messages.iter().map(|one| one.text.clone()).collect();
            Checked::unbuilt(stage::not_built(&errors), messages)
        }
        Err(Failure::Missing(why)) => return Err(Refusal::missing(why)),
        Err(Failure::Cargo(why)) => {
            return Err(Refusal::missing(format!("cargo could not build it:\n{why}")));
        }
    };
    let asked = watcher.ask.is_some()
        && checked.found.as_ref().is_some_and(|found| found.conduct.is_some());
    checked.prediction = watcher.answer.into_inner().unwrap_or_default();
    spinner.finish();
    note(place, exercise, checked, &source, asked)
}

fn mark(
    exercise: &Exercise,
    built: &Program,
    how: How<'_>,
    watcher: &AtWork<'_>,
) -> anyhow::Result<Checked> {
    let plan = exercise.plan(how.engines);
    let found = found::in_program(&built.path, &exercise.name, &plan, watcher)?;
    let mut stages = vec![stage::built(built.took)];
    stages.extend(stage::stages(&found, &exercise.not_judging(how.engines)));
    let ending = match (found.solved(), found.open()) {
        (true, _) => Ending::Promised,
        (_, true) => Ending::Inconclusive,
        _ => Ending::Broken,
    };
    if ending == Ending::Promised && how.weaken {
        watcher.step(Doing::Weaken);
        let table = weakened(&built.path, &exercise.name, &plan);
        stages.extend(stage::weakened(table.as_ref()));
    }
    let mine = |message: &&Message| {
        message.file.as_deref().is_some_and(|file| file.starts_with("exercises/"))
    };
    let messages = built.warnings.iter().filter(mine).cloned().collect();
    let unseen = found.unseen().to_vec();
    let (prediction, before) = (None, None);
    Ok(Checked { ending, stages, messages, unseen, found: Some(found), prediction, before })
}

/// Counts a try where the file is another than last time, and takes back no solution.
fn note(
    place: &mut Place,
    exercise: &Exercise,
    mut checked: Checked,
    source: &[u8],
    asked: bool,
) -> anyhow::Result<Checked> {
    let mut hasher = DefaultHasher::new();
    source.hash(&mut hasher);
    let hash = hasher.finish();
    let start = source == exercise.start.text.as_bytes();
    let before = place.progress.get(&exercise.name).cloned().unwrap_or_default();
    checked.before = before.failing.filter(|_| before.seen != Some(hash));
    let failing = checked.found.as_ref().and_then(Found::failing);
    place.note(|progress| {
        let entry = progress.entry(&exercise.name);
        let now = progress::now();
        entry.predicted |= asked;
        entry.first.get_or_insert(now);
        if entry.seen != Some(hash) && !start && entry.state != State::Solved {
            entry.tries += 1;
        }
        entry.seen = Some(hash);
        entry.failing = failing.or(entry.failing);
        if checked.ending == Ending::Promised && entry.state != State::Solved {
            entry.state = State::Solved;
            entry.solved = Some(now);
        } else if entry.state == State::New {
            entry.state = State::Tried;
        }
    })?;
    Ok(checked)
}

impl Checked {
    /// What comes of a text that checkers do not see all of.
    pub fn unseen(unseen: Vec<Unseen>) -> Checked {
        let stages = stage::not_seen(&unseen);
        Checked { unseen, ..Checked::unbuilt(stages, Vec::new()) }
    }

    /// What comes of a text that is not built.
    pub fn unbuilt(stages: Vec<Stage>, messages: Vec<Message>) -> Checked {
        let (ending, unseen) = (Ending::Broken, Vec::new());
        Checked { ending, stages, messages, unseen, found: None, prediction: None, before: None }
    }

    /// The stages, what is wrong, and the verdict with its reason.
    pub fn text(&self, page: &Page) -> String {
        let mut text = format!("{}\n", marking::stages(&self.stages, page));
        if !self.messages.is_empty() {
            text += &match self.found {
                Some(_) => render::warnings(&self.messages, page),
                None => render::messages(&self.messages, page),
            };
            text.push('\n');
        }
        if let Some(found) = &self.found {
            text += &predict::compare(&self.prediction, found, page);
            let table = render::failure(found, page);
            if !table.is_empty() {
                text += &format!("{table}\n");
            }
        }
        text + &match (self.ending, &self.found) {
            (Ending::Promised, Some(found)) => verdict::solved(found, page),
            (Ending::Inconclusive, Some(found)) => verdict::undecided(&self.stages, found, page),
            _ => {
                let now = self.found.as_ref().and_then(Found::failing);
                verdict::not_yet(&self.stages, now, self.before, page)
            }
        }
    }

    /// What to type next.
    fn next(&self) -> &'static str {
        match self.ending {
            Ending::Promised => "Next: racelab exercise next (or solution, to compare)",
            _ => "Next: racelab exercise hint",
        }
    }

    /// What the first stage in this state says.
    fn why(&self, state: stage::State) -> String {
        let first = self.stages.iter().find(|stage| stage.state == state);
        first.map(|stage| format!("{}: {}", stage.stage, marking::says(stage))).unwrap_or_default()
    }

    /// As one row of a document.
    pub fn document(&self, exercise: &Exercise) -> Value {
        let ending = match self.ending {
            Ending::Promised => "solved",
            Ending::Inconclusive => "undecided",
            _ => "unsolved",
        };
        let (messages, unseen) = (&self.messages, &self.unseen);
        let found = self.found.as_ref();
        render::checked(&exercise.name, ending, &self.stages, messages, unseen, found)
    }
}

/// Tells a person what is done, and asks once.
struct AtWork<'a> {
    spinner: &'a Spinner,
    page: Page,
    ask: Option<predict::ReadLine<'a>>,
    answer: Mutex<Prediction>,
}

impl Watcher for AtWork<'_> {
    fn step(&self, doing: Doing) {
        let what = match doing {
            Doing::Alone => "one thread alone".to_string(),
            Doing::Conduct => "what the actors do".to_string(),
            Doing::Checkers => "the model checkers".to_string(),
            Doing::Executions(engine, count) => {
                format!("{engine}: {} executions", number::count(count))
            }
            Doing::Machine => "this machine".to_string(),
            Doing::Specification => "what it should do".to_string(),
            Doing::Weaken => "what the answer hangs on".to_string(),
        };
        self.spinner.says(&what);
    }

    fn before_checkers(&self, conduct: &Conduct) {
        if let Some(read) = self.ask {
            let answer = self.spinner.aside(|| predict::ask(conduct, &self.page, read));
            if let Ok(mut kept) = self.answer.lock() {
                *kept = answer;
            }
        }
    }
}
