//! `racelab replay`: an execution that was shown, once more.

use crate::render::json;
use racelab::explore::hand::{self, Came, Hand};
use racelab::explore::token::{Token, Unreadable};
use racelab::explore::{Engines, search};
use racelab::words::{Ink, interleaving};

use super::{Ending, Out, explorations};

/// Runs the execution of a token again, and shows it.
pub fn run(text: &str, engines: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    if let Some(token) = hand::token::Token::read(text) {
        return by_hand(text, &token, out);
    }
    let token = match Token::read(text, engines) {
        Ok(token) => token,
        Err(why) => return Ok(refused(&unreadable(&why), Ending::Usage)),
    };
    let Some(scenario) = explorations::find(&token.scenario) else {
        let says = format!("no version is called {}: see racelab list", token.scenario);
        return Ok(refused(&says, Ending::Usage));
    };
    let again = search::replay(scenario, token.engine, &token.failure);
    let shown = again.filter(|failure| !failure.steps.is_empty());
    let Some(shown) = shown else {
        return Ok(refused("the token is damaged: copy all of it", Ending::Usage));
    };
    if !token.fits(&shown) {
        let says = "the program does something else now than when this token was made: explore it \
                    again, with racelab check";
        return Ok(refused(says, Ending::Differs));
    }
    if out.json {
        out.document(&json::replay(text, &token.scenario, token.engine.name(), &shown, None))?;
        return Ok(Ending::Promised);
    }
    let title = out.page.paint(Ink::Strong, &token.scenario);
    let by = token.engine.name();
    let model = shown.shown_by.map(|model| format!(", which {} shows", model.name()));
    let about = format!("{title}: an execution of {by}{}\n\n", model.unwrap_or_default());
    out.text(&about)?;
    out.text(&interleaving::text(&shown, &out.page))?;
    Ok(Ending::Promised)
}

/// Makes the moves of a token, and shows where they lead.
fn by_hand(text: &str, token: &hand::token::Token, out: &mut Out) -> anyhow::Result<Ending> {
    let (version, damaged) = (&token.version, "the token is damaged: copy all of it");
    let Some(scenario) = explorations::find(version) else {
        let says = format!("no version is called {version}: see racelab list");
        return Ok(refused(&says, Ending::Usage));
    };
    if let Some(says) = explorations::no_schedule(version) {
        return Ok(refused(&says, Ending::Usage));
    }
    let hand = Hand::new(scenario, token.model).with(&token.conditions);
    let moves = hand::moves::read(&token.moves, &scenario.actors());
    let (Some(hand), Some(moves)) = (hand, moves) else {
        return Ok(refused(damaged, Ending::Usage));
    };
    let position = match hand.position(&moves) {
        Ok(position) => position,
        Err(at) => {
            let says = format!(
                "step {} is not possible: the program does something else now than when this \
                 token was made",
                at + 1
            );
            return Ok(refused(&says, Ending::Differs));
        }
    };
    if !token.fits(&position) {
        let says = "the program does something else now than when this token was made: explore it \
                    again, with racelab check";
        return Ok(refused(says, Ending::Differs));
    }
    let shown = &position.so_far;
    if out.json {
        let allowed = match &position.came {
            Some(Came::Fails) => None,
            Some(Came::Allowed { id, .. }) => Some(Some(id.as_str())),
            None => Some(None),
        };
        out.document(&json::replay(text, version, token.model.name(), shown, allowed))?;
        return Ok(Ending::Promised);
    }
    let title = out.page.paint(Ink::Strong, version);
    out.text(&format!("{title}: an execution under {}\n\n", token.model.name()))?;
    out.text(&match &position.came {
        Some(Came::Fails) => interleaving::text(shown, &out.page),
        Some(Came::Allowed { id, reason, .. }) => {
            let ends = out.page.paragraph("  => ", "     ", &format!("{id}: {reason}"));
            interleaving::steps(shown, &out.page) + &ends
        }
        None => {
            let ends = "it has not ended: racelab explore with this token goes on";
            interleaving::steps(shown, &out.page) + &out.page.paragraph("  => ", "     ", ends)
        }
    })?;
    Ok(Ending::Promised)
}

fn refused(says: &str, ending: Ending) -> Ending {
    super::say(says);
    ending
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
