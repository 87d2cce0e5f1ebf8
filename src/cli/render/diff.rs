//! From broken to fixed: the same functions before and after, line by line.

use similar::{Algorithm, Change, ChangeTag, capture_diff_slices};

use super::source::{body, functions, matter};
use racelab::Scenario;
use racelab::report::Failure;
use racelab::words::{Ink, Page};

/// More lines than this are not shown.
const MOST: usize = 40;

/// The functions of `broken` that the failing execution ran through, beside those of the same
/// names in `fixed`. `-` goes, `+` comes.
pub(super) fn text(
    broken: &Scenario,
    fixed: &Scenario,
    failure: Option<&Failure>,
    page: &Page,
) -> String {
    let (Some(before), Some(after)) = (broken.sources.first(), fixed.sources.first()) else {
        return String::new();
    };
    let names: Vec<String> = matter(before, failure).into_iter().map(|f| f.name).collect();
    let (old, new) = (excerpt(before.text, &names), excerpt(after.text, &names));
    let changes = changes(&old, &new);
    let mut text = String::new();
    for change in changes.iter().take(MOST) {
        let (sign, ink) = match change.tag() {
            ChangeTag::Delete => ('-', Ink::Bad),
            ChangeTag::Insert => ('+', Ink::Good),
            ChangeTag::Equal => (' ', Ink::Faint),
        };
        for line in page.code(&format!("  {sign} "), change.value().trim_end()) {
            text += &format!("{}\n", page.paint(ink, &line));
        }
    }
    if changes.len() > MOST {
        text += &format!("  ({} more lines)\n", changes.len() - MOST);
    }
    text
}

/// Each line of two texts in turn: it goes, it comes, or it stays. What the crate knows of whole
/// texts would take longer to compile than anything else that this is made of.
pub(super) fn changes<'t>(old: &'t str, new: &'t str) -> Vec<Change<&'t str>> {
    let [old, new] = [old, new].map(|text| text.split_inclusive('\n').collect::<Vec<&str>>());
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    operations.iter().flat_map(|operation| operation.iter_changes(&old, &new)).collect()
}

/// The lines without the indent that all share.
fn outdented(lines: &[&str]) -> String {
    let indent = |line: &&&str| line.len() - line.trim_start().len();
    let shared = lines.iter().filter(|line| !line.trim().is_empty()).map(|l| indent(&l)).min();
    let line = |line: &&str| line.get(shared.unwrap_or(0)..).unwrap_or("").to_string() + "\n";
    lines.iter().map(line).collect()
}

/// The functions of these names, an empty line between; all items where there are none.
fn excerpt(text: &str, names: &[String]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let wanted = functions(text).into_iter().filter(|f| names.contains(&f.name));
    let blocks: Vec<String> = wanted.map(|f| outdented(&lines[f.lines])).collect();
    if blocks.is_empty() { body(text) } else { blocks.join("\n") }
}
