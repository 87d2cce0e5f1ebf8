//! A scenario: one source, compiled once for each runtime.

use crate::layout::TypeLayout;
use crate::race::{Grade, Meaning, Native, OnThreads, Terms, UnderChecker};
use crate::specification::Specification;

/// A source file that a scenario is made of, as it was compiled.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Its name, beside the file that declares the scenario.
    pub file: &'static str,
    /// The text of the file.
    pub text: &'static str,
}

impl Source {
    /// A file and its text, behind which stands a zero byte.
    ///
    /// A linker keeps of equal texts that end in zero one, and a file stands in many scenarios.
    #[doc(hidden)]
    pub const fn before_zero(file: &'static str, text: &'static str) -> Source {
        Source { file, text: text.split_at(text.len() - 1).0 }
    }

    /// The file's name without its folders, as steps have it.
    pub fn name(&self) -> &'static str {
        self.file.rsplit('/').next().unwrap_or(self.file)
    }
}

/// One source, compiled for each runtime. Made by [`scenario!`](crate::scenario!).
#[derive(Clone, Copy)]
pub struct Scenario {
    /// The module's name: `broken`, `fixed`, or the name of a variant.
    pub name: &'static str,
    /// The files, the one under test first.
    pub sources: &'static [Source],
    /// The text of a scenario that was written in place, as the compiler puts it into lines.
    pub in_place: Option<&'static str>,
    /// The copy for real threads.
    pub native: &'static dyn Native,
    /// The copy for real threads that yields at random before each operation. One that nobody runs
    /// so is `not amplified`, and compiles in three quarters of the time.
    pub amplified: Option<&'static dyn OnThreads>,
    /// A copy for each checker, by the name of its runtime.
    pub checkers: &'static [(&'static str, &'static dyn UnderChecker)],
}

