//! Reads a pack from a folder or from the binary itself, and says everything that is wrong with it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::format::{self, ExerciseFile, Known, PackFile};
use super::{Accepted, Exercise, Pack, Problem, Refused, Solution, names};
use crate::{attack, embedded};
use racelab::foreign;
use racelab::report::Model;

/// A file of a pack is never longer, in bytes.
const LONGEST: u64 = 1 << 20;

/// A pack has no more exercises, and an exercise no more solutions of one kind.
const MOST: usize = 200;
/// A title, a hint or a question has no more letters.
const LONGEST_TEXT: usize = 2_000;

/// The course's own pack, in the order of the course.
///
/// # Errors
/// When the pack in the binary is wrong: a test proves that it is not.
pub fn builtin() -> Result<Pack, Refused> {
    let mut pack = load(&Files::Embedded)?;
    let place =
        |exercise: &Exercise| racelab_demos::ALL.iter().position(|demo| demo.name == exercise.name);
    pack.exercises.sort_by_key(|exercise| place(exercise).unwrap_or(usize::MAX));
    Ok(pack)
}

/// A pack from anyone. A folder of one exercise, without a `pack.toml`, is a pack of that one.
///
/// # Errors
/// Everything that is wrong with it.
pub fn folder(path: &Path) -> Result<Pack, Refused> {
    let root = path.canonicalize().map_err(|error| Refused {
        problems: vec![Problem { file: path.display().to_string(), why: error.to_string() }],
    })?;
    let alone = root.join("exercise.toml").is_file() && !root.join(PACK).exists();
    if !alone {
        return load(&Files::Folder(root));
    }
    let file = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let name = file.replace('_', "-");
    match names::wrong_exercise(&name) {
        Some(why) => Err(Refused { problems: vec![Problem { file, why }] }),
        None => load(&Files::Alone { root, name }),
    }
}

enum Files {
    Embedded,
    /// A pack's folder.
    Folder(PathBuf),
    /// The folder of one exercise, and its name.
    Alone {
        root: PathBuf,
        name: String,
    },
}

impl Files {
    fn text(&self, file: &str) -> Result<String, String> {
        match self {
            Files::Embedded => {
                let text = embedded::course(file);
                text.map(str::to_string).ok_or_else(|| MISSING.to_string())
            }
            Files::Folder(root) => inside(root, file),
            Files::Alone { name, .. } if file == PACK => Ok(format!(
                "name = \"{name}\"\ntitle = \"{name} alone\"\nexercises = [\"{name}\"]\n"
            )),
            Files::Alone { root, name } => inside(root, within(name, file).ok_or(MISSING)?),
        }
    }

    /// The source files in a folder of the pack.
    fn sources(&self, folder: &str) -> Vec<String> {
        match self {
            Files::Embedded => {
                let folder = format!("{folder}/");
                let file = |(path, _): (&str, &str)| path.strip_prefix(&folder).map(str::to_string);
                embedded::all_of_course().filter_map(file).collect()
            }
            Files::Folder(root) => sources(&root.join(folder)),
            Files::Alone { root, name } => {
                within(name, folder).map(|folder| sources(&root.join(folder))).unwrap_or_default()
            }
        }
    }

    /// Folders with an `exercise.toml`, as names of exercises.
    fn exercises(&self) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Files::Embedded => {
                let folder = |(path, _): (&str, &str)| {
                    let path = path.strip_suffix("/exercise.toml")?;
                    Some(path.replace('_', "-"))
                };
                embedded::all_of_course().filter_map(folder).collect()
            }
            Files::Folder(root) => {
                let entries = fs::read_dir(root).into_iter().flatten().flatten();
                let with = entries.filter(|entry| entry.path().join("exercise.toml").is_file());
                with.map(|entry| entry.file_name().to_string_lossy().replace('_', "-")).collect()
            }
            Files::Alone { name, .. } => vec![name.clone()],
        };
        names.sort();
        names
    }
}

/// What a pack says of itself.
const PACK: &str = "pack.toml";

const MISSING: &str = "it is not there";

/// A file of an exercise, from the exercise's own folder.
fn within<'a>(name: &str, file: &'a str) -> Option<&'a str> {
    file.strip_prefix(&name.replace('-', "_"))?.strip_prefix('/')
}

