//! Programs, objects, archives and packages of debug information.
#![no_main]

mod look;

use libfuzzer_sys::fuzz_target;

#[global_allocator]
static ALLOCATOR: look::Counting = look::Counting;

fuzz_target!(|bytes: &[u8]| {
    // zlib makes at most 1032 bytes of one: a file with compressed sections is small enough.
    let packed = bytes.windows(4).any(|four| four == b"ZLIB") || bytes.len() > 1 << 16;
    if !packed {
        look::look(bytes, bytes.len());
    }
});
