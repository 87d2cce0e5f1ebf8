//! One row of the table: every map with the same keys, threads and mix.

use hdrhistogram::Histogram;
use racelab::explore::native::clock::Clock;
use serde::{Deserialize, Serialize};

use crate::go::Collected;
use crate::interval::Interval;
use crate::maps::Design;
use crate::plan::Setting;
use crate::round::Round;
use crate::states::{self, INTERRUPTED, State};

/// A row: its raw rounds, and what follows from them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Which row.
    #[serde(flatten)]
    pub setting: Setting,
    /// Whether there were more threads than CPUs.
    pub oversubscribed: bool,
    /// The maps of the rounds, in their order.
    pub maps: Vec<String>,
    /// Each round as it was.
    pub rounds: Vec<Round>,
    /// Maps of which one write takes longer than a block: they are in no round.
    pub slow: Vec<Slow>,
    /// Percentiles of single operations.
    pub latency: Vec<Latency>,
    /// The garbage collections of maps that have a collector.
    #[serde(default)]
    pub collected: Vec<Collected>,
    /// One for each state that occurred.
    pub tables: Vec<Table>,
    /// Rounds before or after which no reading could be taken: other work had a CPU meanwhile.
    #[serde(default)]
    pub unread: usize,
    /// Rounds in which a reading was an interruption.
    pub interrupted: usize,
    /// Rounds during which the machine went from one state to another.
    pub changed: usize,
}

/// A map that is too slow for a block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slow {
    /// Which.
    pub map: String,
    /// What one write takes, in seconds.
    pub write_seconds: f64,
}

/// The percentiles of one map's single operations, in nanoseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// Which map.
    pub map: String,
    /// `closed`: one operation after another. `open`: at half of the map's own throughput, timed
    /// from when the operation was due.
    pub how: String,
    /// How many were timed.
    pub samples: u64,
    /// Half took no longer.
    pub p50: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
    /// 999 of 1,000 took no longer.
    pub p999: f64,
    /// The longest.
    pub max: f64,
    /// How many took up to so many nanoseconds, and longer than the one before.
    pub bins: Vec<(f64, u64)>,
}

/// Bins of a decade.
const BINS: i32 = 5;

impl Latency {
    /// Of a histogram of ticks; `None` of an empty one.
    pub fn of(map: &str, how: &str, ticks: &Histogram<u64>) -> Option<Latency> {
        if ticks.is_empty() {
            return None;
        }
        let clock = Clock::get();
        let at = |share: f64| clock.nanoseconds(ticks.value_at_quantile(share));
        let (p50, p99, p999) = (at(0.5), at(0.99), at(0.999));
        let (map, how) = (map.to_string(), how.to_string());
        let max = clock.nanoseconds(ticks.max());
        let bins = bins(ticks, clock);
        Some(Latency { map, how, samples: ticks.len(), p50, p99, p999, max, bins })
    }
}

/// Equal steps on a logarithmic scale, from the first that has anything in it to the last.
fn bins(ticks: &Histogram<u64>, clock: Clock) -> Vec<(f64, u64)> {
    let mut found: Vec<(i32, u64)> = Vec::new();
    for value in ticks.iter_recorded() {
        let ns = clock.nanoseconds(value.value_iterated_to()).max(1.0);
        let step = (ns.log10() * f64::from(BINS)).ceil() as i32;
        let next = found.last().map_or(step, |last| last.0);
        found.extend((next + 1..=step).map(|empty| (empty, 0)));
        if found.is_empty() {
            found.push((step, 0));
        }
        if let Some(last) = found.last_mut() {
            last.1 += value.count_at_value();
        }
    }
    let upto = |step: i32| 10f64.powf(f64::from(step) / f64::from(BINS));
    found.into_iter().map(|(step, count)| (upto(step), count)).collect()
}

/// The rounds of one state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What a store costs; absent where nothing crosses from one CPU to another.
    pub state: Option<State>,
    /// How many rounds.
    pub rounds: usize,
    /// A row for each map.
    pub rows: Vec<Row>,
    /// SafeMap against the best of the published maps.
    pub against: Option<Against>,
}

