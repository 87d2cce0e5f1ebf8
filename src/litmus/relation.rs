//! Relations over the events of one execution, as rows of bits.

/// So many things can be related.
pub(crate) const MOST: usize = 128;

/// A relation: row `a` has bit `b` where `a` is related to `b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation(Vec<u128>);

impl Relation {
    /// Of so many things, none related.
    pub(crate) fn none(things: usize) -> Relation {
        Relation(vec![0; things])
    }

    /// Of so many things, each related to each.
    #[cfg(test)]
    pub(crate) fn all(things: usize) -> Relation {
        Relation(vec![u128::MAX; things])
    }

    pub(crate) fn add(&mut self, from: usize, to: usize) {
        self.0[from] |= 1 << to;
    }

    pub(crate) fn has(&self, from: usize, to: usize) -> bool {
        self.0[from] >> to & 1 == 1
    }

    /// What is after a thing.
    pub(crate) fn after(&self, from: usize) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.0.len()).filter(move |to| self.has(from, *to))
    }

    /// Both relations as one.
    pub(crate) fn and(&self, other: &Relation) -> Relation {
        Relation(self.0.iter().zip(&other.0).map(|(mine, theirs)| mine | theirs).collect())
    }

    /// From one to the next and on by the other: `self; other`.
    pub(crate) fn then(&self, other: &Relation) -> Relation {
        let on = |from: usize| self.after(from).fold(0, |bits, to| bits | other.0[to]);
        Relation((0..self.0.len()).map(on).collect())
    }

    /// Only the pairs for which this holds.
    pub(crate) fn only(&self, holds: impl Fn(usize, usize) -> bool) -> Relation {
        let mut found = Relation::none(self.0.len());
        for from in 0..self.0.len() {
            self.after(from).filter(|to| holds(from, *to)).for_each(|to| found.add(from, to));
        }
        found
    }

    /// However many steps of it: one or more.
    pub(crate) fn closed(mut self) -> Relation {
        for middle in 0..self.0.len() {
            let on = self.0[middle];
            for row in &mut self.0 {
                if *row >> middle & 1 == 1 {
                    *row |= on;
                }
            }
        }
        self
    }

    /// Whether nothing of a closed relation leads back to itself.
    pub(crate) fn irreflexive(&self) -> bool {
        (0..self.0.len()).all(|thing| !self.has(thing, thing))
    }

    /// Whether no way leads back.
    pub(crate) fn acyclic(self) -> bool {
        self.closed().irreflexive()
    }
}
