//! A crate that knows nothing of racelab outside its tests.
