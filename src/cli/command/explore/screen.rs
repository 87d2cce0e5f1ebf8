//! The screen of a game: what each thread has done and could do, the memory, the way so far, the ends.

use racelab::explore::hand::{Came, Goal, How, Next, Offer};
use racelab::report::{Model, Step, Why};
use racelab::words::{Ink, step, width};

use super::code;
use super::memory::memory;
use super::play::Play;

/// A line in pieces: each has its ink, if any.
pub type Line = Vec<(Option<Ink>, String)>;

/// Whom a screen is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// One person: the threads beside each other, where there is room.
    One,
    /// A room: one thread under another, its next step alone.
    Many,
    /// Who has it read aloud: one thread under another, and no line is cut.
    Ears,
}

/// A line has room for all of the title from this width on.
const WIDE: usize = 60;
/// Columns of threads are no narrower than this.
const COLUMN: usize = 30;
/// So many of its last steps are shown of each thread.
const STEPS: usize = 3;
/// So many of the last steps of all.
const LAST: usize = 4;

/// The whole screen, as many lines as it takes; where there are more, they show more of the code.
pub fn screen(play: &Play, (columns, height): (usize, usize), whom: For) -> Vec<Line> {
    const UNCUT: usize = 10_000;
    let columns = if whom == For::Ears { UNCUT } else { columns };
    let large = whom == For::Many;
    let mut lines = vec![title(play, columns)];
    lines.extend(goal(play, columns));
    let threads = play.position.threads.len();
    let beside = whom == For::One && threads > 0 && columns / threads >= COLUMN;
    if beside {
        lines.extend(side_by_side(play, columns));
    } else {
        (1..=threads).for_each(|thread| lines.extend(one(play, thread, columns, large)));
    }
    lines.extend(memory(play, columns));
    let mut below = code::older(play, columns);
    below.extend(so_far(play, columns, if large { 1 } else { LAST }));
    below.extend(ends(play, columns));
    let room = height.saturating_sub(lines.len() + below.len());
    lines.extend(code::next(play, columns, if large { 0 } else { room }));
    lines.extend(below);
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
        "  2 to 9  another way of a thread, where its number stands in brackets",
        "  the number before a step that was done: its place in the order of all",
        "  (best 2): the switches of the way that is known; under C11 its stale reads first",
        "  u  one move back      U  forward again      j  back to the beginning",
        "  h  a hint, and more each time: the goal, who goes next, the step itself",
        "  p  plays a way to the goal      s  says the token      q  quits, and prints it",
        "  Enter, at the goal: the same goal on the version that mends it",
        "  #  the memory by its bytes, by its cache lines, and by its words again",
    ];
    lines.extend(more.map(|line| plain(line.to_string())));
    lines
}

fn plain(text: String) -> Line {
    vec![(None, text)]
}

fn title(play: &Play, columns: usize) -> Line {
    // What it means stands below.
    let goal = match play.goal.as_ref().map(Goal::name) {
        Some(name) if play.meaning(&name).is_none() => format!("  goal {name}"),
        _ => String::new(),
    };
    let stale = play.position.so_far.stale;
    let switches = play.position.so_far.switches;
    let stale = match play.model() {
        Model::C11 => format!("{stale} stale, "),
        Model::Sc | Model::X86 => String::new(),
    };
    let best =
        play.score.filter(|_| columns >= WIDE).map_or(
            String::new(),
            |(stale, switches)| match play.model() {
                Model::C11 => format!(" (best {stale}, {switches})"),
                Model::Sc | Model::X86 => format!(" (best {switches})"),
            },
        );
    let switches =
        format!("{switches} {}{best}", if switches == 1 { "switch" } else { "switches" });
    vec![
        (Some(Ink::Strong), play.table.head.version.clone()),
        (None, format!("  {}", play.model().name())),
        (Some(Ink::Notable), goal),
        (Some(Ink::Faint), format!("  {stale}{switches}")),
    ]
}

/// What the goal means, as the judge has it.
fn goal(play: &Play, columns: usize) -> Vec<Line> {
    let name = play.goal.as_ref().map(Goal::name);
    let named = name.as_deref().and_then(|name| Some((name, play.meaning(name)?)));
    let Some((name, meaning)) = named else { return Vec::new() };
    let words: Vec<String> = format!("{name}: {meaning}").split(' ').map(str::to_string).collect();
    wrapped("GOAL   ", &words, columns)
}