/// The text of a file in a folder.
fn inside(root: &Path, file: &str) -> Result<String, String> {
    let missing = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => MISSING.to_string(),
        _ => error.to_string(),
    };
    let path = root.join(file).canonicalize().map_err(missing)?;
    if !path.starts_with(root) {
        return Err("it lies outside the pack's folder".to_string());
    }
    let meta = fs::metadata(&path).map_err(missing)?;
    if !meta.is_file() || meta.len() > LONGEST {
        return Err("it is no file of at most 1 MiB".to_string());
    }
    let bytes = fs::read(&path).map_err(missing)?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_string())
}

/// The source files of a folder.
fn sources(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".rs")).take(2 * MOST).collect()
}

/// Whatever a terminal would obey in the texts of a pack is shown as what it is.
fn show(value: &mut toml::Value) {
    match value {
        toml::Value::String(text) => *text = foreign::shown(text).into_owned(),
        toml::Value::Array(values) => values.iter_mut().for_each(show),
        toml::Value::Table(fields) => fields.iter_mut().for_each(|(_, value)| show(value)),
        _ => {}
    }
}

/// Reads files and gathers what is wrong with them.
struct Reader<'a> {
    files: &'a Files,
    problems: Vec<Problem>,
    read: Vec<(String, String)>,
}

impl Reader<'_> {
    fn wrong(&mut self, file: &str, why: impl Into<String>) {
        self.problems.push(Problem { file: file.to_string(), why: why.into() });
    }

    fn text(&mut self, file: &str) -> Option<String> {
        let text = self.files.text(file).map_err(|why| self.wrong(file, why)).ok()?;
        self.read.push((file.to_string(), text.clone()));
        Some(text)
    }

    /// A file that need not be there.
    fn optional(&mut self, file: &str) -> Option<String> {
        match self.files.text(file) {
            Err(why) if why == MISSING => None,
            _ => self.text(file),
        }
    }

    fn toml<T: serde::de::DeserializeOwned>(&mut self, file: &str) -> Option<T> {
        let text = self.text(file)?;
        // First as it is: what is wrong with it is told with its place.
        let read =
            toml::from_str(&text).map_err(|error| self.wrong(file, error.to_string().trim()));
        let read: T = read.ok()?;
        if foreign::shown(&text) == text && !text.contains('\\') {
            return Some(read);
        }
        // By way of text again: what is read from values as well has its code twice.
        let mut table: toml::Table = toml::from_str(&text).ok()?;
        table.iter_mut().for_each(|(_, value)| show(value));
        let shown = toml::from_str(&table.to_string());
        shown.map_err(|error| self.wrong(file, error.to_string().trim())).ok()
    }

    fn exercise(&mut self, name: &str) -> Option<Exercise> {
        let folder = name.replace('-', "_");
        let file = format!("{folder}/exercise.toml");
        let before = self.problems.len();
        let read: ExerciseFile = self.toml(&file)?;
        let judge = self.text(&format!("{folder}/exercise_race.rs"));
        let specification = self.optional(&format!("{folder}/exercise_spec.rs"));
        let start = self.solution(&folder, "exercise.rs", &read.start, false);
        let answer = self.solution(&folder, "answer.rs", &read.answer, true);
        let wrong = self.solutions(&folder, "wrong", &read.wrong);
        let right = self.solutions(&folder, "right", &read.right);
        if read.hints.len() != 3 || read.hints.iter().any(|hint| hint.trim().is_empty()) {
            self.wrong(&file, "it takes three hints, each plainer than the one before");
        }
        let long = |text: &String| text.chars().count() > LONGEST_TEXT;
        let lists = [&read.hints, &read.students_say];
        let long = lists.into_iter().flatten().any(long)
            || [&read.title, &read.goal, &read.ask].into_iter().any(long);
        if long {
            self.wrong(&file, format!("a text is longer than {LONGEST_TEXT} letters"));
        }
        if read.wrong.len().max(read.right.len()) > MOST {
            self.wrong(&file, format!("there are more than {MOST} solutions of one kind"));
        }
        if !(1..=240).contains(&read.minutes) {
            self.wrong(&file, "minutes are between 1 and 240");
        }
        let not_judged = read.not_judged.models().unwrap_or_else(|why| {
            self.wrong(&file, format!("[not_judged]: {why}"));
            Vec::new()
        });
        let judged = |model: Model| not_judged.iter().all(|(other, _)| *other != model);
        if !judged(Model::Sc) && !judged(Model::C11) {
            self.wrong(&file, "one engine at least must be able to judge it");
        }
        let accepted = self.accepted(&file, read.accepted);
        if self.problems.len() > before {
            return None;
        }
        Some(Exercise {
            name: name.to_string(),
            title: read.title,
            minutes: read.minutes,
            goal: read.goal,
            students_say: read.students_say,
            ask: read.ask,
            hints: read.hints,
            not_judged,
            except: read.except.into_iter().collect(),
            judge: judge?,
            specification,
            start: start?,
            answer: answer?,
            wrong,
            right,
            accepted,
        })
    }

    fn accepted(&mut self, file: &str, read: Vec<format::Accepted>) -> Vec<Accepted> {
        let mut accepted = Vec::new();
        for format::Accepted { attack, on, why } in read {
            let kind = attack.split(' ').next().unwrap_or_default();
            if attack::kinds().all(|known| known != kind) {
                let known = attack::kinds().collect::<Vec<_>>().join(", ");
                self.wrong(file, format!("{attack:?} is no attack: one of {known}"));
            }
            if why.trim().is_empty() {
                self.wrong(file, format!("why is {attack:?} accepted?"));
            }
            let on_answer = matches!(on, format::On::Answer);
            accepted.push(Accepted { attack, on_answer, why });
        }
        accepted
    }

    fn solutions(&mut self, folder: &str, kind: &str, known: &[Known]) -> Vec<Solution> {
        let toml = format!("{folder}/exercise.toml");
        let mut files = HashSet::new();
        let mut solutions = Vec::new();
        for known in known {
            let Some(file) = &known.file else {
                self.wrong(&toml, format!("a [[{kind}]] names no file"));
                continue;
            };
            if let Some(why) = names::wrong_file(file) {
                self.wrong(&toml, why);
            } else if !files.insert(file.clone()) {
                self.wrong(&toml, format!("{kind}/{file} is there twice"));
            } else {
                let path = format!("{kind}/{file}");
                solutions.extend(self.solution(folder, &path, known, kind == "right"));
            }
        }
        for file in self.files.sources(&format!("{folder}/{kind}")) {
            if !files.contains(&file) {
                self.wrong(
                    &toml,
                    format!("{kind}/{file} is there, and nothing says how it is marked"),
                );
            }
        }
        solutions
    }

    fn solution(
        &mut self,
        folder: &str,
        file: &str,
        known: &Known,
        right: bool,
    ) -> Option<Solution> {
        let mark = known.mark(right).map_err(|why| {
            self.wrong(&format!("{folder}/exercise.toml"), format!("{file}: {why}"));
        });
        let declared = known.declared().map_err(|why| {
            self.wrong(&format!("{folder}/exercise.toml"), format!("{file}: {why}"));
        });
        let text = self.text(&format!("{folder}/{file}"))?;
        Some(Solution {
            file: file.to_string(),
            title: known.title.clone(),
            text,
            mark: mark.ok()?,
            declared: declared.ok()?,
        })
    }
}

