//! An engine is one file and one row: this one appears in `check` without another line.

use clap::FromArgMatches;
use racelab::Scenario;
use racelab::explore::{Budget, Engine, Engines};
use racelab::report::{End, Model, Report};
use racelab::trial::{self, Launch};
use racelab::words::Page;

use super::{explore, text};
use crate::arguments::{self, Cli, Command};
use crate::command::explorations;
use crate::render::json;

/// Looks at nothing, and says that nothing failed on x86.
struct Toy;

impl Engine for Toy {
    fn name(&self) -> &'static str {
        "toy"
    }
    fn models(&self) -> &'static [Model] {
        &[Model::X86]
    }
    fn runtime(&self) -> &'static str {
        "shuttle"
    }
    fn about(&self) -> &'static str {
        "a look at nothing"
    }
    fn blind_spot(&self) -> &'static str {
        "anything"
    }
    fn exhaustive(&self) -> bool {
        true
    }
    fn by_default(&self) -> bool {
        true
    }
    fn explore(&self, _: &Scenario, _: &Budget, _: bool) -> Report {
        let this: &dyn Engine = self;
        Report { executions: 7, ..Report::new(this.facts(), End::Complete) }
    }
}

#[test]
fn a_row_is_all_it_takes() {
    let engines = Engines::standard().with(&Toy);
    trial::serve(&engines, explorations::find);
    // This test is its own child.
    let this = ["command::check::toy::a_row_is_all_it_takes", "--exact", "--nocapture"];
    let launch = Launch { arguments: this.map(String::from).to_vec(), ..Launch::default() };
    let parse = |line: &str| {
        let words = line.split(' ');
        let matches = arguments::command(&engines).try_get_matches_from(words).expect("it parses");
        match Cli::from_arg_matches(&matches).expect("it fits").command {
            Some(Command::Check(check)) => check,
            other => panic!("{other:?}"),
        }
    };
    let found = explore(&parse("racelab check torn-header"), &engines, &launch, true);
    let found = found.expect("children can be started");
    let (text, json) = (text(&found, &Page::default()), json::runs("check", &found));
    for line in [
        "  !!  toy         PASSED all 7 executions (model: x86, bounds: none)\n      \
         declared: forbidden outcome; found: nothing\n",
        "  ok  toy         PASSED all 7 executions (model: x86, bounds: none)\n",
        "  toy         a look at nothing. Cannot see anything.\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    let json = serde_json::to_value(&json).expect("it is JSON");
    let runs = json["demos"][0]["runs"].as_array().expect("runs");
    let toy = runs.iter().find(|run| run["engine"] == "toy").expect("a run of its own");
    assert_eq!((&toy["model"], &toy["verdict"]), (&"x86".into(), &"passed".into()));
    let alone = explore(&parse("racelab check torn-header --engine toy"), &engines, &launch, true);
    assert!(alone.expect("as before")[0].runs.iter().all(|run| run.engine.name == "toy"));
}
