//! Of what could be read or written, what is taken, where not all of it is explored.

use super::decides::{Decides, Wanted};
use super::run::State;

impl State {
    /// The hand that decides, if one does.
    pub(super) fn hand(&mut self) -> Option<&mut Wanted> {
        match &mut self.decides {
            Some(Decides::Hand(wanted)) => Some(wanted),
            _ => None,
        }
    }

    /// Takes another candidate in place of one that was chosen; `before` came before it at most.
    /// Returns what is left to other runs. Where chance decides nothing is, and the first stays
    /// sometimes; a hand counts from the first.
    pub(super) fn instead<T>(
        &mut self,
        chosen: &mut Option<T>,
        other: T,
        before: usize,
    ) -> Option<T> {
        match &mut self.decides {
            Some(Decides::Hand(wanted)) => {
                if chosen.is_none() || wanted.offered == wanted.older {
                    *chosen = Some(other);
                }
                wanted.offered += 1;
                None
            }
            Some(Decides::Chance(chance)) if chosen.is_some() => {
                if chance.usize(..=before) == 0 {
                    *chosen = Some(other);
                }
                None
            }
            _ => chosen.replace(other),
        }
    }

    /// The places of candidates, in the order in which they are looked at: a hand counts from the
    /// newest.
    pub(super) fn candidates(
        &self,
        oldest: usize,
        newest: usize,
    ) -> impl Iterator<Item = usize> + use<> {
        let from_newest = matches!(self.decides, Some(Decides::Hand(_)));
        (0..=newest - oldest).map(move |k| if from_newest { newest - k } else { oldest + k })
    }

    /// Of the places where a write may stand, the one that was decided on.
    pub(super) fn place_of(&mut self, places: &[usize]) -> usize {
        let place = match &mut self.decides {
            Some(Decides::Chance(chance)) => chance.choice(places),
            Some(Decides::Hand(wanted)) => {
                wanted.offered = wanted.offered.max(places.len());
                places.iter().rev().nth(wanted.older).or(places.last())
            }
            None => places.last(),
        };
        place.copied().unwrap_or_default()
    }
}
