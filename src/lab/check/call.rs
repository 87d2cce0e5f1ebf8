//! A call in a test, and how what it finds travels: by a command that shows a failure again, and as
//! a document for CI.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;

use super::{Checked, junit, test_name};
use crate::explore::token::{self, Token};
use crate::explore::{Engines, search};
use crate::race::Meaning;
use crate::report::Report;
use crate::scenario::Scenario;
use crate::words::{Page, interleaving};

/// Holds a token: the execution that it is of is shown, and nothing else is explored.
const REPLAY: &str = "RACELAB_REPLAY";
/// Holds a folder, in which each call leaves a document.
const JSON: &str = "RACELAB_JSON";
/// The same, for what counts tests.
const JUNIT: &str = "RACELAB_JUNIT";

/// One call of `check`, `model` and their like: which test it is in, if that is known, and which of
/// the calls in it, from 1.
pub(crate) struct Call {
    test: Option<String>,
    number: u32,
}

impl Call {
    /// The call that is being made: each is asked for once.
    pub(crate) fn here() -> Call {
        thread_local! {
            static CALLS: RefCell<HashMap<Option<String>, u32>> = RefCell::default();
        }
        let test = test_name();
        let number = CALLS.with(|calls| {
            let mut calls = calls.borrow_mut();
            let number = calls.entry(test.clone()).or_default();
            *number += 1;
            *number
        });
        Call { test, number }
    }

    /// As tokens have it: `tests/all_count.1`.
    pub(crate) fn name(&self) -> String {
        let test = self.test.as_deref().unwrap_or("a test").replace("::", "/");
        format!("{test}.{}", self.number)
    }

    /// Whether a token is given, so that nothing is to be explored: it is of another call.
    ///
    /// # Panics
    /// With the execution, where it is of this one; when it is no token, or the program does something
    /// else now.
    pub(crate) fn replays(&self, engines: &Engines, scenario: &Scenario) -> bool {
        let Ok(text) = std::env::var(REPLAY) else { return false };
        let token = match Token::read(&text, engines) {
            Ok(token) => token,
            Err(why) => panic!("{REPLAY} is no token of a test: copy all of it ({why:?})"),
        };
        if token.scenario != self.name() {
            eprintln!(
                "racelab: {REPLAY} is of {}: {} is not explored",
                token.scenario,
                self.name()
            );
            return true;
        }
        let shown = search::replay(scenario, token.engine, &token.failure);
        let shown = shown.filter(|shown| token.fits(shown));
        let Some(shown) = shown else {
            panic!(
                "{REPLAY}: the program does something else now than when this token was made: \
                 run the test without it"
            )
        };
        let by = token.engine.name();
        let text = interleaving::text(&shown, &Page::default());
        panic!("{REPLAY}: an execution of {by}\n\n{text}")
    }

    /// Gives each failure its token, and leaves the documents that CI wants.
    ///
    /// # Panics
    /// When that cannot be written.
    pub(crate) fn tell(&self, engines: &Engines, checked: &mut Checked) {
        for report in &mut checked.reports {
            let engine = engines.find(&report.engine.name);
            if let (Some(engine), Some(failure), Some(_)) =
                (engine, report.failure.as_mut(), &self.test)
            {
                let token = token::in_full(&self.name(), engine, failure);
                failure.token = token.filter(|_| !failure.steps.is_empty());
            }
        }
        self.leaves(JSON, "json", || {
            let document = serde_json::json!({
                "test": self.test,
                "call": self.number,
                "passed": checked.passed(),
                "missing": checked.missing.iter().map(|row: &Meaning| row.id).collect::<Vec<_>>(),
                "again": again(&checked.reports).collect::<Vec<_>>(),
                "reports": checked.reports,
                "machine": checked.machine,
            });
            document.to_string() + "\n"
        });
        let test = self.test.as_deref().unwrap_or("a test");
        self.leaves(JUNIT, "xml", || junit::document(test, self.number, checked));
    }

    /// Leaves a document in the folder that this variable holds, if it holds one.
    fn leaves(&self, variable: &str, ending: &str, text: impl FnOnce() -> String) {
        let Some(folder) = std::env::var_os(variable).map(PathBuf::from) else { return };
        let path = folder.join(format!("{}.{ending}", self.name().replace('/', ".")));
        let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, text()));
        if let Err(error) = written {
            panic!("cannot write {}, where {variable} wants it: {error}", path.display());
        }
    }
}

/// The commands that show the failures of these reports again.
pub(crate) fn again(reports: &[Report]) -> impl Iterator<Item = String> + '_ {
    let tokens = reports.iter().filter_map(|report| report.failure.as_ref()?.token.as_deref());
    tokens.filter_map(|token| {
        let (call, _) = token.split_once(':')?;
        let test = call.rsplit_once('.')?.0.replace('/', "::");
        // A shell takes these signs for its own.
        let quote = if token.contains(['!', '~']) { "'" } else { "" };
        Some(format!("{REPLAY}={quote}{token}{quote} cargo test {test} -- --nocapture"))
    })
}
