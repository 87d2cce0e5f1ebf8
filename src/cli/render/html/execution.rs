//! An execution on a page: its steps as a table that can be stepped through, the memory after each
//! by cache line, the code beside it, and the picture.

use racelab::report::{Failure, Step};
use racelab::words::step::cell;
use racelab_layout::cache_line;

use super::{Scene, picture};
use crate::render::drawing::escape;
use crate::render::lanes;
use crate::render::owners::Owners;

/// All of it.
pub(super) fn section(title: &str, scene: &Scene, failure: &Failure) -> String {
    let end = lanes::conclusion(failure);
    let (first, rest) = end.split_first().expect("it has a kind");
    let rest: String = rest.iter().map(|line| format!("<br>{}", escape(line))).collect();
    format!(
        "<div class=\"stepper\" role=\"group\" aria-label=\"{}, step by step\">\n{CONTROLS}\
         <div class=\"beside\"><div>{}{}<p data-end><span class=\"bad\">{}</span>{rest}</p></div>\
         <div>{}</div></div></div>\n{}",
        escape(title),
        table(scene, failure),
        panels(scene, failure),
        escape(first),
        code(scene, failure),
        picture(&lanes::svg(title, failure), &format!("The lanes of {title}, as in the table"))
    )
}

const CONTROLS: &str = "<div class=\"controls\" hidden>\
<button type=\"button\" data-move=\"first\">First</button>\
<button type=\"button\" data-move=\"back\">Back</button>\
<button type=\"button\" data-move=\"next\">Next</button>\
<button type=\"button\" data-move=\"last\">Last</button>\
<span data-says role=\"status\"></span></div>\n";

fn table(scene: &Scene, failure: &Failure) -> String {
    let owners = Owners::new(failure, &scene.places, cache_line::detect());
    let actors: String = failure
        .actors
        .iter()
        .map(|name| format!("<th scope=\"col\">{}</th>", escape(name)))
        .collect();
    let start = words(&failure.initial, &failure.initial);
    let mut rows = format!(
        "<tr><td></td><td class=\"faint\">start</td>{}<td class=\"mono after\">{start}</td>\
         <td class=\"after\"></td></tr>\n",
        "<td></td>".repeat(failure.actors.len())
    );
    let mut before = &failure.initial;
    for (at, step) in failure.steps.iter().enumerate() {
        let cells: String = failure
            .actors
            .iter()
            .map(|actor| match *actor == step.thread {
                true => format!("<td class=\"mono\">{}</td>", escape(&cell(step))),
                false => "<td></td>".to_string(),
            })
            .collect();
        rows += &format!(
            "<tr data-step=\"{}\" data-place=\"{}\" data-says=\"{}\"><td class=\"n\">{}</td>\
             <td class=\"faint\">{}</td>{cells}<td class=\"mono after\">{}</td>\
             <td class=\"after\">{}</td></tr>\n",
            at + 1,
            escape(&at_line(step)),
            escape(&format!("{} {}", step.thread, cell(step))),
            at + 1,
            escape(&at_line(step)),
            words(before, &step.memory),
            escape(&touched(&owners, at, step))
        );
        before = &step.memory;
    }
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"The steps\">\
         <table class=\"steps\"><thead><tr><th class=\"n\" scope=\"col\">Step</th>\
         <th scope=\"col\">Line</th>{actors}<th class=\"after\" scope=\"col\">Memory after it</th>\
         <th class=\"after\" scope=\"col\">Cache lines, by the layout</th></tr></thead>\
         <tbody>\n{rows}</tbody></table></div>\n"
    )
}

fn at_line(step: &Step) -> String {
    if step.file.is_empty() { String::new() } else { format!("{}:{}", step.file, step.line) }
}

type Word = (String, String);
type Words = [Word];

fn changed(before: &Words, name: &str, value: &str) -> bool {
    !before.iter().any(|(known, old)| known == name && old == value)
}

/// `length=16 array=1`; what changed stands out.
fn words(before: &Words, after: &Words) -> String {
    let word = |(name, value): &Word| {
        let says = escape(&format!("{name}={value}"));
        if changed(before, name, value) { format!("<mark>{says}</mark>") } else { says }
    };
    after.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// The memory before the first step and after each, by the cache line that a word lies in, as far as
/// its type is known: only the script shows them.
fn panels(scene: &Scene, failure: &Failure) -> String {
    let size = cache_line::detect();
    let owners = Owners::new(failure, &scene.places, size);
    let line_of = |name: &str| Some(scene.places.of(name)?.start / size);
    let mut panels = String::new();
    let mut before = &failure.initial;
    let memories = failure.steps.iter().map(|step| &step.memory);
    for (at, memory) in [&failure.initial].into_iter().chain(memories).enumerate() {
        let mut groups: Vec<(Option<usize>, Vec<Word>)> = Vec::new();
        for word in memory {
            let line = line_of(&word.0);
            match groups.iter_mut().find(|group| group.0 == line) {
                Some(group) => group.1.push(word.clone()),
                None => groups.push((line, vec![word.clone()])),
            }
        }
        groups.sort_by_key(|group| group.0.unwrap_or(usize::MAX));
        panels += &format!("<div class=\"memory\" data-after=\"{at}\" hidden>");
        for (line, group) in groups {
            let says = match line {
                Some(line) => {
                    let held = owners.held[at].get(line).cloned().unwrap_or_default();
                    format!("cache line {line}: {}", escape(&held.words()))
                }
                None => "elsewhere".to_string(),
            };
            panels += &format!(
                "<div class=\"line\"><b>{says}</b><span class=\"mono\">{}</span></div>",
                words(before, &group)
            );
        }
        let step = at.checked_sub(1).map(|last| &failure.steps[last]);
        let says = step.map_or(String::new(), |step| touched(&owners, at - 1, step) + " ");
        panels += &format!(
            "<p class=\"faint\">{}The lines are those of the layout, {size} bytes each, from a memory \
             that starts at one; nothing was measured.</p></div>\n",
            escape(&says)
        );
        before = memory;
    }
    panels
}

/// Which lines a step touches, as a sentence; nothing where none is known.
fn touched(owners: &Owners, at: usize, step: &Step) -> String {
    let does = owners.touched[at].iter().map(|touch| touch.words(&step.thread));
    let does = does.collect::<Vec<_>>().join("; ");
    if does.is_empty() { does } else { format!("{} {does}.", step.thread) }
}

/// The files that the steps run through, their lines marked.
fn code(scene: &Scene, failure: &Failure) -> String {
    let mut text = String::new();
    for (name, source) in &scene.sources {
        let mine = |line: usize| {
            failure.steps.iter().any(|step| step.file == *name && step.line as usize == line)
        };
        if !failure.steps.iter().any(|step| step.file == *name) {
            continue;
        }
        text += &format!(
            "<p class=\"file\">{0}</p><pre class=\"code\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\">",
            escape(name)
        );
        for (at, line) in source.lines().enumerate() {
            let class = if mine(at + 1) { " class=\"runs\"" } else { "" };
            text += &format!(
                "<span data-line=\"{}:{}\"{class}><span class=\"number\">{}</span>{}</span>",
                escape(name),
                at + 1,
                at + 1,
                escape(line)
            );
        }
        text += "</pre>\n";
    }
    text
}
