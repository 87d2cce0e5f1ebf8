//! A condition variable that is waited for again, after a wakeup for another or for no reason.
use super::rt::sync::{Condvar, Mutex};
use racelab::{Outcome, Race, Saw, actor, outcomes};
pub struct Slots { values: Mutex<[u64; 2]>, changed: Condvar }
racelab::fields!(Slots { values: sender -> receiver, changed: sender | receiver });
impl Slots {
    pub fn new() -> Slots { Slots { values: Mutex::new([0; 2]), changed: Condvar::new() } }
    pub fn recv(&self, slot: usize) -> u64 {
        let mut values = self.values.lock().unwrap();
        while values[slot] == 0 {
            values = self.changed.wait(values).unwrap();
        }
        values[slot]
    }
    pub fn send(&self, slot: usize) {
        self.values.lock().unwrap()[slot] = 7;
        self.changed.notify_all();
    }
}
outcomes! { GOT: Allowed required, "the values"; BAD: Forbidden, "no value"; }
pub const RACE: Race<Slots> = Race::new(
    Slots::new,
    &[
        actor("sender", |p, _| { p.send(0); p.send(1); }),
        actor("receiver", |p, saw| { saw.note(p.recv(1)); saw.note(p.recv(0)); }),
    ],
    outcome,
    OUTCOMES,
);
fn outcome(_: &Slots, saws: &[Saw]) -> Outcome { if saws[1].values() == [7, 7] { GOT } else { BAD } }
