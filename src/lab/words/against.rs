//! What generated scenarios came to, in words.

use super::number::{count, of, seconds};
use super::{Page, interleaving, sight, stop, verdict, why};
use crate::against::{Amounts, Calls, Failed, Limits, Said, Shape, Tested};
use crate::report::{End, Failure, Kind};
use crate::specification::{Answer, Consistency};
use crate::trial::DiedIn;

/// The verdict in one line, without a full stop.
pub fn line(tested: &Tested) -> String {
    let model = verdict::model(&tested.engine);
    match (&tested.failed, tested.amounts()) {
        (Some(failed), _) => {
            let nth = tested.explored() + tested.too_long + 1;
            let executions = of(tested.executions, "execution", "executions");
            let what = kind(&failed.failure, tested.consistency);
            format!(
                "{what}: {} (scenario {}, {executions}; model: {model})",
                scenario(&failed.calls),
                count(nth)
            )
        }
        (None, Amounts::NotJudged) => {
            format!("not judged under {model}: nothing is specified there")
        }
        (None, Amounts::Undecided | Amounts::NoTime) => undecided(tested),
        (None, _) => {
            let scenarios = of(tested.explored(), "scenario", "scenarios");
            let executions = of(tested.executions, "execution", "executions");
            format!(
                "PASSED {scenarios} of {}, {executions} (model: {model}; {}{}){}",
                size(tested),
                condition(tested),
                drawn(tested),
                left_out(tested)
            )
        }
    }
}

fn kind(failure: &Failure, consistency: Consistency) -> String {
    match failure.kind {
        Kind::Forbidden => format!("NOT {}", name(consistency).to_uppercase()),
        other => other.words().to_uppercase(),
    }
}

fn name(consistency: Consistency) -> &'static str {
    match consistency {
        Consistency::Linearizable => "linearizable",
        Consistency::Sequential => "sequentially consistent",
        Consistency::Quiescent => "quiescently consistent",
    }
}

/// What the answers had to be, with all that makes it weaker.
pub fn condition(tested: &Tested) -> String {
    let mut text = name(tested.consistency).to_string();
    if !tested.engine.interleaves() && tested.consistency != Consistency::Sequential {
        text += " in the order of C11's happens-before";
    }
    if !tested.refusable.is_empty() {
        text += &format!(", {} or refused", tested.refusable.join(", "));
    }
    if !tested.weakly.is_empty() {
        text += &format!(", {} weakly", tested.weakly.join(", "));
    }
    text
}

/// How large the scenarios were that were explored.
fn size(tested: &Tested) -> String {
    let explored =
        tested.shapes.iter().filter(|tried| tried.explored > 0).map(|tried| &tried.shape);
    let beside_one = |shape: &Shape| {
        shape.threads.len() == 2
            && shape.threads[1] == 1
            && shape.threads[0] > tested.limits.calls_of_one
    };
    let (lopsided, even): (Vec<&Shape>, Vec<&Shape>) =
        explored.partition(|shape| beside_one(shape));
    let most = even.iter().map(|shape| shape.calls()).max().unwrap_or(0);
    let threads = even.iter().map(|shape| shape.threads.len()).max().unwrap_or(0);
    let mut text = format!("up to {most} calls of {threads} threads");
    if let Some(most) = lopsided.iter().map(|shape| shape.threads[0]).max() {
        text += &format!(", and of {most} beside 1");
    }
    text
}

fn drawn(tested: &Tested) -> String {
    let tried = tested.shapes.iter().filter(|tried| tried.chosen > 0);
    let (whole, some): (Vec<_>, Vec<_>) = tried.partition(|tried| tried.whole);
    match some.len() {
        0 => String::new(),
        _ => {
            let shapes = of((whole.len() + some.len()) as u64, "shape", "shapes");
            let (each, seed) = (tested.limits.of_a_shape, tested.limits.seed);
            format!(
                "; {} of {shapes} whole, of the others at most {each} drawn, seed {seed}",
                whole.len()
            )
        }
    }
}

/// What was chosen and not explored, as the end of a sentence.
fn left_out(tested: &Tested) -> String {
    let mut text = String::new();
    if let Some(rounds) = tested.yields {
        let times = of(rounds.into(), "time", "times");
        text += &format!("; a loop that waits went round {times} unchanged at most");
    }
    let bounds = verdict::bounds(&tested.bounds);
    if bounds != "none" {
        text += &format!("; bounds: {bounds}");
    }
    if tested.too_long > 0 {
        text += &format!("; {} took too long", of(tested.too_long, "scenario", "scenarios"));
    }
    let cut: Vec<String> = tested
        .shapes
        .iter()
        .filter(|tried| tried.explored < tried.chosen)
        .map(|tried| shape(&tried.shape))
        .collect();
    match cut.len() {
        0 => text,
        _ => {
            let time = within(&tested.limits);
            text + &format!("; not to the end in {time}: {}", cut.join(", "))
        }
    }
}

