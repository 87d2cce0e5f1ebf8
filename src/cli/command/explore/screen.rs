//! The screen of a game: what each thread has done and could do, the memory, the way so far, the ends.

use racelab::explore::hand::{Goal, How, Next, Offer};
use racelab::report::{Model, Step};
use racelab::words::{Ink, step, width};

use racelab_layout::cache_line;

use super::play::{Play, View};
use crate::render::owners::{Held, Owners};
use crate::render::places;

/// A line in pieces: each has its ink, if any.
pub type Line = Vec<(Option<Ink>, String)>;

/// Columns of threads are no narrower than this.
const COLUMN: usize = 30;
/// So many of its last steps are shown of each thread.
const STEPS: usize = 3;

/// The whole screen, as many lines as it takes.
pub fn screen(play: &Play, columns: usize, large: bool) -> Vec<Line> {
    let mut lines = vec![title(play)];
    let threads = play.position.threads.len();
    let beside = !large && threads > 0 && columns / threads >= COLUMN;
    if beside {
        lines.extend(side_by_side(play, columns));
    } else {
        (1..=threads).for_each(|thread| lines.extend(one(play, thread, columns, large)));
    }
    lines.extend(memory(play, columns));
    lines.extend(code(play, columns));
    if !large {
        lines.extend(so_far(play, columns));
    }
    lines.extend(ends(play, columns));
    lines
}

/// What the keys are.
pub fn keys(play: &Play, large: bool) -> Vec<Line> {
    let letters = play.letters();
    let mine: Vec<String> =
        (1..=play.position.threads.len()).map(|thread| letters[thread].to_string()).collect();
    let steps = mine.join(" ");
    let runs = steps.to_uppercase();
    let first = format!("{steps} step  {runs} to its end or until it waits");
    let second = "u undo  U redo  h hint  p play a way there  s token  ? keys  q quit";
    match large {
        true => vec![plain(format!("{steps} step  u undo  h hint  q quit"))],
        false => vec![plain(first), plain(second.to_string())],
    }
}

/// All keys, in words.
pub fn help(play: &Play) -> Vec<Line> {
    let letters = play.letters();
    let mut lines = vec![];
    for (letter, (name, _)) in letters.iter().skip(1).zip(&play.position.threads) {
        let upper = letter.to_ascii_uppercase();
        lines.push(plain(format!("  {letter}  one step of {name}; {upper} to its end")));
    }
    let more = [
        "  a number after a letter's brackets chooses that way: 2 takes [2]",
        "  u  one move back      U  forward again      j  back to the beginning",
        "  h  a hint, and more each time: the goal, who goes next, the step itself",
        "  p  plays a way to the goal      s  says the token      q  quits, and prints it",
        "  #  the memory by its bytes, by its cache lines, and by its words again",
    ];
    lines.extend(more.map(|line| plain(line.to_string())));
    lines
}

fn plain(text: String) -> Line {
    vec![(None, text)]
}

fn title(play: &Play) -> Line {
    let goal = play.goal.as_ref().map_or(String::new(), |goal| format!("  goal {}", goal.name()));
    let stale = play.position.so_far.stale;
    let switches = play.position.so_far.switches;
    let stale = match play.model() {
        Model::C11 => format!("{stale} stale, "),
        Model::Sc | Model::X86 => String::new(),
    };
    let best = play.score.map_or(String::new(), |(stale, switches)| match play.model() {
        Model::C11 => format!(" (best {stale}, {switches})"),
        Model::Sc | Model::X86 => format!(" (best {switches})"),
    });
    let switches = format!("{switches} {}{best}", if switches == 1 { "switch" } else { "switches" });
    vec![
        (Some(Ink::Strong), play.table.head.version.clone()),
        (None, format!("  {}", play.model().name())),
        (Some(Ink::Notable), goal),
        (Some(Ink::Faint), format!("  {stale}{switches}")),
    ]
}

/// A step in short, with its ordering, and its line before it.
fn short(step: &Step) -> String {
    let text = step::cell(step);
    let text = match (&step.ordering, step.field.is_empty()) {
        (Some(ordering), false) => text.replacen(&step.op, &format!("{}({ordering})", step.op), 1),
        _ => text,
    };
    format!("{:>3} {text}", step.line)
}

/// The same for a column: what is newer stands below.
fn shorter(step: &Step) -> String {
    let text = short(step);
    text.split(", newest").next().unwrap_or_default().to_string()
}

/// What a way to go on is, in a few words.
fn offer(offer: &Offer) -> String {
    let step = offer.step.as_ref().map_or(offer.kind.does().to_string(), shorter);
    match offer.how {
        How::Step => step,
        How::Older(older) if offer.step.as_ref().is_some_and(step::only_writes) => {
            format!("{step}, {older} before the newest")
        }
        How::Older(_) => step,
        How::Whim => format!("{step}, without a reason"),
        How::Drain(0) => "    its oldest store reaches the memory".to_string(),
        How::Drain(which) => format!("    store {} of its buffer reaches the memory", which + 1),
    }
}

