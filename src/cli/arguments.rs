//! The command line: what can be typed. Every name comes from the syllabus.

use std::ffi::OsStr;
use std::time::Duration;

use crate::command::layout::LayoutArgs;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use racelab::explore::Engines;
use racelab::report::Partition;

/// Concurrency bugs made visible, understandable and provably gone.
#[derive(Debug, Parser)]
#[command(name = "racelab", version, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do; nothing is to say where you are.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to write it.
    #[command(flatten)]
    pub output: Output,
}

/// How results are written.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Output {
    /// One JSON document on stdout
    #[arg(long, global = true)]
    pub json: bool,
    /// Colour; `auto` respects NO_COLOR and pipes
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// One event a line, in words: for screen readers and narrow terminals
    #[arg(long, global = true)]
    pub plain: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Even into a pipe
    Always,
    /// Not at all
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The syllabus: every failure mode, by part
    List,
    /// The whole story of one failure mode
    Demo(Demo),
    /// The verdict of each engine on each version: made for CI
    Check(Check),
    /// Which bytes share a cache line, and who writes them
    Layout(LayoutArgs),
    /// The machine code of a demo's actors, broken beside fixed
    Asm {
        /// Which failure mode
        #[arg(value_parser = demo_names())]
        name: String,
        /// This version instead of the broken one
        #[arg(long, value_parser = version_names())]
        variant: Option<String>,
    },
    /// Mend broken code of your own; model checkers mark it
    Exercise(crate::command::exercise::args::ExerciseArgs),
    /// For whoever gives the course: plan, notes, machines, bundles, hand-ins
    Class(crate::command::class::args::ClassArgs),
    /// SafeMap, its rivals and three published maps, measured in turns on this machine
    Bench(crate::command::bench::args::BenchArgs),
    /// For whoever writes the course: a small demo, its exercise and its chapter, to begin with
    NewDemo {
        /// A new name: missed-wakeup
        name: String,
    },
    /// You are the scheduler: step through a version by hand, to an end that you choose
    Explore(crate::command::explore::args::ExploreArgs),
    /// Every outcome of a version under each memory model, and an execution of each
    Outcomes {
        /// A demo, or a version: torn-header, torn-header/fixed
        name: String,
        /// This version instead of the broken one
        #[arg(long)]
        variant: Option<String>,
    },
    /// The classic shapes: what SC, x86 and C11 allow, and what this machine showed
    Litmus(crate::command::litmus::LitmusArgs),
    /// An execution that was shown, once more
    Replay(crate::command::replay::ReplayArgs),
    /// A page of its own for one demo or for all: the execution to step through, verdicts, bytes, lesson
    Report(crate::command::report::ReportArgs),
    /// The lesson of a demo; also a term or a verdict
    Explain {
        /// A demo, a term or a verdict: torn-header, data-race, inconclusive
        #[arg(value_parser = Explained, hide_possible_values = true)]
        name: String,
    },
    /// A completion script for a shell, on stdout
    Completions {
        /// bash, elvish, fish, powershell or zsh
        #[arg(hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
}

/// The arguments of `racelab demo`.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// Which failure mode
    #[arg(value_parser = demo_names(), required_unless_present = "all")]
    pub name: Option<String>,
    /// Every demo, in the order of the course
    #[arg(long, conflicts_with_all = ["name", "variant"])]
    pub all: bool,
    /// Shows how this version fails, or that it does not
    #[arg(long, value_parser = version_names())]
    pub variant: Option<String>,
    /// Waits for Enter after each section
    #[arg(long)]
    pub pace: bool,
    /// Where chance plays a part
    #[arg(long, default_value_t = 1, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// How long the real threads run
    #[arg(long = "for", value_name = "TIME", default_value = "500ms", value_parser = duration)]
    pub time: Duration,
    /// Real threads yield at random before each operation: for machines with one CPU
    #[arg(long)]
    pub amplify: bool,
    /// Draws the measured curves into this file too, where the failure is time
    #[arg(long, value_name = "FILE", conflicts_with_all = ["all", "amplify"])]
    pub svg: Option<std::path::PathBuf>,
    #[cfg(feature = "redis")]
    /// slot-migration on two real servers, as the wire shows it; needs redis-server
    #[arg(long, conflicts_with_all = ["all", "amplify", "variant", "svg", "pace"])]
    pub redis: bool,
}

