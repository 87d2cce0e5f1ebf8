//! `mpsc`: a message orders what was done before it was sent, and without room the other way too.

use racelab::report::Kind;

use super::{fails, item, passes};

item!(publishes, { sender: Sender<u64>, receiver: Mutex<Option<Receiver<u64>>> },
    |plain, count| {
        let (sender, receiver) = mpsc::channel();
        Memory { plain, count, sender, receiver: Mutex::new(Some(receiver)) }
    },
    [SEEN: Allowed, OTHER: Forbidden],
    |m, _| { put(m); m.sender.send(7).unwrap() },
    |m, saw| {
        let receiver = m.receiver.lock().unwrap().take().unwrap();
        saw.note(receiver.recv().unwrap() + get(m));
    },
    |_, saws| if saws[1].values() == [8] { SEEN } else { OTHER });

item!(a_flag_beside, { sender: Sender<u64>, receiver: Mutex<Option<Receiver<u64>>>, sent: AtomicBool },
    |plain, count| {
        let (sender, receiver) = mpsc::channel();
        let receiver = Mutex::new(Some(receiver));
        Memory { plain, count, sender, receiver, sent: AtomicBool::new(false) }
    },
    [ENDED: Allowed],
    |m, _| { put(m); m.sent.store(true, Relaxed); m.sender.send(7).unwrap() },
    |m, saw| if m.sent.load(Relaxed) { saw.note(get(m)) },
    |_, _| ENDED);

// Of two senders' messages one is received: it orders its own sender alone.
item!(the_other_sender, { sender: Sender<u64>, receiver: Mutex<Option<Receiver<u64>>> },
    |plain, count| {
        let (sender, receiver) = mpsc::channel();
        Memory { plain, count, sender, receiver: Mutex::new(Some(receiver)) }
    },
    [ENDED: Allowed],
    |m, _| { m.sender.send(1).unwrap(); put(m); m.sender.send(2).unwrap() },
    |m, saw| {
        let receiver = m.receiver.lock().unwrap().take().unwrap();
        receiver.recv().unwrap();
        saw.note(get(m));
    },
    |_, _| ENDED);

item!(until_they_hang_up, { sender: Mutex<Option<Sender<u64>>>, receiver: Mutex<Option<Receiver<u64>>> },
    |plain, count| {
        let (sender, receiver) = mpsc::channel();
        let (sender, receiver) = (Mutex::new(Some(sender)), Mutex::new(Some(receiver)));
        Memory { plain, count, sender, receiver }
    },
    [ALL: Allowed, OTHER: Forbidden],
    |m, _| {
        let sender = m.sender.lock().unwrap().take().unwrap();
        let other = sender.clone();
        sender.send(1).unwrap();
        drop(sender);
        other.send(2).unwrap();
        put(m);
    },
    |m, saw| {
        let receiver = m.receiver.lock().unwrap().take().unwrap();
        saw.note(receiver.iter().sum());
        saw.note(get(m));
    },
    |_, saws| if saws[1].values() == [3, 1] { ALL } else { OTHER });

item!(nobody_sends, { sender: Sender<u64>, receiver: Mutex<Option<Receiver<u64>>> },
    |plain, count| {
        let (sender, receiver) = mpsc::channel();
        Memory { plain, count, sender, receiver: Mutex::new(Some(receiver)) }
    },
    [ENDED: Allowed],
    |m, _| m.sender.send(1).unwrap(),
    |m, _| {
        let receiver = m.receiver.lock().unwrap().take().unwrap();
        receiver.recv().unwrap();
        receiver.recv().unwrap();
    },
    |_, _| ENDED);

item!(nobody_receives, { sender: Sender<u64>, receiver: Mutex<Option<Receiver<u64>>> },
    |plain, count| {
        let (sender, receiver) = mpsc::channel();
        Memory { plain, count, sender, receiver: Mutex::new(Some(receiver)) }
    },
    [SENT: Allowed required, CAME_BACK: Allowed required, OTHER: Forbidden],
    |m, saw| saw.note(m.sender.send(5).map_or_else(|error| error.0, |()| 0)),
    |m, _| drop(m.receiver.lock().unwrap().take()),
    |_, saws| match saws[0].values() { [0] => SENT, [5] => CAME_BACK, _ => OTHER });

