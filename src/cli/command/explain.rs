//! `racelab explain`: a lesson, a term or a verdict, from the pages of the book.

use crate::render::{json, markdown};
use racelab_demos::course::Demo;
use racelab_layout::nearest::nearest;

use super::{Ending, Out};

/// The terms and verdicts: a heading for each.
static GLOSSARY: &str = include_str!("../../../book/src/glossary.md");

/// What else a term is called, on a line of its own under its heading.
const ALSO: &str = "<!-- also: ";

/// Everything that can be explained, by the name that is listed.
pub fn names() -> Vec<String> {
    let demos = racelab_demos::every().map(|demo| demo.name.to_string());
    // A term that is a demo too has its lesson.
    let terms = terms().map(|term| typed(term.heading));
    demos.chain(terms.filter(|name| racelab_demos::find(name).is_none())).collect()
}

/// What a word that somebody typed is listed as: in whatever case, with blanks, by another name.
///
/// # Errors
/// Those that are nearest to it.
pub fn known(word: &str) -> Result<String, Vec<String>> {
    let name = typed(word);
    if racelab_demos::find(&name).is_some() {
        return Ok(name);
    }
    let called = |term: &Term| term.names().any(|other| other == name);
    if let Some(term) = terms().find(called) {
        return Ok(typed(term.heading));
    }
    let all = terms().flat_map(|term| term.names().collect::<Vec<_>>());
    let all: Vec<String> = names().into_iter().chain(all).collect();
    let near = nearest(&name, all.iter().map(String::as_str));
    Err(near.into_iter().map(str::to_string).collect())
}

/// Prints the lesson or the term of this name.
pub fn run(name: &str, out: &mut Out) -> anyhow::Result<Ending> {
    let (kind, text) = match racelab_demos::find(name) {
        Some(demo) => ("lesson", with_sources(demo)),
        None => ("term", section(name).unwrap_or_default()),
    };
    match out.json {
        true => out.document(&json::explain(name, kind, &text))?,
        false => out.text(&markdown::text(&text, &out.page))?,
    }
    Ok(Ending::Promised)
}

/// A term of the glossary.
struct Term {
    heading: &'static str,
    /// Other names, as they are written.
    also: &'static str,
    /// Its section, with the heading.
    section: &'static str,
}

impl Term {
    /// As it is typed.
    fn names(&self) -> impl Iterator<Item = String> {
        let also = self.also.split(", ").filter(|name| !name.is_empty());
        std::iter::once(self.heading).chain(also).map(typed)
    }
}

/// Every term, in the order of the glossary.
fn terms() -> impl Iterator<Item = Term> {
    let starts = GLOSSARY.match_indices("\n### ").map(|(at, _)| at + 1);
    starts.map(|at| {
        let section = &GLOSSARY[at..];
        let section = &section[..section[1..].find("\n#").map_or(section.len(), |end| end + 1)];
        let mut lines = section.lines();
        let heading = lines.next().unwrap_or_default().trim_start_matches("### ");
        let also = lines.next().and_then(|line| line.strip_prefix(ALSO)?.strip_suffix(" -->"));
        Term { heading, also: also.unwrap_or_default(), section }
    })
}

