//! The code on the screen of a game: where each thread goes on, and why it may read what is old.

use racelab::explore::hand::{How, Next, Offer};
use racelab::report::Step;
use racelab::words::{Ink, step};

use super::play::Play;
use super::screen::{Line, cut, wrapped};

/// More of a thread's code is of no use.
const MOST: usize = 4;

/// What stands in the source where each thread goes on; where there is room for more lines, with what
/// comes after it in the function.
pub fn next(play: &Play, columns: usize, room: usize) -> Vec<Line> {
    let letters = play.letters();
    let threads = 1..=play.position.threads.len();
    let going: Vec<(usize, &Step)> =
        threads.filter_map(|thread| Some((thread, next_of(play, thread)?))).collect();
    let each = (room / going.len().max(1)).clamp(1, MOST);
    let mut lines: Vec<Line> = Vec::new();
    for (thread, step) in going {
        for (at, code) in excerpt(play, step, each).into_iter().enumerate() {
            let head = if lines.is_empty() { "CODE    " } else { "        " };
            let letter = if at == 0 { letters[thread] } else { ' ' };
            let text = cut(&format!("{letter} {code}"), columns.saturating_sub(8));
            let ink = (at > 0).then_some(Ink::Faint);
            lines.push(vec![(Some(Ink::Strong), head.to_string()), (ink, text)]);
        }
    }
    lines
}

/// The step that a thread makes next, if it goes on.
fn next_of(play: &Play, thread: usize) -> Option<&Step> {
    let Next::Goes(offers) = &play.position.threads[thread - 1].1 else { return None };
    offers.iter().find_map(|offer| offer.step.as_ref()).filter(|step| !step.source.is_empty())
}

/// So many lines of the file from a step on, to the end of its function: without comments and closing
/// braces, and not indented by what they have in common.
fn excerpt(play: &Play, step: &Step, lines: usize) -> Vec<String> {
    let source = play.table.rules.sources.iter().find(|source| source.0 == step.file);
    let text = source.map_or("", |source| source.1.as_str());
    let from = (step.line as usize).saturating_sub(1);
    let says = |line: &(usize, &str)| {
        let code = line.1.trim();
        code.contains(char::is_alphanumeric) && !code.starts_with("//")
    };
    let function = |line: &(usize, &str)| line.0 == from || !line.1.contains("fn ");
    let all = text.lines().enumerate().skip(from);
    let shown: Vec<(usize, &str)> = all.take_while(function).filter(says).take(lines).collect();
    if shown.len() < 2 {
        return vec![format!("{} {}", step.line, step.source)];
    }
    let indented = |line: &(usize, &str)| line.1.len() - line.1.trim_start().len();
    let common = shown.iter().map(indented).min().unwrap_or(0);
    shown.iter().map(|(at, line)| format!("{} {}", at + 1, &line[common..])).collect()
}

/// Why a thread may read what is old, a line for each way that does.
pub fn older(play: &Play, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (thread, (name, next)) in play.position.threads.iter().enumerate() {
        let Next::Goes(offers) = next else { continue };
        let reads = |offer: &Offer| matches!(offer.how, How::Older(_));
        for (at, offer) in offers.iter().enumerate().filter(|(_, offer)| reads(offer)) {
            let Some(old) = offer.step.as_ref().and_then(|step| step.old.as_ref()) else {
                continue;
            };
            let newer = old.newer.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
            let steps = if old.newer.len() == 1 { "step" } else { "steps" };
            let letter = play.letters()[thread + 1];
            let says = format!(
                "{letter} {}: {name} {}: nothing orders {steps} {newer} before this",
                at + 1,
                step::reads(old)
            );
            let words: Vec<String> = says.split(' ').map(str::to_string).collect();
            let head = if lines.is_empty() { "OLD    " } else { "       " };
            lines.extend(wrapped(head, &words, columns));
        }
    }
    lines
}
