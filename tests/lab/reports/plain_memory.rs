//! A box of plain memory, and a flag that says it is full without handing it over.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::AtomicBool;
use super::rt::sync::atomic::Ordering::Relaxed;
use racelab::{Race, Saw, actor, outcomes};

pub struct Parcel {
    content: UnsafeCell<u64>,
    full: AtomicBool,
}

// Safety: one thread writes before it sets the flag, the other reads after it has seen it.
unsafe impl Sync for Parcel {}

racelab::fields!(Parcel { content: sender -> receiver, full: sender -> receiver });

outcomes! {
    RECEIVED: Allowed, "the receiver has the content";
    NOT_YET: Allowed, "the receiver came too early";
}

pub const RACE: Race<Parcel> = Race::new(
    || Parcel { content: UnsafeCell::new(0), full: AtomicBool::new(false) },
    &[actor("sender", send), actor("receiver", receive)],
    |_, saws| if saws[1].values() == [7] { RECEIVED } else { NOT_YET },
    OUTCOMES,
);

fn send(parcel: &Parcel, _: &mut Saw) {
    // Safety: see `Parcel`; under a checker alone, which reports what is wrong with that.
    parcel.content.with_mut(|content| unsafe { *content = 7 });
    parcel.full.store(true, Relaxed);
}

fn receive(parcel: &Parcel, saw: &mut Saw) {
    if parcel.full.load(Relaxed) {
        // Safety: as in `send`.
        saw.note(parcel.content.with(|content| unsafe { *content }));
    }
}
