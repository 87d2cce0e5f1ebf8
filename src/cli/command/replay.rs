//! `racelab replay`: an execution that was shown, once more: as a table, step by step, as a document, a
//! picture or a page.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::ValueEnum;
use racelab::Scenario;
use racelab::explore::Engines;
use racelab::explore::GRAPHS;
use racelab::explore::hand::{self, Came};
use racelab::explore::token::{Token, Unreadable};
use racelab::report::{Failure, Model};
use racelab::words::{Ink, Page, interleaving, plain};
use racelab_layout::cache_line;
use racelab_litmus::Program;

use super::explore::subject;
use super::table::{Board, Refused, Stopped, Table};
use super::{Ending, Out, explorations, litmus};
use crate::render::html::{self, Scene};
use crate::render::owners::{self, Owners};
use crate::render::{json, lanes};

/// The arguments of `racelab replay`.
#[derive(Debug, clap::Args)]
pub struct ReplayArgs {
    /// As demo, explore and check --json print it: torn-header/broken:r1w2r1:u; or a file with one
    #[arg(value_name = "TOKEN|FILE")]
    pub token: String,
    /// One step at a time, with the memory after it: Enter goes on
    #[arg(long, conflicts_with_all = ["format", "output"])]
    pub step: bool,
    /// A picture (svg) and a page (html) stand alone, without network
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Into this file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How an execution is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    Table,
    /// One document
    Json,
    /// A lane for each thread, and what goes between them
    Svg,
    /// A page to step through
    Html,
}

/// An execution that was run again.
struct Again {
    token: String,
    version: String,
    scene: Scene,
    /// The engine, or the memory model where a hand chose.
    by: &'static str,
    about: String,
    shown: Failure,
    came: Ends,
}

/// How it ends.
enum Ends {
    /// As the failure says.
    Fails,
    /// In this outcome, and that is allowed.
    Allowed(String, String),
    /// It has not ended.
    GoesOn,
}

/// Runs the execution of a token again, and shows it.
pub fn run(args: &ReplayArgs, engines: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    let found = match token(&args.token) {
        Err(refused) => Err(refused),
        Ok(text) => match hand::token::Token::read(&text) {
            Some(token) => by_hand(&text, &token, out)?,
            None => by_engine(&text, engines, out)?,
        },
    };
    let again = match found {
        Ok(again) => again,
        Err((says, ending)) => {
            if !says.is_empty() {
                super::say(says);
            }
            return Ok(ending);
        }
    };
    match args.format {
        _ if args.step && !out.json => again.step(out)?,
        Format::Json => put(&args.output, out, &again.json()?)?,
        _ if out.json => put(&args.output, out, &again.json()?)?,
        Format::Table => match &args.output {
            None => {
                let text = again.table(&out.page);
                out.text(&text)?;
            }
            // No colours into a file.
            Some(_) => {
                let page = Page { colour: false, ..out.page };
                let text = again.table(&page);
                put(&args.output, out, &text)?;
            }
        },
        Format::Svg => put(&args.output, out, &lanes::svg(&again.version, &again.shown))?,
        Format::Html => {
            let about = format!("{}. Once more: racelab replay {}", again.about, again.token);
            let page = html::page(&again.version, &about, &again.scene, &again.shown);
            put(&args.output, out, &page)?;
        }
    }
    Ok(Ending::Promised)
}

/// Writes what is no text for a terminal: into a file, if there is one.
fn put(file: &Option<PathBuf>, out: &mut Out, text: &str) -> anyhow::Result<()> {
    match file {
        Some(file) => {
            std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
        }
        None => out.raw(text.as_bytes()),
    }
}

/// What was typed, or the token in the file that was named: alone, or in a document of racelab.
fn token(typed: &str) -> Result<String, Refused> {
    if typed.contains(':') || !Path::new(typed).is_file() {
        return Ok(typed.to_string());
    }
    let refused = |says: String| (says, Ending::Usage);
    let text = std::fs::read_to_string(typed)
        .map_err(|error| refused(format!("cannot read {typed}: {error}")))?;
    if let Ok(document) = serde_json::from_str::<serde_json::Value>(&text) {
        return first_token(&document)
            .ok_or_else(|| refused(format!("{typed} is a document without a token")));
    }
    let mut words = text.split_whitespace().filter(|word| word.contains(':'));
    let word = words.find(|word| word.contains('/'));
    word.map(str::to_string).ok_or_else(|| refused(format!("there is no token in {typed}")))
}

