//! What a store should do: no piece is in two places, or in none, when somebody counts.

use super::source::Store;

const PIECES: &[u64] = &[1, 2];
/// Whether somebody counts when it is done.
const COUNTS: &[u64] = &[0, 1];

racelab::specification! {
    |store: Store = Store::new(1, 5), plain: (u64, u64) = (1, 5), seen|
    restock(pieces in PIECES, counts in COUNTS) by clerk if (plain.1 >= 2 * pieces) => {
        let mut told = 0;
        store.restock(pieces, |window| {
            told = window;
            if counts == 1 {
                store.count();
            }
        });
        told
    }, { plain.1 -= pieces; plain.0 += pieces; plain.0 };
    sell() if (plain.0 + plain.1 > 0) => store.sell(), match plain.0 {
        0 => plain.1 -= 1,
        _ => plain.0 -= 1,
    };
    count() => store.count(), plain.0 + plain.1, last;
}
