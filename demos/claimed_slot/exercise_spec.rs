//! What a car park should do: any free bay will do, and each car has its own.

use super::source::CarPark;

const BAYS: &[u64] = &[0, 1, 2, 3];

/// The bay that an answer names.
fn bay(answer: &str) -> Option<usize> {
    answer.strip_prefix("Some(")?.strip_suffix(')')?.parse().ok()
}

racelab::specification! {
    |park: CarPark = CarPark::new(), plain: [u64; 4] = [0; 4], seen|
    enter(plate in FRESH) => park.enter(plate as u32), {
        let given = bay(seen).filter(|bay| plain.get(*bay) == Some(&0));
        let bay = given.or(plain.iter().position(|bay| *bay == 0));
        if let Some(bay) = bay {
            plain[bay] = plate;
        }
        bay
    };
    car(bay in BAYS) => park.car(bay as usize), Some(plain[bay as usize]).filter(|car| *car != 0), only last;
}
