//! A worker with two tasks on one thread, and another with one: all add to one key.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use racelab::{Outcome, Race, Saw, actor, outcomes};

use super::source::Map;

outcomes! {
    ADDED: Allowed required, "each task has added what it was told";
    LOST: Forbidden, "an amount is missing";
}

const KEY: usize = 0;

pub const RACE: Race<Map> = Race::new(
    Map::new,
    &[
        actor("worker", |map, _| {
            run(&mut [pin!(map.add(KEY, later(1))), pin!(map.add(KEY, later(10)))]);
        }),
        actor("other", |map, _| run(&mut [pin!(map.add(KEY, later(100)))])),
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
    if map.get(KEY) == 111 { ADDED } else { LOST }
}
