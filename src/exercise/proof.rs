//! Proves a pack: every start, answer and wrong answer is what the pack says it is.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::attack::{self, Attack};
use super::build::Failure;
use super::found::{self, Found, Plan, SPECIFIED};
use super::mark::{Instead, Mark};
use super::program::{self, Program};
use super::{Exercise, Pack, atomic, careful, manifest, workspace};
use racelab::explore::Engines;
use racelab::report::Report;
use racelab::sight;

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
    /// Nothing else was found: a search was cut before it could be.
    pub open: bool,
    /// How long a student waits for its check, without building.
    pub took: Duration,
}

/// One standard attack on an exercise, and what came of it.
#[derive(Clone, Debug)]
pub struct Attacked {
    /// The edit's name: `all-seqcst`.
    pub attack: String,
    /// Of the answer, or else of the start.
    pub on_answer: bool,
    /// Whether it was marked right.
    pub solved: bool,
    /// Why that may be, where the exercise says so.
    pub accepted: Option<String>,
}

/// What came of an exercise.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Every solution.
    pub proved: Vec<Proved>,
    /// Every standard attack.
    pub attacked: Vec<Attacked>,
}

/// A text in the program of an exercise: a solution, or an attack.
struct Text {
    /// Its file, from the exercise's own folder; the program knows it by this name.
    file: String,
    text: String,
}

/// Where the solutions of a pack in `home` are built: in its `target`, which git passes over.
///
/// # Errors
/// When that leads elsewhere, or cannot be made.
pub fn folder(home: &Path) -> io::Result<PathBuf> {
    let target = home.join("target");
    let folder = target.join("racelab-pack");
    for place in [&target, &folder] {
        if std::fs::symlink_metadata(place).is_ok_and(|about| about.file_type().is_symlink()) {
            let why = format!("{} is a link: remove it, or build elsewhere", place.display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
    }
    if let Some(why) = careful::leads_away(&folder) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    }
    atomic::refresh(&target.join(".gitignore"), "*\n")?;
    Ok(folder)
}

/// How many bytes lie in a folder; `None` where there is none.
pub fn size(folder: &Path) -> Option<u64> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let each = entries.filter_map(|entry| {
        let about = entry.metadata().ok()?;
        if about.is_dir() { size(&entry.path()) } else { Some(about.len()) }
    });
    Some(each.sum())
}

/// Writes a crate for every solution of a pack, and for the attacks, into `folder`.
///
/// # Errors
/// When it cannot be written.
pub fn write(pack: &Pack, folder: &Path) -> io::Result<()> {
    workspace::write_library(folder, pack)?;
    pack.exercises.iter().try_for_each(|exercise| {
        let solutions: Vec<Text> = solutions(exercise).collect();
        write_texts(exercise, folder, &solutions)
    })
}

fn solutions(exercise: &Exercise) -> impl Iterator<Item = Text> {
    exercise.solutions().map(|known| Text { file: known.file.clone(), text: known.text.clone() })
}

/// Writes these texts of an exercise, and a program that knows each by its file.
fn write_texts(exercise: &Exercise, folder: &Path, texts: &[Text]) -> io::Result<()> {
    let stem = exercise.stem();
    let cases = folder.join("solutions").join(&stem);
    atomic::refresh(&cases.join(format!("{stem}_race.rs")), &exercise.judge)?;
    if let Some(specification) = &exercise.specification {
        atomic::refresh(&cases.join(format!("{stem}_spec.rs")), specification)?;
    }
    for Text { file, text } in texts {
        atomic::refresh(&cases.join(file), text)?;
    }
    let main = folder.join(".racelab/main").join(format!("{stem}.rs"));
    atomic::refresh(&main, main_of(exercise, texts)).map(drop)
}

fn main_of(exercise: &Exercise, texts: &[Text]) -> String {
    let stem = exercise.stem();
    let mut text = String::from("//! Written by racelab: every solution of an exercise.\n\n");
    let mut arms = String::new();
    let by = match exercise.specification {
        Some(_) => format!("specified by \"../../solutions/{stem}/{stem}_spec.rs\", "),
        None => String::new(),
    };
    for (index, Text { file, .. }) in texts.iter().enumerate() {
        text += &format!(
            "racelab::scenario!(mod solution_{index} = \"../../solutions/{stem}/{file}\", \
             judged by \"../../solutions/{stem}/{stem}_race.rs\", {by}not amplified);\n",
        );
        arms += &format!("        {file:?} => Some(&solution_{index}::SCENARIO),\n");
        if exercise.specification.is_some() {
            let name = format!("{file}{SPECIFIED}");
            arms += &format!("        {name:?} => Some(&solution_{index}::specified::SCENARIO),\n");
        }
    }
    text + &format!(
        "\n// Another text is another program.\n\
         const _: Option<&str> = option_env!({:?});\n\n\
         #[global_allocator]\n\
         static HEAP: racelab::rt::heap::Heap = racelab::rt::heap::Heap;\n\n\
         fn main() {{\n    racelab::trial::serve(&racelab::Engines::standard(), |name| match name {{\n{arms}        \
         _ => None,\n    }});\n}}\n",
        manifest::TEXTS
    )
}

