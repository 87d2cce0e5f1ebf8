//! `thread::scope`, `Builder` and `is_finished`: threads that borrow have ended before what they
//! borrow is gone, also where one panics or the execution is broken off.

use racelab::report::Kind;

use super::{fails, item, passes};

item!(borrows, {},
    |plain, count| Memory { plain, count },
    [SUM: Allowed, OTHER: Forbidden],
    |m, saw| {
        let (mut one, mut two) = (1, vec![2]);
        thread::scope(|scope| {
            scope.spawn(|| { m.count.fetch_add(1, Relaxed); one += 1 });
            let handle = scope.spawn(|| { two.push(3); two.len() });
            assert_eq!(handle.join().unwrap(), 2);
        });
        saw.note(one + two[1]);
    },
    |m, _| { m.count.fetch_add(1, Relaxed); },
    |m, saws| match (m.count.load(Relaxed), saws[0].values()) { (2, [5]) => SUM, _ => OTHER });

item!(shares, {},
    |plain, count| Memory { plain, count },
    [ENDED: Allowed],
    |m, _| thread::scope(|scope| {
        scope.spawn(|| put(m));
        scope.spawn(|| put(m));
    }),
    |m, _| { m.count.load(Relaxed); },
    |_, _| ENDED);

item!(after_the_scope, {},
    |plain, count| Memory { plain, count },
    [SEEN: Allowed, OTHER: Forbidden],
    |m, saw| {
        thread::scope(|scope| { scope.spawn(|| put(m)); });
        saw.note(get(m));
    },
    |m, _| { m.count.load(Relaxed); },
    |_, saws| if saws[0].values() == [1] { SEEN } else { OTHER });

// Whoever panics, the other thread of the scope writes to what lies on the stack of the actor.
macro_rules! panics {
    ($name:ident, $scope:expr) => {
        item!($name, {},
            |plain, count| Memory { plain, count },
            [PANICKED: Allowed, OTHER: Forbidden],
            |m, _| {
                let mut list = vec![0; 4];
                let scope: fn(&Memory, &mut Vec<u64>) = $scope;
                scope(m, &mut list);
            },
            |m, _| { m.count.fetch_add(1, Relaxed); },
            |m, saws| match (saws[0].panicked(), m.count.load(Relaxed)) {
                (true, 3) => PANICKED,
                _ => OTHER,
            },
            panics);
    };
}
panics!(the_scope_panics, |m, list| thread::scope(|scope| {
    scope.spawn(|| {
        for place in list.iter_mut() {
            *place = m.count.load(Relaxed)
        }
        m.count.fetch_add(2, Relaxed);
        list.push(1);
    });
    panic!("on purpose");
}));
panics!(a_thread_panics, |m, list| thread::scope(|scope| {
    scope.spawn(|| {
        let seen = m.count.load(Relaxed);
        if seen < 9 {
            panic!("on purpose")
        }
    });
    scope.spawn(|| {
        m.count.fetch_add(2, Relaxed);
        list.push(1);
    });
}));

item!(a_panic_is_joined, {},
    |plain, count| Memory { plain, count },
    [JOINED: Allowed, OTHER: Forbidden],
    |m, saw| {
        let joined = thread::scope(|scope| {
            let handle = scope.spawn(|| if m.count.load(Relaxed) < 9 { panic!("on purpose") });
            handle.join().is_err()
        });
        saw.note(joined as u64);
    },
    |m, _| { m.count.fetch_add(1, Relaxed); },
    |_, saws| if saws[0].values() == [1] && !saws[0].panicked() { JOINED } else { OTHER });

