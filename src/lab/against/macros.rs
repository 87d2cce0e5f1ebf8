//! The macro that says what a structure should do.

/// Says what the operations of a structure should do, beside a plain state, and makes the `RACE` that
/// judges it: a file of its own, in the place of a judge.
///
/// ```
/// racelab::scenario!(mod counter {
///     use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
///
///     pub struct Counter {
///         count: AtomicU64,
///     }
///     racelab::fields!(Counter { count: any });
///
///     impl Counter {
///         fn new() -> Counter {
///             Counter { count: AtomicU64::new(0) }
///         }
///         fn add(&self, number: u64) {
///             self.count.store(self.count.load(Relaxed) + number, Relaxed);
///         }
///     }
///
///     racelab::specification! { |counter: Counter = Counter::new(), plain: u64 = 0, seen|
///         add(number in FRESH) => counter.add(number), *plain += number;
///         count() => counter.count.load(Relaxed), *plain, last;
///     }
/// });
///
/// // In a test this is `racelab::check_against(&counter::SCENARIO)`, which panics with the same text.
/// let checked = racelab::explore_against(&counter::SCENARIO, &racelab::against::Limits::default());
/// println!("{checked}");
/// assert!(!checked.passed(), "an addition is lost");
/// ```
///
/// The head names the structure, the plain state (behind `&mut`, of a type that is `Clone` and
/// `PartialEq`) and `seen`, the text of the answer that was given. Each operation says what its
/// arguments may be (slices of `u64`; [`FRESH`](crate::specification::FRESH) for values that come
/// once), then what it does to the structure and to the plain state; the two answers are compared by
/// `{:?}`. Then what else is so of it:
///
/// - `by ROLE` before the arrow: all operations of a role are called by one thread;
/// - `if (CONDITION)` before the arrow: it may be called only then. A scenario is tried only if that
///   holds in every order of its calls;
/// - `last` at the end: it is called again after all threads have ended; without arguments, until all
///   must be out; `only last`: it is called only then;
/// - `or refused`: it may answer `None`, `false` or an `Err` and change nothing while another call
///   overlaps it;
/// - `weakly`: it may answer any value between the least and the greatest that the calls beside it can
///   make of it while it runs, in whatever order.
///
/// A specification that allows several answers follows the one that was given: `seen` is its text,
/// and empty where there is none yet.
///
/// Calls are to be linearizable. A weaker condition stands behind the head: `sequentially
/// consistent;` or `quiescently consistent;`, and `under SC;` where nothing is promised under
/// weaker memory models; both as `sequentially consistent, under SC;`.
#[macro_export]
macro_rules! specification {
    (|$real:ident: $Real:ty = $new:expr, $plain:ident: $Plain:ty = $start:expr, $seen:ident|
        sequentially consistent, under SC; $($operations:tt)+) => {
        $crate::specification!(@made Sequential, true,
            ($real: $Real = $new, $plain: $Plain = $start, $seen) $($operations)+);
    };
    (|$real:ident: $Real:ty = $new:expr, $plain:ident: $Plain:ty = $start:expr, $seen:ident|
        sequentially consistent; $($operations:tt)+) => {
        $crate::specification!(@made Sequential, false,
            ($real: $Real = $new, $plain: $Plain = $start, $seen) $($operations)+);
    };
    (|$real:ident: $Real:ty = $new:expr, $plain:ident: $Plain:ty = $start:expr, $seen:ident|
        quiescently consistent, under SC; $($operations:tt)+) => {
        $crate::specification!(@made Quiescent, true,
            ($real: $Real = $new, $plain: $Plain = $start, $seen) $($operations)+);
    };
    (|$real:ident: $Real:ty = $new:expr, $plain:ident: $Plain:ty = $start:expr, $seen:ident|
        quiescently consistent; $($operations:tt)+) => {
        $crate::specification!(@made Quiescent, false,
            ($real: $Real = $new, $plain: $Plain = $start, $seen) $($operations)+);
    };
    (|$real:ident: $Real:ty = $new:expr, $plain:ident: $Plain:ty = $start:expr, $seen:ident|
        under SC; $($operations:tt)+) => {
        $crate::specification!(@made Linearizable, true,
            ($real: $Real = $new, $plain: $Plain = $start, $seen) $($operations)+);
    };
    (|$real:ident: $Real:ty = $new:expr, $plain:ident: $Plain:ty = $start:expr, $seen:ident|
        $($operations:tt)+) => {
        $crate::specification!(@made Linearizable, false,
            ($real: $Real = $new, $plain: $Plain = $start, $seen) $($operations)+);
    };
    (@made $consistency:ident, $only_sc:literal,
        ($real:ident: $Real:ty = $new:expr, $plain:ident: $Plain:ty = $start:expr, $seen:ident)
        $($name:ident($($argument:ident in $domain:expr),* $(,)?)
            $(by $role:ident)? $(if $guard:expr)?
            => $do:expr, $should:expr $(, $($word:ident)+)*;)+) => {
        #[allow(unused_imports)]
        use $crate::specification::FRESH;

        /// What each operation should do.
        pub static SPECIFICATION: $crate::specification::Specification = {
            const OPERATIONS: &[$crate::specification::Operation] =
                &[$($crate::specification::Operation::new(
                    stringify!($name),
                    &[$($domain),*],
                    concat!($(stringify!($role))?),
                    $crate::specification!(@words [false, false, false, false] $($($word)+),*),
                )),+];
            const STEPS: &[$crate::specification::Step<$Plain>] = &[$(
                #[allow(unused_variables, clippy::ptr_arg)]
                |$plain: &mut $Plain, arguments: &[u64], $seen: &str| {
                    let [$($argument),*] = *arguments else { unreachable!() };
                    $(if !$guard { return None; })?
                    Some(format!("{:?}", $should))
                }
            ),+];
            $crate::specification::Specification {
                operations: OPERATIONS,
                plain: || Box::new($crate::specification::Plain { state: $start, steps: STEPS }),
                consistency: $crate::specification::Consistency::$consistency,
                only_sc: $only_sc,
            }
        };

        const REAL: &[fn(&$Real, &[u64]) -> String] = &[$(
            #[allow(unused_variables)]
            |$real, arguments| {
                let [$($argument),*] = *arguments else { unreachable!() };
                format!("{:?}", $do)
            }
        ),+];

        /// The calls of a scenario, and nothing where none is at hand.
        pub const RACE: $crate::Race<$Real> = $crate::Race::new(
            || $crate::race::begin(|| $new, REAL),
            &[
                $crate::actor("thread 1", |real, saw| $crate::race::act(0, real, saw, REAL)),
                $crate::actor("thread 2", |real, saw| $crate::race::act(1, real, saw, REAL)),
                $crate::actor("thread 3", |real, saw| $crate::race::act(2, real, saw, REAL)),
            ],
            |real, _| $crate::race::end(real, REAL),
            $crate::specification::OUTCOMES,
        )
        .checkers_only("its calls are chosen while it is checked")
        .specified(&SPECIFICATION);
    };
    (@words $words:tt) => { $words };
    (@words [$last:tt, $only:tt, $refused:tt, $weakly:tt] last $(, $($more:ident)+)*) => {
        $crate::specification!(@words [true, $only, $refused, $weakly] $($($more)+),*)
    };
    (@words [$last:tt, $only:tt, $refused:tt, $weakly:tt] only last $(, $($more:ident)+)*) => {
        $crate::specification!(@words [true, true, $refused, $weakly] $($($more)+),*)
    };
    (@words [$last:tt, $only:tt, $refused:tt, $weakly:tt] or refused $(, $($more:ident)+)*) => {
        $crate::specification!(@words [$last, $only, true, $weakly] $($($more)+),*)
    };
    (@words [$last:tt, $only:tt, $refused:tt, $weakly:tt] weakly $(, $($more:ident)+)*) => {
        $crate::specification!(@words [$last, $only, $refused, true] $($($more)+),*)
    };
}
