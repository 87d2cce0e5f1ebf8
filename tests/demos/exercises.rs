//! Every exercise of the course: its start fails as named, its answer passes, every wrong solution
//! fails as named, and every unusual right one passes.
//!
//! What each must be marked is in the exercise's `exercise.toml`; what is compiled here is held
//! against that list.

use racelab_exercise::found::{self, Plan};
use racelab_exercise::pack::{self, Exercise, Pack};
use racelab_exercise::proof;

use crate::explored::on_two_threads;

/// Every solution of the course compiled, and `ALL`: made by the build script of `demos/`.
pub(crate) mod compiled {
    include!(concat!(env!("OUT_DIR"), "/exercises.rs"));

    /// A solution of an exercise.
    pub(crate) fn find(stem: &str, file: &str) -> &'static Compiled {
        let of = ALL.iter().find(|(name, _)| *name == stem);
        let found = of.and_then(|(_, all)| all.iter().find(|(name, ..)| *name == file));
        found.unwrap_or_else(|| panic!("{stem}/{file} has not been compiled"))
    }
}

fn course() -> Pack {
    pack::builtin().unwrap_or_else(|refused| panic!("{refused}"))
}

fn compiled(exercise: &Exercise) -> &'static [compiled::Compiled] {
    let stem = exercise.stem();
    let found = compiled::ALL.iter().find(|(name, _)| *name == stem);
    found.unwrap_or_else(|| panic!("{stem} has not been compiled")).1
}

#[test]
fn every_demo_has_an_exercise_and_every_solution_is_compiled() {
    let course = course();
    for demo in racelab_demos::ALL {
        assert!(course.find(demo.name).is_some(), "{} has no exercise.toml", demo.name);
    }
    for exercise in &course.exercises {
        let mut files: Vec<&str> = exercise.solutions().map(|known| known.file.as_str()).collect();
        let mut here: Vec<&str> = compiled(exercise).iter().map(|(file, ..)| *file).collect();
        files.sort_unstable();
        here.sort_unstable();
        assert_eq!(files, here, "{}", exercise.name);
    }
    assert_eq!(course.exercises.len(), compiled::ALL.len());
}

#[test]
fn every_solution_is_marked_as_declared() {
    let course = course();
    let all = course.exercises.iter();
    let all = all.flat_map(|exercise| exercise.solutions().map(move |known| (exercise, known)));
    let wrong = on_two_threads(all, |(exercise, solution)| {
        let plan = exercise.plan(&racelab::Engines::standard());
        let (_, scenario, specified) = *compiled::find(&exercise.stem(), &solution.file);
        let found = found::here(scenario, specified, &plan);
        let why = proof::borne_out(solution, &found).err()?;
        let mark = &solution.mark;
        Some(format!("{}/{} {mark:?}; but: {why:?}", exercise.name, solution.file))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_exercise_has_wrong_and_unusual_solutions_and_says_what_is_to_be_done() {
    for exercise in &course().exercises {
        let remarks = proof::remarks(exercise);
        assert!(remarks.is_empty(), "{}: {}", exercise.name, remarks.join("\n"));
        assert!(!exercise.students_say.is_empty(), "{}", exercise.name);
        assert!(exercise.ask.ends_with('?'), "{}: {}", exercise.name, exercise.ask);
    }
}

/// A mark that is not borne out is found: each solution is held against the others' marks.
#[test]
fn a_wrong_mark_is_objected_to() {
    let course = course();
    let exercise = course.find("torn-header").expect("it is in the course");
    let plan = Plan::of(exercise.engines(&racelab::Engines::standard()));
    let here = |file: &str| {
        let scenario = compiled(exercise).iter().find(|(name, ..)| *name == file);
        found::here(scenario.expect("it is compiled").1, None, &plan)
    };
    let (start, answer, lock) = (here("exercise.rs"), here("answer.rs"), here("wrong/lock.rs"));
    assert!(exercise.start.mark.holds(&answer).is_err());
    assert!(exercise.answer.mark.holds(&start).is_err());
    assert!(exercise.answer.mark.holds(&lock).is_err());
    assert!(exercise.start.mark.holds(&lock).is_err());
    let blocks = exercise.wrong.iter().find(|wrong| wrong.file == "wrong/lock.rs");
    assert!(blocks.is_some_and(|wrong| wrong.mark.holds(&lock).is_ok()));
    assert!(blocks.is_some_and(|wrong| wrong.mark.holds(&answer).is_err()));
}
