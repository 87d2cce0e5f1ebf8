//! What makes a facade object known to the search: its identity, whose it is, and its end.

use std::panic::Location;

use super::observe::{self, Seen};
use super::op::{Kind, Object, Op};
use super::spot::Spot;
use super::{clocks, context, ended, owners, unwinding};

/// The identity of an object, and the execution that it belongs to.
///
/// This is what `Send` and `Sync` of the facade's types rest on: before an object is touched,
/// [`Tracked::enter`] makes sure that the execution which made it is the one that runs on this
/// operating-system thread. An execution runs on one such thread, one of its threads at a time, so
/// what lies behind the object is never touched by two at once.
///
/// Seven bytes, of no alignment: beside a checker's own atomic and a byte there is room for it, and
/// loom's threads have small stacks, on which a scenario makes its memory.
#[doc(hidden)]
#[derive(Debug)]
pub struct Tracked([u8; 7]);

impl Tracked {
    /// A new object of the execution that runs here. Where none runs, it can never be touched.
    pub(crate) fn new() -> Tracked {
        let tracked = Tracked::unseen();
        if context::with(|context| context.active.get()) {
            ended::made(tracked.object());
        }
        tracked
    }

    fn unseen() -> Tracked {
        context::with(|context| {
            let [number, more, rest, thread] = context.new_object().0.to_le_bytes();
            assert!(rest == 0, "racelab: more than 65,535 objects made by one thread");
            let [a, b, c, d] = context.execution().to_le_bytes();
            Tracked([number, more, thread, a, b, c, d])
        })
    }

    /// The identity of the object.
    pub(crate) fn object(&self) -> Object {
        let [number, more, thread, ..] = self.0;
        Object(u32::from_le_bytes([number, more, 0, thread]))
    }

    /// The number of the execution that made it.
    fn execution(&self) -> u32 {
        let [_, _, _, a, b, c, d] = self.0;
        u32::from_le_bytes([a, b, c, d])
    }

    /// Makes sure that this object may be touched here and now, and returns its identity.
    ///
    /// # Panics
    /// When no execution runs on this operating-system thread, or another than the one that made
    /// the object. Does not return when the object has ended: the execution then ends.
    #[inline]
    pub(crate) fn enter(&self, at: &'static Location<'static>) -> Object {
        context::with(|context| {
            if context.any_ended() {
                // Whether it is alive is told by where it lies, without looking there.
                ended::alive(self as *const Tracked as usize, || self.here(), at.into());
            }
            let execution = self.execution();
            if execution != context.execution() || execution == 0 {
                foreign(execution);
            }
        });
        self.object()
    }

    /// What lies here, if it is an object of the execution that runs here.
    fn here(&self) -> Option<Object> {
        self.at_home().then(|| self.object())
    }

    /// Whether it belongs to the execution that runs here.
    pub(crate) fn at_home(&self) -> bool {
        let execution = context::with(|context| context.execution());
        self.execution() == execution && execution != 0
    }
}

#[cold]
fn foreign(execution: u32) -> ! {
    match execution {
        0 => panic!(
            "racelab: a checker's type is used that was made outside of an exploration: make it \
             in the memory or in an actor of a race"
        ),
        _ => panic!(
            "racelab: a checker's type is used outside of the execution that made it: each \
             execution makes its own memory; a static has to be a rt::sync::LazyLock"
        ),
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        if !context::try_with(|context| context.ends() && self.at_home()) {
            return;
        }
        let op = Op::new(Kind::End, self.object());
        let address = self as *const Tracked as usize;
        if unwinding::quiet() || context::with(|context| context.quietly_dropping()) {
            // No step of its own: an `Arc` orders it, or nobody moves until the unwinding is over.
            return ended::end_quietly(self.object(), address);
        }
        let closure = context::with(|context| context.keeps.borrow().whole);
        let thread = context::with(|context| context.current.get());
        if closure && owners::ends(self.object(), thread) {
            clocks::owners_have_ended(self.object());
            return ended::end_quietly(self.object(), address);
        }
        let at = match context::with(|context| context.recording()) {
            true => Spot::of_the_stack(),
            false => None,
        };
        let at = at.unwrap_or(Spot::unknown());
        ended::alive(address, || self.here(), at);
        context::perform(op, context::point);
        ended::alive(address, || self.here(), at);
        observe::tell(|| Seen { address, ..Seen::new(op, "drop", at) });
        ended::ended(self.object(), address, at);
    }
}