/// The address of what has no name is another in each run, and is not shown.
pub fn nameless(text: &str) -> String {
    let word = |word| if str::starts_with(word, "0x") { "(nameless)" } else { word };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A step in short, with its ordering, and its line before it.
fn short(step: &Step) -> String {
    let place = format!("{}.{}", step.field, step.op);
    let text = nameless(&step::cell(step));
    let text = match (&step.ordering, step.field.is_empty()) {
        (Some(ordering), false) => text.replacen(&place, &format!("{place}({ordering})"), 1),
        _ => text,
    };
    format!("{:>3} {text}", step.line)
}

/// The same for a column, where what is newer stands below: without the ordering, which the code has,
/// where there is no room for the value.
fn shorter(step: &Step, columns: usize) -> String {
    let old = |text: String| text.split(", newest").next().unwrap_or_default().to_string();
    let text = old(short(step));
    match width(&text) <= columns {
        true => text,
        false => old(format!("{:>3} {}", step.line, nameless(&step::cell(step)))),
    }
}

/// What a way to go on is, in a few words.
fn offer(offer: &Offer, columns: usize) -> String {
    let step = offer.step.as_ref();
    let step = step.map_or(offer.kind.does().to_string(), |step| shorter(step, columns));
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
fn lines_of(play: &Play, thread: usize, columns: usize) -> Vec<(Option<Ink>, String)> {
    // Before a step stand the brackets of its key.
    let room = columns.saturating_sub(3);
    let (name, next) = &play.position.threads[thread - 1];
    let ink = Ink::Actor(thread - 1);
    let letter = play.letters()[thread];
    let steps = play.position.so_far.steps.iter().enumerate();
    let done = steps.filter(|(_, step)| step.thread == *name);
    let done = done.map(|(at, step)| format!("{:>2} {}", at + 1, shorter(step, room)));
    let done: Vec<String> = done.collect();
    let mut lines: Vec<(Option<Ink>, String)> = Vec::new();
    let left_out = done.len().saturating_sub(STEPS);
    lines.extend(done.into_iter().skip(left_out).map(|line| (Some(Ink::Faint), line)));
    match next {
        Next::Goes(offers) => {
            for (number, way) in offers.iter().enumerate() {
                let key = if number == 0 { letter.to_string() } else { (number + 1).to_string() };
                lines.push((Some(ink), format!("[{key}]{}", offer(way, room))));
            }
        }
        Next::Waits(wait) => {
            let holder =
                wait.holder.as_ref().map_or(String::new(), |held| format!(", held by {held}"));
            lines.push((Some(Ink::Notable), format!("  waits for {}{holder}", wait.object)));
        }
        Next::Ended => lines.push(match stuck(play, name) {
            Some(says) => (Some(Ink::Notable), format!("  {says}")),
            None => (Some(Ink::Faint), "  ended".to_string()),
        }),
    }
    lines
}

/// What a thread does that never goes on, where the execution has failed by that.
fn stuck(play: &Play, name: &str) -> Option<String> {
    if play.position.came != Some(Came::Fails) {
        return None;
    }
    match &play.position.so_far.why {
        Why::Deadlock(waits) => {
            let wait = waits.iter().find(|wait| wait.actor == name)?;
            Some(format!("{} ({}), for ever", wait.kind.does(), wait.object))
        }
        Why::Livelock(names) => {
            names.iter().any(|one| one == name).then(|| "goes round for ever".to_string())
        }
        _ => None,
    }
}

fn heading(play: &Play, thread: usize) -> String {
    format!("{} ({})", play.name(thread).to_uppercase(), play.letters()[thread])
}

fn side_by_side(play: &Play, columns: usize) -> Vec<Line> {
    let threads = play.position.threads.len();
    let wide = (columns - 3 * (threads - 1)) / threads;
    let cells: Vec<_> = (1..=threads).map(|thread| lines_of(play, thread, wide)).collect();
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
    let all = lines_of(play, thread, columns);
    let from = if large { all.len().saturating_sub(play.ways(thread).len().max(1)) } else { 0 };
    lines.extend(all[from..].iter().map(|(ink, text)| vec![(*ink, cut(text, columns))]));
    lines
}

fn so_far(play: &Play, columns: usize, last: usize) -> Vec<Line> {
    let steps = &play.position.so_far.steps;
    let from = steps.len().saturating_sub(last);
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
        let executions = if all == 1 { "execution" } else { "executions" };
        words.push(format!("- never is 0 of {all} {executions}, all there are"));
    }
    wrapped("ENDS   ", &words, columns)
}

/// What it has come to, and what was asked.
pub fn says(play: &Play, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(end) = play.end() {
        let (ink, text) = match play.won() {
            true => {
                let onwards = play.onwards.as_ref().map_or("", |(what, _)| what.as_str());
                let score = play.quiz.map_or(String::new(), |quiz| quiz.ends() + " ");
                (Ink::Good, format!("=> {end}: that is the goal. {score}{onwards}"))
            }
            false => {
                let why = play.meaning(&end).map_or(String::new(), |why| format!(", {why}"));
                (Ink::Notable, format!("=> {end}{why}: it is over; u goes back"))
            }
        };
        let words: Vec<String> = text.split(' ').map(str::to_string).collect();
        let inked = |line: Line| line.into_iter().map(|(_, text)| (Some(ink), text)).collect();
        lines.extend(wrapped("", &words, columns).into_iter().map(inked));
        // On a line of its own, to be copied.
        let typed = play.onwards.as_ref().and_then(|(_, typed)| typed.as_ref());
        if let Some(typed) = typed.filter(|_| play.won()) {
            let words: Vec<String> = match width(typed) < columns {
                true => vec![typed.clone()],
                false => typed.split(' ').map(str::to_string).collect(),
            };
            lines.extend(wrapped("", &words, columns));
        }
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

/// Words in lines, each behind the same head.
pub fn wrapped(head: &str, words: &[String], columns: usize) -> Vec<Line> {
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
pub fn cut(text: &str, columns: usize) -> String {
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
