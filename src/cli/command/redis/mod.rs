//! `racelab demo slot-migration --redis`: the same move between two real servers, as the wire shows it.

mod server;
mod show;
mod story;
mod wire;

use serde::Serialize;

use super::{Ending, Out, interrupt};

/// What two servers said, in order.
#[derive(Debug, Serialize)]
pub struct Told {
    /// What `redis-server` calls itself: `7.0.15`.
    version: String,
    parts: Vec<Part>,
}

/// One part of the story.
#[derive(Debug, Serialize)]
struct Part {
    title: String,
    /// What it shows, in a sentence or two.
    about: String,
    exchanges: Vec<Exchange>,
}

/// A command and its reply.
#[derive(Debug, Serialize)]
struct Exchange {
    /// Who was asked: `source` or `target`.
    node: &'static str,
    command: String,
    /// Both as they went over the wire.
    sent: String,
    reply: String,
    /// Whether the reply is what the story says it is.
    expected: bool,
}

/// Why there is no story.
#[derive(Debug)]
enum Trouble {
    /// No server, too old a one, or one that went away: what is missing, in a sentence.
    Missing(String),
    /// Ctrl-C was pressed.
    Interrupted,
}

/// Whether Ctrl-C was pressed, looked at between two steps.
fn look() -> Result<(), Trouble> {
    if interrupt::was_noted() { Err(Trouble::Interrupted) } else { Ok(()) }
}

/// Starts two servers, moves a slot between them, and shows what each of them says.
///
/// Both servers and their folder are gone afterwards, however it ends.
pub fn run(out: &mut Out) -> anyhow::Result<Ending> {
    let told = match tell() {
        Ok(told) => told,
        Err(Trouble::Missing(what)) => {
            super::say(what);
            return Ok(Ending::Missing);
        }
        Err(Trouble::Interrupted) => return Ok(Ending::Interrupted),
    };
    let differs = told.parts.iter().flat_map(|part| &part.exchanges).any(|one| !one.expected);
    if out.json {
        out.document(&show::json(&told, !differs))?;
    } else {
        let text = show::text(&told, &out.page);
        out.text(&text)?;
    }
    Ok(if differs { Ending::Broken } else { Ending::Promised })
}

fn tell() -> Result<Told, Trouble> {
    interrupt::listen();
    let version = server::version()?;
    let cluster = server::Cluster::start()?;
    let parts = story::tell(&cluster)?;
    Ok(Told { version, parts })
}
