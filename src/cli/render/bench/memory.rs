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
    text += &whole(report, page);
    for memory in report.memory.iter().filter(|memory| memory.entries < most) {
        let reached = number::count(memory.entries as u64);
        let says = format!("{} had come to {reached} keys when its time was up.", memory.map);
        text += &page.paragraph("  ", "  ", &says);
    }
    text
}

/// What counting all keys, going through them, and a copy of one moment take.
fn whole(report: &Report, page: &Page) -> String {
    let mut text = heading("All of it at once, with nobody beside", page);
    let wide = !page.plain && page.width >= 64;
    if wide {
        let head =
            format!("  {:<NAME$}{:>10}{:>14}{:>22}", "", "len", "scan, entry", "one moment, entry");
        text += &format!("{}\n", page.paint(Ink::Faint, &head));
    }
    for memory in &report.memory {
        let len = time(memory.len_seconds * 1e9);
        let scan = format!("{:.1}ns", memory.scan_ns);
        let copy = memory.copy_ns.map_or("-".to_string(), |ns| format!("{ns:.1}ns"));
        text += &match wide {
            true => format!("  {:<NAME$}{len:>10}{scan:>14}{copy:>22}\n", memory.map),
            false => {
                let copy = match memory.copy_ns {
                    Some(_) => format!("a copy of one moment {copy} for each"),
                    None => "no copy of one moment".to_string(),
                };
                let says =
                    format!("{}: len {len}; a scan {scan} for each entry; {copy}", memory.map);
                page.paragraph("  ", "    ", &says)
            }
        };
    }
    let says = "One moment: a copy of all entries as they were together; - where a map has none. \
                copy-on-write hands out the map that it has.";
    text + &page.paragraph("  ", "  ", says)
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
