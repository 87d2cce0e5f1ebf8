use racelab::explore::Budget;

racelab::scenario!(mod right = "ticket_lock/right.rs", judged by "ticket_lock/race.rs");
racelab::scenario!(mod serving_relaxed = "ticket_lock/serving_relaxed.rs", judged by "ticket_lock/race.rs");
racelab::scenario!(mod two_steps = "ticket_lock/two_steps.rs", judged by "ticket_lock/race.rs");
#[test] fn try_right() { let c = racelab::explore_both(&right::SCENARIO, &Budget::default()); for r in &c.reports { println!("{}", racelab::render::report::text(r, &racelab::render::Page::default())); } }
#[test] fn try_serving_relaxed() { let c = racelab::explore_both(&serving_relaxed::SCENARIO, &Budget::default()); for r in &c.reports { println!("{}", racelab::render::report::text(r, &racelab::render::Page::default())); } }
#[test] fn try_two_steps() { let c = racelab::explore_both(&two_steps::SCENARIO, &Budget::default()); for r in &c.reports { println!("{}", racelab::render::report::text(r, &racelab::render::Page::default())); } }
