//! The facade under loom: std's paths and signatures, loom's own model of C11 memory.

mod atomic;
mod engine;
mod meeting;

pub use atomic::Of;
pub use engine::Loom;
pub(crate) use engine::register;
pub(crate) use meeting::prepare;

// std's own Arc: loom's would add its reference counts to the search (2.4 to 15 times more
// executions), and it turns failures inside a model into aborts.
crate::rt::face::face!(
    Loom, words Of, owners [std::sync], statics [crate::rt::lazy],
    unaligned crate::rt::unaligned::Halves<super::Of<u32>>, meets checked
);
