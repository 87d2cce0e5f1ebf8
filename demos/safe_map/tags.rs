//! The tags of a bucket: a byte for each of its places, all compared at once.

/// How many entries a bucket has place for.
pub(super) const PLACES: usize = 7;

/// One word: the tags of the seven places, place 0 in the lowest byte, and in the highest byte how
/// many entries went past this bucket because it was full.
///
/// A place that is free has tag 0. Any other has seven bits of its entry's hash, so that of the
/// entries with another key only one in 128 is looked at, and the eighth bit set.
///
/// Seven bytes are compared by arithmetic on the word, as `haszero` in "Bit Twiddling Hacks"
/// (Anderson) does, which every processor has.
#[derive(Clone, Copy)]
pub(super) struct Tags(u64);

/// A 1 in the byte of each place.
const ONES: u64 = 0x0001_0101_0101_0101;
/// The eighth bit of each place.
const TAKEN: u64 = ONES << 7;
/// What counts one entry that went past.
const PAST: u64 = 1 << 56;

/// The tag of a hash: the top seven bits, which choose neither its shard nor its bucket.
#[inline]
pub(super) fn tag(hash: u64) -> u8 {
    (hash >> 57) as u8 | 0x80
}

impl Tags {
    /// All places are free, and nobody went past.
    pub(super) const NONE: Tags = Tags(0);

    /// The places that have this tag; now and then another one too, which is taken as well.
    #[inline]
    pub(super) fn like(self, tag: u8) -> Places {
        let different = self.0 ^ (ONES * u64::from(tag));
        // A byte that is 0 borrows, and its eighth bit was not set. One that is 1 may get a borrow
        // from below: that is the other place, and of a free one the eighth bit is set.
        Places(different.wrapping_sub(ONES) & !different & TAKEN)
    }

    #[inline]
    pub(super) fn taken(self) -> Places {
        Places(self.0 & TAKEN)
    }

    #[inline]
    pub(super) fn free(self) -> Places {
        Places(!self.0 & TAKEN)
    }

    #[inline]
    pub(super) fn is_free(self, place: usize) -> bool {
        self.0 >> (8 * place) & 0x80 == 0
    }

    /// Whether an entry that belongs to this bucket may lie in a later one.
    #[inline]
    pub(super) fn is_passed(self) -> bool {
        self.0 >= PAST
    }

    /// With this tag in a free place.
    #[inline]
    pub(super) fn with(self, place: usize, tag: u8) -> Tags {
        Tags(self.0 | u64::from(tag) << (8 * place))
    }

    #[inline]
    pub(super) fn without(self, place: usize) -> Tags {
        Tags(self.0 & !(0xFF << (8 * place)))
    }

    /// With one more entry that went past. Of 255 it is no longer known how many they are.
    pub(super) fn passed(self) -> Tags {
        match self.0 >> 56 {
            255 => self,
            _ => Tags(self.0 + PAST),
        }
    }

    /// With one fewer. Of none there is none fewer: a key whose `Hash` changes its mind comes here.
    pub(super) fn passed_back(self) -> Tags {
        match self.0 >> 56 {
            0 | 255 => self,
            _ => Tags(self.0 - PAST),
        }
    }
}

/// Some places of a bucket, the first one first.
#[derive(Clone, Copy)]
pub(super) struct Places(u64);

impl Iterator for Places {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let place = self.0.trailing_zeros() as usize / 8;
        self.0 &= self.0 - 1;
        Some(place)
    }
}
