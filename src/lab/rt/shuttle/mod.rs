//! The facade under shuttle: std's paths and signatures, sequentially consistent memory.
//!
//! shuttle runs the threads and asks a scheduler at each announced operation which goes on.
//! Memory is one value a location, as under shuttle's own atomics, which treat every ordering as
//! `SeqCst` (shuttle-std 0.1.5, `sync/atomic/mod.rs`).

mod atomic;
mod engine;

pub use atomic::Of;
pub use engine::Shuttle;
pub(crate) use engine::point;

crate::rt::face::face!(
    Shuttle, words Of, owners [crate::rt::arc], statics [crate::rt::lazy],
    unaligned crate::rt::unaligned::Halves<super::Of<u32>>, meets checked
);
