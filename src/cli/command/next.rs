//! What to type next: only commands that there are.

use clap::CommandFactory;

use crate::arguments::Cli;

/// Those of these command lines whose command exists.
pub fn existing(lines: &[String]) -> Vec<String> {
    let cli = Cli::command();
    let exists = |line: &&String| {
        let name = line.split_whitespace().nth(1).unwrap_or_default();
        cli.find_subcommand(name).is_some()
    };
    lines.iter().filter(exists).cloned().collect()
}
