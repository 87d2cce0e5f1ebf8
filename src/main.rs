//! The racelab command.
use racelab::explore::{Budget, search};
fn main() {
    let s = &racelab::demos::torn_header::broken::SCENARIO;
    for r in [search::bounded(s, &Budget::default()), search::loom(s, &Budget::default()), search::random(s, &Budget{executions: 100000, ..Default::default()})] {
        println!("{:?} {:?} {:?} execs {} failing {} {:.4}s {:?} {:?}", r.verdict(), r.engine, r.end, r.executions, r.failing, r.seconds, r.bounds, r.notes);
        for o in &r.outcomes { println!("   {} {}", o.id, o.count); }
        if let Some(f) = &r.failure { println!("{} init {:?}", f.why, f.initial); for s in &f.steps { println!("  {} {}.{}({:?}) v{:?} w{:?} stale{} {}:{} | {} | {:?}", s.thread, s.field, s.op, s.ordering, s.value, s.wrote, s.stale, s.file, s.line, s.source, s.memory); } }
    }
}
