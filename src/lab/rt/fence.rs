//! A fence that announces itself.

use std::panic::Location;
use std::sync::atomic::Ordering;

use super::context;
use super::engine::Engine;
use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::weaken::{self, Change, Knob};

/// As [`std::sync::atomic::fence`].
///
/// # Panics
/// When `order` is `Relaxed`, as std's does.
#[track_caller]
pub(crate) fn fence<E: Engine>(order: Ordering) {
    assert!(order != Ordering::Relaxed, "there is no such thing as a relaxed fence");
    if std::thread::panicking() {
        return;
    }
    let at = Location::caller();
    let order = match weaken::change(Knob::Fence, at) {
        Some(Change::Gone) => return,
        Some(Change::To(weaker)) => weaker,
        _ => order,
    };
    let op = Op::new(Kind::Fence, Object::NONE);
    context::perform(op, || E::fence(order));
    if observe::watching() {
        observe::operation(Seen { order: Some(order), ..Seen::new(op, "fence", at) });
    }
}
