//! The game of the command racelab on a test that fails: the command asks the test's own executable,
//! in a child process for each question, and this library needs no screen.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use super::call::Call;
use super::this_test;
use crate::explore::hand::Goal;
use crate::report::{Failure, Model};
use crate::specification::Program;

/// Opens the game on what fails: `1` for the command `racelab` of the path, or the path of it.
const EXPLORE: &str = "RACELAB_EXPLORE";

/// One game at a time has the terminal.
static TERMINAL: Mutex<()> = Mutex::new(());

impl Call {
    /// Opens the game on a failure, where that was asked for, and returns when it has ended. `place`
    /// is what a child knows the scenario by; the calls are those of a generated one.
    pub(crate) fn plays(&self, place: &str, shown: Option<&Failure>, calls: Option<&Program>) {
        let Some(asked) = std::env::var_os(EXPLORE).filter(|asked| !asked.is_empty()) else {
            return;
        };
        let command = match asked.to_str() {
            Some("0") => return,
            Some("1") => PathBuf::from("racelab"),
            _ => PathBuf::from(asked),
        };
        let (Some(arguments), Ok(program)) = (this_test(), std::env::current_exe()) else {
            eprintln!("racelab: {EXPLORE} needs a test that is called by its name");
            return;
        };
        let mut game = Command::new(&command);
        game.arg("explore").arg(self.name()).arg("--program").arg(program);
        game.arg("--scenario").arg(place).arg("--library").arg(env!("CARGO_PKG_VERSION"));
        game.args(arguments.iter().map(|argument| format!("--argument={argument}")));
        if let Some(calls) = calls {
            game.arg("--calls").arg(calls.text());
        }
        if let Some(shown) = shown.filter(|shown| !shown.steps.is_empty()) {
            let model = shown.shown_by.unwrap_or(Model::Sc);
            game.arg("--model").arg(model.name().to_ascii_lowercase());
            game.arg("--goal").arg(Goal::of(shown).name());
        }
        let _alone = TERMINAL.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = game.status() {
            eprintln!(
                "racelab: {EXPLORE} cannot start {}: {error}. It is the command racelab, or the \
                 path of it: `cargo install --path .` in its repository",
                command.display()
            );
        }
    }
}