impl std::fmt::Debug for Scenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scenario").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Scenario {
    /// The copy for the checker of this runtime.
    ///
    /// # Panics
    /// When the library was built without it.
    pub fn under(&self, runtime: &str) -> &'static dyn UnderChecker {
        let copy = self.checkers.iter().find(|copy| copy.0 == runtime);
        copy.unwrap_or_else(|| panic!("this build of racelab has no runtime {runtime}")).1
    }

    /// The copy for real threads: as it is, or the one that yields at random.
    ///
    /// # Panics
    /// When it was not compiled to yield.
    pub fn on_threads(&self, amplified: bool) -> &'static dyn OnThreads {
        match amplified {
            true => self.amplified.unwrap_or_else(|| panic!("{} is not amplified", self.name)),
            false => self.native,
        }
    }

    /// What was agreed on, apart from the memory.
    pub fn terms(&self) -> &'static Terms {
        self.native.terms()
    }

    /// What judges the calls of its actors, where a specification does.
    pub fn specification(&self) -> Option<&'static Specification> {
        self.terms().specification
    }

    /// The meaning of each outcome, by its index.
    pub fn outcomes(&self) -> &'static [Meaning] {
        self.terms().outcomes
    }

    /// The names of the actors, in their order.
    pub fn actors(&self) -> Vec<&'static str> {
        self.native.actors()
    }

    /// The layouts of its memory, itself first.
    pub fn layouts(&self) -> Vec<TypeLayout> {
        let mut layouts = Vec::new();
        self.native.layouts(&mut layouts);
        layouts
    }

    /// Whether it is a closure, of which nobody has the text, and which says of no field how it is
    /// called.
    pub(crate) fn is_closure(&self) -> bool {
        self.sources.is_empty() && self.in_place.is_none()
    }

    /// The text of a line (from 1) of one of its files; empty where there is none.
    pub fn line(&self, file: &str, line: u32) -> &'static str {
        let source = self.sources.iter().find(|source| source.name() == file);
        let text = source.and_then(|source| source.text.lines().nth(line as usize - 1));
        text.unwrap_or("").trim()
    }

    /// Whether any outcome is forbidden.
    pub fn forbids(&self) -> bool {
        self.outcomes().iter().any(|meaning| meaning.grade == Grade::Forbidden)
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
/// What is only to be judged, as a student's answer is, needs no copy that yields at random:
/// `scenario!(mod answer = "answer.rs", judged by "race.rs", not amplified);`
///
/// What it should do may be said beside its race: `scenario!(mod answer = "answer.rs", judged by
/// "race.rs", specified by "spec.rs", not amplified);` makes `answer::specified::SCENARIO` as well.
///
/// A short one can be written in place: `scenario!(mod small { ...items, RACE among them... });`
///
/// The scenario is then `broken::SCENARIO`, and its native copy `broken::native`.
#[macro_export]
macro_rules! scenario {
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal,
        judged by $judge:literal, again by $again:literal) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::runtimes!(copies $file, [race = $judge, again = $again]);
            $crate::scenario!(@sources $file, [], $judge);
            $crate::runtimes!(scenario $name, race);
            /// The second race, in which each actor does its job twice.
            pub mod again {
                $crate::scenario!(@sources $file, [], $again);
                $crate::runtimes!(inner $name, again);
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal, judged by $judge:literal) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::runtimes!(copies $file, [race = $judge]);
            $crate::scenario!(@sources $file, [], $judge);
            $crate::runtimes!(scenario $name, race);
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal, judged by $judge:literal,
        not amplified) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::runtimes!(judged $file, [race = $judge]);
            $crate::scenario!(@sources $file, [], $judge);
            $crate::runtimes!(answer $name, race);
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal, judged by $judge:literal,
        specified by $specification:literal, not amplified) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::runtimes!(judged $file, [race = $judge, specified = $specification]);
            $crate::scenario!(@sources $file, [], $judge);
            $crate::runtimes!(answer $name, race);
            /// What it should do.
            pub mod specified {
                $crate::scenario!(@sources $file, [], $specification);
                $crate::runtimes!(answer_inside $name, specified);
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal with $more:tt,
        judged by { $($judge:ident = $path:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::runtimes!(copies $file, [$($judge = $path),+]);
            $(
                #[allow(missing_docs)]
                pub mod $judge {
                    $crate::scenario!(@sources $file, $more, $path);
                    $crate::runtimes!(inner $judge, $judge);
                }
            )+
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident = $file:literal) => {
        $(#[$meta])*
        #[path = ""]
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::runtimes!(copies $file, []);
            const SOURCES: &[$crate::Source] = &[$crate::scenario!(@source $file)];
            const IN_PLACE: Option<&str> = None;
            $crate::runtimes!(scenario $name, source);
        }
    };
    ($(#[$meta:meta])* $vis:vis mod $name:ident { $($item:item)* }) => {
        $(#[$meta])*
        #[allow(missing_docs)]
        $vis mod $name {
            $crate::runtimes!(in_place { $($item)* });
            const SOURCES: &[$crate::Source] = &[];
            const IN_PLACE: Option<&str> = Some(stringify!($($item)*));
            $crate::runtimes!(scenario $name, source);
        }
    };
    (@copies $checkers:tt $file:literal, $judges:tt) => {
        $crate::scenario!(@copy amplified, $file, $judges);
        $crate::scenario!(@judged $checkers $file, $judges);
    };
    (@judged [$($checker:ident)+] $file:literal, $judges:tt) => {
        $crate::scenario!(@copy pub native, $file, $judges);
        $($crate::scenario!(@copy $checker, $file, $judges);)+
    };
    (@copy $vis:vis $runtime:ident, $file:literal, [$($judge:ident = $path:literal),*]) => {
        /// The source and its judges, for one runtime.
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
                #[path = $path]
                pub mod $judge;
            )*
        }
    };
    (@in_place [$($checker:ident)+] $items:tt) => {
        $crate::scenario!(@item pub native $items);
        $crate::scenario!(@item amplified $items);
        $($crate::scenario!(@item $checker $items);)+
    };
    (@item $vis:vis $runtime:ident { $($item:item)* }) => {
        /// The source, for one runtime.
        #[allow(missing_docs, dead_code, unreachable_pub)]
        $vis mod $runtime {
            #[allow(unused_imports)]
            pub use $crate::rt::$runtime as rt;
            pub mod source { $($item)* }
        }
    };
    (@sources $file:literal, [$($more:literal),* $(,)?], $path:literal) => {
        const SOURCES: &[$crate::Source] = &[
            $crate::scenario!(@source $file),
            $($crate::scenario!(@source $more),)*
            $crate::scenario!(@source $path),
        ];
        const IN_PLACE: Option<&str> = None;
    };
    (@source $file:literal) => {
        $crate::Source::before_zero($file, concat!(include_str!($file), "\0"))
    };
    (@inner [$($checker:ident)+] $name:ident, $race:ident) => {
        use super::{amplified, native, $($checker),+};
        $crate::scenario!(@scenario [$($checker)+] $name, $race);
    };
    (@answer_inside [$($checker:ident)+] $name:ident, $race:ident) => {
        use super::{native, $($checker),+};
        $crate::scenario!(@answer [$($checker)+] $name, $race);
    };
    (@scenario $checkers:tt $name:ident, $race:ident) => {
        $crate::scenario!(@static $checkers $name, $race, Some(&amplified::$race::RACE));
    };
    (@answer $checkers:tt $name:ident, $race:ident) => {
        $crate::scenario!(@static $checkers $name, $race, None);
    };
    (@static [$($checker:ident)+] $name:ident, $race:ident, $amplified:expr) => {
        /// One source, every runtime.
        #[allow(unreachable_pub)]
        pub static SCENARIO: $crate::Scenario = $crate::Scenario {
            name: stringify!($name),
            sources: SOURCES,
            in_place: IN_PLACE,
            native: &native::$race::RACE,
            amplified: $amplified,
            checkers: &[$((stringify!($checker), &$checker::$race::RACE)),+],
        };
    };
}

/// The checkers' runtimes that a scenario is compiled for: here alone they are named.
#[cfg(feature = "loom")]
#[doc(hidden)]
#[macro_export]
macro_rules! runtimes {
    ($rule:ident $($rest:tt)*) => { $crate::scenario!(@$rule [shuttle loom] $($rest)*); };
}

/// The checkers' runtimes that a scenario is compiled for: here alone they are named.
#[cfg(not(feature = "loom"))]
#[doc(hidden)]
#[macro_export]
macro_rules! runtimes {
    ($rule:ident $($rest:tt)*) => { $crate::scenario!(@$rule [shuttle] $($rest)*); };
}
