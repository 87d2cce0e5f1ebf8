//! SafeMap and its rivals against what a map should do: nobody wrote the races.

use std::time::Duration;

use racelab::against::{Amounts, Limits, Tested, engines, run};
use racelab::explore::REDUCED;
use racelab::{Engines, Scenario};

racelab::scenario!(
    pub(crate) mod map = "../../../demos/safe_map/over_plain_lock.rs", judged by "spec/map.rs", not amplified
);
racelab::scenario!(
    mod map_len = "../../../demos/safe_map/over_plain_lock.rs", judged by "spec/map_len.rs", not amplified
);
racelab::scenario!(
    pub(crate) mod one_lock = "../../../demos/safe_map/rivals/one_lock.rs",
    judged by "spec/one_lock.rs", not amplified
);
racelab::scenario!(
    pub(crate) mod copy_on_write = "../../../demos/safe_map/rivals/copy_on_write.rs",
    judged by "spec/copy_on_write.rs", not amplified
);
racelab::scenario!(
    pub(crate) mod two_maps = "../../../demos/safe_map/rivals/two_maps.rs",
    judged by "spec/two_maps.rs", not amplified
);

/// What scenarios of four calls come to, under each engine.
fn tested(scenario: &Scenario) -> Vec<Tested> {
    let spec = scenario.specification().expect("a specification");
    let time = Duration::from_secs(20);
    let limits = Limits { time, calls: 4, lopsided: 4, of_a_shape: 30, ..Limits::default() };
    let engines = engines(&Engines::standard(), spec).into_iter();
    let tested: Vec<Tested> =
        engines.map(|engine| run(scenario, engine, &limits, &|_| {})).collect();
    for tested in &tested {
        let (engine, line) = (&tested.engine.name, racelab::words::against::line(tested));
        println!("{} {engine} {:.2} s: {line}", scenario.name, tested.seconds);
    }
    tested
}

fn passes(scenario: &Scenario) {
    for tested in tested(scenario) {
        assert_eq!(tested.amounts(), Amounts::Passed, "{}: {tested:#?}", scenario.name);
    }
}

#[test]
fn a_safe_map_is_a_map() {
    passes(&map::SCENARIO);
}

#[test]
fn its_rivals_are_maps() {
    [&one_lock::SCENARIO, &copy_on_write::SCENARIO, &two_maps::SCENARIO]
        .into_iter()
        .for_each(passes);
}

/// It is counted shard by shard, as its documentation says: an insert and a length beside a removal
/// and an insert.
#[test]
fn its_length_is_of_no_moment() {
    let time = Duration::from_secs(60);
    let limits = Limits { time, threads: 2, calls: 4, lopsided: 3, ..Limits::default() };
    let tested = run(&map_len::SCENARIO, REDUCED, &limits, &|_| {});
    let failed = tested.failed.as_ref().unwrap_or_else(|| panic!("{tested:#?}"));
    let mut calls = failed.calls.threads.iter().flatten();
    assert!(calls.any(|said| said.call == "len()"), "{failed:?}");
}