/// A name as it is typed: `Use after free` is `use-after-free`.
fn typed(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

/// The section of a term, without what else it is called.
fn section(name: &str) -> Option<String> {
    let term = terms().find(|term| typed(term.heading) == name)?;
    let lines = term.section.lines().filter(|line| !line.starts_with(ALSO));
    Some(lines.map(|line| format!("{line}\n")).collect())
}

/// The lesson, with the sources that the book includes: `{{#include broken.rs}}`, whole or the
/// part between `ANCHOR: name` and `ANCHOR_END: name`.
fn with_sources(demo: &Demo) -> String {
    let mut text = String::new();
    for line in demo.lesson.lines() {
        let included = line.trim().strip_prefix("{{#include ").and_then(|l| l.strip_suffix("}}"));
        match included.and_then(|path| source(demo, path)) {
            Some(source) => text += &source,
            None => text += &format!("{line}\n"),
        }
    }
    text
}

fn source(demo: &Demo, path: &str) -> Option<String> {
    let (file, anchor) = path.split_once(':').map_or((path, None), |(f, a)| (f, Some(a)));
    let mut sources = demo.versions.iter().flat_map(|version| version.scenario.sources);
    let text = sources.find(|source| source.file == file)?.text;
    let is_mark = |line: &&str| line.contains("// ANCHOR: ") || line.contains("// ANCHOR_END: ");
    let lines: Vec<&str> = match anchor {
        None => text.lines().collect(),
        Some(anchor) => {
            let begin = format!("// ANCHOR: {anchor}");
            let end = format!("// ANCHOR_END: {anchor}");
            let lines = text.lines().skip_while(|line| line.trim() != begin).skip(1);
            lines.take_while(|line| line.trim() != end).collect()
        }
    };
    let lines = lines.into_iter().filter(|line| !is_mark(line));
    Some(lines.map(|line| format!("{line}\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{class, cost, detectors, histogram};
    use racelab::explore::weaken::Need;
    use racelab::explore::{Engines, RANDOM_GRAPHS};
    use racelab::race::Grade;
    use racelab::report::{Kind, Model, Verdict};
    use racelab::words::{Page, interleaving, samples};
    use racelab_exercise::{progress, stage};

    #[test]
    fn every_term_is_explained_and_no_two_are_called_the_same() {
        let mut all: Vec<String> =
            racelab_demos::every().map(|demo| demo.name.to_string()).collect();
        for term in terms() {
            let section = section(&typed(term.heading)).unwrap_or_default();
            assert!(section.lines().count() > 2, "{}: {section}", term.heading);
            assert!(!section.contains("also:"), "{section}");
            // A term that is a demo too has its lesson.
            all.extend(term.names().filter(|name| racelab_demos::find(name).is_none()));
        }
        all.sort();
        let many = all.len();
        all.dedup();
        assert_eq!(all.len(), many, "{all:?}");
    }

    #[test]
    fn a_word_is_found_as_it_is_written() {
        for (word, name) in [
            ("SC", "sequential-consistency"),
            ("still concurrent", "still-concurrent"),
            ("Data_race", "data-race"),
            ("TORN-HEADER", "torn-header"),
            ("MAY WAIT", "still-concurrent"),
        ] {
            assert_eq!(known(word).as_deref(), Ok(name));
        }
        assert_eq!(known("deadlok"), Err(vec!["deadlock".to_string()]));
    }

    /// Every variant, once: a new one does not compile here.
    macro_rules! words {
        ($of:ty: $($variant:path => $word:expr),+ $(,)?) => {{
            let _ = |value: $of| match value { $($variant => ()),+ };
            vec![$($word.to_string()),+]
        }};
    }

    /// What is on racelab's screens, from what puts it there.
    fn on_screen() -> Vec<String> {
        let mut words: Vec<String> =
            Kind::ALL.iter().map(|kind| kind.words().to_string()).collect();
        words.extend(Model::ALL.map(|model| model.name().to_string()));
        words.extend(Engines::standard().iter().map(|engine| engine.name().to_string()));
        words.push(RANDOM_GRAPHS.name().to_string());
        words.extend(stage::STAGES.map(str::to_string));
        words.extend(words!(Verdict:
            Verdict::Caught => "failing", Verdict::Passed => "PASSED", Verdict::NotFound => "NOT FOUND",
            Verdict::Inconclusive => "INCONCLUSIVE", Verdict::Undecided => "UNDECIDED",
            Verdict::Hung => "HANG", Verdict::Crashed => "CRASH",
            Verdict::NotApplicable => "NOT APPLICABLE",
        ));
        words.extend(words!(Grade:
            Grade::Allowed => histogram::grade(Grade::Allowed),
            Grade::Interesting => histogram::grade(Grade::Interesting),
            Grade::Forbidden => histogram::grade(Grade::Forbidden),
        ));
        words.extend(words!(Need:
            Need::Needed => "needed", Need::NotNeeded => "not needed", Need::Unknown => "unknown",
        ));
        words.extend(words!(stage::State:
            stage::State::Ok => "ok", stage::State::Failed => "failed",
            stage::State::Open => "undecided", stage::State::Remark => "remark",
            stage::State::None => "not judged",
        ));
        words.extend(words!(progress::State:
            progress::State::New => "exercise",
            progress::State::Tried => progress::State::Tried.word(),
            progress::State::Solved => progress::State::Solved.word(),
        ));
        words.extend(heads());
        words
    }

    /// The heads of columns, as tables are drawn.
    fn heads() -> Vec<String> {
        let step = samples::step("writer", "length", "store", "1");
        let mut failure = samples::failure(Kind::Forbidden, "why", vec![step]);
        failure.initial.push(("length".to_string(), "8".to_string()));
        let wide = interleaving::text(&failure, &Page::default());
        let narrow = interleaving::text(&failure, &Page { width: 44, ..Page::default() });
        let mut heads: Vec<String> = Vec::new();
        for text in [wide, narrow] {
            let head = text.lines().find(|line| line.contains(" | ")).unwrap_or_default();
            heads.extend(head.split(" | ").map(|cell| cell.trim().to_string()));
        }
        heads.retain(|head| !head.is_empty() && !failure.actors.contains(head));
        assert!(heads.iter().any(|head| head == "memory"), "{heads:?}");
        heads.extend(histogram::HEADS.map(str::to_string));
        heads.extend(detectors::HEADS.map(str::to_string));
        heads.extend(cost::HEADS.map(str::to_string));
        heads.extend(class::COLLECTED.map(str::to_string));
        let arguments = super::super::layout::LayoutArgs::default();
        let mut types = Vec::new();
        let listed = super::super::layout::run(&arguments, &racelab_demos::layouts(), &mut types);
        assert_eq!(listed.expect("a list"), 0);
        let types = String::from_utf8_lossy(&types).into_owned();
        heads.extend(
            types.lines().next().unwrap_or_default().split_whitespace().map(str::to_string),
        );
        heads
    }

    #[test]
    fn every_word_on_a_screen_is_explained() {
        let unknown: Vec<String> =
            on_screen().into_iter().filter(|word| known(word).is_err()).collect();
        assert_eq!(unknown, Vec::<String>::new());
    }
}
