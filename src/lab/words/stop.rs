//! Why an exploration was stopped, in words.

use super::number::of;
use crate::report::{EngineFacts, Stop, TooLong};

/// Why an engine was stopped.
pub fn stop(stop: &Stop, engine: &EngineFacts) -> String {
    let name = &engine.name;
    match stop {
        Stop::Time(seconds) => format!("{seconds:.1} s"),
        Stop::Executions(count) => of(*count, "execution", "executions"),
        Stop::FirstFailure => "the first failure".to_string(),
        Stop::Threads(None) => format!("more threads than the {name} search follows"),
        Stop::Threads(Some(most)) => {
            let most = in_words(*most);
            format!("{name} models {most} threads at most, the main one among them")
        }
        Stop::NotDeterministic(step) => format!(
            "the program is not deterministic: the same schedule did something else at step {step} \
             (does it use the time, addresses, a random hash, or what an execution before it left?)"
        ),
        Stop::NotModelled(what) => format!("not modelled: {what}"),
        Stop::Finer => "something that must be modelled more finely".to_string(),
        Stop::HeldUp => "a loop that waits".to_string(),
        Stop::GivesUp(rounds) => format!(
            "a loop gives up after {rounds} rounds in which nothing has changed, and {name} does not \
             follow it so far"
        ),
        Stop::ProcessEnded => "the process ended first".to_string(),
        Stop::Late(seconds) => format!("it had not come to its end after {seconds:.1} s"),
        Stop::Share(partition) => format!("the end of its share, {partition}"),
        Stop::DividedLate => "what divides the whole came up after it was divided: explore the \
                              whole, without shares"
            .to_string(),
        Stop::Said(words) => format!("{name} ends here: {words}"),
    }
}

/// That executions were longer than a bound.
pub fn too_long(long: &TooLong) -> String {
    let steps = long.steps;
    match long.broken_off {
        Some((some, all)) => format!("{some} of {all} executions were longer than {steps} steps"),
        None => format!("an execution had more than {steps} steps"),
    }
}

/// A small number as a word.
fn in_words(number: u32) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    words.get(number as usize).map_or(number.to_string(), |word| word.to_string())
}
