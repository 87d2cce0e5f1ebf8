//! Proves a pack: every start, answer and wrong answer is what the pack says it is.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::build::Failure;
use super::found::{self, Found, Plan};
use super::mark::{Instead, Mark};
use super::{Exercise, Pack, atomic, manifest, program, workspace};
use racelab::explore::Engines;
use racelab::report::Report;

/// One solution, and whether its mark was borne out.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The exercise's name.
    pub exercise: String,
    /// The solution's file.
    pub file: String,
    /// How it is marked.
    pub mark: Mark,
    /// What was found instead, where it was not borne out.
    pub wrong: Option<Vec<Instead>>,
    /// How long a student waits for its check, without building.
    pub took: Duration,
}

/// Writes a crate with every solution of a pack into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(pack: &Pack, folder: &Path) -> io::Result<()> {
    workspace::write_library(folder, pack)?;
    for exercise in &pack.exercises {
        let stem = exercise.stem();
        let cases = folder.join("solutions").join(&stem);
        atomic::refresh(&cases.join(format!("{stem}_race.rs")), &exercise.judge)?;
        for solution in exercise.solutions() {
            atomic::refresh(&cases.join(&solution.file), &solution.text)?;
        }
        let main = folder.join(".racelab/main").join(format!("{stem}.rs"));
        atomic::refresh(&main, &main_of(exercise))?;
    }
    Ok(())
}

/// A program that knows every solution of an exercise by its file.
fn main_of(exercise: &Exercise) -> String {
    let stem = exercise.stem();
    let mut text = String::from("//! Written by racelab: every solution of an exercise.\n\n");
    let mut arms = String::new();
    for (index, solution) in exercise.solutions().enumerate() {
        text += &format!(
            "racelab::scenario!(mod solution_{index} = \"../../solutions/{stem}/{}\", \
             judged by \"../../solutions/{stem}/{stem}_race.rs\", not amplified);\n",
            solution.file
        );
        arms += &format!("        {:?} => Some(&solution_{index}::SCENARIO),\n", solution.file);
    }
    text += &format!(
        "\n// Another text is another program.\nconst _: Option<&str> = option_env!({:?});\n",
        manifest::TEXTS
    );
    text + &format!(
        "\n#[global_allocator]\nstatic HEAP: racelab::rt::heap::Heap = racelab::rt::heap::Heap;\n\n\
         fn main() {{\n    racelab::trial::serve(&racelab::Engines::standard(), |name| match name {{\n{arms}        \
         _ => None,\n    }});\n}}\n"
    )
}

/// Builds an exercise's solutions in the crate at `folder`, and looks at each.
///
/// # Errors
/// Why it cannot be built.
pub fn prove(
    engines: &Engines,
    exercise: &Exercise,
    folder: &Path,
    step: &(dyn Fn(&str) + Sync),
) -> Result<Vec<Proved>, Failure> {
    let texts: Vec<&[u8]> = exercise.solutions().map(|solution| solution.text.as_bytes()).collect();
    let texts = [texts, vec![exercise.judge.as_bytes()]].concat();
    let built = program::of_texts(folder, &exercise.stem(), &texts, || Ok(()), false, step)?;
    let plan = Plan::of(exercise.engines(engines));
    let prove = |solution: &super::pack::Solution| {
        step(&format!("{}: {}", exercise.name, solution.file));
        let started = Instant::now();
        let found = found::in_program(&built.path, &solution.file, &plan, &());
        let wrong = match &found {
            Ok(found) => borne_out(solution, found).err(),
            Err(error) => Some(vec![Instead::NotLookedAt(format!("{error:#}"))]),
        };
        Proved {
            exercise: exercise.name.clone(),
            file: solution.file.clone(),
            mark: solution.mark.clone(),
            wrong,
            took: started.elapsed(),
        }
    };
    Ok(exercise.solutions().map(prove).collect())
}

/// Whether what was found is what a pack says of a solution: its mark, and what is declared by model.
///
/// # Errors
/// What was found instead.
pub fn borne_out(solution: &super::pack::Solution, found: &Found) -> Result<(), Vec<Instead>> {
    solution.mark.holds(found)?;
    for (model, kind) in &solution.declared {
        let decides = |report: &&Report| report.engine.model() == Some(*model);
        let Some(report) = found.reports.iter().find(decides) else { continue };
        let seen = report.failure.as_ref().map(|failure| failure.kind);
        if seen != *kind {
            return Err(vec![Instead::Differs(report.in_short(), *kind)]);
        }
    }
    Ok(())
}

/// What is wrong with an exercise that needs no compiler.
pub fn remarks(exercise: &Exercise) -> Vec<String> {
    let mut wrong = Vec::new();
    if exercise.start.text.matches("TODO").count() != 1 {
        wrong.push("exercise.rs says once, after TODO, what is to be done".to_string());
    }
    if exercise.start.text == exercise.answer.text {
        wrong.push("the start is the answer".to_string());
    }
    if exercise.wrong.len() < 3 {
        let count = exercise.wrong.len();
        wrong.push(format!(
            "{count} wrong answers: three plausible ones show that the judge judges"
        ));
    }
    if exercise.right.is_empty() {
        wrong.push("an unusual right answer shows that the judge judges no style".to_string());
    }
    wrong
}
