//! What is shown can be made by hand, and comes back from its token.

use racelab::explore::hand::{Came, Hand, Next, moves, token};
use racelab::explore::{REDUCED, token as tokens};
use racelab::report::{Failure, Model};
use racelab_demos::course::{Role, Turn};

use crate::explored::{Explored, races};

/// So many characters of moves are enough for the simplest failure of a broken version.
const SAID: usize = 24;

/// As the command line names a race.
fn name(explored: &Explored) -> String {
    let again = if explored.turn == Turn::Again { "/again" } else { "" };
    format!("{}/{}{again}", explored.demo.name, explored.version.name())
}

/// What a token shows.
fn again(text: &str, scenario: &racelab::Scenario) -> Result<Failure, String> {
    let token = token::Token::read(text).ok_or("no token")?;
    let hand = Hand::new(scenario, token.model).with(&token.conditions).ok_or("conditions")?;
    let moves = moves::read(&token.moves, &scenario.actors()).ok_or("moves")?;
    let position = hand.position(&moves).map_err(|at| format!("step {at} is not possible"))?;
    if !token.fits(&position) || position.came != Some(Came::Fails) {
        return Err(format!("{:?}, fits: {}", position.came, token.fits(&position)));
    }
    Ok(position.so_far)
}

#[test]
fn every_interleaving_that_is_shown_comes_back_from_its_token() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for turn in [Turn::First, Turn::Again] {
        for explored in races(turn) {
            let Some(shown) = explored.of(REDUCED).and_then(|report| report.failure.as_ref())
            else {
                continue;
            };
            let name = name(explored);
            let text = tokens::of(&name, REDUCED, shown).expect("a schedule");
            let moves = text.split(':').nth(1).expect("moves").split('+').next().expect("moves");
            if explored.version.role == Role::Broken && turn == Turn::First && moves.len() > SAID {
                wrong.push(format!("{text} is too long to say"));
            }
            match again(&text, explored.scenario) {
                Ok(again) if again.steps == shown.steps && again.kind == shown.kind => {
                    compared += 1
                }
                Ok(again) => wrong.push(format!("{text}: {:?} and not {:?}", again.why, shown.why)),
                Err(why) => wrong.push(format!("{text}: {why}")),
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(compared > 50, "{compared} were compared");
}

/// An execution by chance under each model: its token comes back, and each of its moves was offered.
#[test]
fn every_execution_by_chance_comes_back_from_its_token() {
    let mut executions = 0;
    for explored in races(Turn::First) {
        if explored.version.role != Role::Broken {
            continue;
        }
        for model in Model::ALL {
            let hand = Hand::new(explored.scenario, model);
            let all = hand.chance(&[], 7);
            let name = format!("{} under {}", explored.name(), model.name());
            let position = hand.position(&all).unwrap_or_else(|at| panic!("{name}: step {at}"));
            let text = token::written(&self::name(explored), &hand, &all, &position);
            let token = token::Token::read(&text).expect("a token");
            let read = moves::read(&token.moves, &explored.scenario.actors());
            assert_eq!(read.as_deref(), Some(all.as_slice()), "{text}");
            assert!(token.fits(&position) && token.model == model, "{text}");
            for place in (0..all.len().min(40)).step_by(3) {
                let before = hand.position(&all[..place]).expect("it was possible");
                let thread = usize::from(all[place].thread) - 1;
                let Next::Goes(offers) = &before.threads[thread].1 else {
                    panic!("{name}: nobody goes on at {place} of {text}");
                };
                let offered = offers.iter().any(|offer| offer.how == all[place].how);
                assert!(offered, "{name}: move {place} of {text} was not offered: {offers:?}");
            }
            executions += 1;
        }
    }
    assert!(executions > 30, "{executions} executions");
}
