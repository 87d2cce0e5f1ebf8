//! A fence that announces itself.

use std::panic::Location;
use std::sync::atomic::Ordering;

use super::clocks::streamed;
use super::engine::Engine;
use super::observe::Seen;
use super::op::{Kind, Object, Op};
use super::watch::{Watch, step};
use super::weaken::{Change, Knob};

/// As [`std::sync::atomic::fence`].
///
/// # Panics
/// When `order` is `Relaxed`, as std's does.
#[track_caller]
pub(crate) fn fence<E: Engine>(order: Ordering) {
    assert!(order != Ordering::Relaxed, "there is no such thing as a relaxed fence");
    if E::Watch::unwinding() {
        return;
    }
    let at = Location::caller();
    let order = match E::Watch::change(Knob::Fence, at) {
        Some(Change::Gone) => return,
        Some(Change::To(weaker)) => weaker,
        Some(Change::Instead(_)) | None => order,
    };
    if E::Watch::CHECKED {
        streamed::orders(order, at);
    }
    let op = Op::new(Kind::Fence, Object::NONE);
    E::Watch::perform(op, || E::fence(order));
    E::Watch::tell(|| Seen { order: Some(order), ..Seen::new(op, "fence", at) });
}

/// As [`super::native::arch::drain`].
#[track_caller]
pub(crate) fn drain<E: Engine>() {
    if !E::Watch::unwinding() {
        let at = Location::caller();
        step::<E::Watch, _>((Kind::Drain, "drain"), Object::NONE, 0, at, E::drain);
    }
}
