//! What a panel should do: whoever switches a lamp leaves the others alone. Two lamps need not agree on
//! who came first, but under sequential consistency.

use super::source::Panel;

const LAMPS: &[u64] = &[5, 9];
const ON: &[u64] = &[0, 1];

racelab::specification! {
    |panel: Panel = Panel::new(1 << 63), plain: u64 = 1 << 63, seen|
    under SC;
    switch(lamp in LAMPS, on in ON) => panel.switch(lamp as usize, on == 1), match on {
        0 => *plain &= !(1 << lamp),
        _ => *plain |= 1 << lamp,
    };
    lamps() => panel.lamps(), *plain, only last;
}
