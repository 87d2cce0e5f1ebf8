//! What a price list should do: a list is of one moment, and stays as it was.

use super::source::Prices;

/// Which two pages are changed.
const PAIRS: &[u64] = &[0, 1];

racelab::specification! {
    |prices: Prices = Prices::new(), plain: [u64; 4] = [0; 4], seen|
    set(pair in PAIRS, price in FRESH) => prices.set([pair as usize, pair as usize + 1], price), {
        plain[pair as usize] = price;
        plain[pair as usize + 1] = price;
    };
    look() => {
        let list = prices.list();
        [0, 1, 2, 3].map(|page| list.page(page)[0])
    }, *plain, last;
}
