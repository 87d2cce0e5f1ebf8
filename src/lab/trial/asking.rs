//! A question of a game, put to a child process: a program that does anything at all ends the answer
//! and not the game.

use std::time::Duration;

use anyhow::Context as _;

use super::{Launch, Task, death, in_child};
use crate::explore::dealer::{Answer, Question};
use crate::foreign;
use crate::report::{Death, Kind};

/// Puts a question about the scenario of this name to a child, for at most `deadline`; or how the
/// child died.
///
/// # Errors
/// When no child can be started or no file be written.
pub fn ask(
    scenario: &str,
    question: &Question,
    launch: &Launch,
    deadline: Duration,
) -> anyhow::Result<Result<Answer, (Kind, Death)>> {
    let task = Task::Ask(scenario.to_string(), question.clone());
    let child = in_child(&task, launch, deadline, &|_| {})?;
    match &child.answer {
        Some(answer) => foreign::read(answer).context("cannot understand the answer").map(Ok),
        None => Ok(Err(death::death(&child, deadline, None, true))),
    }
}
