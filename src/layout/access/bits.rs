//! Which bit-fields share a memory location: two threads that write into one race.

use crate::{Bits, FieldLayout};

/// For each of `fields`, sorted by offset, the number of its memory location, if it is a bit-field
/// (C11 3.14, C++ [intro.memory]): a run of bit-fields with nothing else between them is one. A
/// bit-field of width 0 ends it, and leaves no other trace than where the next one starts.
pub(super) fn locations(fields: &[FieldLayout]) -> Vec<Option<usize>> {
    let mut found = Vec::new();
    let mut number = 0;
    let mut last: Option<Bits> = None;
    for field in fields {
        let Some(bits) = field.bits else {
            last = None;
            found.push(None);
            continue;
        };
        number += usize::from(last.is_none_or(|last| separated(last, bits)));
        found.push(Some(number));
        last = Some(bits);
    }
    found
}

/// Whether a bit-field of width 0 stands between the two: the second starts a unit of its type or
/// of a smaller one, although it would have fitted before.
fn separated(first: Bits, second: Bits) -> bool {
    let end = first.first + first.count;
    let unit = (second.unit * 8).max(8);
    let fits = end % unit + second.count <= unit;
    let natural = if fits { end } else { end.next_multiple_of(unit) };
    second.first > natural && second.first.is_multiple_of(8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_bit_fields_is_one_location() {
        let bits = |first, count, unit| {
            let mut field = FieldLayout::new("bits", "unsigned", first / 8..first / 8 + 1);
            field.bits = Some(Bits { first, count, unit });
            field
        };
        let plain = FieldLayout::new("plain", "char", 4..5);
        // unsigned a:3, b:20; unsigned :0; unsigned c:5; char plain; unsigned d:2, e:30.
        let fields = [
            bits(0, 3, 4),
            bits(3, 20, 4),
            bits(32, 5, 4),
            plain,
            bits(40, 2, 4),
            // It did not fit into the word before.
            bits(64, 30, 4),
            // An unnamed bit-field of two bits stands before it.
            bits(98, 1, 4),
        ];
        let found = locations(&fields);
        let expected = [Some(1), Some(1), Some(2), None, Some(3), Some(3), Some(3)];
        assert_eq!(found, expected);
    }
}
