//! Plain fields that change while actors run: what is shared by reference must not, and no operation
//! says so.

use std::collections::BTreeSet;

use crate::fields::{self, Leaf};
use crate::rt::clocks;

/// So many executions are looked at: what an actor does to plain memory it hardly does in few of them.
const LOOKED: usize = 100;

/// The plain fields of the memory of an execution, and those that ever changed.
#[derive(Debug, Default)]
pub(super) struct Plain {
    now: Vec<Field>,
    looked: usize,
    pub(super) changed: BTreeSet<(String, fields::Plain)>,
    /// Plain numbers that are addresses.
    pub(super) addresses: BTreeSet<String>,
}

#[derive(Debug)]
struct Field {
    path: String,
    plain: fields::Plain,
    address: usize,
    bytes: Vec<u8>,
}

impl Field {
    fn read(address: usize, size: usize) -> Vec<u8> {
        let byte = |at: usize| {
            let place = (address + at) as *const u8;
            // Safety: the memory is the harness's, and alive until the judge has seen it; all threads
            // of an execution run on this one. Padding is looked at as a device would be.
            unsafe { place.read_volatile() }
        };
        (0..size).map(byte).collect()
    }
}

impl Plain {
    /// Whether another execution is to be looked at.
    pub(super) fn wants_more(&self) -> bool {
        self.looked < LOOKED
    }

    /// An execution begins with this memory.
    pub(super) fn begin(&mut self, leaves: Vec<Leaf>) {
        self.looked += 1;
        let plain = leaves.into_iter().filter_map(|leaf| Some((leaf.plain?, leaf)));
        let addresses = &mut self.addresses;
        let fields = plain.map(|(plain, leaf)| {
            let bytes = Field::read(leaf.address, leaf.size);
            let number = bytes[..].try_into().map(u64::from_ne_bytes);
            if plain == fields::Plain::Long && number.is_ok_and(clocks::is_address) {
                addresses.insert(leaf.path.clone());
            }
            Field { path: leaf.path, plain, address: leaf.address, bytes }
        });
        self.now = fields.collect();
    }

    /// Something of the facade's lies at an address: a field around it is not plain.
    pub(super) fn touched(&mut self, address: usize) {
        self.now
            .retain(|field| !(field.address..field.address + field.bytes.len()).contains(&address));
    }

    /// All actors have ended.
    pub(super) fn over(&mut self) {
        let fields = std::mem::take(&mut self.now).into_iter();
        let changed = fields.filter(|f| Field::read(f.address, f.bytes.len()) != f.bytes);
        self.changed.extend(changed.map(|field| (field.path, field.plain)));
    }
}
