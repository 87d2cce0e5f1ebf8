//! All cells in their order; stopped at any time, and taken up again.

use std::time::{Duration, Instant, SystemTime};

use hdrhistogram::Histogram;
use racelab::explore::native::{clock::Clock, cpu};

use crate::cell::{Cell, Latency, Slow};
use crate::draw::{Draws, Spread};
use crate::go::Go;
use crate::keys::{Key, Value};
use crate::maps::Design;
use crate::memory::{self, Memory};
use crate::mix::Mix;
use crate::others::Others;
use crate::plan::{Ground, KeyType, Plan, Setting};
use crate::reading::ordered;
use crate::report::{About, Machine, Report};
use crate::round::Turns;
use crate::seat::{self, Contestant, Work};

/// Who looks on.
pub trait Watch {
    /// This is being done now; so many steps of all are done.
    fn says(&mut self, what: &str, done: usize, of: usize);
    /// A cell was measured, or the memory of all maps: time to keep it.
    ///
    /// # Errors
    /// What hinders it. The run ends then.
    fn keep(&mut self, report: &Report) -> std::io::Result<()>;
    /// Whether to stop.
    fn stopped(&self) -> bool;
}

/// A report of this plan with nothing in it.
pub fn begin(plan: Plan) -> Report {
    let about = |design: &Design| About {
        map: design.name().to_string(),
        about: design.about().to_string(),
    };
    let maps = plan.designs().iter().map(about).collect();
    let (states, cells, memory) = (Vec::new(), Vec::new(), Vec::new());
    let (others, notes) = (Vec::new(), Vec::new());
    let machine = machine();
    Report { machine, plan, maps, others, notes, states, cells, memory, complete: false }
}

/// The machine that this runs on, now.
pub fn machine() -> Machine {
    let began = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let cpu = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_string())
    });
    Machine {
        cpu,
        cpus: cpu::allowed().len(),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        clock_floor_ns: clock_floor(),
        optimised: !cfg!(debug_assertions),
        began: began.as_secs(),
    }
}

/// The median of what two readings of the clock lie apart, with nothing between them.
fn clock_floor() -> f64 {
    let clock = Clock::get();
    let mut apart: Vec<u64> = (0..1001)
        .map(|_| {
            let before = ordered(clock);
            ordered(clock).saturating_sub(before)
        })
        .collect();
    apart.sort_unstable();
    clock.nanoseconds(apart[apart.len() / 2])
}

/// Measures what of the plan is not in the report yet.
///
/// # Errors
/// Those of [`Watch::keep`].
pub fn go_on(report: &mut Report, watch: &mut dyn Watch) -> std::io::Result<()> {
    let mut go = start_go(report, watch);
    for ground in report.plan.grounds.clone() {
        let small = report.plan.value_bytes <= 8;
        let go = go.as_mut().filter(|_| small && ground.spread == Spread::Uniform);
        match (ground.key, small) {
            (KeyType::U64, true) => measure::<u64, u64>(report, ground, go, watch),
            (KeyType::U64, false) => measure::<u64, Vec<u8>>(report, ground, go, watch),
            (KeyType::String, true) => measure::<String, u64>(report, ground, go, watch),
            (KeyType::String, false) => measure::<String, Vec<u8>>(report, ground, go, watch),
        }?;
    }
    let all = report.plan.settings();
    let done = all.iter().all(|setting| has(report, setting));
    let grown = report.plan.growth_keys == 0 || report.memory.len() == report.maps.len();
    report.complete = done && grown;
    report.judge();
    watch.keep(report)
}

/// Go's maps, if they are asked for; why not, if they cannot be had.
fn start_go(report: &mut Report, watch: &mut dyn Watch) -> Option<Go> {
    if !report.plan.go {
        return None;
    }
    watch.says("building Go's maps", report.cells.len(), report.plan.settings().len());
    report.notes.clear();
    match Go::start() {
        Ok(go) => {
            report.others = go.about();
            Some(go)
        }
        Err(why) => {
            report.notes.push(format!("Go's maps take no part: {why}."));
            None
        }
    }
}

