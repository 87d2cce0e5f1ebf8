//! A layout as a picture: one strip a cache line, to scale, coloured by writer.

mod caption;
mod panel;
mod strip;
mod style;

use crate::Judged;
use crate::findings::Findings;
use crate::suggest::Suggestion;
use crate::words::diff::diff_words;
use caption::{caption, told, verdict_words};
use panel::{Column, draw};
use strip::escape;
use style::{MARGIN, STYLE, WIDTH};

/// One picture of these types, one below the other, each with what its `findings` (in order, or
/// none) say below it, and a suggested order beside it. Colours follow the reader's light or dark
/// scheme; every box has a tooltip, and every colour its letter.
pub fn svg(types: &[Judged], findings: &[Findings]) -> String {
    let mut page = Page::default();
    for (number, judged) in types.iter().enumerate() {
        let found = findings.get(number);
        match found.and_then(|found| found.suggestion.as_ref()) {
            Some(Suggestion::Separate(_, after) | Suggestion::Reorder(after)) => {
                page.beside([(judged, "Now"), (after, "Suggested")]);
            }
            _ => page.alone(judged),
        }
        if let Some(found) = found {
            page.words(&told(judged, found));
        }
    }
    let names: Vec<String> = types.iter().map(|judged| judged.layout.title()).collect();
    page.finish(&names.join(", "))
}

/// Two types beside each other, and below them the price of the change.
pub fn diff_svg(before: &Judged, after: &Judged) -> String {
    let mut page = Page::default();
    page.beside([(before, "Before"), (after, "After")]);
    page.words(&diff_words(before, after));
    let names = [before, after].map(|judged| judged.layout.title());
    page.finish(&names.join(" and "))
}

/// A picture that grows downwards.
#[derive(Default)]
struct Page {
    /// Where it ends.
    y: usize,
    body: String,
}

impl Page {
    fn alone(&mut self, judged: &Judged) {
        let column = Column { left: MARGIN, width: WIDTH };
        self.y = draw(judged, None, column, self.y + MARGIN, &mut self.body);
        self.words(&verdict_words(judged));
    }

    fn beside(&mut self, pair: [(&Judged, &str); 2]) {
        let width = (WIDTH - 2 * MARGIN) / 2;
        let mut end = self.y;
        for (number, (judged, title)) in pair.into_iter().enumerate() {
            let column = Column { left: MARGIN + number * (width + 2 * MARGIN), width };
            let title = Some(title);
            end = draw(judged, title, column, self.y + MARGIN, &mut self.body).max(end);
        }
        self.y = end;
    }

    fn words(&mut self, text: &str) {
        let column = Column { left: MARGIN, width: WIDTH };
        self.y = caption(text, column, self.y, &mut self.body);
    }

    fn finish(self, names: &str) -> String {
        let (width, height) = (WIDTH + 2 * MARGIN, self.y + MARGIN);
        let label = escape(&format!("Memory layout of {names}"));
        let body = self.body;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{label}\" \
             viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n{STYLE}\
             <rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n{body}</svg>\n"
        )
    }
}

#[cfg(test)]
mod tests;
