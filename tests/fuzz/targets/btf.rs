//! BTF as it is, and changed so that it stays BTF.
#![no_main]

mod look;

use libfuzzer_sys::fuzz_target;

#[global_allocator]
static ALLOCATOR: look::Counting = look::Counting;

fuzz_target!(|bytes: &[u8]| {
    look::look(bytes, bytes.len());
    // The same with a header that fits: numbers in it are seldom guessed.
    let (types, names) = bytes.split_at(bytes.len() / 4 * 3);
    let mut whole = vec![0x9f, 0xeb, 1, 0];
    for number in [24, 0, types.len(), types.len(), names.len() + 2] {
        whole.extend_from_slice(&(number as u32).to_le_bytes());
    }
    whole.extend_from_slice(types);
    whole.push(0);
    whole.extend_from_slice(names);
    whole.push(0);
    look::look(&whole, whole.len());
});
