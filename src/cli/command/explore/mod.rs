//! `racelab explore`: you are the scheduler.

pub mod args;
mod code;
mod full;
mod hints;
mod lines;
mod memory;
mod play;
mod quiz;
mod screen;
pub mod subject;

use std::io::{IsTerminal, stdin, stdout};

use racelab::explore::hand::{Goal, moves};
use racelab::report::Model;
use racelab::specification::Program as Calls;

use self::args::ExploreArgs;
use self::play::Play;
use self::quiz::Quiz;
use self::subject::Subject;
use super::table::{Refused, Stopped, Table};
use super::{Ending, Out, say};

pub use subject::version;

/// A screen has room for this, at least; one thread under another takes fewer columns.
const LEAST: (u16, u16) = (60, 16);
const LARGE: (u16, u16) = (50, 16);

/// Plays on a whole screen, or line by line.
pub fn run(args: &ExploreArgs, out: &mut Out) -> anyhow::Result<Ending> {
    if out.json {
        say("a game has no document: racelab replay TOKEN --json has one of what was played");
        return Ok(Ending::Usage);
    }
    let mut play = match begin(args, out)? {
        Ok(play) => play,
        Err((says, ending)) => {
            if !says.is_empty() {
                say(says);
            }
            return Ok(ending);
        }
    };
    if args.quiz {
        if play.goal.is_none() || play.best.is_none() {
            say(
                "a quiz needs an end to come to, and no way to one is known here: name one by --goal",
            );
            return Ok(Ending::Usage);
        }
        play.quiz = Some(Quiz::default());
    }
    let terminal = stdin().is_terminal() && stdout().is_terminal();
    let least = if args.large { LARGE } else { LEAST };
    let room = terminal_size::terminal_size()
        .is_some_and(|(width, height)| width.0 >= least.0 && height.0 >= least.1);
    if terminal && !out.page.plain && !args.lines {
        if room {
            return full::run(play, args.large, out);
        }
        say(format!(
            "a whole screen needs {} columns and {} lines: line by line",
            least.0, least.1
        ));
    }
    lines::run(play, out)
}

/// The game that was asked for; how it ends where there is none, which is said.
fn begin(args: &ExploreArgs, out: &mut Out) -> anyhow::Result<Result<Play, Refused>> {
    Ok(subject::of(args, out)?.and_then(|subject| played(args, subject)))
}

fn played(args: &ExploreArgs, (board, version, token, named): Subject) -> Result<Play, Refused> {
    let usage = |says: String| (says, Ending::Usage);
    let named = token.as_ref().map(|token| token.model).or(named);
    let model = args.model.map(Model::from).or(named);
    let calls = args.test.calls.as_deref();
    let calls = calls.and_then(Calls::read).or_else(|| token.as_ref()?.program.clone());
    let conditions = token.as_ref().map_or("", |token| &token.conditions);
    let table = Table::new(board, version, model.unwrap_or(Model::Sc), (conditions, calls))?;
    let goal = match &args.goal {
        Some(name) => Some(goal(&table, name).map_err(usage)?),
        None => None,
    };
    let moves = match &token {
        Some(token) => moves::read(&token.moves, &table.actors())
            .ok_or_else(|| usage("the token is damaged: copy all of it".to_string()))?,
        None => Vec::new(),
    };
    let free = model.is_none() && goal.is_none();
    let play = Play::new(table, moves, goal).map_err(stopped)?;
    let mut play = if free { weaker(play).map_err(stopped)? } else { play };
    play.onwards = subject::onwards(&play);
    if token.is_some_and(|token| !token.fits(&play.position)) {
        say("the program announces something else now than when this token was made");
    }
    Ok(play)
}

/// What is said of moves that lead nowhere.
fn stopped(why: Stopped) -> Refused {
    match why {
        Stopped::At(at) => {
            let says = format!(
                "step {} of the token is not possible: the program does something else now than \
                 when it was made",
                at + 1
            );
            (says, Ending::Differs)
        }
        Stopped::Died(says) => (says, Ending::Broken),
    }
}

/// The same game under the strictest model that shows something wrong, where SC shows nothing.
fn weaker(play: Play) -> Result<Play, Stopped> {
    if play.goal.is_some() {
        return Ok(play);
    }
    let models = [(Model::X86, "stores wait in buffers"), (Model::C11, "loads may be old")];
    for (model, how) in models {
        let mut other = Play::new(play.table.under(model), Vec::new(), None)?;
        if other.goal.is_some() {
            other.says = format!("SC shows no wrong end here, so this is {}: {how}", model.name());
            return Ok(other);
        }
    }
    Ok(play)
}

/// The goal of this name.
fn goal(table: &Table, name: &str) -> Result<Goal, String> {
    let goals = table.rules.goals();
    let names: Vec<String> = goals.iter().map(Goal::name).collect();
    let found = goals.into_iter().find(|goal| goal.name().eq_ignore_ascii_case(name));
    found.ok_or_else(|| format!("there is no goal {name}; there are {}", names.join(", ")))
}
