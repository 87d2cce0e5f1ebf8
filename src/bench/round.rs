//! One block of every map, in turns: threads that stay for the round, and an order that goes round.

use std::time::Duration;

use hdrhistogram::Histogram;
use racelab::explore::native::clock::Clock;
use racelab::explore::native::workers::{self, Placement, Worker};
use racelab::explore::native::{cpu, latency};
use serde::{Deserialize, Serialize};

use crate::keys::{Key, Value};
use crate::seat::{self, Block, Contestant, Part, Work};

/// What a round came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Nanoseconds that a store took to the other CPU before the round; absent with one thread.
    pub before: Option<f64>,
    /// And after it.
    pub after: Option<f64>,
    /// Operations a second, of each map in the order of the cell.
    pub rates: Vec<f64>,
}

/// The maps of a cell, and what is done with them.
pub struct Turns<'t, K: Key, V: Value> {
    /// The maps, with about how many nanoseconds an operation of each takes.
    pub seats: Vec<(&'t dyn Contestant<K, V>, f64)>,
    /// The same work for all.
    pub work: Work<'t, K>,
    /// How many threads.
    pub threads: usize,
    /// How long a block is.
    pub block: Duration,
}

impl<K: Key, V: Value> Turns<'_, K, V> {
    /// Whether there are more threads than CPUs.
    pub fn is_oversubscribed(&self) -> bool {
        self.threads > cpu::allowed().len()
    }

    /// One block of each map, as fast as it goes.
    pub fn throughput(&self, round: usize) -> Round {
        let before = self.reading();
        let rates = self.rates(round);
        Round { before, after: self.reading(), rates }
    }

    /// Operations a second of each map.
    fn rates(&self, round: usize) -> Vec<f64> {
        let parts = self
            .each(round, |seat, block, worker, _| seat.closed(&self.work, block, worker.number));
        parts.iter().map(|of| rate(of)).collect()
    }

    /// The same, beside maps that are measured elsewhere: their blocks come first in every other
    /// round, and their rates last.
    ///
    /// # Errors
    /// Those of `others`.
    pub fn throughput_beside(
        &self,
        round: usize,
        mut others: impl FnMut() -> std::io::Result<Vec<f64>>,
    ) -> std::io::Result<Round> {
        let before = self.reading();
        let early = if round % 2 == 1 { Some(others()?) } else { None };
        let own = self.rates(round);
        let rates = match early {
            Some(rates) => rates,
            None => others()?,
        };
        let after = self.reading();
        Ok(Round { before, after, rates: [own, rates].concat() })
    }

    /// One block of each map, with single operations timed; added to what each map has already.
    pub fn sampled(&self, round: usize, into: &mut [Histogram<u64>]) {
        let found = self.each(round, |seat, block, worker, _| {
            let mut histogram = seat::histogram();
            seat.sampled(&self.work, block, worker.number, &mut histogram);
            histogram
        });
        add(found, into);
    }

    /// One block of each map at so many operations a second, timed from when they were due.
    pub fn paced(&self, round: usize, rates: &[f64], into: &mut [Histogram<u64>]) {
        let clock = Clock::get();
        let second = clock.ticks(Duration::from_secs(1)) as f64;
        let found = self.each(round, |seat, block, worker, index| {
            let period = second * self.threads as f64 / rates[index].max(1.0);
            let mut histogram = seat::histogram();
            seat.paced(&self.work, block, worker.number, period, &mut histogram);
            histogram
        });
        add(found, into);
    }

    /// What each thread came to, map by map.
    fn each<T: Send>(
        &self,
        round: usize,
        work: impl Fn(&dyn Contestant<K, V>, &Block, &Worker, usize) -> T + Sync,
    ) -> Vec<Vec<T>> {
        let maps = self.seats.len();
        let seed = |index: usize| (round * maps + index) as u64 + 1;
        let blocks: Vec<Block> = (0..maps)
            .map(|index| Block::new(self.block, self.seats[index].1, seed(index)))
            .collect();
        let order: Vec<usize> = (0..maps).map(|turn| (turn + round) % maps).collect();
        let of_thread = workers::run(&Placement::new(self.threads, cpu::allowed()), |worker| {
            let turn = |&index: &usize| {
                let block = &blocks[index];
                let there = worker.meet_then(|| block.begin());
                there.then(|| (index, work(self.seats[index].0, block, &worker, index)))
            };
            order.iter().map_while(turn).collect::<Vec<_>>()
        });
        let mut of_map: Vec<Vec<T>> = (0..maps).map(|_| Vec::new()).collect();
        for (index, came_to) in of_thread.into_iter().flatten() {
            of_map[index].push(came_to);
        }
        of_map
    }

    /// What a store costs between the first two CPUs, if two threads are to meet there.
    fn reading(&self) -> Option<f64> {
        let cpus = cpu::allowed();
        if self.threads < 2 || cpus.len() < 2 {
            return None;
        }
        // Some milliseconds where nothing else wants these CPUs; else a turn of each.
        let latency = latency::measure([cpus[0], cpus[1]], Duration::from_millis(50))?;
        Some(latency.one_way_ns.median)
    }
}

/// Operations a second of all threads, until the last of them had ended.
fn rate(parts: &[Part]) -> f64 {
    let operations: u64 = parts.iter().map(|part| part.operations).sum();
    let ticks = parts.iter().map(|part| part.ticks).max().unwrap_or(0);
    operations as f64 * 1e9 / Clock::get().nanoseconds(ticks.max(1))
}

fn add(found: Vec<Vec<Histogram<u64>>>, into: &mut [Histogram<u64>]) {
    for (sum, parts) in into.iter_mut().zip(found) {
        for part in parts {
            // All have the same bounds, so nothing is out of them.
            let _ = sum.add(part);
        }
    }
}
