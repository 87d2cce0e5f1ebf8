//! What it takes to hold structures against what they should do: a table of one machine, made by hand.
//!
//! `cargo test -p racelab-demos --test demos what_specifications_take -- --ignored --nocapture`
//! prints it.

use std::time::Duration;

use racelab::against::{Amounts, Limits, Tested, engines, run};
use racelab::{Engines, Scenario};
use racelab_exercise::against;

use crate::exercises::compiled;
use crate::safe_map::specified::{copy_on_write, map, one_lock, two_maps};

racelab::scenario!(
    mod ring = "../foreign/tests/ring/right.rs",
    judged by "../../book/src/specifications/queue.rs", not amplified
);
racelab::scenario!(
    mod stack = "../foreign/tests/specified/stack_right.rs",
    judged by "../foreign/tests/specified/stack.rs", not amplified
);
racelab::scenario!(
    mod vyukov = "../foreign/tests/specified/vyukov.rs",
    judged by "../foreign/tests/specified/vyukov_or_refused.rs", not amplified
);

/// What a right structure comes to under each engine: it passes all.
fn row(name: &str, scenario: &Scenario, limits: &Limits) -> String {
    let spec = scenario.specification().expect("a specification");
    let engines = engines(&Engines::standard(), spec).into_iter();
    let tested: Vec<Tested> =
        engines.map(|engine| run(scenario, engine, limits, &|_| {})).collect();
    let mut row = format!("| {name} |");
    for place in 0..2 {
        row += &match tested.get(place) {
            Some(tested) => {
                assert_ne!(tested.amounts(), Amounts::Failed, "{name}: {tested:#?}");
                let (all, took) = (tested.executions, tested.seconds);
                format!(" {} | {all} | {took:.2} |", tested.explored())
            }
            None => " | | |".to_string(),
        };
    }
    row
}

#[test]
#[ignore = "measures: only a quiet machine says anything"]
fn what_specifications_take() {
    println!("| structure | scenarios, SC | executions | s | scenarios, C11 | executions | s |");
    println!("|---|---|---|---|---|---|---|");
    for (stem, _) in compiled::ALL {
        if let Some(scenario) = compiled::find(stem, "answer.rs").2 {
            println!("{}", row(&stem.replace('_', "-"), scenario, &against::limits()));
        }
    }
    let time = Duration::from_secs(60);
    let limits = Limits { time, calls: 4, lopsided: 4, of_a_shape: 30, ..Limits::default() };
    for (name, scenario) in [
        ("SafeMap", &map::SCENARIO),
        ("its rival with one lock", &one_lock::SCENARIO),
        ("its rival that copies on write", &copy_on_write::SCENARIO),
        ("its rival of two maps", &two_maps::SCENARIO),
        ("a ring of two slots", &ring::SCENARIO),
        ("Treiber's stack", &stack::SCENARIO),
        ("Vyukov's queue", &vyukov::SCENARIO),
    ] {
        println!("{}", row(name, scenario, &limits));
    }
}
