//! The states of a machine: what a store by one CPU costs another, in clusters.

use serde::{Deserialize, Serialize};

/// A reading above this many nanoseconds is an interruption, not a cost.
pub const INTERRUPTED: f64 = 100.0;
/// How far a reading reaches on a logarithmic scale: a tenth of its value.
const BANDWIDTH: f64 = 0.1;
const STEP: f64 = 0.02;

/// One state: the readings between two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Nanoseconds one way: not below.
    pub from: f64,
    /// Below.
    pub to: f64,
    /// The middle one of the readings in it.
    pub median: f64,
}

impl State {
    fn has(&self, reading: f64) -> bool {
        (self.from..self.to).contains(&reading)
    }
}

/// Finds the clusters of some readings: where their density has a valley that is less than half as
/// high as the lower of the hills beside it, one state ends and the next begins.
pub fn clusters(readings: &[f64]) -> Vec<State> {
    let valid = |reading: &f64| *reading > 0.0 && *reading < INTERRUPTED;
    let mut sorted: Vec<f64> = readings.iter().copied().filter(valid).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let (first, last) = (first.ln() - BANDWIDTH, last.ln() + BANDWIDTH);
    let steps = ((last - first) / STEP) as usize + 1;
    let logs: Vec<f64> = sorted.iter().map(|reading| reading.ln()).collect();
    let density = |at: f64| -> f64 {
        logs.iter().map(|log| (1.0 - ((log - at) / BANDWIDTH).powi(2)).max(0.0)).sum()
    };
    let hills: Vec<(f64, f64)> =
        (0..=steps).map(|step| first + step as f64 * STEP).map(|at| (at, density(at))).collect();
    let mut bounds = vec![0.0];
    bounds.extend(valleys(&hills).into_iter().map(f64::exp));
    bounds.push(INTERRUPTED);
    let state = |ends: &[f64]| {
        let within: Vec<f64> =
            sorted.iter().copied().filter(|r| (ends[0]..ends[1]).contains(r)).collect();
        let median = *within.get(within.len() / 2)?;
        Some(State { from: ends[0], to: ends[1], median })
    };
    bounds.windows(2).filter_map(state).collect()
}

/// Where between two hills it is lowest, if it is low enough.
fn valleys(hills: &[(f64, f64)]) -> Vec<f64> {
    let mut found = Vec::new();
    let mut hill = 0.0f64;
    // The lowest place since the last hill.
    let mut lowest: Option<(f64, f64)> = None;
    for &(at, height) in hills {
        match lowest {
            Some((valley, low)) if height > low * 2.0 && low * 2.0 < hill => {
                // It goes up again by enough: a valley, and a new hill begins.
                found.push(valley);
                hill = height;
                lowest = None;
            }
            _ => {
                if height >= hill {
                    hill = height;
                    lowest = None;
                } else if lowest.is_none_or(|(_, low)| height < low) {
                    lowest = Some((at, height));
                }
            }
        }
    }
    found
}

/// The state in which a round was measured: none if it was interrupted, or if the machine went from
/// one state to another meanwhile.
pub fn of_round(states: &[State], before: f64, after: f64) -> Option<usize> {
    states.iter().position(|state| state.has(before) && state.has(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(middle: f64, count: usize) -> impl Iterator<Item = f64> {
        (0..count).map(move |i| middle * (0.95 + 0.1 * i as f64 / count as f64))
    }

    #[test]
    fn two_heaps_are_two_states() {
        let readings: Vec<f64> = around(9.5, 40).chain(around(60.0, 60)).chain([250.0]).collect();
        let states = clusters(&readings);
        assert_eq!(states.len(), 2, "{states:?}");
        assert!((9.0..10.0).contains(&states[0].median), "{states:?}");
        assert!((57.0..63.0).contains(&states[1].median), "{states:?}");
        assert_eq!(of_round(&states, 9.4, 9.7), Some(0));
        assert_eq!(of_round(&states, 61.0, 59.0), Some(1));
        assert_eq!(of_round(&states, 9.4, 60.0), None);
        assert_eq!(of_round(&states, 60.0, 250.0), None);
    }

    #[test]
    fn one_heap_is_one_state() {
        let readings: Vec<f64> = around(60.0, 50).collect();
        assert_eq!(clusters(&readings).len(), 1);
        assert_eq!(clusters(&[60.0]).len(), 1);
        assert_eq!(clusters(&[250.0, 0.0]), []);
    }

    #[test]
    fn every_valid_reading_has_exactly_one_state() {
        let readings: Vec<f64> = (1..200).map(|i| 1.0 + f64::from(i * i % 97)).collect();
        let states = clusters(&readings);
        for reading in readings {
            assert_eq!(states.iter().filter(|state| state.has(reading)).count(), 1, "{reading}");
        }
    }
}
