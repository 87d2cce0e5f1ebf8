//! Where recorded accesses fell, in words.

use crate::perf::{Hits, Joined};
use crate::words::width::wrap;

/// The accesses of each field by thread, in lines of at most `width` columns.
pub fn perf_text(joined: &Joined, width: usize) -> String {
    let Joined { hits, recorded, within } = joined;
    let text = format!("Recorded by perf: {within} of {recorded} accesses fell on it.");
    let mut out = wrap(&text, width, 2) + "\n";
    if *within == 0 {
        let hint = "None did: give the address of an object by --at, as the program or a debugger \
                    says it; the address in the file is another one where a program is loaded \
                    elsewhere each time.";
        return out + &wrap(hint, width, 2) + "\n";
    }
    for hits in hits {
        let threads = hits.threads.iter().map(|(thread, (loads, stores))| {
            format!("thread {thread} read {loads}, wrote {stores}")
        });
        let threads = threads.collect::<Vec<_>>().join("; ");
        let line = wrap(&format!("{}: {threads}", named(hits)), width.saturating_sub(6), 8);
        out.push_str(&format!("{:>4}  {line}\n", hits.offset));
    }
    out
}

/// The path of the field, or what stands for it.
fn named(hits: &Hits) -> &str {
    if hits.path.is_empty() { "(between fields)" } else { &hits.path }
}