/// Builds these texts of an exercise in the crate at `folder`.
fn build(
    exercise: &Exercise,
    folder: &Path,
    texts: &[Text],
    step: &(dyn Fn(&str) + Sync),
) -> Result<Program, Failure> {
    let bytes = texts.iter().map(|text| text.text.as_bytes());
    let specified = exercise.specification.as_deref().unwrap_or_default();
    let judges = [exercise.judge.as_bytes(), specified.as_bytes()];
    let bytes: Vec<&[u8]> = bytes.chain(judges).collect();
    let write = || write_texts(exercise, folder, texts);
    program::of_texts(folder, &exercise.stem(), &bytes, write, false, step)
}

/// Builds an exercise's solutions in the crate at `folder`, and looks at each; then at each standard
/// attack on its start and its answer.
///
/// # Errors
/// Why it cannot be built.
pub fn prove(
    engines: &Engines,
    exercise: &Exercise,
    folder: &Path,
    step: &(dyn Fn(&str) + Sync),
) -> Result<Tried, Failure> {
    let plan = exercise.plan(engines);
    let texts: Vec<Text> = solutions(exercise).collect();
    let built = build(exercise, folder, &texts, step)?;
    let prove = |solution: &super::pack::Solution| {
        step(&format!("{}: {}", exercise.name, solution.file));
        let started = Instant::now();
        let found = found::in_program(&built.path, &solution.file, &plan, &());
        let found = found.map_err(|error| Failure::Missing(format!("{error:#}")))?;
        // A student's answer is held to this first.
        let unseen = sight::in_answer(&solution.file, &solution.text);
        let wrong = match unseen.is_empty() {
            false => Some(unseen.into_iter().map(Instead::Unseen).collect()),
            true => borne_out(solution, &found).err(),
        };
        Ok(Proved {
            exercise: exercise.name.clone(),
            file: solution.file.clone(),
            mark: solution.mark.clone(),
            open: wrong.is_some() && found.open(),
            wrong,
            took: started.elapsed(),
        })
    };
    let proved = exercise.solutions().map(prove).collect::<Result<_, Failure>>()?;
    drop(built);
    Ok(Tried { proved, attacked: attacked(&plan, exercise, folder, step)? })
}

/// Every standard attack on an exercise, tried.
fn attacked(
    plan: &Plan,
    exercise: &Exercise,
    folder: &Path,
    step: &(dyn Fn(&str) + Sync),
) -> Result<Vec<Attacked>, Failure> {
    let known: Vec<&str> = exercise.solutions().map(|known| known.text.as_str()).collect();
    let (mut attacked, mut texts) = (Vec::new(), Vec::new());
    for (on_answer, solution) in [(false, &exercise.start), (true, &exercise.answer)] {
        for Attack { name, text } in attack::on(&solution.text) {
            // A solution of the pack is marked as such.
            let is_right = on_answer && attack::leaves_right(&name);
            if is_right || known.contains(&text.as_str()) {
                continue;
            }
            let mut of = exercise
                .accepted
                .iter()
                .filter(|accepted| accepted.on_answer == on_answer && accepted.attack == name);
            let accepted = of.next().map(|accepted| accepted.why.clone());
            let file = format!("attack_{}.rs", attacked.len());
            // What the text says already is not compiled.
            if sight::in_answer(&file, &text).is_empty() {
                texts.push((attacked.len(), Text { file, text }));
            }
            attacked.push(Attacked { attack: name, on_answer, solved: false, accepted });
        }
    }
    let (compiled, built) = compile(exercise, folder, texts, step)?;
    for (index, file) in compiled {
        let attack: &mut Attacked = &mut attacked[index];
        step(&format!("{}: {}", exercise.name, attack.attack));
        let found = found::in_program(&built.path, &file, plan, &());
        let found = found.map_err(|error| Failure::Missing(format!("{error:#}")))?;
        attack.solved = found.solved();
    }
    Ok(attacked)
}

/// Builds those of the texts that compile.
fn compile(
    exercise: &Exercise,
    folder: &Path,
    mut texts: Vec<(usize, Text)>,
    step: &(dyn Fn(&str) + Sync),
) -> Result<(Vec<(usize, String)>, Program), Failure> {
    loop {
        let (numbers, these): (Vec<usize>, Vec<Text>) = texts.into_iter().unzip();
        let refused = match build(exercise, folder, &these, step) {
            Err(Failure::Messages(messages)) => messages,
            built => {
                let files = these.into_iter().map(|text| text.file);
                return Ok((numbers.into_iter().zip(files).collect(), built?));
            }
        };
        let wrong = |text: &Text| {
            // What does not fit the judge is shown at the judge, and named there.
            refused.iter().any(|message| message.shown.contains(&text.file))
        };
        let before = these.len();
        texts = numbers.into_iter().zip(these).filter(|(_, text)| !wrong(text)).collect();
        if texts.len() == before {
            // What rustc says is about something else.
            return Err(Failure::Messages(refused));
        }
    }
}

/// What an exercise says of attacks that is not so: accepted ones that are refused, or that are none.
pub fn accepted_in_vain(exercise: &Exercise, attacked: &[Attacked]) -> Vec<String> {
    let solved = |accepted: &&super::pack::Accepted| {
        let same = |tried: &&Attacked| {
            tried.attack == accepted.attack && tried.on_answer == accepted.on_answer
        };
        attacked.iter().find(same).is_some_and(|tried| tried.solved)
    };
    let vain = exercise.accepted.iter().filter(|accepted| !solved(accepted));
    let said = |accepted: &super::pack::Accepted| {
        let on = if accepted.on_answer { "answer" } else { "start" };
        format!("{} on the {on} is accepted, and is not marked right", accepted.attack)
    };
    vain.map(said).collect()
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
