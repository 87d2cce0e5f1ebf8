//! A scenario: one source, compiled once for each runtime.

use crate::explore::native::driver::Settings;
use crate::explore::native::report::NativeReport;
use crate::layout::TypeLayout;
use crate::race::{Detector, Grade, Meaning};
use crate::sight::Declared;

/// A source file that a scenario is made of, as it was compiled.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Its name, beside the file that declares the scenario.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Source {
    /// The file's name without its folders, as steps have it.
    pub fn name(&self) -> &'static str {
        self.file.rsplit('/').next().unwrap_or(self.file)
    }
}

/// A single-threaded case: its name, and what panics when it is not so.
pub type NamedCase = (&'static str, Box<dyn Fn()>);

/// One source compiled for real threads, for loom and for shuttle. Made by
/// [`scenario!`](crate::scenario), never by hand.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// The module's name: `broken`, `fixed`, or the name of a variant.
    pub name: &'static str,
    /// The files, the one under test first.
    pub sources: &'static [Source],
    /// The text of a scenario that was written in place, as the compiler puts it into lines.
    pub in_place: Option<&'static str>,
    /// The declared fields of its memory, as a checker's copy has them.
    pub fields: fn() -> Vec<Declared>,
    /// The names of the actors, in their order.
    pub actors: fn() -> Vec<&'static str>,
    /// Where the machine code of each actor begins, on real threads.
    pub code: fn() -> Vec<usize>,
    /// The meaning of each outcome.
    pub outcomes: &'static [Meaning],
    /// One execution inside loom.
    pub loom: fn(),
    /// One execution inside shuttle.
    pub shuttle: fn(),
    /// Runs it on real threads.
    pub native: fn(&Settings) -> NativeReport,
    /// Runs it on real threads that yield at random before each operation.
    pub amplified: fn(&Settings) -> NativeReport,
    /// What one thread alone must get right: each case panics when it does not.
    pub cases: fn() -> Vec<NamedCase>,
    /// What must be so of the bytes of its native memory: each case panics when it is not.
    pub assertions: fn() -> Vec<NamedCase>,
    /// Actors that must never wait for another.
    pub must_not_block: &'static [&'static str],
    /// Operations that a solution may not use.
    pub forbid: &'static [crate::rt::op::Kind],
    /// How many operations its actors may need in one execution.
    pub at_most: &'static [crate::race::AtMost],
    /// Why it never runs on real threads, if it does not.
    pub checkers_only: Option<&'static str>,
    /// Who may notice what goes on in it.
    pub detectors: &'static [Detector],
    /// The layouts of its native memory.
    pub layouts: fn() -> Vec<TypeLayout>,
}

impl Scenario {
    /// The text of a line (from 1) of one of its files; empty where there is none.
    pub fn line(&self, file: &str, line: u32) -> &'static str {
        let source = self.sources.iter().find(|source| source.name() == file);
        let text = source.and_then(|source| source.text.lines().nth(line as usize - 1));
        text.unwrap_or("").trim()
    }

    /// A hash of its sources, taken when it was compiled: tokens carry it.
    pub fn hash(&self) -> u64 {
        let bytes = self.sources.iter().flat_map(|source| source.text.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
        })
    }

    /// Whether any outcome is forbidden.
    pub fn forbids(&self) -> bool {
        self.outcomes.iter().any(|meaning| meaning.grade == Grade::Forbidden)
    }
}

