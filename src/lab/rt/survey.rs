//! The survey: which places in the source do what, and which traps of an engine they walk into.

mod passes;
mod pauses;
mod plain;
mod words;

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::Ordering;

use super::observe::Seen;
use super::op::{Kind, MAX_THREADS, Object};
use super::slots::Slots;
use super::spot::Spot;
use super::weaken::{Knob, Site};
use super::{clocks, context};
use crate::fields::{self, Leaf};
use crate::report::BlindSpot;
use passes::Passes;
use pauses::Pauses;
use plain::Plain;
use words::Words;

/// An operation at a place in the source that could be weakened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weakenable {
    pub(crate) site: Site,
    /// What stands there: `load`, `store`, `fence`, `lock`.
    pub(crate) operation: &'static str,
    pub(crate) kind: Kind,
    /// The ordering as written; none for a lock.
    pub(crate) order: Option<Ordering>,
    /// The lock taken there, by identity.
    pub(crate) object: Object,
    /// The thread that came there.
    pub(crate) thread: usize,
}

/// What was seen over some executions.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Executions that came to their end.
    pub(crate) ended: u64,
    /// In the order in which they were first reached.
    pub(crate) places: Vec<Weakenable>,
    /// Two lock places that one thread reached one after the other, the first lock still held.
    pub(crate) nested: Vec<(Weakenable, Weakenable)>,
    /// Threads that store to an object without reading it, and threads that read-modify-write it.
    stores: BTreeSet<(Object, usize)>,
    rmws: BTreeSet<(Object, usize)>,
    /// Which thread read one word and wrote another later.
    passes: Passes,
    plain: Plain,
    pauses: Pauses,
    /// What each thread did to each word, at most, in one execution.
    words: Words,
    /// Locks that each thread holds, with the place where it took them.
    held: [Vec<Weakenable>; MAX_THREADS],
    counts: Slots<u32>,
    most_stores: u32,
    /// Loads and stores, not fences.
    pub(crate) seqcst_access: bool,
    pub(crate) seqcst_fence: bool,
    /// An access weaker than SeqCst: a machine may then show more than interleavings.
    pub(crate) weak_access: bool,
    pub(crate) yields: bool,
    pub(crate) waits: bool,
    pub(crate) weak_exchange: bool,
    pub(crate) failed_exchange: bool,
    pub(crate) read_lock: bool,
    /// Where plain memory was handed out whose accesses nobody sees.
    pub(crate) exposed: BTreeSet<Spot>,
    /// Where a pointer was read that may be followed.
    pub(crate) behind: BTreeSet<Spot>,
    /// Where a pointer was read, or a number that is an address, whether anybody follows it or not.
    pub(crate) pointers: BTreeSet<Spot>,
    /// Kinds of operations, by the thread that made them: where that was first seen, and the most
    /// of them in one execution.
    pub(crate) kinds: HashMap<(usize, Kind), (Spot, u32)>,
    now: HashMap<(usize, Kind), u32>,
    /// How often a thread came to a place in this execution, and the most of it in any.
    here: HashMap<(usize, Spot), u32>,
    pub(crate) busiest: Option<(Spot, u32)>,
}

/// Takes what was seen since the last call.
pub(crate) fn take() -> Survey {
    context::with(|context| context.survey.take())
}

impl Survey {
    /// Begins an execution.
    pub(crate) fn begin(&mut self) {
        self.counts.clear();
        self.now.clear();
        self.here.clear();
        self.passes.begin();
        self.pauses.begin();
        self.words.begin();
        self.held.iter_mut().for_each(Vec::clear);
    }

    /// Plain fields that changed while actors ran.
    pub(crate) fn changed(&self) -> impl Iterator<Item = (&str, fields::Plain)> {
        self.plain.changed.iter().map(|(path, plain)| (path.as_str(), *plain))
    }

