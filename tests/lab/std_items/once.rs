//! `OnceLock` and `Once`: one makes it, the others wait, and who sees it comes after its making.

use racelab::report::Kind;

use super::{fails, item, passes, steps};

item!(made_once, { value: OnceLock<u64> },
|plain, count| Memory { plain, count, value: OnceLock::new() },
[ONCE: Allowed, OTHER: Forbidden],
|m, saw| {
    let value = *m.value.get_or_init(|| { put(m); m.count.fetch_add(1, Relaxed); 7 });
    saw.note(value + get(m));
},
|m, saw| {
    let value = *m.value.get_or_init(|| { put(m); m.count.fetch_add(1, Relaxed); 7 });
    saw.note(value + get(m));
},
|m, saws| match (m.count.load(Relaxed), saws[0].values(), saws[1].values()) {
    (1, [8], [8]) => ONCE,
    _ => OTHER,
});

item!(looked_then_set, { value: OnceLock<u64> },
    |plain, count| Memory { plain, count, value: OnceLock::new() },
    [ONCE: Allowed, TWICE: Forbidden],
    |m, _| if m.value.get().is_none() {
        m.count.fetch_add(1, Relaxed);
        let _ = m.value.set(1);
    },
    |m, _| if m.value.get().is_none() {
        m.count.fetch_add(1, Relaxed);
        let _ = m.value.set(2);
    },
    |m, _| if m.count.load(Relaxed) == 2 { TWICE } else { ONCE });

item!(get_orders, { value: OnceLock<u64> },
    |plain, count| Memory { plain, count, value: OnceLock::new() },
    [NOT_YET: Allowed required, SEEN: Allowed required, OTHER: Forbidden],
    |m, _| { put(m); assert_eq!(m.value.set(7), Ok(())) },
    |m, saw| if let Some(value) = m.value.get() { saw.note(*value + get(m)) },
    |_, saws| match saws[1].values() { [] => NOT_YET, [8] => SEEN, _ => OTHER });

item!(after_the_set, { value: OnceLock<u64> },
    |plain, count| Memory { plain, count, value: OnceLock::new() },
    [ENDED: Allowed],
    |m, _| { let _ = m.value.set(7); put(m) },
    |m, saw| if m.value.get().is_some() { saw.note(get(m)) },
    |_, _| ENDED);

item!(called_once, { once: Once },
    |plain, count| Memory { plain, count, once: Once::new() },
    [ONCE: Allowed, OTHER: Forbidden],
    |m, saw| { m.once.call_once(|| put(m)); saw.note(get(m)) },
    |m, saw| { m.once.call_once(|| put(m)); saw.note(get(m)) },
    |_, saws| if saws.iter().all(|saw| saw.values() == [1]) { ONCE } else { OTHER });

item!(completed_is_seen, { once: Once },
    |plain, count| Memory { plain, count, once: Once::new() },
    [NOT_YET: Allowed required, SEEN: Allowed required, OTHER: Forbidden],
    |m, _| m.once.call_once(|| put(m)),
    |m, saw| if m.once.is_completed() { saw.note(get(m)) },
    |_, saws| match saws[1].values() { [] => NOT_YET, [1] => SEEN, _ => OTHER });

item!(poisoned, { once: Once },
    |plain, count| Memory { plain, count, once: Once::new() },
    [FIRST: Allowed required, AFTER_A_PANIC: Allowed required, OTHER: Forbidden],
    |m, _| m.once.call_once(|| panic!("on purpose")),
    |m, saw| m.once.call_once_force(|state| { put(m); saw.note(state.is_poisoned() as u64) }),
    |m, saws| match (get(m), saws[0].panicked(), saws[1].values()) {
        (1, false, [0]) => FIRST,
        (1, true, [1]) => AFTER_A_PANIC,
        _ => OTHER,
    },
    panics);

item!(panic_passes_it_on, { value: OnceLock<u64> },
    |plain, count| Memory { plain, count, value: OnceLock::new() },
    [SECOND: Allowed required, FIRST: Allowed required, OTHER: Forbidden],
    |m, _| { m.value.get_or_init(|| panic!("on purpose")); },
    |m, saw| saw.note(*m.value.get_or_init(|| 2)),
    |m, saws| match (m.value.get(), saws[0].panicked(), saws[1].values()) {
        (Some(2), true, [2]) => SECOND,
        (Some(2), false, [2]) => FIRST,
        _ => OTHER,
    },
    panics);

item!(inside_itself, { value: OnceLock<u64> },
    |plain, count| Memory { plain, count, value: OnceLock::new() },
    [ENDED: Allowed],
    |m, _| { m.value.get_or_init(|| *m.value.get_or_init(|| 1)); },
    |m, _| { m.value.get(); },
    |_, _| ENDED);

#[test]
fn a_value_is_made_once_and_seen_whole() {
    passes(&made_once::SCENARIO);
    passes(&get_orders::SCENARIO);
    passes(&called_once::SCENARIO);
    passes(&completed_is_seen::SCENARIO);
}

#[test]
fn a_look_and_a_set_are_not_one_step() {
    for report in fails(&looked_then_set::SCENARIO, Kind::Forbidden) {
        let shown = steps(&report);
        assert!(shown.contains(&"left value.get".to_string()), "{shown:?}");
        assert!(shown.contains(&"right value.set".to_string()), "{shown:?}");
        let failure = report.failure.expect("a failure");
        let set = failure.steps.iter().find(|step| step.op == "set").expect("it was set");
        assert!(set.line > 0 && set.file == "once.rs" || set.file.is_empty(), "{set:?}");
    }
}

#[test]
fn what_comes_after_the_set_is_not_ordered() {
    fails(&after_the_set::SCENARIO, Kind::DataRace);
}

#[test]
fn a_panic_poisons_a_once_and_no_value() {
    passes(&poisoned::SCENARIO);
    passes(&panic_passes_it_on::SCENARIO);
}

#[test]
fn who_makes_it_must_not_wait_for_it() {
    for report in fails(&inside_itself::SCENARIO, Kind::Deadlock) {
        let why = racelab::words::why::why(&report.failure.expect("a failure"));
        assert!(why.contains("left waits for value, which is being made"), "{why}");
    }
}
