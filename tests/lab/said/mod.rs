//! Small programs of which the reduced search once said the wrong word, each with the right one.
//!
//! They are kept as they were found, close and without ornament: nobody learns from them.
#![allow(clippy::undocumented_unsafe_blocks)]

/// A program, and the failure that the reduced search must find in it.
macro_rules! says {
    ($name:ident, $kind:ident, { $($item:item)* }) => {
        mod $name {
            racelab::scenario!(mod program { $($item)* });

            #[test]
            fn is_caught() {
                let report = crate::explore(&program::SCENARIO, racelab::explore::REDUCED);
                let kind = report.failure.as_ref().map(|failure| failure.kind);
                assert_eq!(kind, Some(racelab::report::Kind::$kind), "{report:?}");
            }
        }
    };
}

mod counts;
mod freed;
mod held;
mod hints;
mod statics;
