//! What can be typed after `racelab bench`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use racelab_bench::advise::{self, Load};
use racelab_bench::case::Case;
use racelab_bench::draw::Spread;
use racelab_bench::maps::Design;
use racelab_bench::mix::Mix;
use racelab_bench::plan::{Ground, KeyType, Plan};

/// The arguments of `racelab bench`.
#[derive(Debug, clap::Args)]
pub struct BenchArgs {
    /// 20 seconds instead of half an hour: ten thousand numbers, one and two threads
    #[arg(long)]
    pub quick: bool,
    /// Only these maps; the others are compared with the first [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = maps())]
    pub maps: Vec<String>,
    /// How many keys: 10k, 2M [default: both; with --quick 10k]
    #[arg(long, value_name = "COUNTS", value_delimiter = ',', value_parser = keys, allow_negative_numbers = true)]
    pub keys: Vec<usize>,
    /// u64 or string [default: both; with --quick u64]
    #[arg(long, value_name = "TYPES", value_delimiter = ',', value_parser = ["u64", "string"])]
    pub key_type: Vec<String>,
    /// uniform, or zipf: a few keys most of the time [default: both; with --quick uniform]
    #[arg(long, value_name = "SPREADS", value_delimiter = ',', value_parser = ["uniform", "zipf"])]
    pub spread: Vec<String>,
    /// Bytes of a value, 1 to 64k: up to 8 a number, beyond a vector
    #[arg(long, value_name = "BYTES", default_value = "8", value_parser = value_bytes, allow_negative_numbers = true)]
    pub value_bytes: usize,
    /// How many threads, 1 to 256 [default: 1,2,4,16; with --quick 1,2]
    #[arg(long, value_name = "COUNTS", value_delimiter = ',', value_parser = clap::value_parser!(u16).range(1..=256), allow_negative_numbers = true)]
    pub threads: Vec<u16>,
    /// Reads and writes of a hundred operations [default: 100/0,99/1,90/10,50/50,0/100]
    #[arg(long, value_name = "MIXES", value_delimiter = ',')]
    pub mix: Vec<Mix>,
    /// Rounds of each cell, 1 to 10000: as many as fit into its time
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=10_000), allow_negative_numbers = true)]
    pub rounds: u16,
    /// Keeps what was measured in this file, and goes on from what is in it
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
    /// Go's maps too, with uniform keys; needs go, and fetches nothing
    #[arg(long)]
    pub go: bool,
    /// Draws it into this file too
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Which map to take for so many reads and writes a second, measured here
    #[arg(long, conflicts_with_all = ["quick", "mix", "spread", "keep", "svg", "go"], requires = "reads", requires = "writes")]
    pub advise: bool,
    /// Look-ups a second of all threads, for --advise
    #[arg(long, value_name = "COUNT", requires = "advise", value_parser = rate, allow_negative_numbers = true)]
    pub reads: Option<u64>,
    /// Writes a second, for --advise
    #[arg(long, value_name = "COUNT", requires = "advise", value_parser = rate, allow_negative_numbers = true)]
    pub writes: Option<u64>,
    /// Which map to take, as questions about a load: a tree from what FILE of --keep has
    #[arg(long, value_name = "FILE", conflicts_with_all = ["quick", "maps", "keys", "key_type", "spread", "value_bytes", "threads", "mix", "rounds", "keep", "svg", "go", "advise", "case"])]
    pub tree: Option<PathBuf>,
    /// The article's case: two million ids, 5,000 look-ups a second, a tenth for new ids
    #[arg(long, conflicts_with_all = ["advise", "quick", "mix", "spread", "key_type", "value_bytes", "rounds", "keep", "svg", "go"])]
    pub case: bool,
    /// How long each map is in use, for --case [default: 60s]
    #[arg(long = "for", value_name = "TIME", requires = "case", value_parser = crate::arguments::duration)]
    pub time: Option<std::time::Duration>,
}

impl BenchArgs {
    /// What is asked of `--advise`; the first of each list counts.
    pub fn load(&self) -> Load {
        let string = self.key_type.first().is_some_and(|name| name == "string");
        let cpus = std::thread::available_parallelism().map_or(1, usize::from);
        Load {
            reads: self.reads.unwrap_or(0) as f64,
            writes: self.writes.unwrap_or(0) as f64,
            keys: self.keys.first().copied().unwrap_or(10_000),
            key: if string { KeyType::String } else { KeyType::U64 },
            value_bytes: self.value_bytes,
            threads: self.threads.first().map_or(cpus, |threads| *threads as usize),
        }
    }

    /// The plan of `--advise`.
    pub fn advise_plan(&self) -> Plan {
        let mut plan = advise::plan(&self.load());
        plan.rounds = self.rounds as usize;
        if !self.maps.is_empty() {
            plan.maps = without_repeats(&self.maps);
        }
        plan
    }

    /// The case, and on which maps.
    pub fn case(&self) -> (Case, Vec<Design>) {
        let mut case = Case::article();
        case.ids = self.keys.first().copied().unwrap_or(case.ids);
        case.threads = self.threads.first().map_or(case.threads, |threads| *threads as usize);
        case.milliseconds = self.time.map_or(case.milliseconds, |time| time.as_millis() as u64);
        let named: Vec<Design> = self.maps.iter().filter_map(|name| Design::named(name)).collect();
        let all = Design::ALL.into_iter().filter(|design| *design != Design::Twin);
        (case, or(&named, all))
    }

