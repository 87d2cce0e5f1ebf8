//! A thermometer with a lock around the reading: whole, but the display waits for the sensor.

use super::rt::sync::Mutex;

/// The last reading.
pub struct Thermometer {
    reading: Mutex<(u32, u32)>,
}

racelab::fields!(Thermometer { reading: sensor | display });

impl Thermometer {
    pub fn new(celsius: u32, second: u32) -> Thermometer {
        Thermometer { reading: Mutex::new((celsius, second)) }
    }

    /// Notes a reading. One thread does this.
    pub fn note(&self, celsius: u32, second: u32) {
        *self.reading.lock().unwrap() = (celsius, second);
    }

    /// The last reading: degrees, and when.
    pub fn last(&self) -> (u32, u32) {
        *self.reading.lock().unwrap()
    }
}
