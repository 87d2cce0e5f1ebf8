//! What else was found out about a type: beside its layout and the verdict on it.

use crate::measure::Starts;
use crate::suggest::Suggestion;
use racelab::explore::native::figures::CostReport;

/// Each only where it was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Another order of fields.
    pub suggestion: Option<Suggestion>,
    /// What was measured on this machine.
    pub measured: Option<Measured>,
    /// Where accesses fell that perf recorded.
    pub perf: Option<crate::perf::Joined>,
    /// What another reader of the same binary says.
    pub verified: Option<Checked>,
}

/// What was measured on this machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Where objects started; `None` for a type without bytes, or with too many.
    pub starts: Option<Starts>,
    /// What it costs two threads, where somebody has said what they do.
    pub cost: Option<Timed>,
}

/// The time of one variant among others.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// The variant that has this type for its memory.
    pub variant: String,
    /// The variant that the others are compared with.
    pub baseline: String,
    /// All variants, measured in turns.
    pub report: CostReport,
}

/// What pahole says of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The version of pahole that was asked.
    pub version: String,
    /// Whether pahole and racelab agree on the type.
    pub verdict: crate::verify::Verified,
}
