//! Which map to take, by how much, and what would change the answer.

use racelab::words::{Page, number};
use racelab_bench::advise::{Advice, Load, Neighbour};
use racelab_bench::interval::Interval;
use racelab_bench::report::Report;
use serde_json::json;

use super::{heading, machine, rate};
use crate::render::json::{self, Document};

/// The document of `racelab bench --advise --json`: the answer, and the run that it rests on.
pub fn document(advice: Option<&Advice>, report: &Report) -> Document {
    json::document("bench-advise", json!({ "advice": advice, "report": report }))
}

/// The answer in words; why there is none, where there is none.
pub fn text(load: &Load, advice: Option<&Advice>, report: &Report, page: &Page) -> String {
    let count = |of: f64| number::count(of as u64);
    let says = format!(
        "For {} reads and {} writes a second, {} {} keys, values of {} and {}",
        count(load.reads),
        count(load.writes),
        number::count(load.keys as u64),
        load.key.name(),
        number::of(load.value_bytes as u64, "byte", "bytes"),
        number::of(load.threads as u64, "thread", "threads")
    );
    let mut text = machine(report, page) + &heading(&says, page);
    let Some(advice) = advice else {
        let says = "There is no answer: other work kept these CPUs too busy, or it was broken off. \
                    Measure again when the machine is quiet.";
        return text + &page.paragraph("  ", "  ", says);
    };
    let first = report.plan.maps.first().map_or("", String::as_str);
    let by = match advice.take == first {
        true => "the fastest here".to_string(),
        false => format!("{} of {first} here", times(&advice.times)),
    };
    let says = format!("take {}: {by}, {} in all.", advice.take, rate(advice.gives));
    text += &page.paragraph("  ", "    ", &says);
    if !advice.as_good.is_empty() {
        let says = format!(
            "As good but for a tenth, as far as can be told here: {}.",
            advice.as_good.join(", ")
        );
        text += &page.paragraph("  ", "    ", &says);
    }
    let share = (load.reads + load.writes) / advice.gives * 100.0;
    let says = match advice.plenty.first() {
        Some(simplest) => format!(
            "You ask for {} of what it gives. {} would give twenty times what you ask for too: by \
             throughput alone any of them will do, and the simplest is {simplest}.",
            percent(share),
            advice.plenty.join(", ")
        ),
        None => format!("You ask for {} of what it gives: the choice matters.", percent(share)),
    };
    text += &page.paragraph("  ", "    ", &says);
    text += &heading("What would change the answer", page);
    for around in &advice.around {
        text += &page.paragraph("  ", "    ", &neighbour(load, advice, around, first));
    }
    text
}

fn neighbour(load: &Load, advice: &Advice, around: &Neighbour, first: &str) -> String {
    let what = match around.threads == load.threads {
        true => format!("at {} reads to writes", around.mix),
        false => format!("with {}", number::of(around.threads as u64, "thread", "threads")),
    };
    if around.take == advice.take {
        return format!("{what}: still {}", around.take);
    }
    let over = match around.over < 1.1 {
        true => format!("hardly: {} gives {:.2} times as much", around.take, around.over),
        false => format!("{}, {:.2} times {}", around.take, around.over, advice.take),
    };
    match around.take == first {
        true => format!("{what}: {over}"),
        false => format!("{what}: {over}, {} of {first}", times(&around.times)),
    }
}

fn times(ratio: &Interval) -> String {
    format!("{:.2} times ({:.2} to {:.2}) the throughput", ratio.median, ratio.low, ratio.high)
}

fn percent(share: f64) -> String {
    match share {
        s if s < 0.01 => "less than 0.01 %".to_string(),
        s if s < 10.0 => format!("{s:.2} %"),
        s => format!("{s:.0} %"),
    }
}
