//! The memory on the screen of a game: by its words, by its bytes, by its cache lines; and the buffers.

use racelab::words::Ink;
use racelab_layout::cache_line;

use super::play::{Play, View};
use super::screen::{Line, cut, nameless, wrapped};
use crate::render::owners::{Held, Owners};
use crate::render::places;

/// The memory as it is now: what no step has touched yet is as it was in the beginning.
fn now(play: &Play) -> Vec<(String, String)> {
    let shown = &play.position.so_far;
    let touched = shown.steps.last().map_or(&shown.initial, |step| &step.memory);
    let of = |name: &str| touched.iter().find(|word| word.0 == name);
    let before = play.before.iter().map(|word| of(&word.0).unwrap_or(word));
    let more = touched.iter().filter(|word| !play.before.iter().any(|known| known.0 == word.0));
    before.chain(more).cloned().collect()
}

pub fn memory(play: &Play, columns: usize) -> Vec<Line> {
    let memory = &now(play);
    let words = memory.iter().map(|(name, value)| format!("{name}={value}"));
    let mut lines = match play.view {
        View::Words => wrapped("MEMORY ", &words.collect::<Vec<_>>(), columns),
        View::Bytes => bytes(play, memory, columns),
        View::Lines => cache_lines(play, memory, columns),
    };
    let waiting = play.position.buffers.iter().enumerate().filter(|buffer| !buffer.1.is_empty());
    let waiting = waiting.map(|(thread, stores)| {
        let stores = stores.iter().map(|(word, value)| format!("{word}={}", nameless(value)));
        format!("{}: {}", play.name(thread + 1), stores.collect::<Vec<_>>().join(", "))
    });
    let waiting: Vec<String> = waiting.collect();
    let waiting: Vec<String> = waiting.join("  ").split(' ').map(str::to_string).collect();
    if waiting.iter().any(|word| !word.is_empty()) {
        lines.extend(wrapped("BUFFERS", &waiting, columns));
    }
    lines
}

/// The bytes, as far as a screen has room; those of no word are dots.
fn bytes(play: &Play, memory: &[(String, String)], columns: usize) -> Vec<Line> {
    const ROWS: usize = 6;
    let rows = places::bytes(|word| play.place(word), memory);
    let left_out = rows.len().saturating_sub(ROWS);
    let mut texts: Vec<String> = rows.into_iter().take(ROWS).collect();
    match (texts.is_empty(), left_out) {
        (true, _) => texts.push("no word of it lies in the type itself".to_string()),
        (_, 0) => {}
        (_, more) => texts.push(format!("and {more} more rows")),
    }
    let line = |(at, text): (usize, String)| {
        let head = if at == 0 { "BYTES   " } else { "        " };
        vec![(Some(Ink::Strong), head.to_string()), (None, cut(&text, columns.saturating_sub(8)))]
    };
    texts.into_iter().enumerate().map(line).collect()
}

/// The words by the cache line that they lie in, who has each line, and which the last step touched.
fn cache_lines(play: &Play, memory: &[(String, String)], columns: usize) -> Vec<Line> {
    let (shown, places) = (&play.position.so_far, &play.position.places);
    let size = cache_line::detect();
    let owners = Owners::new(shown, places, size);
    let mut texts = Vec::new();
    let now = owners.held.last().map_or(&[][..], Vec::as_slice);
    let lines = memory.iter().filter_map(|word| Some(play.place(&word.0)?.start / size));
    for line in 0..lines.max().map_or(0, |last| last + 1).max(now.len()) {
        let held = now.get(line).cloned().unwrap_or_default();
        let mine = |word: &&(String, String)| {
            play.place(&word.0).is_some_and(|place| place.start / size == line)
        };
        let words = memory.iter().filter(mine).map(|(name, value)| format!("{name}={value}"));
        let words: Vec<String> = words.collect();
        if !words.is_empty() || held != Held::Nobody {
            texts.push(format!("{line}: {} ({})", words.join(" "), held.words()));
        }
    }
    if let (Some(step), Some(touched)) = (shown.steps.last(), owners.touched.last()) {
        let does = touched.iter().map(|touch| touch.words(&step.thread));
        let does: Vec<String> = does.collect();
        let does =
            if does.is_empty() { "touches none of them".to_string() } else { does.join("; ") };
        texts.push(format!("{} {does}", step.thread));
    }
    texts.push(format!("by the layout, {size} bytes each; nothing was measured"));
    let line = |(at, text): (usize, String)| {
        let head = if at == 0 { "LINES   " } else { "        " };
        vec![(Some(Ink::Strong), head.to_string()), (None, cut(&text, columns.saturating_sub(8)))]
    };
    texts.into_iter().enumerate().map(line).collect()
}
