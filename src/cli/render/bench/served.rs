//! How each map served the article's case.

use racelab::words::{Ink, Page, number};
use racelab_bench::case::{Case, Served};
use racelab_bench::cell::Latency;
use serde_json::json;

use super::time;
use crate::render::json::{self, Document};

const NAME: usize = 14;
const FIGURE: usize = 8;

/// The document of `racelab bench --case --json`.
pub fn document(case: &Case, served: &[Served]) -> Document {
    json::document("bench-case", json!({ "case": case, "served": served }))
}

/// A row for each map.
pub fn text(case: &Case, served: &[Served], page: &Page) -> String {
    let says = format!(
        "{} known ids, {} look-ups and {} writes a second, one look-up in {} for an id that nobody \
         knows, whose fingerprint takes {}us; {}, {} each. All threads ask for a new id at the \
         same time.",
        number::count(case.ids as u64),
        number::count(case.reads),
        number::count(case.writes),
        case.unknown_one_in,
        case.fingerprint_us,
        number::of(case.threads as u64, "thread", "threads"),
        number::seconds(case.milliseconds as f64 / 1e3)
    );
    let mut text = page.paragraph("", "", &says);
    if page.plain || page.width < NAME + 2 + 8 * FIGURE {
        served.iter().for_each(|one| text += &sentence(one, page));
    } else {
        let line = |name: &str, figures: [String; 8]| {
            let figures: String =
                figures.iter().map(|figure| format!("{figure:>FIGURE$}")).collect();
            format!("  {name:<NAME$}{figures}")
        };
        let over = ["known", "", "", "new", "", "write", "new", "twice"].map(str::to_string);
        let head = ["50 %", "99 %", "99.9 %", "50 %", "99.9 %", "99.9 %", "ids", ""];
        text += &format!("\n{}\n", page.paint(Ink::Faint, line("", over).trim_end()));
        text +=
            &format!("{}\n", page.paint(Ink::Faint, line("", head.map(str::to_string)).trim_end()));
        for one in served {
            text += &format!("{}\n", line(&one.map, figures(one)));
        }
    }
    let says = "From when a request was due to its end. Twice: fingerprints that were computed \
                beyond one for each new id.";
    text += &page.paragraph("  ", "  ", says);
    for one in served.iter().filter(|one| one.left > 0) {
        let left = number::of(one.left, "request was", "requests were");
        let says = format!("{} did not keep up: {left} left when twice the time was up.", one.map);
        text += &page.paragraph("  ", "  ", &says);
    }
    text
}

fn figures(one: &Served) -> [String; 8] {
    let of = |latency: &Option<Latency>, which: fn(&Latency) -> f64| {
        latency.as_ref().map_or("-".to_string(), |latency| time(which(latency)))
    };
    [
        of(&one.hits, |latency| latency.p50),
        of(&one.hits, |latency| latency.p99),
        of(&one.hits, |latency| latency.p999),
        of(&one.unknown, |latency| latency.p50),
        of(&one.unknown, |latency| latency.p999),
        of(&one.writes, |latency| latency.p999),
        number::count(one.new_ids),
        number::count(one.duplicates),
    ]
}

fn sentence(one: &Served, page: &Page) -> String {
    let [p50, p99, p999, new, new_tail, write, ids, twice] = figures(one);
    let says = format!(
        "{}: known ids {p50}, 99 % {p99}, 99.9 % {p999}; new ids {new}, 99.9 % {new_tail}; writes \
         99.9 % {write}; {twice} computed twice, of {ids} new ids",
        one.map
    );
    page.paragraph("  ", "    ", &says)
}
