//! Why the types of a binary cannot be shown, and what to do about it.

use std::fmt;

/// A reason in one sentence of plain text, with its remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong and what helps.
    pub message: String,
    /// Debug information, or a tool, is missing or unusable, as against a mistake in the question.
    pub missing: bool,
}

impl Refusal {
    /// The file or the name asked for is wrong.
    pub fn usage(message: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), missing: false }
    }

    /// Something outside this program is missing: debug information that can be read, a tool.
    pub(crate) fn missing(message: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), missing: true }
    }

    /// The debug information contradicts itself.
    pub(super) fn damaged(what: impl fmt::Display) -> Refusal {
        Refusal::missing(format!(
            "the debug information is damaged ({what}); is the file complete? build it anew"
        ))
    }

    /// 2 for a mistake in the question, 4 for what is missing.
    pub fn exit_code(&self) -> u8 {
        if self.missing { 4 } else { 2 }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl From<gimli::Error> for Refusal {
    fn from(error: gimli::Error) -> Refusal {
        Refusal::damaged(error)
    }
}
