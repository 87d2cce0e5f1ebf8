//! Two accounts, each behind a lock of its own; money goes both ways at once.

use super::rt::sync::Mutex;
use racelab::{Race, Saw, actor, outcomes};

pub struct Accounts {
    left: Mutex<u64>,
    right: Mutex<u64>,
}

racelab::fields!(Accounts { left: payer | refunder, right: payer | refunder });

outcomes! {
    MOVED: Allowed, "both have moved their money";
}

pub const RACE: Race<Accounts> = Race::new(
    || Accounts { left: Mutex::new(8), right: Mutex::new(8) },
    &[actor("payer", pay), actor("refunder", refund)],
    |_, _| MOVED,
    OUTCOMES,
);

fn pay(accounts: &Accounts, _: &mut Saw) {
    let mut left = accounts.left.lock().unwrap();
    let mut right = accounts.right.lock().unwrap();
    *left -= 1;
    *right += 1;
}

fn refund(accounts: &Accounts, _: &mut Saw) {
    let mut right = accounts.right.lock().unwrap();
    let mut left = accounts.left.lock().unwrap();
    *right -= 1;
    *left += 1;
}