// The execution ends while a thread has hold of the actor's stack, and things on it have a drop.
item!(stuck_inside, { a: Mutex<u64>, b: Mutex<u64> },
    |plain, count| Memory { plain, count, a: Mutex::new(0), b: Mutex::new(0) },
    [ENDED: Allowed],
    |m, saw| {
        let mut list = vec![1_u64; 64];
        thread::scope(|scope| {
            scope.spawn(|| {
                let a = m.a.lock().unwrap();
                let b = m.b.lock().unwrap();
                list.push(*a + *b);
            });
            let b = m.b.lock().unwrap();
            let a = m.a.lock().unwrap();
            saw.note(*a + *b);
        });
    },
    |m, _| { m.count.load(Relaxed); },
    |_, _| ENDED);

// A race ends loom in the middle of a scope; the actor catches what passes and tries to go on.
item!(caught_inside, {},
    |plain, count| Memory { plain, count },
    [ENDED: Allowed],
    |m, _| {
        let mut list = vec![1_u64; 64];
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            thread::scope(|scope| {
                scope.spawn(|| { put(m); m.count.load(Relaxed); list.push(1) });
                put(m);
            })
        }));
        m.count.load(Relaxed);
    },
    |m, _| { m.count.load(Relaxed); },
    |_, _| ENDED);

item!(named, {},
    |plain, count| Memory { plain, count },
    [NAMED: Allowed, OTHER: Forbidden],
    |m, saw| {
        let builder = thread::Builder::new().name("helper".to_string()).stack_size(1 << 20);
        let handle = builder.spawn(|| thread::current().name().map(str::len)).unwrap();
        assert_eq!(handle.thread().name(), Some("helper"));
        saw.note(handle.join().unwrap().unwrap_or(0) as u64);
        let builder = thread::Builder::new().name("other".to_string());
        thread::scope(|scope| {
            builder.spawn_scoped(scope, || m.count.fetch_add(1, Relaxed)).unwrap();
        });
    },
    |m, _| { m.count.load(Relaxed); },
    |m, saws| match (m.count.load(Relaxed), saws[0].values()) { (1, [6]) => NAMED, _ => OTHER });

item!(asks_for_the_end, {},
    |plain, count| Memory { plain, count },
    [YES: Allowed required, NOT_YET: Allowed required, OTHER: Forbidden],
    |m, saw| thread::scope(|scope| {
        let handle = scope.spawn(|| m.count.store(1, Relaxed));
        let finished = handle.is_finished();
        handle.join().unwrap();
        saw.note(finished as u64);
    }),
    |m, _| { m.count.load(Relaxed); },
    |_, saws| match saws[0].values() { [1] => YES, [0] => NOT_YET, _ => OTHER });

// That a thread has ended orders nothing.
item!(takes_the_end_for_a_join, {},
    |plain, count| Memory { plain, count },
    [ENDED: Allowed],
    |m, saw| thread::scope(|scope| {
        let handle = scope.spawn(|| put(m));
        if handle.is_finished() { saw.note(get(m)) }
    }),
    |m, _| { m.count.load(Relaxed); },
    |_, _| ENDED);

#[test]
fn a_scope_has_what_its_threads_did() {
    passes(&borrows::SCENARIO);
    passes(&after_the_scope::SCENARIO);
    passes(&named::SCENARIO);
}

#[test]
fn threads_of_a_scope_race_as_others_do() {
    fails(&shares::SCENARIO, Kind::DataRace);
}

#[test]
fn a_panic_waits_for_all_threads() {
    passes(&the_scope_panics::SCENARIO);
    passes(&a_thread_panics::SCENARIO);
    passes(&a_panic_is_joined::SCENARIO);
}

#[test]
fn an_execution_that_ends_inside_frees_nothing_that_is_borrowed() {
    fails(&stuck_inside::SCENARIO, Kind::Deadlock);
    fails(&caught_inside::SCENARIO, Kind::DataRace);
}

#[test]
fn whether_a_thread_has_ended_is_a_read() {
    for report in passes(&asks_for_the_end::SCENARIO) {
        assert_eq!(crate::seen(&report), ["YES", "NOT_YET"], "{report:?}");
    }
    fails(&takes_the_end_for_a_join::SCENARIO, Kind::DataRace);
}
