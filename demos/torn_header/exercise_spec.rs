//! What a thermometer should do: the last reading is one that was noted.

use super::source::Thermometer;

racelab::specification! {
    |thermometer: Thermometer = Thermometer::new(20, 0), plain: (u32, u32) = (20, 0), seen|
    note(second in FRESH) by sensor
        => thermometer.note(20 + second as u32, second as u32),
        *plain = (20 + second as u32, second as u32);
    last() => thermometer.last(), *plain, last;
}