/// The arguments of `racelab check`.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").args(["names", "all", "merge"]).required(true)))]
pub struct Check {
    /// Which demos
    #[arg(value_name = "NAME", value_parser = demo_names())]
    pub names: Vec<String>,
    /// Every demo
    #[arg(long, conflicts_with = "names")]
    pub all: bool,
    /// This engine alone
    #[arg(long)]
    pub engine: Option<String>,
    /// At most so many switches away from a thread that could go on, 0 to 100
    #[arg(long, value_name = "PREEMPTIONS", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(0..=100))]
    pub bound: Option<u16>,
    /// Time for each exploration, 1ms to 60m [default: 30s; real threads 500ms]
    #[arg(long, value_parser = duration)]
    pub time: Option<Duration>,
    /// Where chance plays a part
    #[arg(long, default_value_t = 1, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// Real threads too: evidence, not a proof
    #[arg(long)]
    pub native: bool,
    /// What the fixed versions hang on: each ordering weaker, each fence and lock left out
    #[arg(long, conflicts_with_all = ["engine", "native"])]
    pub weaken: bool,
    /// A share of the whole, 2/4 for the second of four: no share needs to know of another
    #[arg(long, value_name = "K/N", value_parser = partition, conflicts_with_all = ["weaken", "native", "merge"])]
    pub partition: Option<Partition>,
    /// Puts the shares of these reports together, which --partition --json wrote, or tests
    #[arg(long, value_name = "FILES", num_args = 1.., conflicts_with_all = ["names", "all", "engine", "bound", "time", "native", "weaken"])]
    pub merge: Vec<std::path::PathBuf>,
    /// This version alone, with --weaken [default: the fixed one]
    #[arg(long, requires = "weaken", value_parser = version_names())]
    pub variant: Option<String>,
}