fn has(report: &Report, setting: &Setting) -> bool {
    report.cells.iter().any(|cell| cell.setting == *setting)
}

/// Measures the cells of one filling, and with the first of them the maps' memory.
fn measure<K: Key, V: Value>(
    report: &mut Report,
    ground: Ground,
    go: Option<&mut Go>,
    watch: &mut dyn Watch,
) -> std::io::Result<()> {
    let settings: Vec<Setting> = report
        .plan
        .settings()
        .into_iter()
        .filter(|setting| setting.ground == ground && !has(report, setting))
        .collect();
    let grows = report.plan.grounds[0] == ground && report.plan.growth_keys > 0;
    if grows {
        grow::<K, V>(report, watch)?;
    }
    if settings.is_empty() || watch.stopped() {
        return Ok(());
    }
    let of = report.plan.settings().len();
    let name = format!("{} {} keys", ground.keys, ground.key.name());
    watch.says(&format!("filling {} maps with {name}", report.maps.len()), report.cells.len(), of);
    let filled = Filled::<K, V>::new(&report.plan, ground);
    let mut others = match go {
        Some(go) => Some(Others::fill(go, &report.plan, ground)?),
        None => None,
    };
    for setting in settings {
        let Setting { threads, mix, .. } = setting;
        let what = format!("{name}, {}, {threads} threads, {mix}", ground.spread.name());
        watch.says(&what, report.cells.len(), of);
        let cell = filled.cell(&report.plan, setting, others.as_mut(), &|| watch.stopped())?;
        if watch.stopped() {
            // Half a cell is no cell.
            return Ok(());
        }
        report.cells.push(cell);
        report.judge();
        watch.keep(report)?;
    }
    Ok(())
}

/// The memory of each map that was not looked at yet.
fn grow<K: Key, V: Value>(report: &mut Report, watch: &mut dyn Watch) -> std::io::Result<()> {
    let (keys, bytes) = (report.plan.growth_keys, report.plan.value_bytes);
    let mut pool = None;
    for design in report.plan.designs() {
        let there = |memory: &Memory| memory.map == design.name();
        if report.memory.iter().any(there) || watch.stopped() {
            continue;
        }
        let (done, of) = (report.cells.len(), report.plan.settings().len());
        watch.says(&format!("{} grows", design.name()), done, of);
        let pool = pool.get_or_insert_with(|| K::pool(keys));
        report.memory.push(memory::measure::<K, V>(design, pool, keys, bytes));
        watch.keep(report)?;
    }
    Ok(())
}

/// A map, filled, and what one write to it takes, in nanoseconds.
type Seated<K, V> = (Design, Box<dyn Contestant<K, V>>, f64);

/// The maps of one filling.
struct Filled<K: Key, V: Value> {
    pool: K::Pool,
    draws: Draws,
    maps: Vec<Seated<K, V>>,
}

impl<K: Key, V: Value> Filled<K, V> {
    fn new(plan: &Plan, ground: Ground) -> Self {
        let bytes = plan.value_bytes;
        let pool = K::pool(ground.keys);
        let draws = Draws::new(ground.keys, ground.spread, 1);
        let maps = plan.designs().into_iter().map(|design| {
            let seat = design.seat::<K, V>();
            seat.fill(&pool, ground.keys, bytes);
            let work = Work { pool: &pool, draws: &draws, mix: Mix::of_reads(0), bytes };
            let write = one_write(&*seat, &work);
            (design, seat, write)
        });
        let maps = maps.collect();
        Filled { pool, draws, maps }
    }

