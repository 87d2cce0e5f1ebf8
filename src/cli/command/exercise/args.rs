//! What can be typed after `racelab exercise`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// The arguments of `racelab exercise`.
#[derive(Debug, Args)]
pub struct ExerciseArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
    /// The workspace [default: the one around this folder]
    #[arg(long = "in", global = true, value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// What to do with exercises.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Writes a workspace with every exercise, and builds what they need
    Start(Start),
    /// The exercises, and which are solved
    List,
    /// Goes to the next exercise that is not solved
    Next,
    /// Marks your code: builds, single thread, still concurrent, model-checked, layout, weakened
    Check(Check),
    /// Checks again whenever you save; one key for hints, the answer, the next one
    Watch {
        /// Which exercise [default: the one you are at]
        name: Option<String>,
    },
    /// The next hint, of three
    Hint {
        /// Which exercise [default: the one you are at]
        name: Option<String>,
    },
    /// Writes the start again; your code is kept in a copy
    Reset {
        /// Which exercise [default: the one you are at]
        name: Option<String>,
    },
    /// The answer, once you have your own
    Solution {
        /// Which exercise [default: the one you are at]
        name: Option<String>,
        /// Before it is solved: that is noted
        #[arg(long)]
        give_up: bool,
    },
    /// How far you are
    Status,
    /// Writes a text file that says how far you came, for whoever gives the course
    Handin(Handin),
    /// Packs of exercises, by you or for you
    Pack {
        /// What to do.
        #[command(subcommand)]
        action: PackAction,
    },
}

/// The arguments of `racelab exercise start`.
#[derive(Debug, Args)]
pub struct Start {
    /// A new folder, or a workspace to bring up to date
    #[arg(default_value = "racelab-exercises")]
    pub dir: PathBuf,
    /// Somebody's exercises instead of the course's
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Copies the crates that are needed into the folder: needs the network, or cargo's cache, once
    #[arg(long)]
    pub vendor: bool,
    /// Uses crates vendored in this folder instead of cargo's cache
    #[arg(long, value_name = "DIR", conflicts_with = "vendor")]
    pub crates: Option<PathBuf>,
    /// The secret that this class's hand-ins are signed with [default: beside the crates]
    #[arg(long, value_name = "FILE")]
    pub secret: Option<PathBuf>,
    /// Writes files and builds nothing yet
    #[arg(long)]
    pub no_build: bool,
}

/// The arguments of `racelab exercise check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Which exercise [default: the one you are at]
    pub name: Option<String>,
    /// Every exercise
    #[arg(long, conflicts_with = "name")]
    pub all: bool,
    /// Asks nothing
    #[arg(long)]
    pub no_predict: bool,
    /// Does not look at what the answer hangs on
    #[arg(long)]
    pub no_weaken: bool,
}

/// The arguments of `racelab exercise handin`.
#[derive(Debug, Args)]
pub struct Handin {
    /// A text file [default: handin-NAME.txt]
    pub file: Option<PathBuf>,
    /// Whose it is: what you want to be called
    #[arg(long)]
    pub name: Option<String>,
}

/// What to do with packs.
#[derive(Debug, Subcommand)]
pub enum PackAction {
    /// Writes a pack with one small exercise, to begin with
    New {
        /// A new folder
        dir: PathBuf,
    },
    /// Proves every start, answer and wrong answer of a pack to be what it says
    Check {
        /// The pack's folder, or that of one exercise
        dir: PathBuf,
    },
}
