//! Holds a program against what it was: only what has become worse is told.

use std::collections::HashMap;

use serde::Deserialize;

use super::Row;
use crate::dwarf::Refusal;
use crate::sharing::Verdict;

/// A type that is worse than in the baseline, with what is worse, one sentence each.
#[derive(Clone, Debug, PartialEq)]
pub struct Worse {
    /// As it is now.
    pub row: Row,
    /// What is worse.
    pub why: Vec<String>,
}

#[derive(Deserialize)]
struct Document {
    command: String,
    audit: Vec<Known>,
}

#[derive(Deserialize)]
struct Known {
    name: String,
    file: Option<String>,
    waste: usize,
    verdict: Option<String>,
}

/// The types among `rows` that are worse than the document `baseline` of an earlier audit says:
/// those with a stronger verdict, or more wasted bytes, and new ones with a verdict. A type is known
/// by its file and its name, so that it may move within its file.
pub fn worse(rows: &[Row], baseline: &str) -> Result<Vec<Worse>, Refusal> {
    let document: Document = serde_json::from_str(baseline)
        .ok()
        .filter(|document: &Document| document.command == "layout")
        .ok_or_else(|| {
            Refusal::usage(
                "the baseline is no audit: make it by `racelab layout --bin FILE --audit --json`",
            )
        })?;
    let mut known: HashMap<(&str, &str), Vec<&Known>> = HashMap::new();
    for one in &document.audit {
        known.entry((one.file.as_deref().unwrap_or_default(), &one.name)).or_default().push(one);
    }
    let mut found = Vec::new();
    for row in rows {
        let file = row.place.as_ref().map_or("", |(file, _)| file.as_str());
        let mut why = Vec::new();
        match known.get(&(file, row.name.as_str())) {
            None => {
                if let Some((verdict, _)) = row.verdict {
                    why.push(format!("it is new, and {}", words(verdict)));
                }
            }
            // Several of one name are held against the worst of them.
            Some(before) => {
                let verdict =
                    before.iter().filter_map(|one| verdict(one.verdict.as_deref()?)).max();
                if let Some((now, _)) = row.verdict.filter(|(now, _)| Some(*now) > verdict) {
                    let was = verdict.map_or("nothing found", words);
                    why.push(format!("{}, and it was: {was}", words(now)));
                }
                let waste = before.iter().map(|one| one.waste).max().unwrap_or(0);
                if row.waste > waste {
                    why.push(format!("{} bytes hold nothing, and it were {waste}", row.waste));
                }
            }
        }
        if !why.is_empty() {
            found.push(Worse { row: row.clone(), why });
        }
    }
    Ok(found)
}

fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::DataRace => "two bit-fields race",
        Verdict::Certain => "false sharing is certain",
        Verdict::Likely => "false sharing is likely",
        Verdict::Maybe => "synchronised words share a line",
    }
}

/// The verdict of this word, as JSON has it.
pub fn verdict(word: &str) -> Option<Verdict> {
    match word {
        "data-race" => Some(Verdict::DataRace),
        "certain" => Some(Verdict::Certain),
        "likely" => Some(Verdict::Likely),
        "maybe" => Some(Verdict::Maybe),
        _ => None,
    }
}
