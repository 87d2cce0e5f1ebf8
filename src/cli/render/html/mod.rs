//! Pages that stand alone: no network, no other file; without scripts they are tables.

mod demo;
mod execution;

use racelab::Scenario;
use racelab::explore::hand::places;
use racelab::layout::Places;
use racelab::report::Failure;

use super::drawing::escape;

pub use demo::{Told, demo};

/// What belongs to an execution beside its steps.
pub struct Scene {
    /// The files, by their names without folders, and their texts.
    pub sources: Vec<(String, String)>,
    /// Where its words lie.
    pub places: Places,
}

impl Scene {
    /// That of an execution of a version.
    pub fn of(scenario: &Scenario, failure: &Failure) -> Scene {
        let sources = scenario.sources.iter();
        let sources = sources.map(|source| (source.name().to_string(), source.text.to_string()));
        Scene { sources: sources.collect(), places: places(scenario, failure) }
    }
}

/// A page with one execution.
pub fn page(title: &str, about: &str, scene: &Scene, failure: &Failure) -> String {
    let body = format!(
        "<header><h1>{}</h1><p>{}</p></header>\n<main>{}</main>\n",
        escape(title),
        escape(about),
        execution::section(title, scene, failure)
    );
    document(title, &body)
}

/// A page of demos: `about` says where it was made, in sentences.
pub fn report(title: &str, about: &[String], told: &[Told]) -> String {
    let about: String = about.iter().map(|says| format!("<p>{}</p>\n", escape(says))).collect();
    let links: String = told
        .iter()
        .map(|told| {
            let (name, title) = (escape(told.demo.name), escape(told.demo.title));
            format!("<li><a href=\"#{name}\">{name}</a>: {title}</li>\n")
        })
        .collect();
    let nav = match told {
        [_] => String::new(),
        _ => format!("<nav aria-label=\"Demos\"><ul>\n{links}</ul></nav>\n"),
    };
    let demos: String = told.iter().map(demo).collect();
    let body = format!(
        "<header><h1>{}</h1></header>\n{nav}<main>\n{demos}</main>\n<footer>{about}</footer>\n",
        escape(title)
    );
    document(title, &body)
}

fn document(title: &str, body: &str) -> String {
    const STYLE: &str = include_str!("style.css");
    const SCRIPT: &str = include_str!("stepper.js");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        escape(title)
    )
}

/// A picture in the page itself. It keeps its own style, and follows light and dark.
fn picture(svg: &str, says: &str) -> String {
    let mut data = String::with_capacity(svg.len() * 5 / 4);
    for letter in svg.chars() {
        match letter {
            '%' => data += "%25",
            '#' => data += "%23",
            '"' => data += "%22",
            '<' => data += "%3C",
            '>' => data += "%3E",
            '\n' => data += "%0A",
            '&' => data += "%26",
            letter => data.push(letter),
        }
    }
    format!(
        "<div class=\"picture scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\"><img \
         alt=\"{0}\" src=\"data:image/svg+xml;charset=utf-8,{data}\"></div>\n",
        escape(says)
    )
}
