//! A migrator moves a slot and is told to move it again; a client writes both keys and reads both.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cluster;

outcomes! {
    KEPT: Allowed required, "both writes are where clients look for them";
    LOST: Forbidden, "an acknowledged write is gone";
    MISSED: Forbidden, "a key that was there all the time was not found";
    TO_AND_FRO: Forbidden, "each node sent the client to the other, and nobody took the command";
}

pub const RACE: Race<Cluster> = Race::new(
    || Cluster::new([1, 2]),
    &[
        actor("migrator", |cluster, _| {
            cluster.migrate();
            cluster.migrate();
        }),
        actor("client", |cluster, saw| {
            for key in [0, 1] {
                if cluster.set(key, 5).is_ok()
                    && let Ok(value) = cluster.get(key)
                {
                    saw.note(value.unwrap_or(0));
                }
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(cluster: &Cluster, saws: &[Saw]) -> Outcome {
    let there = [0, 1].map(|key| cluster.get(key).ok().flatten());
    match *saws[1].values() {
        [seen, again] if seen == 0 || again == 0 => MISSED,
        [5, 5] if there == [Some(5); 2] => KEPT,
        [_, _] => LOST,
        _ => TO_AND_FRO,
    }
}