/// One map in one state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Which map.
    pub map: String,
    /// Operations a second.
    pub rate: Interval,
    /// Its rate divided by that of the first map of the table, within each round.
    pub ratio: Interval,
}

/// The first map against the best of the published ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Against {
    /// Which is the best: the one of the highest median.
    pub peer: String,
    /// The first map's rate divided by that one's, within each round.
    pub ratio: Interval,
    /// How far the twin's interval is from 1: the error of the measurement.
    pub band: Option<f64>,
}

impl Against {
    /// Whether the ratio is at least `figure`: the lower end of the interval is, but for the error.
    pub fn meets(&self, figure: f64) -> bool {
        self.ratio.low >= figure - self.band.unwrap_or(0.0)
    }
}

#[cfg(test)]
impl Cell {
    /// One of which nothing but its rounds was measured.
    pub(crate) fn of_rounds(setting: Setting, maps: Vec<String>, rounds: Vec<Round>) -> Cell {
        Cell {
            setting,
            oversubscribed: false,
            maps,
            rounds,
            slow: Vec::new(),
            latency: Vec::new(),
            tables: Vec::new(),
            collected: Vec::new(),
            unread: 0,
            interrupted: 0,
            changed: 0,
        }
    }
}

impl Cell {
    /// Makes the tables from the rounds.
    pub fn judge(&mut self, states: &[State]) {
        let alone = self.rounds.iter().all(|round| round.before.is_none() && round.after.is_none());
        let unread = |round: &&Round| round.before.is_none() || round.after.is_none();
        self.unread = if alone { 0 } else { self.rounds.iter().filter(unread).count() };
        let interruption = |round: &&Round| {
            !unread(round)
                && [round.before, round.after].into_iter().flatten().any(|ns| ns >= INTERRUPTED)
        };
        self.interrupted = self.rounds.iter().filter(interruption).count();
        let state_of = |round: &Round| match (round.before, round.after) {
            (Some(before), Some(after)) => states::of_round(states, before, after),
            _ => None,
        };
        self.changed = 0;
        self.tables.clear();
        if alone {
            let all: Vec<&Round> = self.rounds.iter().collect();
            self.tables.extend(table(None, &self.maps, &all));
            return;
        }
        let placed = self.rounds.iter().filter(|round| state_of(round).is_some()).count();
        self.changed = self.rounds.len() - placed - self.interrupted - self.unread;
        for (index, state) in states.iter().enumerate() {
            let of_state = |round: &&Round| state_of(round) == Some(index);
            let rounds: Vec<&Round> = self.rounds.iter().filter(of_state).collect();
            self.tables.extend(table(Some(*state), &self.maps, &rounds));
        }
    }
}

/// The table of some rounds; `None` of too few.
fn table(state: Option<State>, maps: &[String], rounds: &[&Round]) -> Option<Table> {
    let ratio = |over: usize, under: usize| {
        let of = |round: &&Round| round.rates[over] / round.rates[under];
        Interval::of(&rounds.iter().map(of).collect::<Vec<_>>())
    };
    let row = |(index, map): (usize, &String)| {
        let rates: Vec<f64> = rounds.iter().map(|round| round.rates[index]).collect();
        Some(Row { map: map.clone(), rate: Interval::of(&rates)?, ratio: ratio(index, 0)? })
    };
    let rows: Vec<Row> = maps.iter().enumerate().map(row).collect::<Option<_>>()?;
    let peer = |row: &Row| Design::named(&row.map).is_some_and(Design::is_peer);
    let best = (1..rows.len())
        .filter(|&index| peer(&rows[index]))
        .max_by(|&a, &b| rows[a].ratio.median.total_cmp(&rows[b].ratio.median));
    let twin = rows.iter().find(|row| row.map == Design::Twin.name());
    let band = twin.map(|twin| twin.ratio.band());
    let against = best.and_then(|best| {
        Some(Against { peer: rows[best].map.clone(), ratio: ratio(0, best)?, band })
    });
    Some(Table { state, rounds: rounds.len(), rows, against })
}

#[cfg(test)]
mod tests;
