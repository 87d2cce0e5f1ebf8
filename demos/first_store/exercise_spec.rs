//! What a gauge should do: the unit that was reported first counts. Which value of several is the last
//! is promised under sequential consistency alone.

use super::source::Gauge;

const UNITS: &[u64] = &[1, 2];

racelab::specification! {
    |gauge: Gauge = Gauge::new(), plain: Option<(u64, u64)> = None, seen|
    under SC;
    report(unit in UNITS, value in FRESH) => gauge.report(unit as u32, value as u32), match *plain {
        Some((settled, _)) if settled != unit => false,
        _ => {
            *plain = Some((unit, value));
            true
        }
    };
    read() => gauge.read(), *plain, last;
}
