//! Two guards that have one lock's memory in hand.

use super::{DataRace, Does, with};
use crate::rt::context;
use crate::rt::op::Object;
use crate::rt::watch::At;

/// A guard looks at what another guard has in hand: an access beside the last write by another
/// thread, or beside its read.
pub(crate) fn contested(object: Object, address: usize, at: At) {
    let thread = context::with(|context| context.current.get());
    with(|clocks| {
        let second = clocks.by(thread, Does::Writes, at.into());
        let known = clocks.known(object);
        let mut others = known.reads.iter().chain(&known.write);
        let first = others.rfind(|access| access.thread != thread).copied();
        let first = first.unwrap_or(second);
        clocks.races.push(DataRace { first, second, address, object });
    });
}
