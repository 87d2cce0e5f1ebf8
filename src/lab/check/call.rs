//! A call in a test, and how what it finds travels: by a command that shows a failure again, and as
//! a document for CI.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;

use super::{Checked, junit, test_name};
use crate::explore::{Budget, Engines, token};
use crate::race::Meaning;
use crate::report::{Failure, Partition, Report};

/// Holds a token: the execution that it is of is shown, and nothing else is explored.
pub(super) const REPLAY: &str = "RACELAB_REPLAY";
/// Holds a folder, in which each call leaves a document.
const JSON: &str = "RACELAB_JSON";
/// The same, for what counts tests.
const JUNIT: &str = "RACELAB_JUNIT";
/// Holds a share, `2/4`: each call explores that of its whole.
const PARTITION: &str = "RACELAB_PARTITION";

/// The budget with the share that the environment asks for, where it has none of its own.
///
/// # Panics
/// When that is no share.
pub(crate) fn shared(budget: &Budget) -> Budget {
    let wanted = std::env::var_os(PARTITION).filter(|_| budget.partition.is_none());
    let wanted = wanted.map(|text| match text.to_string_lossy().parse::<Partition>() {
        Ok(partition) => partition,
        Err(says) => panic!("{PARTITION}: {says}"),
    });
    Budget { partition: wanted.or(budget.partition), ..budget.clone() }
}

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

    /// Gives each failure its token, and leaves the documents of this place that CI wants.
    ///
    /// # Panics
    /// When that cannot be written.
    pub(crate) fn tell(
        &self,
        engines: &Engines,
        checked: &mut Checked,
        (place, outcomes): (&str, &[Meaning]),
    ) {
        for report in &mut checked.reports {
            let engine = engines.find(&report.engine.name);
            if let (Some(engine), Some(failure)) = (engine, report.failure.as_mut()) {
                let token = self.token(|name| token::in_full(name, engine, failure));
                failure.token = token.filter(|_| !failure.steps.is_empty());
            }
        }
        let missing = checked.missing.iter().map(|row: &Meaning| row.id);
        let required = outcomes.iter().filter(|row| row.required).map(|row| row.id);
        let mut document = self.document(checked.passed());
        document["place"] = place.into();
        document["share"] = checked.is_share().into();
        document["required"] = required.collect();
        document["missing"] = missing.collect();
        document["again"] = again(failures(&checked.reports)).collect();
        document["reports"] = serde_json::json!(checked.reports);
        document["machine"] = serde_json::json!(checked.machine);
        self.leave(&document, || junit::of_checked(checked));
    }

    /// The token that is made with its name; none where nobody knows which test it is in.
    pub(super) fn token(&self, make: impl FnOnce(&str) -> Option<String>) -> Option<String> {
        self.test.as_ref().and_then(|_| make(&self.name()))
    }

    /// What a document says first: the test, and which call.
    pub(super) fn document(&self, passed: bool) -> serde_json::Value {
        serde_json::json!({ "test": self.test, "call": self.number, "passed": passed })
    }

    /// Leaves the documents that CI wants: all of it, and a suite of these tests.
    ///
    /// # Panics
    /// When one cannot be written.
    pub(super) fn leave(
        &self,
        document: &serde_json::Value,
        tests: impl FnOnce() -> Vec<junit::Test>,
    ) {
        self.leave_in(JSON, "json", || document.to_string() + "\n");
        let test = self.test.as_deref().unwrap_or("a test");
        self.leave_in(JUNIT, "xml", || junit::suite(&format!("{test}.{}", self.number), &tests()));
    }

    /// Leaves a document in the folder that this variable holds, if it holds one.
    fn leave_in(&self, variable: &str, ending: &str, text: impl FnOnce() -> String) {
        let Some(folder) = std::env::var_os(variable).map(PathBuf::from) else { return };
        let path = folder.join(format!("{}.{ending}", self.name().replace('/', ".")));
        let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, text()));
        if let Err(error) = written {
            panic!("cannot write {}, where {variable} wants it: {error}", path.display());
        }
    }
}

/// The failures of these reports.
pub(super) fn failures(reports: &[Report]) -> impl Iterator<Item = &Failure> {
    reports.iter().filter_map(|report| report.failure.as_ref())
}

/// The commands that show these failures again.
pub(super) fn again<'f>(
    failures: impl Iterator<Item = &'f Failure>,
) -> impl Iterator<Item = String> {
    failures.filter_map(|failure| failure.token.as_deref()).filter_map(|token| {
        let (call, _) = token.split_once(':')?;
        let test = call.rsplit_once('.')?.0.replace('/', "::");
        // A shell takes these signs for its own.
        let quote = if token.contains(['!', '~']) { "'" } else { "" };
        Some(format!("{REPLAY}={quote}{token}{quote} cargo test {test} -- --nocapture"))
    })
}