/// The lines of one thread: its last steps, and what it could do next.
fn lines_of(play: &Play, thread: usize) -> Vec<(Option<Ink>, String)> {
    let (name, next) = &play.position.threads[thread - 1];
    let ink = Ink::Actor(thread - 1);
    let letter = play.letters()[thread];
    let done = play.position.so_far.steps.iter().filter(|step| step.thread == *name);
    let done: Vec<String> = done.map(|step| format!("   {}", shorter(step))).collect();
    let mut lines: Vec<(Option<Ink>, String)> = Vec::new();
    let left_out = done.len().saturating_sub(STEPS);
    lines.extend(done.into_iter().skip(left_out).map(|line| (Some(Ink::Faint), line)));
    match next {
        Next::Goes(offers) => {
            for (number, way) in offers.iter().enumerate() {
                let key = if number == 0 { letter.to_string() } else { (number + 1).to_string() };
                lines.push((Some(ink), format!("[{key}]{}", offer(way))));
            }
        }
        Next::Waits(wait) => {
            let holder =
                wait.holder.as_ref().map_or(String::new(), |held| format!(", held by {held}"));
            lines.push((Some(Ink::Notable), format!("  waits for {}{holder}", wait.object)));
        }
        Next::Ended => lines.push((Some(Ink::Faint), "  ended".to_string())),
    }
    lines
}

fn heading(play: &Play, thread: usize) -> String {
    format!("{} ({})", play.name(thread).to_uppercase(), play.letters()[thread])
}

fn side_by_side(play: &Play, columns: usize) -> Vec<Line> {
    let threads = play.position.threads.len();
    let wide = (columns - 3 * (threads - 1)) / threads;
    let cells: Vec<_> = (1..=threads).map(|thread| lines_of(play, thread)).collect();
    let rows = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = Vec::new();
    let mut head: Line = Vec::new();
    for thread in 1..=threads {
        let bar = if thread > 1 { " | " } else { "" };
        head.push((None, bar.to_string()));
        head.push((Some(Ink::Strong), fit(&heading(play, thread), wide)));
    }
    lines.push(head);
    for row in 0..rows {
        let mut line: Line = Vec::new();
        for (thread, cells) in cells.iter().enumerate() {
            // The next steps stand on the same line.
            let empty = rows - cells.len();
            let cell = row.checked_sub(empty).map(|at| &cells[at]);
            let bar = if thread > 0 { " | " } else { "" };
            line.push((None, bar.to_string()));
            let (ink, text) = cell.cloned().unwrap_or_default();
            line.push((ink, fit(&text, wide)));
        }
        lines.push(line);
    }
    lines
}

/// One thread under another; where the screen is for a room, its next step alone.
fn one(play: &Play, thread: usize, columns: usize, large: bool) -> Vec<Line> {
    let mut lines = vec![vec![(Some(Ink::Strong), heading(play, thread))]];
    let all = lines_of(play, thread);
    let from = if large { all.len().saturating_sub(play.ways(thread).len().max(1)) } else { 0 };
    lines.extend(all[from..].iter().map(|(ink, text)| vec![(*ink, cut(text, columns))]));
    lines
}

fn memory(play: &Play, columns: usize) -> Vec<Line> {
    let shown = &play.position.so_far;
    let memory = shown.steps.last().map_or(&shown.initial, |step| &step.memory);
    let words = memory.iter().map(|(name, value)| format!("{name}={value}"));
    let mut lines = match play.view {
        View::Words => wrapped("MEMORY ", &words.collect::<Vec<_>>(), columns),
        View::Bytes => bytes(play, memory, columns),
        View::Lines => cache_lines(play, memory, columns),
    };
    let waiting = play.position.buffers.iter().enumerate().filter(|buffer| !buffer.1.is_empty());
    let waiting = waiting.map(|(thread, stores)| {
        let stores = stores.iter().map(|(word, value)| format!("{word}={value}"));
        format!("{}: {}", play.name(thread + 1), stores.collect::<Vec<_>>().join(", "))
    });
    let waiting: Vec<String> = waiting.collect();
    if !waiting.is_empty() {
        lines.extend(wrapped("BUFFERS", &waiting, columns));
    }
    lines
}

