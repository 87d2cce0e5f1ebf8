//! Which cells are measured, for how long, and how much memory that needs.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::draw::Spread;
use crate::maps::Design;
use crate::mix::Mix;

/// The type of the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyType {
    /// Eight bytes.
    U64,
    /// `device-0000001234`.
    String,
}

impl KeyType {
    /// As it is typed and printed.
    pub fn name(self) -> &'static str {
        match self {
            KeyType::U64 => "u64",
            KeyType::String => "string",
        }
    }
}

/// What the maps are filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// How many keys.
    pub keys: usize,
    /// Of which type.
    pub key: KeyType,
    /// How often each is asked for.
    pub spread: Spread,
}

/// One row of the table, before it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The filling.
    #[serde(flatten)]
    pub ground: Ground,
    /// How many threads.
    pub threads: usize,
    /// How many reads.
    pub mix: Mix,
}

/// All that is to be measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The maps, by name; the first is what the others are compared with.
    pub maps: Vec<String>,
    /// The fillings.
    pub grounds: Vec<Ground>,
    /// The numbers of threads.
    pub threads: Vec<usize>,
    /// The mixes.
    pub mixes: Vec<Mix>,
    /// Bytes of a value; up to 8 it is a number, beyond a vector.
    pub value_bytes: usize,
    /// Rounds of each cell, at most.
    pub rounds: usize,
    /// Milliseconds of a block.
    pub block_ms: u64,
    /// Milliseconds for the rounds of a cell, after which no round begins; the first always does.
    pub cell_ms: u64,
    /// Rounds in which single operations are timed; 0 for none.
    pub latency_rounds: usize,
    /// Keys up to which maps are seen growing; 0 for not at all.
    pub growth_keys: usize,
    /// Go's maps too, with uniform keys and small values, where there is a Go toolchain.
    #[serde(default)]
    pub go: bool,
    /// Only the first mix with every number of threads, and every mix with the first of these.
    #[serde(default)]
    pub cross: bool,
}

/// The longest that a map is seen growing.
pub const GROWTH: Duration = Duration::from_secs(2);

impl Plan {
    /// 20 seconds: ten thousand numbers, one and two threads, all mixes.
    pub fn quick() -> Plan {
        let ground = Ground { keys: 10_000, key: KeyType::U64, spread: Spread::Uniform };
        Plan {
            maps: Design::ALL.map(|design| design.name().to_string()).to_vec(),
            grounds: vec![ground],
            threads: vec![1, 2],
            mixes: Mix::TABLE.to_vec(),
            value_bytes: 8,
            rounds: 100,
            block_ms: 5,
            cell_ms: 1_100,
            latency_rounds: 4,
            growth_keys: 10_000,
            cross: false,
            go: false,
        }
    }

    /// Half an hour: two sizes, two types of keys, two spreads, and more threads than CPUs too.
    pub fn full() -> Plan {
        let mut grounds = Vec::new();
        for keys in [10_000, 2_000_000] {
            for key in [KeyType::U64, KeyType::String] {
                for spread in [Spread::Uniform, Spread::Zipf] {
                    grounds.push(Ground { keys, key, spread });
                }
            }
        }
        Plan {
            grounds,
            threads: vec![1, 2, 4, 16],
            cell_ms: 7_000,
            latency_rounds: 8,
            growth_keys: 2_000_000,
            go: true,
            ..Plan::quick()
        }
    }

    /// The maps that take part.
    pub fn designs(&self) -> Vec<Design> {
        self.maps.iter().filter_map(|name| Design::named(name)).collect()
    }

    /// Every cell, in the order in which they are measured.
    pub fn settings(&self) -> Vec<Setting> {
        let mut all = Vec::new();
        for &ground in &self.grounds {
            for &threads in &self.threads {
                all.extend(self.mixes.iter().map(|&mix| Setting { ground, threads, mix }));
            }
        }
        let on_cross =
            |setting: &Setting| setting.threads == self.threads[0] || setting.mix == self.mixes[0];
        all.retain(|setting| !self.cross || on_cross(setting));
        all
    }

    /// About how long it takes at most.
    pub fn time(&self) -> Duration {
        let others = if self.go { crate::go::MAPS.len() } else { 0 };
        let maps = (self.maps.len() + others) as u64;
        let round = maps * self.block_ms;
        let cell = (self.rounds as u64 * round).min(self.cell_ms) + round;
        // Half a second to warm up and to place what was filled; latency is two blocks a map.
        let latency = 2 * self.latency_rounds as u64 * round;
        let cells = self.settings().len() as u64 * (cell + latency);
        let entries: u64 = self.grounds.iter().map(|ground| ground.keys as u64).sum();
        let filling = entries * maps / 2_000;
        let growing =
            (self.growth_keys as u64 * maps / 1_000).min(maps * GROWTH.as_millis() as u64);
        Duration::from_millis(cells + filling + growing)
    }

    /// About how many bytes its largest filling takes, in all maps together.
    pub fn bytes(&self) -> u64 {
        // A table that has just grown is half empty, and a copy of it may be on the way.
        const TABLE: u64 = 2;
        let of = |ground: &Ground| {
            let key = match ground.key {
                KeyType::U64 => 8,
                KeyType::String => 24 + 32,
            };
            let value = if self.value_bytes > 8 { 24 + self.value_bytes as u64 + 16 } else { 8 };
            // The hash or the links that a map keeps beside them.
            let entry = key + value + 24;
            let maps = self.maps.len() as u64 + 1;
            (ground.keys as u64).saturating_mul(entry * TABLE * maps)
        };
        self.grounds.iter().map(of).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_plans_keep_to_their_time() {
        assert!(Plan::quick().time() <= Duration::from_secs(20), "{:?}", Plan::quick().time());
        assert!(Plan::full().time() <= Duration::from_secs(30 * 60), "{:?}", Plan::full().time());
    }

    #[test]
    fn every_cell_is_there_once() {
        let settings = Plan::full().settings();
        assert_eq!(settings.len(), 8 * 4 * 5);
        let twice = |(i, one): (usize, &Setting)| settings[..i].contains(one);
        assert!(!settings.iter().enumerate().any(twice));
    }

    #[test]
    fn more_keys_need_more_memory() {
        let (quick, full) = (Plan::quick().bytes(), Plan::full().bytes());
        assert!(quick < 100 << 20 && full > 1 << 30, "{quick} {full}");
    }

    #[test]
    fn a_plan_survives_the_way_through_a_file() {
        let text = serde_json::to_string(&Plan::full()).expect("a plan is JSON");
        assert_eq!(serde_json::from_str::<Plan>(&text).expect("the same"), Plan::full());
    }
}