item!(tries, { sender: Mutex<Option<Sender<u64>>>, receiver: Mutex<Option<Receiver<u64>>> },
    |plain, count| {
        let (sender, receiver) = mpsc::channel();
        let (sender, receiver) = (Mutex::new(Some(sender)), Mutex::new(Some(receiver)));
        Memory { plain, count, sender, receiver }
    },
    [GOT: Allowed required, EMPTY: Allowed required, GONE: Allowed required],
    |m, _| {
        let sender = m.sender.lock().unwrap().take().unwrap();
        if m.count.load(Relaxed) == 1 { let _ = sender.send(1); }
    },
    |m, saw| {
        let receiver = m.receiver.lock().unwrap().take().unwrap();
        m.count.store(1, Relaxed);
        saw.note(match receiver.try_recv() {
            Ok(value) => value,
            Err(TryRecvError::Empty) => 2,
            Err(TryRecvError::Disconnected) => 3,
        });
    },
    |_, saws| match saws[1].values() { [1] => GOT, [2] => EMPTY, _ => GONE });

// Without room the sender goes on when its message is taken: what the receiver did before it came
// to take it is seen. With room for one it is not.
macro_rules! hands_over {
    ($name:ident, $room:literal) => {
        item!($name, { sender: SyncSender<u64>, receiver: Mutex<Option<Receiver<u64>>> },
            |plain, count| {
                let (sender, receiver) = mpsc::sync_channel($room);
                Memory { plain, count, sender, receiver: Mutex::new(Some(receiver)) }
            },
            [SEEN: Allowed, OTHER: Forbidden],
            |m, saw| { m.sender.send(7).unwrap(); saw.note(get(m)) },
            |m, _| {
                let receiver = m.receiver.lock().unwrap().take().unwrap();
                put(m);
                receiver.recv().unwrap();
            },
            |_, saws| if saws[0].values() == [1] { SEEN } else { OTHER });
    };
}
hands_over!(rendezvous, 0);
hands_over!(room_for_one, 1);

item!(full, { sender: SyncSender<u64>, receiver: Mutex<Option<Receiver<u64>>> },
    |plain, count| {
        let (sender, receiver) = mpsc::sync_channel(1);
        Memory { plain, count, sender, receiver: Mutex::new(Some(receiver)) }
    },
    [ENDED: Allowed],
    |m, _| { m.sender.send(1).unwrap(); m.sender.send(2).unwrap(); m.sender.send(3).unwrap() },
    |m, _| { let _ = m.receiver.lock().unwrap().as_ref().unwrap().recv(); },
    |_, _| ENDED);

item!(try_without_room, { sender: SyncSender<u64>, receiver: Mutex<Option<Receiver<u64>>> },
|plain, count| {
    let (sender, receiver) = mpsc::sync_channel(0);
    Memory { plain, count, sender, receiver: Mutex::new(Some(receiver)) }
},
[MET: Allowed required, MISSED: Allowed required, OTHER: Forbidden],
|m, saw| saw.note(m.sender.try_send(1).is_ok() as u64),
|m, saw| {
    let receiver = m.receiver.lock().unwrap().take().unwrap();
    saw.note(receiver.recv_timeout(SHORT).unwrap_or(0));
},
|_, saws| match (saws[0].values(), saws[1].values()) {
    ([1], [1]) => MET,
    ([0], [0]) => MISSED,
    _ => OTHER,
});

#[test]
fn a_message_orders_what_came_before_it() {
    passes(&publishes::SCENARIO);
    fails(&a_flag_beside::SCENARIO, Kind::DataRace);
    fails(&the_other_sender::SCENARIO, Kind::DataRace);
}

#[test]
fn a_channel_ends_with_its_last_sender() {
    passes(&until_they_hang_up::SCENARIO);
}

#[test]
fn who_waits_for_no_message_is_stuck() {
    for report in fails(&nobody_sends::SCENARIO, Kind::Deadlock) {
        let why = racelab::words::why::why(&report.failure.expect("a failure"));
        assert!(why.contains("right waits for a message that nobody sends"), "{why}");
    }
}

#[test]
fn a_message_that_nobody_can_take_comes_back() {
    passes(&nobody_receives::SCENARIO);
}

#[test]
fn an_attempt_finds_all_three() {
    for report in passes(&tries::SCENARIO) {
        assert_eq!(crate::seen(&report).len(), 3, "{report:?}");
    }
}

#[test]
fn without_room_the_receiver_is_seen_too() {
    passes(&rendezvous::SCENARIO);
    fails(&room_for_one::SCENARIO, Kind::DataRace);
    passes(&try_without_room::SCENARIO);
}

#[test]
fn who_waits_for_room_that_nobody_makes_is_stuck() {
    for report in fails(&full::SCENARIO, Kind::Deadlock) {
        let why = racelab::words::why::why(&report.failure.expect("a failure"));
        assert!(why.contains("left waits for room in a channel that is full"), "{why}");
    }
}
