//! What `racelab new-demo` writes is a demo like any other: its verdicts are as it declares them.

#[allow(missing_docs, unreachable_pub)]
#[path = "../../src/exercise/template/demo/mod.rs"]
pub(crate) mod template;
