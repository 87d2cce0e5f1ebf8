//! A binary that was cut or scribbled over is refused or read, and never makes the reader panic.

use std::time::{Duration, Instant};

use racelab_layout::Judged;
use racelab_layout::dwarf::read_in;
use racelab_layout::words::{json, text};

use crate::build::{built, skip};
use crate::dice::Dice;

/// Processor time for one file: a sound one takes a twentieth of it, unoptimised.
const MOST: Duration = Duration::from_secs(20);

/// The processor time of this thread; on a busy machine the clock on the wall says nothing.
#[cfg(unix)]
fn worked() -> Duration {
    // Safety: a `timespec` is two numbers.
    let mut time: libc::timespec = unsafe { std::mem::zeroed() };
    // Safety: the clock is one of the system's, and `time` is ours to write.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(not(unix))]
fn worked() -> Duration {
    Duration::ZERO
}

/// Reads and shows every type, whatever comes of it.
fn look(bytes: &[u8]) {
    let started = worked();
    if let Ok(found) = read_in(bytes, Some("*")) {
        let types: Vec<_> = found.types.into_iter().map(|layout| Judged::new(layout, 64)).collect();
        for judged in &types {
            text(judged, 2, 80);
        }
        json::json(&types, &[], 2);
    }
    let took = worked() - started;
    if took > MOST {
        let kept = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("slow");
        std::fs::write(&kept, bytes).expect("a copy of the damaged file");
        panic!("a damaged file takes {took:?} of a processor: {}", kept.display());
    }
}

/// The sections that describe types, as spans of the file.
fn interesting(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    use object::{Object, ObjectSection};
    let file = object::File::parse(bytes).expect("a sound sample");
    let debug = file.sections().filter(|s| s.name().is_ok_and(|name| name.starts_with(".debug_")));
    let spans = debug.filter_map(|section| section.file_range());
    spans.map(|(start, size)| start as usize..(start + size) as usize).collect()
}

/// Scribbles over the sample `times`; with `RACELAB_FUZZ_SECONDS=n`, for so long, from a seed that is
/// new each time, or from `RACELAB_FUZZ_SEED=n`.
fn scribble(name: &str, times: usize, seed: u64) {
    let bytes = match built(name) {
        Ok(binary) => std::fs::read(binary).expect("the sample"),
        Err(why) => return skip(name, &why),
    };
    let limit = std::env::var("RACELAB_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let limit = limit.map(Duration::from_secs);
    let seed = match std::env::var("RACELAB_FUZZ_SEED") {
        Ok(given) => given.parse().expect("a number"),
        Err(_) if limit.is_some() => std::process::id().into(),
        Err(_) => seed,
    };
    let spans = interesting(&bytes);
    let mut dice = Dice(seed);
    let started = Instant::now();
    let mut done = 0;
    while limit.map_or(done < times, |limit| started.elapsed() < limit) {
        let mut damaged = bytes.clone();
        for _ in 0..1 + dice.below(6) {
            let span = if dice.below(8) == 0 {
                0..bytes.len()
            } else {
                spans[dice.below(spans.len())].clone()
            };
            if span.is_empty() {
                continue;
            }
            let at = span.start + dice.below(span.len());
            damaged[at] = match dice.below(4) {
                0 => 0,
                1 => 0xff,
                2 => damaged[at] ^ (1 << dice.below(8)),
                _ => dice.below(256) as u8,
            };
        }
        look(&damaged);
        done += 1;
    }
    println!("{name}: {done} damaged copies, seed {seed}");
}

#[test]
fn a_cut_binary_is_refused_or_read() {
    let bytes = match built("c-gcc-5") {
        Ok(binary) => std::fs::read(binary).expect("the sample"),
        Err(why) => return skip("cut binaries", &why),
    };
    for length in (0..bytes.len()).step_by(61) {
        look(&bytes[..length]);
    }
}

#[test]
fn a_scribbled_c_binary_is_refused_or_read() {
    scribble("c-gcc-5", 1500, 1);
    scribble("c-gcc-4", 500, 2);
    scribble("c-gcc-z", 300, 3);
}

#[test]
fn a_scribbled_cpp_binary_is_refused_or_read() {
    scribble("cpp-gcc-types", 15, 4);
}

#[test]
fn a_scribbled_rust_binary_is_refused_or_read() {
    scribble("rust-release", 4, 5);
}
