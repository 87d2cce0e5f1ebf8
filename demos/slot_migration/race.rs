//! A migrator moves a slot while a client writes one of its keys and then reads the other.

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Cluster;

outcomes! {
    KEPT: Allowed required, "the write is where clients look for it, and the other key was found";
    LOST: Forbidden, "an acknowledged write is gone: the key has its old value again";
    MISSED: Forbidden, "a key that was there all the time was not found";
    TO_AND_FRO: Forbidden, "each node sent the client to the other, and nobody took the write";
}

pub const RACE: Race<Cluster> = Race::new(
    || Cluster::new([1, 2]),
    &[
        actor("migrator", |cluster, _| cluster.migrate()),
        actor("client", |cluster, saw| {
            if cluster.set(0, 5).is_ok()
                && let Ok(value) = cluster.get(1)
            {
                saw.note(value.unwrap_or(0));
            }
        }),
    ],
    outcome,
    OUTCOMES,
);

fn outcome(cluster: &Cluster, saws: &[Saw]) -> Outcome {
    match (cluster.get(0), saws[1].get(0)) {
        (Err(_), _) | (_, None) => TO_AND_FRO,
        (Ok(value), _) if value != Some(5) => LOST,
        (_, Some(2)) => KEPT,
        _ => MISSED,
    }
}