/// The bytes, as far as a screen has room; those of no word are dots.
fn bytes(play: &Play, memory: &[(String, String)], columns: usize) -> Vec<Line> {
    const ROWS: usize = 6;
    let rows = places::bytes(&play.position.places, memory);
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
    let lines = memory.iter().filter_map(|word| Some(places.of(&word.0)?.start / size));
    for line in 0..lines.max().map_or(0, |last| last + 1).max(now.len()) {
        let held = now.get(line).cloned().unwrap_or_default();
        let mine = |word: &&(String, String)| {
            places.of(&word.0).is_some_and(|place| place.start / size == line)
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
        let does = if does.is_empty() { "touches none of them".to_string() } else { does.join("; ") };
        texts.push(format!("{} {does}", step.thread));
    }
    texts.push(format!("by the layout, {size} bytes each; nothing was measured"));
    let line = |(at, text): (usize, String)| {
        let head = if at == 0 { "LINES   " } else { "        " };
        vec![(Some(Ink::Strong), head.to_string()), (None, cut(&text, columns.saturating_sub(8)))]
    };
    texts.into_iter().enumerate().map(line).collect()
}

/// What stands in the source where each thread goes on.
fn code(play: &Play, columns: usize) -> Vec<Line> {
    let letters = play.letters();
    let next = play.position.threads.iter().enumerate().filter_map(|(at, thread)| {
        let Next::Goes(offers) = &thread.1 else { return None };
        let step = offers.iter().find_map(|offer| offer.step.as_ref())?;
        let text = format!("{} {} {}", letters[at + 1], step.line, step.source);
        (!step.source.is_empty()).then_some(text)
    });
    let line = |(at, text): (usize, String)| {
        let head = if at == 0 { "CODE    " } else { "        " };
        vec![(Some(Ink::Strong), head.to_string()), (None, cut(&text, columns.saturating_sub(8)))]
    };
    next.enumerate().map(line).collect()
}

fn so_far(play: &Play, columns: usize) -> Vec<Line> {
    const LAST: usize = 4;
    let steps = &play.position.so_far.steps;
    let from = steps.len().saturating_sub(LAST);
    let last = steps[from..].iter().enumerate();
    let last = last.map(|(at, step)| {
        let old = step.old.as_ref().map_or(String::new(), |old| format!(" ({})", step::reads(old)));
        format!("{} {}: {}{old}", from + at + 1, step.thread, short(step).trim_start())
    });
    let mut lines: Vec<Line> = Vec::new();
    for (at, text) in last.enumerate() {
        let head = if at == 0 { "SO FAR  " } else { "        " };
        lines.push(vec![
            (Some(Ink::Strong), head.to_string()),
            (None, cut(&text, columns.saturating_sub(8))),
        ]);
    }
    lines
}

fn ends(play: &Play, columns: usize) -> Vec<Line> {
    let goals = play.table.rules.goals();
    let outcomes = goals.iter().filter(|goal| matches!(goal, Goal::Outcome(_))).map(Goal::name);
    let others = play.seen.iter().filter(|end| !outcomes.clone().any(|id| id == **end));
    let all: Vec<String> = outcomes.clone().chain(others.cloned()).collect();
    let words = all.iter().map(|end| match (play.seen.contains(end), play.never.contains(end)) {
        (true, _) => format!("{end} (seen)"),
        (false, true) => format!("{end} (never)"),
        (false, false) => end.clone(),
    });
    let mut words: Vec<String> = words.collect();
    if let Some(all) = play.all.filter(|_| !play.never.is_empty()) {
        words.push(format!("- never: in 0 of {all} executions"));
    }
    wrapped("ENDS   ", &words, columns)
}

/// What it has come to, and what was asked.
pub fn says(play: &Play, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(end) = play.end() {
        let (ink, text) = match play.won() {
            true => {
                let score = play.quiz.map_or(String::new(), |quiz| quiz.ends() + " ");
                (Ink::Good, format!("=> {end}: that is the goal. {score}{}", onwards(play)))
            }
            false => {
                let why = play.meaning(&end).map_or(String::new(), |why| format!(", {why}"));
                (Ink::Notable, format!("=> {end}{why}: it is over; u goes back"))
            }
        };
        let words: Vec<String> = text.split(' ').map(str::to_string).collect();
        let inked = |line: Line| line.into_iter().map(|(_, text)| (Some(ink), text)).collect();
        lines.extend(wrapped("", &words, columns).into_iter().map(inked));
    }
    if let (Some(quiz), Some(goal), None) = (&play.quiz, &play.goal, play.end()) {
        let words: Vec<String> = quiz.asks(goal).split(' ').map(str::to_string).collect();
        let strong = |line: Line| line.into_iter().map(|(_, t)| (Some(Ink::Strong), t)).collect();
        lines.extend(wrapped("", &words, columns).into_iter().map(strong));
    }
    if !play.says.is_empty() {
        let words: Vec<String> = play.says.split(' ').map(str::to_string).collect();
        lines.extend(wrapped("", &words, columns));
    }
    lines
}

/// What could be done when the goal was reached.
fn onwards(play: &Play) -> String {
    let Some((what, typed)) = &play.onwards else { return String::new() };
    format!("What mends it: {what}. The same goal there: {typed}")
}

/// Words in lines, each behind the same head.
fn wrapped(head: &str, words: &[String], columns: usize) -> Vec<Line> {
    let gap = if head.is_empty() { 0 } else { head.len() + 1 };
    let room = columns.saturating_sub(gap).max(1);
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut().filter(|line| width(line) + width(word) < room) {
            Some(line) => *line += &format!(" {word}"),
            None => lines.push(word.clone()),
        }
    }
    let line = |(at, text): (usize, String)| {
        let head = if at == 0 { format!("{head:<gap$}") } else { " ".repeat(gap) };
        vec![(Some(Ink::Strong), head), (None, text)]
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// No wider than this.
fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_string();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if width(&short) + 2 > columns {
            break;
        }
        short.push(letter);
    }
    short + "~"
}

/// As wide as this.
fn fit(text: &str, columns: usize) -> String {
    racelab::words::pad(&cut(text, columns), columns)
}
