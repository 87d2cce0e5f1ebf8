//! What a warehouse should do: a count is of one moment, and no pallet is on its way.

use super::source::Warehouse;

const SHELVES: &[u64] = &[0, 1, 2];

racelab::specification! {
    |house: Warehouse = Warehouse::new([2, 1, 0]), plain: [u32; 3] = [2, 1, 0], seen|
    carry(from in SHELVES, to in SHELVES) by forklift if (from != to && plain[from as usize] > 0)
        => house.carry(from as usize, to as usize), {
            plain[from as usize] -= 1;
            plain[to as usize] += 1;
        };
    count() => house.count(), *plain, last;
}
