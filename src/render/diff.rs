//! From broken to fixed: the same functions before and after, line by line.

use similar::{ChangeTag, TextDiff};

use super::source::{functions, matter};
use super::{Ink, Page};
use crate::report::Failure;
use crate::scenario::Scenario;

/// More lines than this are not shown.
const MOST: usize = 40;

/// The functions of `broken` that the failing execution ran through, beside those of the same
/// names in `fixed`. `-` goes, `+` comes.
pub fn text(broken: &Scenario, fixed: &Scenario, failure: Option<&Failure>, page: &Page) -> String {
    let (Some(before), Some(after)) = (broken.sources.first(), fixed.sources.first()) else {
        return String::new();
    };
    let names: Vec<String> = matter(before, failure).into_iter().map(|f| f.name).collect();
    let (old, new) = (excerpt(before.text, &names), excerpt(after.text, &names));
    let diff = TextDiff::from_lines(&old, &new);
    let changes: Vec<_> = diff.iter_all_changes().collect();
    let mut text = String::new();
    for change in changes.iter().take(MOST) {
        let (sign, ink) = match change.tag() {
            ChangeTag::Delete => ('-', Ink::Bad),
            ChangeTag::Insert => ('+', Ink::Good),
            ChangeTag::Equal => (' ', Ink::Faint),
        };
        let line = format!("{sign} {}", change.value().trim_end());
        text += &format!("  {}\n", page.paint(ink, line.trim_end()));
    }
    if changes.len() > MOST {
        text += &format!("  ({} more lines)\n", changes.len() - MOST);
    }
    text
}

/// The functions of these names, an empty line between; everything where there are none.
fn excerpt(text: &str, names: &[String]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let wanted = functions(text).into_iter().filter(|f| names.contains(&f.name));
    let blocks: Vec<String> = wanted.map(|f| lines[f.lines].join("\n") + "\n").collect();
    if blocks.is_empty() { text.to_string() } else { blocks.join("\n") }
}