    /// What is to be measured.
    pub fn plan(&self) -> Plan {
        let mut plan = if self.quick { Plan::quick() } else { Plan::full() };
        let key_type = |name: &String| match name.as_str() {
            "string" => KeyType::String,
            _ => KeyType::U64,
        };
        let spread = |name: &String| match name.as_str() {
            "zipf" => Spread::Zipf,
            _ => Spread::Uniform,
        };
        let types: Vec<KeyType> = self.key_type.iter().map(key_type).collect();
        let spreads: Vec<Spread> = self.spread.iter().map(spread).collect();
        let own = plan.grounds;
        let counts = or(&self.keys, own.iter().map(|ground| ground.keys));
        let types = or(&types, own.iter().map(|ground| ground.key));
        let spreads = or(&spreads, own.iter().map(|ground| ground.spread));
        plan.grounds = Vec::new();
        for &keys in &counts {
            for &key in &types {
                plan.grounds.extend(spreads.iter().map(|&spread| Ground { keys, key, spread }));
            }
        }
        plan.go |= self.go;
        if !self.maps.is_empty() {
            plan.maps = without_repeats(&self.maps);
            plan.go = self.go;
        }
        if !self.threads.is_empty() {
            let threads: Vec<usize> =
                self.threads.iter().map(|threads| *threads as usize).collect();
            plan.threads = without_repeats(&threads);
        }
        if !self.mix.is_empty() {
            plan.mixes = without_repeats(&self.mix);
        }
        plan.value_bytes = self.value_bytes;
        plan.rounds = self.rounds as usize;
        let largest = plan.grounds.iter().map(|ground| ground.keys).max().unwrap_or(0);
        plan.growth_keys = plan.growth_keys.min(largest);
        plan
    }
}

/// What was asked for, else the plan's own; nothing twice.
fn or<T: Clone + PartialEq>(asked: &[T], own: impl Iterator<Item = T>) -> Vec<T> {
    if asked.is_empty() {
        without_repeats(&own.collect::<Vec<_>>())
    } else {
        without_repeats(asked)
    }
}

fn without_repeats<T: Clone + PartialEq>(all: &[T]) -> Vec<T> {
    let mut once = Vec::new();
    for one in all {
        if !once.contains(one) {
            once.push(one.clone());
        }
    }
    once
}

fn maps() -> PossibleValuesParser {
    let all = Design::ALL.map(|design| PossibleValue::new(design.name()).help(design.about()));
    PossibleValuesParser::new(all)
}

/// `10k`, `2M`, `10_000`: a number of keys.
fn keys(text: &str) -> Result<usize, String> {
    between(text, 1..=100_000_000, "keys are counted from 1 to 100M: 10k, 2M")
}

/// So many a second.
fn rate(text: &str) -> Result<u64, String> {
    let says = "so many a second, from 0 to 100M: 5000, 20k";
    between(text, 0..=100_000_000, says).map(|rate| rate as u64)
}

fn value_bytes(text: &str) -> Result<usize, String> {
    between(text, 1..=65_536, "a value has 1 to 65536 bytes")
}

fn between(text: &str, range: std::ops::RangeInclusive<u64>, says: &str) -> Result<usize, String> {
    let (digits, unit) = match text.strip_suffix(['k', 'K', 'm', 'M']) {
        Some(digits) if text.ends_with(['k', 'K']) => (digits, 1000),
        Some(digits) => (digits, 1_000_000),
        None => (text, 1),
    };
    let number = digits.replace('_', "").parse::<u64>().ok();
    let number = number.and_then(|number| number.checked_mul(unit));
    number.filter(|number| range.contains(number)).map(|n| n as usize).ok_or(says.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        bench: BenchArgs,
    }

    fn plan(line: &str) -> Plan {
        let words = ["racelab"].into_iter().chain(line.split_whitespace());
        Line::try_parse_from(words).expect("a good line").bench.plan()
    }

    #[test]
    fn without_a_word_it_is_one_of_the_two_plans() {
        assert_eq!(plan(""), Plan::full());
        assert_eq!(plan("--quick"), Plan::quick());
    }

    #[test]
    fn what_is_asked_for_takes_the_place_of_the_plans_own() {
        let plan =
            plan("--keys 500,2k --key-type string --mix 99/1,99/1 --threads 3 --maps scc,papaya");
        assert_eq!(plan.grounds.len(), 2 * 2);
        assert!(plan.grounds.iter().all(|ground| ground.key == KeyType::String));
        assert_eq!(plan.grounds.iter().filter(|ground| ground.keys == 2000).count(), 2);
        assert_eq!((plan.threads, plan.mixes), (vec![3], vec![Mix::of_reads(99)]));
        assert_eq!((plan.maps, plan.growth_keys), (vec!["scc".into(), "papaya".into()], 2000));
    }

    #[test]
    fn counts_have_units() {
        assert_eq!(["7", "10k", "2M", "10_000"].map(keys), [7, 10_000, 2_000_000, 10_000].map(Ok));
        for wrong in
            ["0", "", "k", "-1", "1.5k", "101M", "99999999999999999999", "18446744073709551k"]
        {
            assert!(keys(wrong).is_err(), "{wrong}");
        }
    }
}
