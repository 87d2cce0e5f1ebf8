//! `racelab explore`: you are the scheduler.

pub mod args;
mod full;
mod lines;
mod play;
mod quiz;
mod screen;

use std::io::{IsTerminal, stdin, stdout};

use racelab::explore::hand::{Goal, Hand, token};
use racelab::report::Model;
use racelab_demos::course::Role;
use racelab_layout::nearest::nearest;

use self::args::ExploreArgs;
use self::play::Play;
use self::quiz::Quiz;
use super::{Ending, Out, explorations, say};

/// A screen has room for this, at least; one thread under another takes fewer columns.
const LEAST: (u16, u16) = (60, 16);
const LARGE: (u16, u16) = (50, 16);

/// Plays on a whole screen, or line by line.
pub fn run(args: &ExploreArgs, out: &mut Out) -> anyhow::Result<Ending> {
    if out.json {
        say("a game has no document: racelab replay TOKEN --json has one of what was played");
        return Ok(Ending::Usage);
    }
    let mut play = match begin(args) {
        Ok(play) => play,
        Err((says, ending)) => {
            say(says);
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

/// The token of a graph has so many parts.
const GRAPH: usize = 5;

type Refused = (String, Ending);

/// The game that was asked for.
fn begin(args: &ExploreArgs) -> Result<Play, Refused> {
    let usage = |says: String| (says, Ending::Usage);
    if args.name.split(':').count() == GRAPH {
        let says = "that is the token of a whole graph, which racelab replay shows: a game begins \
                    with a version, or with moves as in torn-header/broken:r1w2";
        return Err(usage(says.to_string()));
    }
    let token = token::Token::read(&args.name).filter(|token| !token.moves.is_empty());
    let version = match &token {
        Some(token) => token.version.clone(),
        None => version(&args.name, args.variant.as_deref()).map_err(usage)?,
    };
    let scenario = explorations::find(&version)
        .ok_or_else(|| usage(format!("no version is called {version}: see racelab list")))?;
    if let Some(says) = explorations::no_schedule(&version) {
        return Err(usage(says));
    }
    let model = args.model.map(Model::from).or_else(|| token.as_ref().map(|token| token.model));
    let hand = Hand::new(scenario, model.unwrap_or(Model::Sc));
    let conditions = token.as_ref().map_or("", |token| &token.conditions);
    let damaged = || usage("the token is damaged: copy all of it".to_string());
    let hand = hand.with(conditions).ok_or_else(damaged)?;
    let goal = match &args.goal {
        Some(name) => Some(goal(&hand, name).map_err(usage)?),
        None => None,
    };
    let moves = match &token {
        Some(token) => racelab::explore::hand::moves::read(&token.moves, &scenario.actors())
            .ok_or_else(damaged)?,
        None => Vec::new(),
    };
    let free = args.model.is_none() && token.is_none() && goal.is_none();
    let wrong = |at| {
        let says = format!(
            "step {} of the token is not possible: the program does something else now than when \
             it was made",
            at + 1
        );
        (says, Ending::Differs)
    };
    let play = Play::new(version, hand, moves, goal).map_err(wrong)?;
    let play = if free { weaker(play).map_err(wrong)? } else { play };
    if token.is_some_and(|token| !token.fits(&play.position)) {
        say("the program announces something else now than when this token was made");
    }
    Ok(play)
}

/// The same game under the strictest model that shows something wrong, where SC shows nothing.
fn weaker(play: Play) -> Result<Play, usize> {
    if play.goal.is_some() {
        return Ok(play);
    }
    let models = [(Model::X86, "stores wait in buffers"), (Model::C11, "loads may be old")];
    for (model, how) in models {
        let hand = Hand::new(play.hand.scenario(), model);
        let mut other = Play::new(play.version.clone(), hand, Vec::new(), None)?;
        if other.goal.is_some() {
            other.says = format!("SC shows no wrong end here, so this is {}: {how}", model.name());
            return Ok(other);
        }
    }
    Ok(play)
}

/// The version that a name and `--variant` mean: without one, the broken one.
pub fn version(name: &str, variant: Option<&str>) -> Result<String, String> {
    let (name, own) = name.split_once('/').map_or((name, None), |(name, own)| (name, Some(own)));
    let Some(demo) = racelab_demos::find(name) else {
        let names = racelab_demos::every().map(|demo| demo.name);
        return Err(match nearest(name, names)[..] {
            [] => format!("no demo is called {name}: see racelab list"),
            [ref near, ..] => format!("no demo is called {name}: did you mean {near}?"),
        });
    };
    let names = || demo.versions.iter().map(|version| version.name()).collect::<Vec<_>>();
    let broken = demo.versions.iter().find(|version| version.role == Role::Broken);
    let version = match variant.or(own) {
        Some(own) => own.to_string(),
        None => broken.or(demo.versions.first()).map_or_else(String::new, |first| first.name()),
    };
    let first = version.split('/').next().unwrap_or_default();
    if demo.version(first).is_none() {
        return Err(format!("{name} has no version {version}; it has {}", names().join(", ")));
    }
    Ok(format!("{name}/{version}"))
}

/// The goal of this name.
fn goal(hand: &Hand<'_>, name: &str) -> Result<Goal, String> {
    let goals = hand.goals();
    let names: Vec<String> = goals.iter().map(Goal::name).collect();
    let found = goals.into_iter().find(|goal| goal.name().eq_ignore_ascii_case(name));
    found.ok_or_else(|| format!("there is no goal {name}; there are {}", names.join(", ")))
}
