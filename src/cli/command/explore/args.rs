//! What `racelab explore` is asked.

use std::path::PathBuf;

use clap::ValueEnum;
use racelab::report::Model;

/// The arguments of `racelab explore`.
#[derive(Debug, clap::Args)]
pub struct ExploreArgs {
    /// A demo, a version (torn-header/fixed), or a token; in an exercise's workspace your own file
    pub name: Option<String>,
    /// This version instead of the broken one
    #[arg(long)]
    pub variant: Option<String>,
    /// Which memory: one order of everything, store buffers, or all that C11 allows
    #[arg(long, value_enum)]
    pub model: Option<Memory>,
    /// The end to come to: an outcome, or data-race, deadlock, livelock, panic
    #[arg(long, value_name = "OUTCOME")]
    pub goal: Option<String>,
    /// One thread at a time, for a projector: fits 50 columns and 16 lines
    #[arg(long)]
    pub large: bool,
    /// For a room: a move is made where it leads to the goal, and the answers are counted
    #[arg(long)]
    pub quiz: bool,
    /// Line by line, as where there is no terminal
    #[arg(long)]
    pub lines: bool,
    /// A test of yours, as RACELAB_EXPLORE hands it over
    #[command(flatten)]
    pub test: TestArgs,
}

/// A test that hands itself over: its executable is asked, in a child for each question.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    /// The executable
    #[arg(long, hide = true, requires = "scenario")]
    pub program: Option<PathBuf>,
    /// What it knows the scenario by
    #[arg(long, hide = true, requires = "program")]
    pub scenario: Option<String>,
    /// One of its arguments
    #[arg(long, hide = true, allow_hyphen_values = true)]
    pub argument: Vec<String>,
    /// The calls, where a specification judges them
    #[arg(long, hide = true)]
    pub calls: Option<String>,
    /// The version of the library that it was built with
    #[arg(long, hide = true)]
    pub library: Option<String>,
}

/// A memory model, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Memory {
    /// Every thread sees one order of all operations
    Sc,
    /// A store waits in its thread's buffer before the others see it
    X86,
    /// All that C11 and Rust allow, but for load buffering
    C11,
}

impl From<Memory> for Model {
    fn from(memory: Memory) -> Model {
        match memory {
            Memory::Sc => Model::Sc,
            Memory::X86 => Model::X86,
            Memory::C11 => Model::C11,
        }
    }
}