    /// Plain numbers that are addresses.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.plain.addresses.iter().map(String::as_str)
    }

    /// Where a thread yields until another has moved on.
    pub(crate) fn waits_by_yields(&self, thread: usize) -> Option<Spot> {
        self.pauses.waits(thread)
    }

    /// A thread stores plainly to a word that another read-modify-writes.
    pub(crate) fn store_against_rmw(&self) -> bool {
        self.stores.iter().any(|(object, thread)| {
            self.rmws.iter().any(|(other, second)| other == object && second != thread)
        })
    }

    /// C11 allows a load to be overtaken by a later store of its thread here.
    pub(crate) fn load_buffering(&self) -> bool {
        self.passes.circle()
    }

    /// What loom is known to get wrong in what threads do to one word or one lock.
    pub(crate) fn traps_of_loom(&self) -> [(bool, bool, BlindSpot); 5] {
        // Whether it may make loom report what cannot happen stands in the middle.
        [
            (self.words.is_incoherent(), true, BlindSpot::IncoherentOrder),
            (self.words.loses_interleavings(), false, BlindSpot::LostInterleavings),
            (self.words.tries, true, BlindSpot::TryLock),
            (self.words.tokens_given > 1, false, BlindSpot::Tokens),
            (self.words.readers_meet(), false, BlindSpot::Readers),
        ]
    }

    /// The most stores to one word in one execution, what it was made with among them.
    pub(crate) fn most_stores(&self) -> u32 {
        self.most_stores
    }

    fn see(&mut self, thread: usize, seen: &Seen) {
        let object = seen.op.object;
        self.plain.touched(seen.address);
        self.passes.see(thread, seen);
        self.words.see(thread, seen);
        let key = (thread, seen.op.kind);
        let now = self.now.entry(key).or_insert(0);
        *now += 1;
        let (_, most) = self.kinds.entry(key).or_insert((seen.at, 0));
        *most = (*most).max(*now);
        let here = self.here.entry((thread, seen.at)).or_insert(0);
        *here += 1;
        if self.busiest.is_none_or(|(_, most)| most < *here) {
            self.busiest = Some((seen.at, *here));
        }
        if clocks::follows(seen) {
            self.behind.insert(seen.at);
        }
        if clocks::leads(seen) {
            self.pointers.insert(seen.at);
        }
        self.weak_exchange |= seen.op.weak;
        // A read-modify-write reads the newest value in any case.
        let sequential = seen.order == Some(Ordering::SeqCst);
        match seen.op.kind {
            Kind::Load => {
                self.seqcst_access |= sequential;
                self.weak_access |= !sequential;
            }
            Kind::Store => {
                self.seqcst_access |= sequential;
                self.weak_access |= !sequential;
                self.stores.insert((object, thread));
                self.count(object);
            }
            Kind::Rmw => {
                self.weak_access |= !sequential;
                match seen.wrote {
                    Some(_) => {
                        self.rmws.insert((object, thread));
                        self.count(object);
                    }
                    None => self.failed_exchange = true,
                }
            }
            Kind::Fence => self.seqcst_fence |= sequential,
            Kind::Yield => {
                self.yields = true;
                self.pauses.yields(thread, seen.at);
            }
            Kind::Wait | Kind::Park => self.waits = true,
            Kind::ReadLock | Kind::TryReadLock => self.read_lock = true,
            Kind::Local | Kind::CellRead | Kind::CellWrite | Kind::End | Kind::Doze => {}
            Kind::Lock | Kind::TryLock | Kind::Unlock | Kind::ReadUnlock | Kind::LineUp => {}
            Kind::Wake | Kind::NotifyOne | Kind::NotifyAll | Kind::Unpark => {}
            Kind::Spawn | Kind::Join | Kind::Drain => {}
            Kind::WakeTimeout | Kind::ParkTimeout | Kind::Look | Kind::OnceBegin => {}
            Kind::OnceEnd
            | Kind::OnceFound
            | Kind::OnceWait
            | Kind::Arrive
            | Kind::Leave
            | Kind::AddSender => {}
            Kind::Send | Kind::SyncSend | Kind::TrySend | Kind::Taken | Kind::Ready => {}
            Kind::Recv | Kind::TryRecv | Kind::RecvTimeout | Kind::HangUp => {}
        }
    }

    fn count(&mut self, object: Object) {
        let count = self.counts.at(object);
        *count += 1;
        // The value that it was made with is a store as well.
        self.most_stores = self.most_stores.max(*count + 1);
    }

    fn note(&mut self, thread: usize, seen: &Seen) {
        let knob = match seen.op.kind {
            Kind::Fence => Knob::Fence,
            Kind::Lock | Kind::ReadLock | Kind::TryLock | Kind::TryReadLock => Knob::Lock,
            Kind::Load | Kind::Store => Knob::Order,
            Kind::Rmw if seen.wrote.is_none() => Knob::Failure,
            Kind::Rmw => Knob::Order,
            Kind::Unlock | Kind::ReadUnlock => {
                return self.held[thread].retain(|place| place.object != seen.op.object);
            }
            Kind::Wait => return self.held[thread].retain(|place| place.object != seen.op.other),
            Kind::Local | Kind::CellRead | Kind::CellWrite | Kind::End => return,
            Kind::Wake | Kind::NotifyOne | Kind::NotifyAll | Kind::LineUp => return,
            Kind::Spawn | Kind::Join | Kind::Park | Kind::Unpark | Kind::Yield | Kind::Doze => {
                return;
            }
            Kind::WakeTimeout | Kind::ParkTimeout | Kind::Look | Kind::OnceBegin => return,
            Kind::OnceEnd | Kind::OnceFound | Kind::OnceWait | Kind::Arrive | Kind::Leave => return,
            Kind::AddSender | Kind::Send | Kind::SyncSend | Kind::TrySend | Kind::Taken => return,
            Kind::Ready | Kind::Recv | Kind::TryRecv | Kind::RecvTimeout => return,
            Kind::HangUp | Kind::Drain => return,
        };
        // Taking a lock again inside a wait is no place of its own.
        if seen.name == "lock again" {
            return;
        }
        let place = Weakenable {
            site: Site::new(seen.at, knob),
            operation: seen.name,
            kind: seen.op.kind,
            order: seen.order,
            object: seen.op.object,
            thread,
        };
        if knob == Knob::Lock {
            for outer in self.held[thread].clone() {
                let pair = (outer, place.clone());
                if !self.nested.contains(&pair) {
                    self.nested.push(pair);
                }
            }
            self.held[thread].push(place.clone());
        }
        if !self.places.contains(&place) {
            self.places.push(place);
        }
    }
}