    fn cell(
        &self,
        plan: &Plan,
        setting: Setting,
        mut others: Option<&mut Others>,
        stopped: &dyn Fn() -> bool,
    ) -> std::io::Result<Cell> {
        let Setting { threads, mix, .. } = setting;
        let cpus = cpu::allowed().len();
        // Threads that share a CPU get it for some milliseconds in turn: a block is some turns.
        let turns = threads.div_ceil(cpus) as u32;
        let block = Duration::from_millis(plan.block_ms) * turns.min(4);
        let share = mix.writes();
        let too_slow = |write: f64| share > 0.0 && write > block.as_nanos() as f64;
        let (slow, quick): (Vec<_>, Vec<_>) =
            self.maps.iter().partition(|(_, _, write)| too_slow(*write));
        let names = |(design, ..): &&(Design, _, _)| design.name().to_string();
        let maps: Vec<String> = quick.iter().map(names).collect();
        let work = Work { pool: &self.pool, draws: &self.draws, mix, bytes: plan.value_bytes };
        let seats = quick.iter().map(|(_, seat, write)| (&**seat, write * share + 20.0)).collect();
        let turns = Turns { seats, work, threads, block };
        let (began, budget) = (Instant::now(), Duration::from_millis(plan.cell_ms));
        let mut rounds = Vec::new();
        if let Some(others) = others.as_deref_mut() {
            others.begin(setting, block);
        }
        while rounds.len() < plan.rounds && !stopped() {
            let round = rounds.len();
            rounds.push(match others.as_deref_mut() {
                Some(others) => turns.throughput_beside(round, || others.blocks(round))?,
                None => turns.throughput(round),
            });
            if began.elapsed() > budget {
                break;
            }
        }
        let rates: Vec<f64> = (0..maps.len())
            .map(|map| half(rounds.iter().map(|round| round.rates[map]).collect()))
            .collect();
        let slow = slow.iter().map(|(design, _, write)| Slow {
            map: design.name().to_string(),
            write_seconds: write / 1e9,
        });
        let mut slow: Vec<Slow> = slow.collect();
        let latency = latencies(&turns, plan.latency_rounds, &maps, &rates, stopped);
        let mut maps = maps;
        let mut collected = Vec::new();
        if let Some(others) = others {
            slow.extend(others.slow());
            maps.extend(others.collected.iter().map(|of| of.map.clone()));
            collected.clone_from(&others.collected);
        }
        Ok(Cell {
            setting,
            oversubscribed: turns.is_oversubscribed(),
            slow,
            latency,
            collected,
            maps,
            rounds,
            tables: Vec::new(),
            unread: 0,
            interrupted: 0,
            changed: 0,
        })
    }
}

/// Half of the median.
fn half(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(0.0) / 2.0
}

/// Single operations of each map: one after another, and at these rates.
fn latencies<K: Key, V: Value>(
    turns: &Turns<K, V>,
    rounds: usize,
    maps: &[String],
    rates: &[f64],
    stopped: &dyn Fn() -> bool,
) -> Vec<Latency> {
    let empty = || -> Vec<Histogram<u64>> { maps.iter().map(|_| seat::histogram()).collect() };
    let (mut closed, mut open) = (empty(), empty());
    for round in 0..rounds {
        if stopped() {
            break;
        }
        turns.sampled(round, &mut closed);
        turns.paced(round, rates, &mut open);
    }
    let of = |how: &'static str, found: Vec<Histogram<u64>>| {
        let each =
            maps.iter().zip(found).filter_map(move |(map, ticks)| Latency::of(map, how, &ticks));
        each.collect::<Vec<_>>()
    };
    [of("closed", closed), of("open", open)].concat()
}

/// What one write takes, in nanoseconds: the middle one of three.
fn one_write<K: Key, V: Value>(seat: &dyn Contestant<K, V>, work: &Work<K>) -> f64 {
    let mut took: Vec<Duration> = (0..3)
        .map(|seed| {
            let start = Instant::now();
            seat.operations(work, seed, 1);
            start.elapsed()
        })
        .collect();
    took.sort_unstable();
    took[1].as_nanos() as f64
}
