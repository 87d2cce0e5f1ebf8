//! A tool that follows the pointer, and reads the header by the layout that its version has.

use std::mem::offset_of;

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The memory of a program from 0xc000010000 on, and the minor version of Go that it was built with.
pub struct Program {
    minor: AtomicU64,
    words: [AtomicU64; 10],
}

racelab::fields!(Program { minor: nobody -> tool, words: nobody -> tool });

const START: u64 = 0xc0_0001_0000;

/// `runtime.hmap` of Go 1.21 and 1.23, on 64 bits.
#[repr(C)]
struct Hmap {
    count: i64,
    flags: u8,
    log2_buckets: u8,
    noverflow: u16,
    hash0: u32,
    pointers: [u64; 4],
}

/// `internal/runtime/maps.Map` of Go 1.26 and 1.27, on 64 bits.
#[repr(C)]
struct SwissMap {
    used: u64,
    seed: u64,
    dir_ptr: u64,
    dir_len: i64,
    global_depth: u8,
    global_shift: u8,
    writing: u8,
    tombstone_possible: bool,
    clear_seq: u64,
}

// What the debug information of programs of these versions says.
const _: () = assert!(size_of::<Hmap>() == 48 && offset_of!(Hmap, log2_buckets) == 9);
const _: () = assert!(size_of::<SwissMap>() == 48 && offset_of!(SwissMap, global_depth) == 32);

impl Program {
    pub fn new(minor: u64, words: [u64; 10]) -> Program {
        Program { minor: AtomicU64::new(minor), words: words.map(AtomicU64::new) }
    }

    fn word(&self, address: u64) -> u64 {
        self.words[((address - START) / 8) as usize].load(Relaxed)
    }

    fn byte(&self, address: u64) -> u8 {
        (self.word(address) >> (8 * (address % 8))) as u8
    }
}

/// The number of entries of a map, and the logarithm of the number of its buckets, or tables.
/// `None` where the layout is not known.
pub fn inspect(program: &Program, variable: u64) -> Option<(u64, u8)> {
    let (count, log2) = match program.minor.load(Relaxed) {
        21 | 23 => (offset_of!(Hmap, count), offset_of!(Hmap, log2_buckets)),
        26 | 27 => (offset_of!(SwissMap, used), offset_of!(SwissMap, global_depth)),
        _ => return None,
    };
    // The variable is one word, and the word is where the header lies.
    let header = program.word(variable);
    let count = program.word(header + count as u64);
    let log2 = program.byte(header + log2 as u64);
    Some((count, log2))
}