/// Compiles a source file once for each runtime and names the whole.
///
/// `scenario!(pub mod broken = "broken.rs", judged by "race.rs");` The files lie beside the file
/// that says so. The first says `use super::rt::...` with std's paths; `race.rs` says
/// `use super::source::...` for what the first defines, and holds `pub const RACE: Race<...>`.
/// Without a judge, `RACE` is in the first file itself.
///
/// Adding `, again by "again.rs"` has a second race judge the same copy of the source, one in which
/// each actor does its job twice: it is `broken::again::SCENARIO`.
///
/// A source with several judges is compiled once for all of them, and the files that it is split
/// into are named, so that a table can quote them:
/// `scenario!(pub mod map = "map.rs" with ["scan.rs"], judged by { insert = "insert.rs" });`
/// makes `map::insert::SCENARIO` and so on, and the source is `map::native::source`.
///
/// A short one can be written in place: `scenario!(mod small { ...items, RACE among them... });`
///
/// The scenario is then `broken::SCENARIO`, and its native copy `broken::native`.
#[macro_export]
macro_rules! scenario {
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal, judged by $judge:literal) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::scenario!(@runtime pub native, $file, $judge);
            $crate::scenario!(@runtime amplified, $file, $judge);
            $crate::scenario!(@runtime loom, $file, $judge);
            $crate::scenario!(@runtime shuttle, $file, $judge);
            const SOURCES: &[$crate::Source] = &[
                $crate::Source { file: $file, text: include_str!($file) },
                $crate::Source { file: $judge, text: include_str!($judge) },
            ];
            const IN_PLACE: Option<&str> = None;
            $crate::scenario!(@scenario $name, race);
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal,
        judged by $judge:literal, again by $again:literal) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::scenario!(@judged pub native, $file, race = $judge, again = $again);
            $crate::scenario!(@judged amplified, $file, race = $judge, again = $again);
            $crate::scenario!(@judged loom, $file, race = $judge, again = $again);
            $crate::scenario!(@judged shuttle, $file, race = $judge, again = $again);
            $crate::scenario!(@sources $file, [], $judge);
            $crate::scenario!(@scenario $name, race);
            /// The second race, in which each actor does its job twice.
            pub mod again {
                use super::{amplified, loom, native, shuttle};
                $crate::scenario!(@sources $file, [], $again);
                $crate::scenario!(@scenario $name, again);
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal with $more:tt,
        judged by { $($judge:ident = $path:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::scenario!(@judged pub native, $file, $($judge = $path),+);
            $crate::scenario!(@judged amplified, $file, $($judge = $path),+);
            $crate::scenario!(@judged loom, $file, $($judge = $path),+);
            $crate::scenario!(@judged shuttle, $file, $($judge = $path),+);
            $(
                #[allow(missing_docs)]
                pub mod $judge {
                    use super::{amplified, loom, native, shuttle};
                    $crate::scenario!(@sources $file, $more, $path);
                    $crate::scenario!(@scenario $judge, $judge);
                }
            )+
        }
    };
    (@sources $file:literal, [$($more:literal),* $(,)?], $path:literal) => {
        const SOURCES: &[$crate::Source] = &[
            $crate::Source { file: $file, text: include_str!($file) },
            $($crate::Source { file: $more, text: include_str!($more) },)*
            $crate::Source { file: $path, text: include_str!($path) },
        ];
        const IN_PLACE: Option<&str> = None;
    };
    (@judged $vis:vis $runtime:ident, $file:literal, $($judge:ident = $path:literal),+) => {
        /// The source and its judges, for one runtime.
        #[path = ""]
        #[allow(missing_docs, dead_code, unreachable_pub)]
        #[allow(clippy::duplicate_mod, clippy::new_without_default)]
        $vis mod $runtime {
            #[allow(unused_imports)]
            pub use $crate::rt::$runtime as rt;
            #[path = $file]
            pub mod source;
            $(
                #[path = $path]
                pub mod $judge;
            )+
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::scenario!(@runtime pub native, $file);
            $crate::scenario!(@runtime amplified, $file);
            $crate::scenario!(@runtime loom, $file);
            $crate::scenario!(@runtime shuttle, $file);
            const SOURCES: &[$crate::Source] =
                &[$crate::Source { file: $file, text: include_str!($file) }];
            const IN_PLACE: Option<&str> = None;
            $crate::scenario!(@scenario $name, source);
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident { $($item:item)* }) => {
        $(#[$meta])*
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::scenario!(@inline pub native { $($item)* });
            $crate::scenario!(@inline amplified { $($item)* });
            $crate::scenario!(@inline loom { $($item)* });
            $crate::scenario!(@inline shuttle { $($item)* });
            const SOURCES: &[$crate::Source] = &[];
            const IN_PLACE: Option<&str> = Some(stringify!($($item)*));
            $crate::scenario!(@scenario $name, source);
        }
    };
    (@inline $vis:vis $runtime:ident { $($item:item)* }) => {
        /// The source, for one runtime.
        #[allow(missing_docs, dead_code, unreachable_pub)]
        $vis mod $runtime {
            #[allow(unused_imports)]
            pub use $crate::rt::$runtime as rt;
            pub mod source { $($item)* }
        }
    };
    (@runtime $vis:vis $runtime:ident, $file:literal $(, $judge:literal)?) => {
        /// The source, for one runtime.
        // An empty path keeps the files beside the one that declares the scenario.
        #[path = ""]
        #[allow(missing_docs, dead_code, unreachable_pub)]
        #[allow(clippy::duplicate_mod, clippy::new_without_default)]
        $vis mod $runtime {
            #[allow(unused_imports)]
            pub use $crate::rt::$runtime as rt;
            #[path = $file]
            pub mod source;
            $(
                #[path = $judge]
                pub mod race;
            )?
        }
    };
    (@scenario $name:ident, $race:ident) => {
        /// One source, every runtime.
        #[allow(unreachable_pub)]
        pub static SCENARIO: $crate::Scenario = $crate::Scenario {
            name: stringify!($name),
            sources: SOURCES,
            in_place: IN_PLACE,
            fields: || $crate::explore::fields(&shuttle::$race::RACE),
            actors: || $crate::explore::actors(&native::$race::RACE),
            code: || $crate::explore::code(&native::$race::RACE),
            outcomes: native::$race::RACE.outcomes,
            loom: || $crate::explore::run_in_loom(&loom::$race::RACE),
            shuttle: || $crate::explore::run_in_shuttle(&shuttle::$race::RACE),
            native: |settings| $crate::explore::native::driver::run(&native::$race::RACE, settings),
            amplified: |settings| {
                $crate::explore::native::driver::run(&amplified::$race::RACE, settings)
            },
            cases: || $crate::explore::cases(&native::$race::RACE),
            assertions: || $crate::explore::assertions(&native::$race::RACE),
            must_not_block: native::$race::RACE.must_not_block,
            forbid: native::$race::RACE.forbid,
            at_most: native::$race::RACE.at_most,
            checkers_only: native::$race::RACE.checkers_only,
            detectors: native::$race::RACE.detectors,
            layouts: || $crate::explore::layouts(&native::$race::RACE),
        };
    };
}
