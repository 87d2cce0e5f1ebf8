//! What a game is played with: a version of the course, a student's own file, or somebody's test.

use racelab::explore::hand::token::Token;
use racelab::report::Model;
use racelab::trial::Launch;
use racelab_demos::course::Role;
use racelab_layout::nearest::nearest;

use super::args::{ExploreArgs, TestArgs};
use super::play::Play;
use crate::command::exercise::own::{self, Own};
use crate::command::exercise::said;
use crate::command::table::{Board, Refused, Table};
use crate::command::{Ending, Out, explorations, say};

/// The token of a graph has so many parts.
const GRAPH: usize = 5;

/// Where it is played, how it is called, the token that was typed, and the model that it names.
pub type Subject = (Board, String, Option<Token>, Option<Model>);

/// The version and the model of a token without a move: of a game that was left as it began.
fn unmoved(token: &str) -> Option<(&str, Model)> {
    let mut parts = token.split(':');
    let (version, moves, _) = (parts.next()?, parts.next()?, parts.next()?);
    let named = |model: &Model| format!("{}-", model.name().to_ascii_lowercase()) == moves;
    let model = if moves.is_empty() { Some(Model::Sc) } else { Model::ALL.into_iter().find(named) };
    Some((version, model.filter(|_| parts.next().is_none())?))
}

/// What was asked for; where it is nothing, and that was said already, without words.
pub fn of(args: &ExploreArgs, out: &mut Out) -> anyhow::Result<Result<Subject, Refused>> {
    let usage = |says: &str| Ok(Err((says.to_string(), Ending::Usage)));
    let name = args.name.as_deref();
    if let Some(board) = test(&args.test) {
        return Ok(board.map(|board| (board, name.unwrap_or("a test").to_string(), None, None)));
    }
    let begun = name.and_then(unmoved);
    let (name, model) = begun.map_or((name, None), |(name, model)| (Some(name), Some(model)));
    if name.is_some_and(|name| name.split(':').count() == GRAPH) {
        return usage(
            "that is the token of a whole graph, which racelab replay shows: a game begins with a \
             version, or with moves as in torn-header/broken:r1w2",
        );
    }
    let token = name.and_then(Token::read).filter(|token| !token.moves.is_empty());
    if token.is_none() && name.is_some_and(|name| name.contains(':')) {
        return usage("the token is damaged: copy all of it, as in torn-header/broken:r1w2r1:u");
    }
    let wanted = token.as_ref().map(|token| token.version.as_str()).or(name);
    if args.variant.is_none()
        && let Some(found) = of_workspace(wanted, out)?
    {
        return Ok(found.map(|(board, version)| (board, version, token, model)));
    }
    let Some(name) = name else {
        return usage(
            "what? A demo, as in racelab explore torn-header; in an exercise's workspace your own \
             file needs no name",
        );
    };
    let version = match &token {
        Some(token) => Ok(token.version.clone()),
        None => version(name, args.variant.as_deref()),
    };
    let found = version.and_then(|version| course(&version).map(|board| (board, version)));
    let found = found.map(|(board, version)| (board, version, token, model));
    Ok(found.map_err(|says| (says, Ending::Usage)))
}

/// A version of the course.
pub fn course(version: &str) -> Result<Board, String> {
    let Some(scenario) = explorations::find(version) else {
        return Err(match version.rsplit_once('.') {
            Some((test, call)) if call.bytes().all(|byte| byte.is_ascii_digit()) => format!(
                "that is of a test: RACELAB_REPLAY with this token shows it, as in \
                 RACELAB_REPLAY=... cargo test {}",
                test.replace('/', "::")
            ),
            _ if !version.contains('/') => format!(
                "{version} is of an exercise: go to the folder of the workspace that it was made in"
            ),
            _ => format!("no version is called {version}: see racelab list"),
        });
    };
    match explorations::no_schedule(version) {
        Some(says) => Err(says),
        None => Ok(Board::Here(scenario)),
    }
}