/// The command line, with the names of these engines.
pub fn command(engines: &Engines) -> clap::Command {
    let default: Vec<&str> = engines.by_default().iter().map(|engine| engine.name()).collect();
    let help = format!("This engine alone [default: {}]", default.join(" and "));
    let names: Vec<PossibleValue> = engines
        .iter()
        .map(|engine| PossibleValue::new(engine.name()).help(capital(engine.about())))
        .collect();
    Cli::command().mut_subcommand("check", |check| {
        check.mut_arg("engine", |argument| {
            argument.help(help).value_parser(PossibleValuesParser::new(names))
        })
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Reads the arguments of this process.
///
/// # Errors
/// What clap says of arguments that make no sense; `--help` and `--version` come this way too.
pub fn parse(engines: &Engines) -> Result<Cli, clap::Error> {
    let cli = Cli::from_arg_matches(&command(engines).try_get_matches()?)?;
    #[cfg(feature = "redis")]
    if let Some(Command::Demo(Demo { name: Some(name), redis: true, .. })) = &cli.command
        && name != "slot-migration"
    {
        let says = format!("{name} has nothing to do with Redis; slot-migration has");
        return Err(Cli::command().error(ErrorKind::InvalidValue, says));
    }
    if let Some(Command::Demo(Demo { name: Some(name), svg: Some(_), .. })) = &cli.command {
        let drawn = |demo: &&racelab_demos::course::Demo| {
            demo.cost.is_some_and(|cost| !cost.curves.is_empty())
        };
        if !racelab_demos::every().filter(drawn).any(|demo| demo.name == name) {
            let names: Vec<&str> =
                racelab_demos::every().filter(drawn).map(|demo| demo.name).collect();
            let says = format!("{name} has no curves to draw; {} have", names.join(" and "));
            return Err(Cli::command().error(ErrorKind::InvalidValue, says));
        }
    }
    if let Some(Command::Check(Check { engine: Some(name), partition: Some(_), .. })) = &cli.command
        && !engines.find(name).is_some_and(|engine| engine.divides())
    {
        let divide = engines.iter().filter(|engine| engine.divides());
        let names: Vec<&str> = divide.map(|engine| engine.name()).collect();
        let says = format!("{name} does not divide what it explores; {} does", names.join(" and "));
        return Err(Cli::command().error(ErrorKind::ArgumentConflict, says));
    }
    if let Some(Command::Bench(bench)) = &cli.command
        && bench.advise
        && (bench.reads, bench.writes) == (Some(0), Some(0))
    {
        let says = "invalid value '0' for '--reads <COUNT>': no reads and no writes: nothing to \
                    advise on";
        return Err(Cli::command().error(ErrorKind::InvalidValue, says));
    }
    if let Some(
        Command::Demo(Demo { name: Some(name), variant: Some(variant), .. })
        | Command::Asm { name, variant: Some(variant) },
    ) = &cli.command
    {
        let demo = racelab_demos::find(name).expect("clap has checked the name");
        if demo.version(variant).is_none() {
            let names: Vec<String> = demo.versions.iter().map(|version| version.name()).collect();
            let says = format!("{name} has no version '{variant}'; it has {}", names.join(", "));
            return Err(Cli::command().error(ErrorKind::InvalidValue, says));
        }
    }
    Ok(cli)
}

/// The names of demos, as they are typed.
pub fn demo_names() -> PossibleValuesParser {
    let names = racelab_demos::every().map(|demo| PossibleValue::new(demo.name).help(demo.title));
    PossibleValuesParser::new(names)
}

fn version_names() -> PossibleValuesParser {
    let mut names: Vec<String> = racelab_demos::every()
        .flat_map(|demo| demo.versions)
        .map(|version| version.name())
        .collect();
    names.sort();
    names.dedup();
    PossibleValuesParser::new(names)
}

/// Any number that a program can be seeded with.
fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// `2/4`: the second share of four.
fn partition(text: &str) -> Result<Partition, String> {
    text.parse()
}

/// `500ms`, `2s`, `1m`: from a millisecond to an hour.
pub fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let milliseconds = match text[digits..].trim() {
        "ms" => 1.0,
        "s" => 1e3,
        "m" | "min" => 60e3,
        "" => return Err("a unit is missing: 500ms, 2s, 1m".to_string()),
        unit => return Err(format!("'{unit}' is not a unit: 500ms, 2s, 1m")),
    };
    let number: f64 = text[..digits].parse().map_err(|_| "not a number: 500ms, 2s, 1m")?;
    match number * milliseconds {
        time if (1.0..=3_600_000.0).contains(&time) => Ok(Duration::from_secs_f64(time / 1e3)),
        _ => Err("it must be between 1ms and 60m".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        command(&Engines::standard()).debug_assert();
    }

    #[test]
    fn durations_have_units_and_limits() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("1.5s"), Ok(Duration::from_millis(1500)));
        assert_eq!(duration("1m"), Ok(Duration::from_secs(60)));
        for wrong in ["", "5", "s", "5h", "0s", "61m", "1..2s", "-1s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}

/// A word that can be explained, however it is written.
#[derive(Clone)]
struct Explained;

impl TypedValueParser for Explained {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        _: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        let word = value.to_string_lossy();
        crate::command::explain::known(&word).map_err(|near| {
            let near = match near.as_slice() {
                [] => "racelab list names the demos, and the book has the words".to_string(),
                near => format!("did you mean {}?", near.join(", ")),
            };
            let says = format!("nothing here is called {word:?}: {near}\n");
            clap::Error::raw(ErrorKind::InvalidValue, says).with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(crate::command::explain::names().into_iter().map(PossibleValue::new)))
    }
}
