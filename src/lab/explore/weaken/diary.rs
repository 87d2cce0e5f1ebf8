//! What a process that weakens a version knows so far, for the one that comes after it.

use serde::{Deserialize, Serialize};

use super::{Need, Objection};
use crate::explore::progress;
use crate::report::{Death, EngineFacts, Model};

/// What became of one weaker version, as a process tells the next.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Tried {
    pub(super) need: Need,
    pub(super) under: Option<Model>,
    pub(super) objection: Option<Objection>,
    pub(super) executions: u64,
}

/// What is known of weaker versions, and which of them is being tried: a process that dies in one
/// leaves it behind, and the next begins with it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Diary {
    pub(super) known: Vec<(String, Tried)>,
    trying: Option<(String, EngineFacts)>,
}

impl Diary {
    /// What was being tried killed the process, so it is known to fail; `None` if nothing was.
    pub(crate) fn killed(mut self, how: &Death) -> Option<Diary> {
        let (version, engine) = self.trying.take()?;
        let under = engine.models.first().copied();
        let objection = Some(Objection::Dies(how.clone(), engine));
        let tried = Tried { need: Need::Needed, under, objection, executions: 0 };
        self.known.push((version, tried));
        Some(self)
    }

    pub(super) fn find(&self, version: &str) -> Option<Tried> {
        self.known.iter().find(|known| known.0 == version).map(|known| known.1.clone())
    }

    /// Says what is tried now.
    pub(super) fn trying(&mut self, version: &str, engine: EngineFacts) {
        self.trying = Some((version.to_string(), engine));
        // Without it a death in this version is the death of the whole table.
        progress::doing(&serde_json::to_string(self).unwrap_or_default());
    }
}
