//! Waits that end with a time: that the time is up is a choice of the search, and nobody who waits
//! so is stuck.

use racelab::explore::{GRAPHS, LOOM, REDUCED};
use racelab::report::{Kind, Verdict};

use super::{explore, fails, item, passes};

item!(looks_again, { ready: Mutex<bool>, bell: Condvar },
    |plain, count| Memory { plain, count, ready: Mutex::new(false), bell: Condvar::new() },
    [READY: Allowed, OTHER: Forbidden],
    |m, _| { *m.ready.lock().unwrap() = true; m.bell.notify_one() },
    |m, saw| {
        let mut ready = m.ready.lock().unwrap();
        while !*ready {
            ready = m.bell.wait_timeout(ready, SHORT).unwrap().0;
        }
        saw.note(*ready as u64);
    },
    |_, saws| if saws[1].values() == [1] { READY } else { OTHER });

item!(takes_it_for_a_notification, { ready: Mutex<bool>, bell: Condvar },
    |plain, count| Memory { plain, count, ready: Mutex::new(false), bell: Condvar::new() },
    [READY: Allowed, TOO_EARLY: Forbidden],
    |m, _| { *m.ready.lock().unwrap() = true; m.bell.notify_one() },
    |m, saw| {
        let ready = m.ready.lock().unwrap();
        let ready = if *ready { ready } else { m.bell.wait_timeout(ready, SHORT).unwrap().0 };
        saw.note(*ready as u64);
    },
    |_, saws| if saws[1].values() == [1] { READY } else { TOO_EARLY });

// The bell is never rung: who waits for it alone waits for ever.
macro_rules! without_a_bell {
    ($name:ident, $wait:expr) => {
        item!($name, { ready: Mutex<bool>, bell: Condvar },
            |plain, count| Memory { plain, count, ready: Mutex::new(false), bell: Condvar::new() },
            [READY: Allowed],
            |m, _| *m.ready.lock().unwrap() = true,
            |m, _| {
                let wait: fn(&Memory) = $wait;
                wait(m);
            },
            |_, _| READY);
    };
}
without_a_bell!(missed, |m| drop(m.bell.wait_while(m.ready.lock().unwrap(), |ready| !*ready)));
without_a_bell!(missed_for_a_time, |m| loop {
    let ready = m.ready.lock().unwrap();
    let (ready, result) = m.bell.wait_timeout_while(ready, SHORT, |ready| !*ready).unwrap();
    assert_eq!(*ready, !result.timed_out());
    if *ready {
        break;
    }
});

item!(nobody_sets_it, { ready: Mutex<bool>, bell: Condvar },
    |plain, count| Memory { plain, count, ready: Mutex::new(false), bell: Condvar::new() },
    [READY: Allowed],
    |m, _| m.bell.notify_one(),
    |m, _| {
        let mut ready = m.ready.lock().unwrap();
        while !*ready {
            ready = m.bell.wait_timeout(ready, SHORT).unwrap().0;
        }
    },
    |_, _| READY);

item!(gives_up, { ready: Mutex<bool>, bell: Condvar },
    |plain, count| Memory { plain, count, ready: Mutex::new(false), bell: Condvar::new() },
    [READY: Allowed required, GAVE_UP: Allowed required],
    |m, _| { *m.ready.lock().unwrap() = true; m.bell.notify_one() },
    |m, saw| {
        let mut ready = m.ready.lock().unwrap();
        for _ in 0..2 {
            if *ready { break }
            ready = m.bell.wait_timeout(ready, SHORT).unwrap().0;
        }
        saw.note(*ready as u64);
    },
    |_, saws| if saws[1].values() == [1] { READY } else { GAVE_UP });

macro_rules! receives {
    ($name:ident, $grade:ident, $receive:expr) => {
        item!($name, { sender: Sender<u64>, receiver: Mutex<Option<Receiver<u64>>> },
            |plain, count| {
                let (sender, receiver) = mpsc::channel();
                Memory { plain, count, sender, receiver: Mutex::new(Some(receiver)) }
            },
            [GOT: Allowed, LATE: $grade],
            |m, _| { let _ = m.sender.send(7); },
            |m, saw| {
                let receiver = m.receiver.lock().unwrap().take().unwrap();
                let receive: fn(&Receiver<u64>) -> u64 = $receive;
                saw.note(receive(&receiver));
            },
            |_, saws| if saws[1].values() == [7] { GOT } else { LATE });
    };
}
receives!(handles_both, Allowed, |receiver| match receiver.recv_timeout(SHORT) {
    Ok(value) => value,
    Err(RecvTimeoutError::Timeout) => 0,
    Err(RecvTimeoutError::Disconnected) => 1,
});
receives!(in_time_for_sure, Allowed, |receiver| receiver.recv_timeout(SHORT).unwrap());

item!(parks_for_a_time, { parked: Mutex<Option<thread::Thread>> },
    |plain, count| Memory { plain, count, parked: Mutex::new(Some(thread::current())) },
    [SEEN: Allowed required, LATE: Allowed required, OTHER: Forbidden],
    |m, saw| {
        *m.parked.lock().unwrap() = Some(thread::current());
        m.count.store(1, Release);
        thread::park_timeout(SHORT);
        saw.note(m.count.load(Acquire));
    },
    |m, _| if m.count.load(Acquire) == 1 {
        m.count.store(2, Release);
        m.parked.lock().unwrap().as_ref().unwrap().unpark();
    },
    |_, saws| match saws[0].values() { [2] => SEEN, [1] => LATE, _ => OTHER });

item!(sleeps, {},
    |plain, count| Memory { plain, count },
    [SET: Allowed, OTHER: Forbidden],
    |m, _| m.count.store(1, Relaxed),
    |m, saw| {
        while m.count.load(Relaxed) == 0 { thread::sleep(SHORT) }
        saw.note(m.count.load(Relaxed));
    },
    |_, saws| if saws[1].values() == [1] { SET } else { OTHER });

#[test]
fn a_wait_that_looks_again_is_right() {
    passes(&looks_again::SCENARIO);
    passes(&gives_up::SCENARIO);
}

#[test]
fn a_time_that_is_up_is_no_notification() {
    for report in fails(&takes_it_for_a_notification::SCENARIO, Kind::Forbidden) {
        let shown = super::steps(&report);
        assert!(shown.contains(&"right bell.wait_timeout".to_string()), "{shown:?}");
        assert!(shown.iter().any(|step| step.ends_with("time is up")), "{shown:?}");
    }
}

#[test]
fn who_waits_for_a_time_is_never_stuck() {
    fails(&missed::SCENARIO, Kind::Deadlock);
    passes(&missed_for_a_time::SCENARIO);
}

#[test]
fn a_loop_that_waits_for_nothing_is_known() {
    for engine in [REDUCED, GRAPHS] {
        let report = explore(&nobody_sets_it::SCENARIO, engine);
        assert_eq!(report.failure.map(|failure| failure.kind), Some(Kind::Livelock));
    }
    let report = explore(&nobody_sets_it::SCENARIO, LOOM);
    assert_eq!(report.verdict(), Verdict::Inconclusive);
}

#[test]
fn a_receiver_must_handle_both() {
    passes(&handles_both::SCENARIO);
    fails(&in_time_for_sure::SCENARIO, Kind::Panic);
}

#[test]
fn a_thread_that_parks_for_a_time_goes_on() {
    passes(&parks_for_a_time::SCENARIO);
}

#[test]
fn a_sleep_lets_the_others_go_first() {
    passes(&sleeps::SCENARIO);
}
