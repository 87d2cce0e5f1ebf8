//! A tool looks at a map of five entries and four tables, in a program built with Go 1.27.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::{Program, inspect};

outcomes! {
    RIGHT: Allowed required, "the number of entries, and the logarithm of the number of tables";
    ADDRESS_AS_COUNT: Forbidden, "the number of entries is an address";
    SEED_AS_SIZE: Forbidden, "the size is a byte of the seed of the hash";
    WRONG_FIELD: Forbidden, "the number of entries is right, and the size is another field's";
    NOTHING: Forbidden, "a layout that the tool knows was refused";
}

/// Where the variable lies, and where the header: in Go's heap. Since Go 1.26 that begins at random
/// in a 64-bit program; these are addresses of one built with
/// `GOEXPERIMENT=norandomizedheapbase64`.
const VARIABLE: u64 = 0xc0_0001_0008;
const HEADER: u64 = 0xc0_0001_0020;

/// The words from 0xc000010000 on: the variable, its neighbours, and `maps.Map` (48 bytes).
const WORDS: [u64; 10] = [
    0,
    HEADER,         // the variable
    0xc0_0001_0080, // another variable
    0,
    5,                     // used
    0x5eed_5eed_5eed_5eed, // seed
    0xc0_0002_0000,        // dirPtr
    4,                     // dirLen
    2 | 62 << 8,           // globalDepth 2, globalShift 62, writing 0, tombstonePossible 0
    0,                     // clearSeq
];

pub const RACE: Race<Program> = Race::new(
    || Program::new(27, WORDS),
    &[actor("tool", |program, saw| {
        if let Some((count, log2)) = inspect(program, VARIABLE) {
            saw.note(count);
            saw.note(u64::from(log2));
        }
    })],
    outcome,
    OUTCOMES,
);

fn outcome(_: &Program, saws: &[Saw]) -> Outcome {
    match saws[0].values() {
        [5, 2] => RIGHT,
        [HEADER, _] => ADDRESS_AS_COUNT,
        [_, 0x5e | 0xed] => SEED_AS_SIZE,
        [_, _] => WRONG_FIELD,
        _ => NOTHING,
    }
}
