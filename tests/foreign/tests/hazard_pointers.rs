use racelab::explore::Budget;

racelab::scenario!(mod right = "hazard_pointers/right.rs", judged by "hazard_pointers/race.rs");
racelab::scenario!(mod no_recheck = "hazard_pointers/no_recheck.rs", judged by "hazard_pointers/race.rs");
racelab::scenario!(mod no_fence = "hazard_pointers/no_fence.rs", judged by "hazard_pointers/race.rs");
#[test] fn try_right() { let c = racelab::explore_both(&right::SCENARIO, &Budget::default()); for r in &c.reports { println!("{}", racelab::render::report::text(r, &racelab::render::Page::default())); } }
#[test] fn try_no_recheck() { let c = racelab::explore_both(&no_recheck::SCENARIO, &Budget::default()); for r in &c.reports { println!("{}", racelab::render::report::text(r, &racelab::render::Page::default())); } }
#[test] fn try_no_fence() { let c = racelab::explore_both(&no_fence::SCENARIO, &Budget::default()); for r in &c.reports { println!("{}", racelab::render::report::text(r, &racelab::render::Page::default())); } }
