//! Something for each object of an execution, found by the object.
//!
//! An execution has a handful of objects, so a list that is looked through beats a table. What a
//! list has grown to is kept when an execution ends, for the next one needs as much.

use std::ops::{Index, IndexMut};

use super::op::Object;

/// One `X` for each object that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Slots<X> {
    slots: Vec<(Object, X)>,
    /// How many of them belong to this execution.
    used: usize,
}

impl<X> Default for Slots<X> {
    fn default() -> Self {
        Slots { slots: Vec::new(), used: 0 }
    }
}

impl<X: Default> Slots<X> {
    /// Forgets everything: an execution begins.
    pub(crate) fn clear(&mut self) {
        self.used = 0;
    }

    /// An object's, if it was asked for before.
    pub(crate) fn get(&self, object: Object) -> Option<&X> {
        self.slots[..self.used].iter().find(|slot| slot.0 == object).map(|slot| &slot.1)
    }

    /// An object's; the default if it was not asked for before.
    pub(crate) fn at(&mut self, object: Object) -> &mut X {
        let place = self.place(object, |slot| *slot = X::default());
        &mut self[place]
    }

    /// The place of an object's. `renew` makes a default of one that an earlier execution left.
    pub(crate) fn place(&mut self, object: Object, renew: impl FnOnce(&mut X)) -> usize {
        if let Some(place) = self.slots[..self.used].iter().position(|slot| slot.0 == object) {
            return place;
        }
        match self.slots.get_mut(self.used) {
            Some(slot) => {
                slot.0 = object;
                renew(&mut slot.1);
            }
            None => self.slots.push((object, X::default())),
        }
        self.used += 1;
        self.used - 1
    }
}

impl<X> Index<usize> for Slots<X> {
    type Output = X;
    fn index(&self, place: usize) -> &X {
        &self.slots[place].1
    }
}

impl<X> IndexMut<usize> for Slots<X> {
    fn index_mut(&mut self, place: usize) -> &mut X {
        &mut self.slots[place].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_object_has_its_own_until_the_next_execution() {
        let mut slots: Slots<u32> = Slots::default();
        *slots.at(Object(3)) += 1;
        *slots.at(Object(4)) += 2;
        *slots.at(Object(3)) += 1;
        assert_eq!((slots.get(Object(3)), slots.get(Object(4))), (Some(&2), Some(&2)));
        slots.clear();
        assert_eq!(slots.get(Object(3)), None);
        assert_eq!(*slots.at(Object(4)), 0);
    }
}
