//! A writer adds two keys, a rival adds one, and each fills a new snapshot for each key.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Set;
