//! The story as text, and as a document.

use racelab::words::{Ink, Page};
use serde_json::{Value, json};

use super::{Exchange, Told};

/// The demo that this is a part of.
const NAME: &str = "slot-migration";

/// Part by part: each command, and below it both directions as they went over the wire.
pub(super) fn text(told: &Told, page: &Page) -> String {
    let title = format!("{NAME}: between two real servers, redis-server {}", told.version);
    let mut text = page.paint(Ink::Strong, &title) + "\n";
    for (index, part) in told.parts.iter().enumerate() {
        text +=
            &format!("\n{}\n", page.paint(Ink::Strong, &format!("{}. {}", index + 1, part.title)));
        text += &page.paragraph("  ", "  ", &part.about);
        text.push('\n');
        part.exchanges.iter().for_each(|exchange| text += &one(exchange, page));
    }
    text + &format!("\nNext: racelab demo {NAME}\n      racelab explain {NAME}\n")
}

fn one(exchange: &Exchange, page: &Page) -> String {
    let Exchange { node, command, sent, reply, expected } = exchange;
    let mut text = page.paragraph(&format!("  {node:<6}  "), "            ", command);
    if page.plain {
        text += &page.paragraph("          reply ", "            ", reply);
    } else {
        for line in hard_wrap(sent, page.width.saturating_sub(13)) {
            text += &format!("          {}\n", page.paint(Ink::Faint, &format!("> {line}")));
        }
        for line in hard_wrap(reply, page.width.saturating_sub(13)) {
            text += &format!("          < {line}\n");
        }
    }
    if !expected {
        let says = "DIFFERS from what this story says of it.";
        text += &format!("          {}\n", page.paint(Ink::Bad, says));
    }
    text
}

/// Bytes have no words to break at.
fn hard_wrap(text: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(width.max(20)).map(|line| line.iter().collect()).collect()
}

/// As `racelab demo` has it: no runs, and what the servers said.
pub(super) fn json(told: &Told, ok: bool) -> Value {
    let demo = racelab_demos::find(NAME).map_or("", |demo| demo.title);
    json!({
        "schema": "racelab/2",
        "command": "demo",
        "ok": ok,
        "demos": [{ "name": NAME, "title": demo, "runs": [], "redis": told }],
    })
}