fn first_token(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Object(fields) => match fields.get("token").and_then(|t| t.as_str()) {
            Some(token) => Some(token.to_string()),
            None => fields.values().find_map(first_token),
        },
        serde_json::Value::Array(all) => all.iter().find_map(first_token),
        _ => None,
    }
}

const DIFFERS: &str = "the program does something else now than when this token was made: explore it \
                       again, with racelab check";
const DAMAGED: &str = "the token is damaged: copy all of it";

fn by_engine(
    text: &str,
    engines: &Engines,
    out: &mut Out,
) -> anyhow::Result<Result<Again, Refused>> {
    let token = match Token::read(text, engines) {
        Ok(token) => token,
        Err(why) => return Ok(Err((unreadable(&why), Ending::Usage))),
    };
    if let Some(found) = litmus::replayed(&token) {
        return Ok(of_litmus(text, &token, found));
    }
    let board = board(&token.scenario, out)?;
    let run = |board| {
        let needs = ("", token.program.clone());
        let table = Table::new(board, token.scenario.clone(), Model::Sc, needs)?;
        let again = table.again(text)?;
        let Some((shown, places)) = again.filter(|(shown, _)| !shown.steps.is_empty()) else {
            return Err((DAMAGED.to_string(), Ending::Usage));
        };
        if !token.fits(&shown) {
            return Err((DIFFERS.to_string(), Ending::Differs));
        }
        let by = token.engine.name();
        let model = shown.shown_by.map(|model| format!(", which {} shows", model.name()));
        let about = format!("an execution of {by}{}", model.unwrap_or_default());
        let version = token.scenario.clone();
        let scene = Scene { sources: table.rules.sources, places };
        Ok(Again { token: text.to_string(), version, scene, by, about, shown, came: Ends::Fails })
    };
    Ok(board.and_then(run))
}

/// The same of a litmus program, whose ends are neither right nor wrong.
fn of_litmus(
    text: &str,
    token: &Token,
    found: Result<(Arc<Program>, racelab_litmus::Again), String>,
) -> Result<Again, Refused> {
    let (program, again) = found.map_err(|says| (says, Ending::Usage))?;
    let shown = again.execution;
    let Some(end) = again.end.filter(|_| token.fits(&shown)) else {
        return Err((DIFFERS.to_string(), Ending::Differs));
    };
    let model = shown.shown_by.map(|model| format!(", which {} shows", model.name()));
    let about = format!("an execution of {}{}", token.engine.name(), model.unwrap_or_default());
    let came = Ends::Allowed(program.told(&end), racelab_litmus::question(&program));
    let (token, version) = (text.to_string(), token.scenario.clone());
    let scene = Scene::of(racelab_litmus::to_show(&program), &shown);
    Ok(Again { token, version, scene, by: GRAPHS.name(), about, shown, came })
}

/// Makes the moves of a token.
fn by_hand(
    text: &str,
    token: &hand::token::Token,
    out: &mut Out,
) -> anyhow::Result<Result<Again, Refused>> {
    let board = board(&token.version, out)?;
    Ok(board.and_then(|board| moved(text, token, board)))
}

fn moved(text: &str, token: &hand::token::Token, board: Board) -> Result<Again, Refused> {
    let table = Table::of_token(board, token)?;
    let damaged = || (DAMAGED.to_string(), Ending::Usage);
    let moves = hand::moves::read(&token.moves, &table.actors()).ok_or_else(damaged)?;
    let position = table.position(&moves).map_err(|stopped| match stopped {
        Stopped::At(at) => {
            let says = format!(
                "step {} is not possible: the program does something else now than when this \
                 token was made",
                at + 1
            );
            (says, Ending::Differs)
        }
        Stopped::Died(says) => (says, Ending::Broken),
    })?;
    if !token.fits(&position) {
        return Err((DIFFERS.to_string(), Ending::Differs));
    }
    let came = match position.came {
        Some(Came::Fails) => Ends::Fails,
        Some(Came::Allowed { id, reason, .. }) => Ends::Allowed(id, reason),
        None => Ends::GoesOn,
    };
    let (by, shown) = (token.model.name(), position.so_far);
    let about = format!("an execution under {by}");
    let scene = Scene { sources: table.rules.sources, places: position.places };
    let version = token.version.clone();
    Ok(Again { token: text.to_string(), version, scene, by, about, shown, came })
}

