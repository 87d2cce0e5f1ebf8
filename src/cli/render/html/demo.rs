//! A demo on a page: the execution, what each version is found to do, what the machine showed, the
//! bytes, and the lesson.

use pulldown_cmark::{Options, Parser, html};
use racelab::race::Grade;
use racelab::report::{Failure, Report, Verdict};
use racelab::words::{Page, number};
use racelab_demos::course::{Demo, Role, Turn};
use racelab_layout::words as layout;
use racelab_layout::{Judged, cache_line};

use super::{Scene, execution, picture};
use crate::render::drawing::escape;
use crate::render::histogram::grade;
use crate::render::run::{self, Run};

/// What is told of a demo.
pub struct Told {
    /// The demo.
    pub demo: &'static Demo,
    /// What the engines say of each version, and the machine of the broken one.
    pub runs: Vec<Run>,
}

/// Its part of a page.
pub fn demo(told: &Told) -> String {
    let Told { demo, runs } = told;
    let (name, title) = (escape(demo.name), escape(demo.title));
    format!(
        "<section aria-labelledby=\"{name}\"><h2 id=\"{name}\">{name}: {title}</h2>\n{}{}{}{}{}\
         </section>\n",
        shown(demo, runs),
        machine(runs),
        verdicts(demo, runs),
        bytes(demo),
        lesson(demo)
    )
}

/// The simplest failing execution of the broken version.
fn shown(demo: &Demo, runs: &[Run]) -> String {
    let Some(broken) = demo.versions.iter().find(|version| version.role == Role::Broken) else {
        return String::new();
    };
    let mine = runs.iter().filter(|run| run.version.name() == broken.name() && !run.native());
    let all = mine.filter_map(Run::failure).filter(|failure| !failure.steps.is_empty());
    let Some(failure) = all.min_by_key(|failure| (failure.stale, failure.switches)) else {
        return String::new();
    };
    let name = format!("{}/{}", demo.name, broken.name());
    format!(
        "<h3>How {} fails</h3><p>{}.</p>\n{}{}",
        escape(&name),
        escape(broken.title),
        execution::section(&name, &Scene::of(broken.scenario, failure), failure),
        again(failure)
    )
}

fn again(failure: &Failure) -> String {
    let token = failure.token.as_deref();
    token.map_or(String::new(), |token| {
        format!("<p>Once more: <code>racelab replay {}</code></p>\n", escape(token))
    })
}

/// How often each outcome came up on this machine.
fn machine(runs: &[Run]) -> String {
    let native = runs.iter().find(|run| run.native()).and_then(Run::report);
    let Some(report) = native.filter(|report| !report.outcomes.is_empty()) else {
        return String::new();
    };
    let total: u64 = report.outcomes.iter().map(|outcome| outcome.count).sum();
    let rows: String = report
        .outcomes
        .iter()
        .map(|outcome| {
            let share = outcome.count as f64 / total.max(1) as f64;
            let class = if outcome.grade == Grade::Forbidden { "bad" } else { "good" };
            format!(
                "<tr><td class=\"{class} mono\">{}</td><td class=\"n\">{}</td><td>\
                 <span class=\"bar\" style=\"width: {:.1}rem\"></span> {}</td><td>{}</td>\
                 <td>{}</td></tr>\n",
                escape(&outcome.id),
                number::count(outcome.count),
                share * 10.0,
                number::share(outcome.count, total),
                grade(outcome.grade),
                escape(&outcome.reason)
            )
        })
        .collect();
    format!(
        "<h3>On the machine this was made on</h3><div class=\"scroll\" tabindex=\"0\" \
         role=\"group\" aria-label=\"Outcomes\"><table><thead><tr><th scope=\"col\">Outcome</th>\
         <th class=\"n\" scope=\"col\">Of {} runs</th><th scope=\"col\">Share</th>\
         <th scope=\"col\">Grade</th><th scope=\"col\">What it means</th></tr></thead><tbody>\n\
         {rows}</tbody></table></div>\n",
        number::count(report.executions)
    )
}

/// What each engine says of each version.
fn verdicts(demo: &Demo, runs: &[Run]) -> String {
    let mut rows = String::new();
    for version in demo.versions {
        let name = version.name();
        let mine: Vec<&Run> = runs
            .iter()
            .filter(|run| run.version.name() == name && run.turn == Turn::First && !run.native())
            .collect();
        for (at, run) in mine.iter().enumerate() {
            let head = match at {
                0 => format!(
                    "<th scope=\"rowgroup\" rowspan=\"{}\"><span class=\"mono\">{}</span><br>\
                     <span class=\"faint\">{}</span></th>",
                    mine.len(),
                    escape(&name),
                    escape(version.title)
                ),
                _ => String::new(),
            };
            let class = match run.report().map(Report::verdict) {
                Some(Verdict::Passed) => "good",
                _ if run.failure().is_some() => "bad",
                _ => "",
            };
            let differs = run::differs(&run.promise);
            let differs = differs.map(|says| format!(" <b>{}</b>", escape(&says)));
            rows += &format!(
                "<tr>{head}<td>{}</td><td class=\"{class}\">{}{}</td></tr>\n",
                escape(&run.by().label()),
                escape(&run.verdict()),
                differs.unwrap_or_default()
            );
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "<h3>What the engines say</h3><div class=\"scroll\" tabindex=\"0\" role=\"group\" \
         aria-label=\"Verdicts\"><table><thead><tr><th scope=\"col\">Version</th>\
         <th scope=\"col\">Engine</th><th scope=\"col\">Verdict</th></tr></thead><tbody>\n{rows}\
         </tbody></table></div>\n<details><summary>What the engines are, and cannot see</summary>\
         <pre>{}</pre></details>\n",
        escape(&run::legend(runs, &Page { width: 90, colour: false, plain: false }))
    )
}

/// The bytes of the memory of the broken version, and of the fixed one where the failure is one of
/// bytes.
fn bytes(demo: &Demo) -> String {
    let Some(first) = demo.versions.first() else { return String::new() };
    let mut versions = vec![first];
    if demo.cost.is_some() {
        versions.extend(demo.versions.iter().find(|version| version.role == Role::Fixed));
    }
    let mut text = String::new();
    for version in versions {
        if let Some(mut layout) = version.scenario.layouts().into_iter().next() {
            layout.name = format!("{}: {}", version.name(), layout.name);
            let says = format!("The bytes of {}", layout.name);
            let judged = Judged::new(layout, cache_line::detect());
            text += &picture(&layout::svg(&[judged], &[]), &says);
        }
    }
    if text.is_empty() { text } else { format!("<h3>The bytes</h3>\n{text}") }
}

/// The lesson, open to whoever wants it.
fn lesson(demo: &Demo) -> String {
    let mut text = String::new();
    // Its title stands above already, and its headings lie below that one.
    let body = demo.lesson.split_once('\n').filter(|(title, _)| title.starts_with("# "));
    let body = body.map_or(demo.lesson, |(_, rest)| rest);
    html::push_html(&mut text, Parser::new_ext(body, Options::ENABLE_TABLES));
    for (from, to) in [("h4", "h6"), ("h3", "h5"), ("h2", "h4")] {
        text = text.replace(&format!("<{from}>"), &format!("<{to}>"));
        text = text.replace(&format!("</{from}>"), &format!("</{to}>"));
    }
    format!("<details><summary>The lesson</summary>\n{text}</details>\n")
}