fn load(files: &Files) -> Result<Pack, Refused> {
    let mut reader = Reader { files, problems: Vec::new(), read: Vec::new() };
    let pack: Option<PackFile> = reader.toml(PACK);
    let listed = pack.as_ref().and_then(|pack| pack.exercises.clone());
    let listed = listed.unwrap_or_else(|| files.exercises());
    if let Some(why) = pack.as_ref().and_then(|pack| names::wrong(&pack.name)) {
        reader.wrong(PACK, why);
    }
    if pack.is_some() && listed.is_empty() {
        reader.wrong(PACK, "there is no exercise: a folder with an exercise.toml is one");
    }
    if listed.len() > MOST {
        reader.wrong(PACK, format!("there are more than {MOST} exercises"));
    }
    let (mut seen, mut exercises) = (HashSet::new(), Vec::new());
    for name in listed.iter().take(MOST) {
        if let Some(why) = names::wrong_exercise(name) {
            reader.wrong(PACK, why);
        } else if !seen.insert(name) {
            reader.wrong(PACK, format!("{name} is there twice"));
        } else {
            exercises.extend(reader.exercise(name));
        }
    }
    match (pack, reader.problems) {
        (Some(pack), problems) if problems.is_empty() => {
            Ok(Pack { name: pack.name, title: pack.title, exercises, files: reader.read })
        }
        (_, problems) => Err(Refused { problems }),
    }
}
