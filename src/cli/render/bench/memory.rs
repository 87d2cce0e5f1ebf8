//! What each map takes from the allocator, and its slowest insert while it grows.

use racelab::words::{Ink, Page, number};
use racelab_bench::memory::Memory;
use racelab_bench::report::Report;

use super::{heading, time};

const NAME: usize = 16;

/// The table; nothing where nothing was looked at.
pub(super) fn text(report: &Report, page: &Page) -> String {
    let Some(most) = report.memory.iter().map(|memory| memory.entries).max() else {
        return String::new();
    };
    let key = report.plan.grounds.first().map_or("", |ground| ground.key.name());
    let keys = number::count(most as u64);
    let says = format!("From empty to {keys} {key} keys, one insert at a time, on one thread");
    let mut text = heading(&says, page);
    if page.plain || page.width < 78 {
        report.memory.iter().for_each(|memory| text += &sentence(memory, page));
    } else {
        let head = ["empty", "an entry", "a read", "a write", "slowest insert"];
        let head = head.map(str::to_string);
        text += &format!("{}\n", page.paint(Ink::Faint, line("", &head).trim_end()));
        report.memory.iter().for_each(|memory| text += &row(memory));
    }
    let says = "Empty and an entry: bytes of the heap, tables that are not full included. A read and \
                a write: allocations, and for a write the bytes asked for.";
    text += &page.paragraph("  ", "  ", says);
    for memory in report.memory.iter().filter(|memory| memory.entries < most) {
        let reached = number::count(memory.entries as u64);
        let says = format!("{} had come to {reached} keys when its time was up.", memory.map);
        text += &page.paragraph("  ", "  ", &says);
    }
    text
}

fn line(name: &str, figures: &[String; 5]) -> String {
    let [empty, entry, read, write, insert] = figures;
    format!("  {name:<NAME$}{empty:>8}{entry:>10}{read:>9}{write:>17}  {insert}\n")
}

fn row(memory: &Memory) -> String {
    line(&memory.map, &figures(memory))
}

fn figures(memory: &Memory) -> [String; 5] {
    let or = |figure: Option<String>| figure.unwrap_or("-".to_string());
    let bytes = |bytes: f64| number::count(bytes.max(0.0).round() as u64);
    let write = memory.write_allocations.zip(memory.write_bytes);
    [
        or(memory.empty_bytes.map(|empty| bytes(empty as f64))),
        or(memory.entry_bytes.map(bytes)),
        or(memory.read_allocations.map(|count| format!("{count:.2}"))),
        or(write.map(|(count, asked)| format!("{count:.2} ({})", bytes(asked)))),
        format!(
            "{} at {}",
            time(memory.slowest_seconds * 1e9),
            number::count(memory.slowest_at as u64)
        ),
    ]
}

fn sentence(memory: &Memory, page: &Page) -> String {
    let [empty, entry, read, write, insert] = figures(memory);
    let says = format!(
        "{}: empty {empty} bytes, an entry {entry}; a read allocates {read} times, a write {write}; \
         slowest insert {insert}",
        memory.map
    );
    page.paragraph("  ", "    ", &says)
}
