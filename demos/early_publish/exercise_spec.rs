//! What a locker should do: whoever sees the lamp finds the parcel.

use super::source::Locker;

racelab::specification! {
    |locker: Locker = Locker::new(), plain: Option<(u32, u32)> = None, seen|
    deliver() by courier if (plain.is_none())
        => locker.deliver(7, 900), { *plain = Some((7, 900)); };
    collect() => locker.collect(), *plain, last;
}
