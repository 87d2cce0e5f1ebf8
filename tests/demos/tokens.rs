//! What is shown can be made by hand, and comes back from its token.

use racelab::Scenario;
use racelab::explore::hand::{Came, Goal, Hand, Next, Position, moves, token};
use racelab::explore::{REDUCED, token as tokens};
use racelab::report::{Failure, Model};
use racelab_demos::course::{Demo, Role, Turn, Version};

use crate::explored::{Explored, races, versions};

/// So many characters of moves are enough for the simplest failure of a broken version.
const SAID: usize = 24;

/// As the command line names a race.
fn named(demo: &Demo, version: &Version, turn: Turn) -> String {
    let again = if turn == Turn::Again { "/again" } else { "" };
    format!("{}/{}{again}", demo.name, version.name())
}

fn name(explored: &Explored) -> String {
    named(explored.demo, explored.version, explored.turn)
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

/// So many executions by chance of each version under each model; `RACELAB_EXECUTIONS=N` asks for more.
const EXECUTIONS: u64 = 1;

/// Every `n`th move of an execution is looked at, whether it was offered.
const LOOKED_AT: usize = 5;

fn head(hand: &Hand<'_>, version: String) -> token::Head {
    let actors = hand.scenario().actors().iter().map(|name| name.to_string()).collect();
    let (model, conditions) = (hand.model(), hand.conditions());
    token::Head { version, model, actors, conditions, program: None }
}

/// An execution by chance of every version, each race, under each model: from its token come the same
/// steps with the same memory, and the same end; and its moves were offered. One in three of the fixed
/// versions, unless more executions are asked for.
#[test]
fn every_execution_by_chance_comes_back_from_its_token() {
    let asked = std::env::var("RACELAB_EXECUTIONS").ok().and_then(|many| many.parse().ok());
    let many: u64 = asked.unwrap_or(EXECUTIONS);
    let mut executions = 0;
    let all = versions().flat_map(|(demo, version)| {
        version.races().map(move |(turn, scenario, _)| (demo, version, turn, scenario))
    });
    let runs = |scenario: &&Scenario| scenario.checkers.iter().any(|copy| copy.0 == "shuttle");
    for (number, (demo, version, turn, scenario)) in all.enumerate() {
        let Some(scenario) = Some(scenario).filter(runs) else { continue };
        let broken = version.role == Role::Broken && turn == Turn::First;
        if asked.is_none() && !broken && number % 3 > 0 {
            continue;
        }
        for model in Model::ALL {
            let hand = Hand::new(scenario, model);
            let name = named(demo, version, turn);
            for seed in 0..many {
                let looks = (broken && seed == 0).then_some(LOOKED_AT);
                one_comes_back(&hand, &name, seed, looks);
                executions += 1;
            }
        }
    }
    println!("{executions} executions came back from their tokens");
    assert!(executions > 100, "{executions} executions");
}

fn without_address(value: &str) -> String {
    if value.starts_with("0x") { "an address".to_string() } else { value.to_string() }
}

/// The same where a pointer to what has no name is shown as an address, another in each run.
fn without_addresses(shown: &Failure) -> Failure {
    let mut shown = shown.clone();
    let mask = |value: &mut String| *value = without_address(value);
    shown.initial.iter_mut().for_each(|word| mask(&mut word.1));
    for step in &mut shown.steps {
        step.memory.iter_mut().for_each(|word| mask(&mut word.1));
        for value in [&mut step.value, &mut step.wrote, &mut step.newest] {
            value.iter_mut().for_each(mask);
        }
    }
    shown
}

/// One execution; of every so many moves it is looked at whether they were offered.
fn one_comes_back(hand: &Hand<'_>, version: &str, seed: u64, looks: Option<usize>) {
    let all = hand.chance(&[], seed);
    let (model, scenario) = (hand.model(), hand.scenario());
    let name = format!("{version} under {}", model.name());
    let position = hand.position(&all).unwrap_or_else(|at| panic!("{name}: step {at}"));
    let text = token::written(&head(hand, version.to_string()), &all, &position);
    // Whoever has the text alone makes the same execution of it.
    let token =
        token::Token::read(&text.to_uppercase().replacen(&version.to_uppercase(), version, 1));
    let token = token.unwrap_or_else(|| panic!("{text} is no token"));
    let again = Hand::new(scenario, token.model).with(&token.conditions).expect("conditions");
    let moves = moves::read(&token.moves, &scenario.actors()).expect("moves");
    assert_eq!(moves, all, "{text}");
    let back = again.position(&moves).unwrap_or_else(|at| panic!("{text}: step {at}"));
    assert!(token.fits(&back) && token.model == model, "{text}");
    assert_eq!(without_addresses(&back.so_far), without_addresses(&position.so_far), "{text}");
    assert_eq!(back.came, position.came, "{text}");
    let waiting = |position: &Position| -> Vec<Vec<(String, String)>> {
        let one = |(word, value): &(String, String)| (word.clone(), without_address(value));
        position.buffers.iter().map(|stores| stores.iter().map(one).collect()).collect()
    };
    assert_eq!(waiting(&back), waiting(&position), "{text}");
    let Some(every) = looks else { return };
    for place in (0..all.len().min(40)).step_by(every) {
        let before = hand.position(&all[..place]).expect("it was possible");
        let thread = usize::from(all[place].thread) - 1;
        let Next::Goes(offers) = &before.threads[thread].1 else {
            panic!("{name}: nobody goes on at {place} of {text}");
        };
        let offered = offers.iter().any(|offer| offer.how == all[place].how);
        assert!(offered, "{name}: move {place} of {text} was not offered: {offers:?}");
    }
}

/// What an engine shows of a broken version under a weaker model is found among the moves of a hand:
/// so a way to it can be played.
#[test]
fn what_graphs_show_of_the_broken_versions_can_be_made_by_hand() {
    let (mut found, mut not) = (0, Vec::new());
    for explored in races(Turn::First) {
        if explored.version.role != Role::Broken {
            continue;
        }
        for report in explored.graphs.clone().by_model() {
            let (Some(model), Some(shown)) = (report.engine.model(), report.failure) else {
                continue;
            };
            let hand = Hand::new(explored.scenario, model);
            let Some(moves) = hand.follow(&shown, 3_000) else {
                not.push(format!("{} under {}", name(explored), model.name()));
                continue;
            };
            assert_eq!(hand.comes_to(&moves), Some(Goal::of(&shown)), "{}", name(explored));
            let made = hand.position(&moves).expect("possible").so_far.steps;
            assert_eq!(made.len(), shown.steps.len(), "{}", name(explored));
            found += 1;
        }
    }
    println!("{found} followed; not found: {not:?}");
    assert!(found > 40 && not.len() * 10 < found, "{found} followed; not found: {not:?}");
}
