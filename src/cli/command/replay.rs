//! `racelab replay`: an execution that was shown, once more: as a table, step by step, as a document, a
//! picture or a page.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::ValueEnum;
use racelab::Scenario;
use racelab::explore::hand::{self, Came, Hand};
use racelab::explore::token::{Token, Unreadable};
use racelab::explore::{Engines, GRAPHS, search};
use racelab::report::Failure;
use racelab::words::{Ink, Page, interleaving, plain};
use racelab_litmus::Program;

use super::{Ending, Out, explorations, litmus};
use crate::render::{html, json, lanes};

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
    scenario: &'static Scenario,
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

/// Why there is none: what is said, and how the command ends.
type Refused = (String, Ending);

/// Runs the execution of a token again, and shows it.
pub fn run(args: &ReplayArgs, engines: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    let found = token(&args.token).and_then(|text| match hand::token::Token::read(&text) {
        Some(token) => by_hand(&text, &token),
        None => by_engine(&text, engines),
    });
    let again = match found {
        Ok(again) => again,
        Err((says, ending)) => {
            super::say(says);
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
            let page = html::page(&again.version, &about, again.scenario, &again.shown);
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

fn by_engine(text: &str, engines: &Engines) -> Result<Again, Refused> {
    let token = Token::read(text, engines).map_err(|why| (unreadable(&why), Ending::Usage))?;
    if let Some(found) = litmus::replayed(&token) {
        return of_litmus(text, &token, found);
    }
    let scenario = scenario(&token.scenario)?;
    let again = search::replay(scenario, token.engine, &token.failure);
    let Some(shown) = again.filter(|failure| !failure.steps.is_empty()) else {
        return Err((DAMAGED.to_string(), Ending::Usage));
    };
    if !token.fits(&shown) {
        return Err((DIFFERS.to_string(), Ending::Differs));
    }
    let by = token.engine.name();
    let model = shown.shown_by.map(|model| format!(", which {} shows", model.name()));
    let about = format!("an execution of {by}{}", model.unwrap_or_default());
    let (token, version) = (text.to_string(), token.scenario.clone());
    Ok(Again { token, version, scenario, by, about, shown, came: Ends::Fails })
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
    let (scenario, by) = (racelab_litmus::to_show(&program), GRAPHS.name());
    Ok(Again { token, version, scenario, by, about, shown, came })
}

/// Makes the moves of a token.
fn by_hand(text: &str, token: &hand::token::Token) -> Result<Again, Refused> {
    let version = token.version.clone();
    let scenario = scenario(&version)?;
    // One actor alone leaves nothing to choose; what it does is run again all the same.
    let runs = scenario.checkers.iter().any(|copy| copy.0 == "shuttle");
    if let Some(says) = explorations::no_schedule(&version).filter(|_| !runs) {
        return Err((says, Ending::Usage));
    }
    let hand = Hand::new(scenario, token.model).with(&token.conditions);
    let moves = hand::moves::read(&token.moves, &scenario.actors());
    let (Some(hand), Some(moves)) = (hand, moves) else {
        return Err((DAMAGED.to_string(), Ending::Usage));
    };
    let position = hand.position(&moves).map_err(|at| {
        let says = format!(
            "step {} is not possible: the program does something else now than when this token \
             was made",
            at + 1
        );
        (says, Ending::Differs)
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
    Ok(Again { token: text.to_string(), version, scenario, by, about, shown, came })
}

fn scenario(version: &str) -> Result<&'static Scenario, Refused> {
    let says = || (format!("no version is called {version}: see racelab list"), Ending::Usage);
    explorations::find(version).ok_or_else(says)
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
        head + &steps + &lanes::sentences(&self.shown, page) + &self.end(page)
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
