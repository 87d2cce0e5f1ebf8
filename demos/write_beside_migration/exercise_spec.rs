//! What a price list should do: a price is what it was changed to last, whichever page counts.
//! The pages lie in words apart, and nothing is promised of two prices under weaker memory models.

use super::source::List;

const THINGS: &[u64] = &[0, 1];

racelab::specification! {
    |list: List = List::new([10, 20]), plain: ([u64; 2], bool) = ([10, 20], false), seen|
    under SC;
    turn() by copier if (!plain.1) => list.turn(), plain.1 = true;
    change(thing in THINGS, price in FRESH) by clerk
        => list.change(thing as usize, price), plain.0[thing as usize] = price;
    price(thing in THINGS) => list.price(thing as usize), plain.0[thing as usize], last;
    turned() => list.turned(), plain.1, only last;
}
