//! What can be typed after `racelab class`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// The arguments of `racelab class`.
#[derive(Debug, Args)]
pub struct ClassArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// What to do for a class.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// The course as a plan, with a running clock; what to leave out when time is short
    Agenda {
        /// So many minutes are there, 1 to 10000
        #[arg(long, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        minutes: Option<u32>,
    },
    /// What to have at hand for a demo, on one screen: goal, question, commands, outcomes
    Notes {
        /// Which demo
        #[arg(value_parser = crate::arguments::demo_names())]
        name: String,
    },
    /// Whether this machine will do: GREEN or RED, and why
    Doctor {
        /// Crates vendored in this folder, instead of cargo's cache
        #[arg(long, value_name = "DIR")]
        crates: Option<PathBuf>,
    },
    /// A folder with all that a room without a network needs
    Bundle(Bundle),
    /// A table of hand-ins: who solved what, and who is stuck where
    Collect {
        /// Hand-ins, and folders of them
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The exercises that the class had instead of the course's
        #[arg(long, value_name = "DIR")]
        pack: Option<PathBuf>,
        /// The bundle's class-secret.txt: only what is signed with it counts
        #[arg(long, value_name = "FILE")]
        secret: Option<PathBuf>,
    },
}

/// The arguments of `racelab class bundle`.
#[derive(Debug, Args)]
pub struct Bundle {
    /// A new folder
    pub dir: PathBuf,
    /// The binary for another platform; as often as there are some
    #[arg(long, value_name = "BINARY")]
    pub add: Vec<PathBuf>,
    /// The book as mdbook wrote it
    #[arg(long, value_name = "DIR")]
    pub book: Option<PathBuf>,
    /// Writes into a folder that is not empty, and keeps what is not its own
    #[arg(long)]
    pub force: bool,
}
