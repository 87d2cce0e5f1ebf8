//! The racelab command.
use racelab::explore::{Budget, search};
fn main() {
    for d in racelab::demos::ALL {
        for v in d.versions {
            let s = v.scenario;
            println!("=== {} {}", d.name, v.name());
            for r in [
                search::reduced(s, &Budget::default()),
                search::bounded(s, &Budget::default()),
                search::loom(s, &Budget::default()),
            ] {
                println!(
                    "{:?} {:?} {:?} execs {} distinct {:?} failing {} {:.4}s {:?} {:?}",
                    r.verdict(),
                    r.engine,
                    r.end,
                    r.executions,
                    r.distinct,
                    r.failing,
                    r.seconds,
                    r.bounds,
                    r.notes
                );
                for o in &r.outcomes {
                    println!("   {} {}", o.id, o.count);
                }
                if let Some(f) = &r.failure {
                    println!("{} init {:?}", f.why, f.initial);
                    for s in &f.steps {
                        println!(
                            "  {} {}.{}({:?}) v{:?} w{:?} stale{} {}:{} | {} | {:?}",
                            s.thread,
                            s.field,
                            s.op,
                            s.ordering,
                            s.value,
                            s.wrote,
                            s.stale,
                            s.file,
                            s.line,
                            s.source,
                            s.memory
                        );
                    }
                }
            }
        }
    }
}
