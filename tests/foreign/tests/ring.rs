use racelab::explore::Budget;

racelab::scenario!(mod right = "ring/right.rs", judged by "ring/race.rs");
racelab::scenario!(mod tail_relaxed = "ring/tail_relaxed.rs", judged by "ring/race.rs");
racelab::scenario!(mod one_too_many = "ring/one_too_many.rs", judged by "ring/race.rs");
#[test] fn try_right() { let c = racelab::explore_both(&right::SCENARIO, &Budget::default()); for r in &c.reports { println!("{}", racelab::render::report::text(r, &racelab::render::Page::default())); } }
#[test] fn try_tail_relaxed() { let c = racelab::explore_both(&tail_relaxed::SCENARIO, &Budget::default()); for r in &c.reports { println!("{}", racelab::render::report::text(r, &racelab::render::Page::default())); } }
#[test] fn try_one_too_many() { let c = racelab::explore_both(&one_too_many::SCENARIO, &Budget::default()); for r in &c.reports { println!("{}", racelab::render::report::text(r, &racelab::render::Page::default())); } }
