//! What a register should do: each name has the number that it was given first.

use super::source::Register;

const NAMES: &[u64] = &[70, 80];

racelab::specification! {
    |register: Register = Register::new(), plain: Vec<u64> = Vec::new(), seen|
    number(name in NAMES) => register.number(name), {
        if !plain.contains(&name) {
            plain.push(name);
        }
        plain.iter().position(|&known| known == name).unwrap()
    }, last;
    count() => register.count(), plain.len();
}
