//! What a price should do: the amount and the currency that are read were set together.

use super::source::Price;

racelab::specification! {
    |price: Price = Price::new(20, 0), plain: (u32, u32) = (20, 0), seen|
    set(currency in FRESH) by shop
        => price.set(20 + currency as u32, currency as u32),
        *plain = (20 + currency as u32, currency as u32);
    read() => price.read(), *plain, last;
}
