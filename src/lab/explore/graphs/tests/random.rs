//! Random programs of every family, against the oracles.

use super::generate::{FAMILIES, Family, Numbers, classic, program};
use super::program::Program;
use super::{Truth, explore};

/// How many programs of each family are compared in every run.
const PROGRAMS: u64 = 23;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|number| number.parse().ok())
}

/// What was compared: programs, and their graphs by model.
#[derive(Debug, Default)]
struct Sum {
    programs: u64,
    raced: u64,
    stuck: u64,
    too_large: u64,
    graphs: [u64; 3],
    wrong: u64,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.programs += other.programs;
        self.raced += other.raced;
        self.stuck += other.stuck;
        self.too_large += other.too_large;
        self.wrong += other.wrong;
        (0..3).for_each(|model| self.graphs[model] += other.graphs[model]);
    }

    fn compare(&mut self, program: &Program, name: &str) {
        let Some(truth) = Truth::of(program) else {
            self.too_large += 1;
            return;
        };
        let seen = explore(program);
        if let Some(wrong) = truth.against(&seen) {
            println!("{name}: {wrong}\n    {program:?}");
            self.wrong += 1;
        }
        self.programs += 1;
        self.raced += truth.raced as u64;
        self.stuck += truth.stuck as u64;
        (0..3).for_each(|model| self.graphs[model] += truth.graphs(model));
    }
}

fn compare(family: Family, programs: u64, seed: u64) -> Sum {
    let mut numbers = Numbers(seed);
    let mut sum = Sum::default();
    while sum.programs < programs {
        sum.compare(&program(&mut numbers, family), &format!("{family:?}"));
    }
    println!("{family:?}: {sum:?}");
    sum
}

#[test]
fn random_programs() {
    let wrong: u64 = FAMILIES.map(|family| compare(family, PROGRAMS, 1).wrong).iter().sum();
    assert_eq!(wrong, 0, "programs on which the engine is wrong");
}

#[test]
fn classic_shapes() {
    let mut sum = Sum::default();
    for program in classic().step_by(7) {
        sum.compare(&program, "classic");
    }
    println!("classic: {sum:?}");
    assert_eq!(sum.wrong, 0, "programs on which the engine is wrong");
}

/// Ten thousand programs, or `RACELAB_PROGRAMS`, from the seed `RACELAB_SEED`; of a family alone with
/// `RACELAB_FAMILY`.
#[test]
#[ignore = "some minutes"]
fn graphs_campaign() {
    let programs = number("RACELAB_PROGRAMS").unwrap_or(10_000);
    let seed = number("RACELAB_SEED").unwrap_or(1_000_003);
    let each = programs.div_ceil(FAMILIES.len() as u64);
    let mut all = Sum::default();
    let wanted = std::env::var("RACELAB_FAMILY").unwrap_or_default();
    for family in FAMILIES.into_iter().filter(|family| format!("{family:?}").contains(&wanted)) {
        all.add(compare(family, each, seed));
    }
    println!("campaign: {all:?}");
    assert_eq!(all.wrong, 0, "programs on which the engine is wrong");
}