/// The student's own file, where this is a workspace and the name is of an exercise, or missing:
/// `torn-header` is theirs there, and `torn-header/broken` the course's.
pub fn of_workspace(
    name: Option<&str>,
    out: &mut Out,
) -> anyhow::Result<Option<Result<(Board, String), Refused>>> {
    let (own, specified) = match name.and_then(|name| name.strip_suffix("/specified")) {
        Some(name) => (Some(name), true),
        None => (name, false),
    };
    if own.is_some_and(|name| name.contains('/')) {
        return Ok(None);
    }
    let built = |out: &mut Out| {
        let Some(place) = own::workspace()? else { return Ok(None) };
        if own.is_some_and(|name| place.workspace.pack.find(name).is_none()) {
            return Ok(None);
        }
        own::build(&place, own, out).map(Some)
    };
    let found: anyhow::Result<Option<Result<Own, Ending>>> = built(out);
    match found {
        Ok(None) => Ok(None),
        Ok(Some(Ok(own))) => {
            let file = own.name.replace('-', "_");
            say(format!(
                "exercises/{file}.rs as it is now; {}/broken is the course's own",
                own.name
            ));
            let version = name.unwrap_or(&own.name).to_string();
            Ok(Some(Ok((own.board(specified), version))))
        }
        Ok(Some(Err(ending))) => Ok(Some(Err((String::new(), ending)))),
        Err(error) => {
            let ending = said(Err(error), out)?;
            Ok(Some(Err((String::new(), ending))))
        }
    }
}

/// A test that was handed over.
fn test(args: &TestArgs) -> Option<Result<Board, Refused>> {
    let (program, scenario) = (args.program.clone()?, args.scenario.clone()?);
    let ours = env!("CARGO_PKG_VERSION");
    if let Some(theirs) = args.library.as_deref().filter(|theirs| *theirs != ours) {
        let says = format!(
            "this is racelab {ours}, and the test was built with the library of {theirs}: install \
             the command of that version"
        );
        return Some(Err((says, Ending::Usage)));
    }
    let arguments = args.argument.clone();
    let launch = Launch { program: Some(program), arguments, ..Launch::default() };
    Some(Ok(Board::There { launch, scenario, _keeps: None }))
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

/// What could be done when the goal was reached: of a version of the course, what mends it, and what is
/// typed to play the same goal there.
pub fn onwards(play: &Play) -> Option<(String, Option<String>)> {
    if !of_course(play) {
        return Some(("Now mend it, and check it again.".to_string(), None));
    }
    let (title, version) = fixed(play)?;
    let goal = play.goal.as_ref()?.name();
    let model = match play.model() {
        Model::Sc => String::new(),
        model => format!(" --model {}", model.name().to_ascii_lowercase()),
    };
    let typed = format!("racelab explore {version} --goal {goal}{model}");
    Some((format!("What mends it: {title}. The same goal there:"), Some(typed)))
}

/// The same goal on the version that mends it.
pub fn next(play: &Play) -> Option<Play> {
    let (_, version) = fixed(play).filter(|_| of_course(play))?;
    let board = course(&version).ok()?;
    let table = Table::new(board, version, play.model(), ("", None)).ok()?;
    let mut next = Play::new(table, Vec::new(), play.goal.clone()).ok()?;
    next.onwards = onwards(&next);
    Some(next)
}

fn of_course(play: &Play) -> bool {
    explorations::find(&play.table.head.version).is_some()
}

/// What mends a version of the course: its title, and its name.
fn fixed(play: &Play) -> Option<(&'static str, String)> {
    let (name, own) = play.table.head.version.split_once('/')?;
    let demo = racelab_demos::find(name)?;
    let fixed = demo.versions.iter().find(|version| version.role == Role::Fixed)?;
    let version = fixed.name();
    (version != own).then(|| (fixed.title, format!("{name}/{version}")))
}