pub(crate) fn operation(thread: usize, seen: &Seen) {
    context::with(|context| {
        let survey = &mut *context.survey.borrow_mut();
        survey.see(thread, seen);
        survey.note(thread, seen);
    });
}

/// An execution begins with a memory that has these words.
pub(crate) fn begins_with(leaves: impl FnOnce() -> Vec<Leaf>) {
    context::with(|context| {
        let plain = &mut context.survey.borrow_mut().plain;
        if plain.wants_more() {
            plain.begin(leaves());
        }
    });
}

/// All actors have ended, and the memory is there still.
pub(crate) fn all_ended() {
    context::with(|context| {
        let survey = &mut *context.survey.borrow_mut();
        survey.plain.over();
        survey.pauses.over();
    });
}

/// The current thread did something that is no operation of its own: it is not silent.
pub(crate) fn quiet() {
    note(|survey, thread| {
        survey.kinds.entry((thread, Kind::Local)).or_insert((Spot::unknown(), 0));
    });
}

/// The current thread was handed plain memory that nobody watches.
pub(crate) fn exposes(at: Spot) {
    quiet();
    note(|survey, _| {
        survey.exposed.insert(at);
    });
}

fn note(f: impl FnOnce(&mut Survey, usize)) {
    context::try_with(|context| {
        if context.watching.get() & context::SURVEY != 0
            && context.active.get()
            && let Ok(mut survey) = context.survey.try_borrow_mut()
        {
            f(&mut survey, context.current.get());
        }
    });
}