/// What ends a search: `10,000 executions or 8 s`; the time alone where only that does.
fn within(limits: &Limits) -> String {
    let time = seconds(limits.time.as_secs_f64());
    match limits.executions < Limits::default().executions {
        true => format!("{} or {time}", of(limits.executions, "execution", "executions")),
        false => time,
    }
}

/// `1 then 2+1`: calls before the threads start, then those of each.
fn shape(shape: &Shape) -> String {
    let threads: Vec<String> = shape.threads.iter().map(usize::to_string).collect();
    match shape.first {
        0 => threads.join("+"),
        first => format!("{first} then {}", threads.join("+")),
    }
}

fn undecided(tested: &Tested) -> String {
    match &tested.undecided {
        Some((_, End::Unseen(found))) => sight::line(found),
        Some((calls, end)) => {
            let calls = calls.as_ref().map(scenario).unwrap_or_default();
            let why = match end {
                End::Cut(why) => stop::stop(why, &tested.engine),
                End::Truncated(long) => stop::too_long(long),
                End::Complete | End::Unseen(_) => String::new(),
            };
            format!("UNDECIDED: {calls}: {why}")
        }
        None if tested.shapes.iter().all(|tried| tried.chosen == 0) => {
            "UNDECIDED: the specification makes no scenario: in none may each call be made in every \
             order, and change the plain state"
                .to_string()
        }
        None => {
            let time = within(&tested.limits);
            format!("UNDECIDED: no scenario came to its end in {time}")
        }
    }
}

/// The calls of a scenario in one line: `{push(1)} push(2); pop() beside pop()`.
pub fn scenario(calls: &Calls) -> String {
    let list = |calls: &Vec<Said>| {
        calls.iter().map(|said| said.call.clone()).collect::<Vec<_>>().join("; ")
    };
    let threads: Vec<String> = calls.threads.iter().map(list).collect();
    let threads = threads.join(" beside ");
    match calls.first.is_empty() {
        true => threads,
        false => format!("{{{}}} {threads}", list(&calls.first)),
    }
}

/// The verdict, then the scenario that fails: its calls and answers, who had answered before whom,
/// and the execution.
pub fn text(tested: &Tested, page: &Page) -> String {
    let engine = format!("{}: ", tested.engine.name);
    let mut text = page.paragraph(&engine, "  ", &line(tested));
    if let Some((_, End::Unseen(found))) = &tested.undecided {
        text += &sight::list(found, page);
    }
    if let Some(failed) = &tested.failed {
        text +=
            &format!("\n{}\n{}", history(failed, page), interleaving::text(&failed.failure, page));
    }
    text
}

/// How the process of an engine died, and in which scenario, in one line.
pub fn died(died: &DiedIn) -> String {
    let calls = died.calls.as_ref().map(|calls| format!(" in {}", scenario(calls)));
    let kind = died.kind.words().to_uppercase();
    format!("{kind}{}: {}", calls.unwrap_or_default(), why::death(&died.how))
}

/// The calls of a scenario that fails, with what each answered, and who had answered before whom.
pub fn history(failed: &Failed, page: &Page) -> String {
    let calls = &failed.calls;
    let mut rows = vec![("before".to_string(), &calls.first)];
    let threads = calls.threads.iter().enumerate();
    rows.extend(threads.map(|(thread, calls)| (format!("thread {}", thread + 1), calls)));
    rows.push(("at last".to_string(), &calls.last));
    let mut text = String::new();
    for (name, calls) in rows.into_iter().filter(|(_, calls)| !calls.is_empty()) {
        let said: Vec<String> = calls.iter().map(answered).collect();
        text += &page.paragraph(&format!("  {name:<10}"), "              ", &said.join("; "));
    }
    for [before, after] in &failed.answered_before {
        let call = |(thread, place): &(usize, usize)| {
            format!("{} of thread {}", calls.threads[*thread][*place].call, thread + 1)
        };
        let pair = format!("{} had answered before {} was made.", call(before), call(after));
        text += &page.paragraph("  ", "    ", &pair);
    }
    text
}

fn answered(said: &Said) -> String {
    match &said.answer {
        Some(Answer::Gave(answer)) if answer == "()" => said.call.clone(),
        Some(Answer::Gave(answer)) => format!("{} -> {answer}", said.call),
        Some(Answer::Panicked(why)) => format!("{} PANICKED: {why}", said.call),
        None => format!("{} -> no answer", said.call),
    }
}
