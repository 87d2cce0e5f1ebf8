//! Small programs of which an exact search once said the wrong word, each with the right one.
//!
//! They are kept as they were found, close and without ornament: nobody learns from them.
#![allow(clippy::undocumented_unsafe_blocks)]

/// A program, and the failure that both exact searches must find in it.
macro_rules! says {
    ($name:ident, $kind:ident, { $($item:item)* }) => {
        mod $name {
            racelab::scenario!(mod program { $($item)* });

            #[test]
            fn is_caught() {
                use racelab::explore::{GRAPHS, REDUCED};
                for engine in [REDUCED, GRAPHS] {
                    let report = crate::explore(&program::SCENARIO, engine);
                    let kind = report.failure.as_ref().map(|failure| failure.kind);
                    assert_eq!(kind, Some(racelab::report::Kind::$kind), "{report:?}");
                }
            }
        }
    };
}

mod counts;
mod freed;
mod held;
mod hints;
mod statics;
