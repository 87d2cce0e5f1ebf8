//! An account that two threads look at before they take from it.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use racelab::{Race, Saw, actor, outcomes};

pub struct Account {
    balance: AtomicU64,
}

racelab::fields!(Account { balance: buyer | biller });

outcomes! {
    PAID: Allowed, "whoever found enough has taken it";
}

pub const RACE: Race<Account> = Race::new(
    || Account { balance: AtomicU64::new(10) },
    &[actor("buyer", take), actor("biller", take)],
    |_, _| PAID,
    OUTCOMES,
);

fn take(account: &Account, _: &mut Saw) {
    if account.balance.load(Relaxed) >= 10 {
        let before = account.balance.fetch_sub(10, Relaxed);
        assert!(before >= 10, "the account is overdrawn");
    }
}
