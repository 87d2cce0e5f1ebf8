//! A loop that yields and gives up: whoever waits for another until it has waited long enough.

use std::sync::Arc;

use crate::against::run::following;
use crate::against::{Amounts, Limits, run};
use crate::explore::{Budget, GRAPHS, REDUCED, search};
use crate::report::{End, Stop, Verdict};
use crate::scenario::Scenario;
use crate::specification::{Call, Program};

/// One dials, the others wait for it so many times at most, then dial as well.
macro_rules! client {
    ($name:ident, $rounds:expr) => {
        racelab::scenario!(mod $name {
            use super::rt::sync::atomic::{AtomicU64, Ordering::SeqCst};
            pub struct Client { connection: AtomicU64, dials: AtomicU64 }
            racelab::fields!(Client { connection: any, dials: any });
            impl Client {
                fn connection(&self) -> u64 {
                    for _ in 0..$rounds {
                        match self.connection.compare_exchange(0, 1000, SeqCst, SeqCst) {
                            Ok(_) => return self.dial(),
                            Err(1000) => super::rt::thread::yield_now(),
                            Err(number) => return number,
                        }
                    }
                    self.dial()
                }
                fn dial(&self) -> u64 {
                    let number = self.dials.fetch_add(1, SeqCst) + 1;
                    self.connection.store(number, SeqCst);
                    number
                }
            }
            racelab::specification! {
                |client: Client = Client { connection: AtomicU64::new(0), dials: AtomicU64::new(0) },
                    plain: u64 = 0, seen|
                connection() => client.connection(), { *plain = 1; 1 }, last;
            }
        });
    };
}
client!(three, 3);
client!(hundred, 100);
client!(for_ever, u64::MAX);

fn amounts(scenario: &Scenario, limits: &Limits) -> [Amounts; 2] {
    [REDUCED, GRAPHS].map(|engine| run(scenario, engine, limits, &|_| {}).amounts())
}

#[test]
fn a_loop_that_gives_up_is_never_taken_for_one_that_waits() {
    let limits = Limits { calls: 3, lopsided: 3, ..Limits::default() };
    for gives_up in [&three::SCENARIO, &hundred::SCENARIO] {
        assert_eq!(amounts(gives_up, &limits), [Amounts::Failed; 2], "{}", gives_up.name);
    }
    assert_eq!(amounts(&for_ever::SCENARIO, &limits), [Amounts::Passed; 2]);
}

/// A race written by hand is looked at as well: nothing is passed of which it is known that it goes
/// another way when it is given time.
#[test]
fn what_gives_up_and_is_not_followed_is_undecided() {
    let call = Call { operation: 0, arguments: Vec::new() };
    let threads = vec![vec![call.clone()], vec![call]];
    let program = Arc::new(Program { threads, ..Program::default() });
    let few = Budget { executions: 20, ..Budget::default() };
    let explore = || search::explore(&hundred::SCENARIO, REDUCED, &few);
    let report = following(&program, explore);
    assert_eq!(report.end, End::Cut(Stop::GivesUp(100)), "{report:?}");
    assert_eq!(report.verdict(), Verdict::Inconclusive);
}