/// Where a version runs: the student's own in a workspace, else one of the course. One actor alone
/// leaves nothing to choose; what it does is run again all the same.
fn board(version: &str, out: &mut Out) -> anyhow::Result<Result<Board, Refused>> {
    if let Some(found) = subject::of_workspace(Some(version), out)? {
        return Ok(found.map(|(board, _)| board));
    }
    let found = explorations::find(version);
    let runs =
        |scenario: &&'static Scenario| scenario.checkers.iter().any(|copy| copy.0 == "shuttle");
    Ok(match found.filter(runs) {
        Some(scenario) => Ok(Board::Here(scenario)),
        None => subject::course(version).map_err(|says| (says, Ending::Usage)),
    })
}

impl Again {
    fn json(&self) -> anyhow::Result<String> {
        let allowed = match &self.came {
            Ends::Fails => None,
            Ends::Allowed(id, _) => Some(Some(id.as_str())),
            Ends::GoesOn => Some(None),
        };
        let document = json::replay(&self.token, &self.version, self.by, &self.shown, allowed);
        Ok(serde_json::to_string(&document)? + "\n")
    }

    fn table(&self, page: &Page) -> String {
        let title = page.paint(Ink::Strong, &self.version);
        let head = format!("{title}: {}\n\n", self.about);
        let steps = interleaving::steps(&self.shown, page);
        let lines = owners::text(&self.shown, &self.owners(), cache_line::detect(), page);
        head + &steps + &lanes::sentences(&self.shown, page) + &lines + &self.end(page)
    }

    /// Who has which cache line.
    fn owners(&self) -> Owners {
        Owners::new(&self.shown, &self.scene.places, cache_line::detect())
    }

    /// What it comes to.
    fn end(&self, page: &Page) -> String {
        match &self.came {
            Ends::Fails => interleaving::conclusion(&self.shown, page),
            Ends::Allowed(id, reason) => {
                page.paragraph("  => ", "     ", &format!("{id}: {reason}"))
            }
            Ends::GoesOn => {
                let says = "it has not ended: racelab explore with this token goes on";
                page.paragraph("  => ", "     ", says)
            }
        }
    }

    /// A sentence a step; Enter goes on where somebody can press it.
    fn step(&self, out: &mut Out) -> anyhow::Result<()> {
        let title = out.page.paint(Ink::Strong, &self.version);
        out.text(&format!("{title}: {}\n\n", self.about))?;
        out.text(&plain::before(&self.shown, &out.page))?;
        let owners = self.owners();
        for at in 0..self.shown.steps.len() {
            out.flush()?;
            if stdin().is_terminal() {
                write!(stderr(), "-- Enter --")?;
                if stdin().read_line(&mut String::new())? == 0 {
                    return Ok(());
                }
            }
            let step = &self.shown.steps[at];
            out.text(&plain::step(&self.shown, at, &out.page))?;
            let touched = owners.touched[at].iter().map(|touch| touch.words(&step.thread));
            let touched = touched.collect::<Vec<_>>().join("; ");
            if !touched.is_empty() {
                let says = format!("By the layout, it {touched}.");
                out.text(&out.page.paragraph("    ", "    ", &says))?;
            }
            if !step.source.is_empty() {
                out.text(&(out.page.code("      ", &step.source).join("\n") + "\n"))?;
            }
        }
        let end = self.end(&out.page);
        out.text(&format!("\n{end}"))
    }
}

fn unreadable(why: &Unreadable) -> String {
    match why {
        Unreadable::Parts => "this is no token: torn-header/broken:r1w2r1:u is one, and racelab \
                              demo and racelab check --json print others"
            .to_string(),
        Unreadable::Engine(name) => format!("no engine is called {name} here"),
        Unreadable::Kind(kind) => format!("there is no failure called {kind}"),
        Unreadable::Body => {
            "the token is damaged, or of another version of racelab: copy all of it".to_string()
        }
    }
}
