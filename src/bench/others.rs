//! Go's maps in the rounds of one filling: which take part, their blocks, what their collector did.

use std::io;
use std::time::Duration;

use crate::cell::Slow;
use crate::go::{Collected, Go, MAPS};
use crate::mix::Mix;
use crate::plan::{Ground, Plan, Setting};

/// Go's maps, filled.
pub struct Others<'g> {
    go: &'g mut Go,
    /// What one write takes, in nanoseconds.
    writes: Vec<(&'static str, f64)>,
    setting: Option<(Setting, Duration)>,
    /// The maps of this cell, with what was collected so far.
    pub collected: Vec<Collected>,
}

impl<'g> Others<'g> {
    /// Fills the maps, and tries what a write takes.
    ///
    /// # Errors
    /// The program has ended.
    pub fn fill(go: &'g mut Go, plan: &Plan, ground: Ground) -> io::Result<Others<'g>> {
        go.fill(ground.keys, ground.key)?;
        let mut writes = Vec::new();
        for (map, _) in MAPS {
            let part = go.block(map, 1, Mix::of_reads(0), plan.block_ms.into(), 1)?;
            writes.push((map, 1e9 / part.rate.max(1e-9)));
        }
        Ok(Others { go, writes, setting: None, collected: Vec::new() })
    }

    /// A cell begins.
    pub fn begin(&mut self, setting: Setting, block: Duration) {
        self.setting = Some((setting, block));
        let quick = self.writes.iter().filter(|(_, write)| !self.is_slow(*write));
        let none = |(map, _): &(&str, f64)| Collected {
            map: map.to_string(),
            collections: 0,
            pause_ns: 0,
            longest_ns: 0,
        };
        self.collected = quick.map(none).collect();
    }

    /// One block of each of its maps: operations a second.
    ///
    /// # Errors
    /// The program has ended.
    pub fn blocks(&mut self, round: usize) -> io::Result<Vec<f64>> {
        let Some((setting, block)) = self.setting else { return Ok(Vec::new()) };
        let maps = self.collected.len();
        let mut rates = vec![0.0; maps];
        for turn in 0..maps {
            let of = &mut self.collected[(turn + round) % maps];
            let Setting { threads, mix, .. } = setting;
            let seed = (round * maps + turn) as u64 + 1;
            let part = self.go.block(&of.map, threads, mix, block.as_millis(), seed)?;
            of.collections += part.collections;
            of.pause_ns += part.pause_ns;
            of.longest_ns = of.longest_ns.max(part.pause_ns);
            rates[(turn + round) % maps] = part.rate;
        }
        Ok(rates)
    }

    /// The maps of which one write takes longer than a block.
    pub fn slow(&self) -> Vec<Slow> {
        let slow = self.writes.iter().filter(|(_, write)| self.is_slow(*write));
        slow.map(|(map, ns)| Slow { map: map.to_string(), write_seconds: ns / 1e9 }).collect()
    }

    fn is_slow(&self, write: f64) -> bool {
        self.setting.is_some_and(|(setting, block)| {
            setting.mix.writes() > 0.0 && write > block.as_nanos() as f64
        })
    }
}
