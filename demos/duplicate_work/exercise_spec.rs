//! What a client should do: one of those that ask at once dials, and all get its connection.

use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
use super::source::Client;

/// A client, and how often it has dialled.
pub struct Dialled {
    client: Client,
    dials: AtomicU64,
}

racelab::fields!(Dialled { client: any, dials: any });

impl Dialled {
    fn new() -> Dialled {
        Dialled { client: Client::new(), dials: AtomicU64::new(0) }
    }

    fn connection(&self) -> u64 {
        self.client.connection(|| self.dials.fetch_add(1, Relaxed) + 1)
    }
}

racelab::specification! {
    |dialled: Dialled = Dialled::new(), plain: (u64, u64) = (0, 0), seen|
    connection() => dialled.connection(), {
        if plain.0 == 0 {
            plain.1 += 1;
            plain.0 = plain.1;
        }
        plain.0
    }, last;
}
