//! An outcome: how an execution of a race may end, and what that means.

/// What one execution amounts to: an index into the table that [`outcomes!`](crate::outcomes) makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Outcome(pub u8);

/// How an outcome is judged, as jcstress does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// As it should be.
    Allowed,
    /// Correct by the rules, and surprising.
    Interesting,
    /// Must never happen.
    Forbidden,
}

/// One row of a race's table of outcomes.
#[derive(Clone, Copy, Debug)]
pub struct Meaning {
    /// Its name, as the source spells it: `OUT_OF_BOUNDS`.
    pub id: &'static str,
    /// How it is judged.
    pub grade: Grade,
    /// Why, in one line.
    pub reason: &'static str,
    /// A right solution must still be able to end so: proof that no work was taken away.
    pub required: bool,
}

/// Declares the outcomes of a race: a constant for each, and the table `OUTCOMES`.
///
/// ```
/// racelab::outcomes! {
///     OLD: Allowed, "the reader came before the writer";
///     NEW: Allowed required, "the reader came after the writer";
///     TORN: Forbidden, "half of each";
/// }
/// assert_eq!(OUTCOMES[TORN.0 as usize].grade, racelab::Grade::Forbidden);
/// assert!(OUTCOMES[NEW.0 as usize].required);
/// ```
#[macro_export]
macro_rules! outcomes {
    ($($id:ident: $grade:ident $($required:ident)?, $reason:literal;)+) => {
        $crate::outcomes!(@number 0u8; $($id)+);
        /// What each outcome means.
        #[allow(unreachable_pub)]
        pub const OUTCOMES: &[$crate::Meaning] = &[$($crate::Meaning {
            id: stringify!($id),
            grade: $crate::Grade::$grade,
            reason: $reason,
            required: $crate::outcomes!(@required $($required)?),
        }),+];
    };
    (@required) => { false };
    (@required required) => { true };
    (@number $n:expr;) => {};
    (@number $n:expr; $id:ident $($rest:ident)*) => {
        #[allow(missing_docs, unreachable_pub)]
        pub const $id: $crate::Outcome = $crate::Outcome($n);
        $crate::outcomes!(@number $n + 1; $($rest)*);
    };
}
