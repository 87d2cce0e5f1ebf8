//! Two workers with two tasks each, which add to both shards, and another look at the sum.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    ADDED: Allowed required, "each task has added what it was told";
    LOST: Forbidden, "an amount is missing";
}

/// In the first shard and in the second.
const LEFT: usize = 0;
const RIGHT: usize = 1;

pub const RACE: Race<Map> = Race::new(
    Map::new,
    &[
        actor("worker", |map, _| {
            run(&mut [pin!(map.add(LEFT, later(1))), pin!(map.add(RIGHT, later(10)))]);
        }),
        actor("other", |map, _| {
            run(&mut [pin!(map.add(RIGHT, later(100))), pin!(map.add(LEFT, later(1000)))]);
        }),
    ],
    outcome,
    OUTCOMES,
);

/// An answer that is not there at the first look, and is at the second.
async fn later(amount: u64) -> u64 {
    let mut looked = false;
    poll_fn(|_| {
        let ready = std::mem::replace(&mut looked, true);
        if ready { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    amount
}

/// One thread that runs tasks as an executor does: each in its turn, as far as it comes.
fn run(tasks: &mut [Pin<&mut dyn Future<Output = ()>>]) {
    let mut done = vec![false; tasks.len()];
    while done.contains(&false) {
        for (task, done) in tasks.iter_mut().zip(&mut done) {
            let mut context = Context::from_waker(Waker::noop());
            *done = *done || task.as_mut().poll(&mut context).is_ready();
        }
    }
}

fn outcome(map: &Map, _: &[Saw]) -> Outcome {
    if (map.get(LEFT), map.get(RIGHT)) == (1001, 110) { ADDED } else { LOST }
}
