//! Structures, right and wrong, each with what it should do. `stamped` ones make it an operation to
//! have been called and to have answered, so that the search itself tells every order of the calls.

/// A structure and its specification in one module, and once more with stamps.
macro_rules! structure {
    ($name:ident, $stamped:ident: { $($item:item)* } $Real:ty = $new:expr; $Plain:ty = $start:expr;
        |$real:ident, $plain:ident, $seen:ident| $($rest:tt)+) => {
        racelab::scenario!(pub(super) mod $name {
            $($item)*
            racelab::specification! { |$real: $Real = $new, $plain: $Plain = $start, $seen| $($rest)+ }
        });
        racelab::scenario!(pub(super) mod $stamped {
            $($item)*
            pub struct Stamped { real: $Real, answers: super::rt::sync::atomic::AtomicU64 }
            racelab::fields!(Stamped { real: any, answers: any });
            impl Stamped {
                fn stamp<R>(&self, call: impl FnOnce(&$Real) -> R) -> R {
                    use super::rt::sync::atomic::Ordering::Relaxed;
                    self.answers.load(Relaxed);
                    let answer = call(&self.real);
                    self.answers.fetch_add(1, Relaxed);
                    answer
                }
            }
            structure! { @stamped ($Real = $new; $Plain = $start; $real, $plain, $seen) $($rest)+ }
        });
    };
    (@stamped ($Real:ty = $new:expr; $Plain:ty = $start:expr; $real:ident, $plain:ident, $seen:ident)
        $($name:ident($($argument:ident in $domain:expr),*) $(by $role:ident)? $(if $guard:expr)?
            => $do:expr, $should:expr $(, $($word:ident)+)*;)+) => {
        racelab::specification! {
            |stamped: Stamped = Stamped { real: $new, answers: Default::default() },
                $plain: $Plain = $start, $seen|
            $($name($($argument in $domain),*) $(by $role)? $(if $guard)?
                => stamped.stamp(|$real| $do), $should $(, $($word)+)*;)+
        }
    };
}

structure! { scan, scan_stamped: {
    use super::rt::sync::atomic::{AtomicU64, Ordering::SeqCst};
    /// Two words, and a reader of both.
    pub struct Two { left: AtomicU64, right: AtomicU64 }
    racelab::fields!(Two { left: any, right: any });
    const ONE: &[u64] = &[1];
} Two = Two { left: AtomicU64::new(0), right: AtomicU64::new(0) }; [u64; 2] = [0, 0];
    |two, plain, seen|
    left(v in ONE) by left => two.left.store(v, SeqCst), plain[0] = v;
    right(v in ONE) by right => two.right.store(v, SeqCst), plain[1] = v;
    both() by reader => [two.left.load(SeqCst), two.right.load(SeqCst)], *plain;
}

structure! { stale, stale_stamped: {
    use super::rt::sync::atomic::{AtomicU64, Ordering::SeqCst};
    /// A reader's copy of a word, which nobody brings up to date.
    pub struct Copied { word: AtomicU64, copy: AtomicU64 }
    racelab::fields!(Copied { word: any, copy: any });
    const ONE: &[u64] = &[1];
} Copied = Copied { word: AtomicU64::new(0), copy: AtomicU64::new(0) }; u64 = 0;
    |copied, plain, seen|
    set(v in ONE) by writer => copied.word.store(v, SeqCst), *plain = v;
    get() by reader => copied.copy.load(SeqCst), *plain;
}

structure! { two_locks, two_locks_stamped: {
    use super::rt::sync::Mutex;
    /// A map of two shards.
    pub struct Map { shards: [Mutex<Option<u64>>; 2] }
    racelab::fields!(Map { shards: any });
    const KEYS: &[u64] = &[0, 1];
    impl Map {
        fn new() -> Map { Map { shards: [Mutex::new(None), Mutex::new(None)] } }
        fn get(&self, key: u64) -> Option<u64> { *self.shards[key as usize].lock().unwrap() }
        fn insert(&self, key: u64, value: u64) -> Option<u64> {
            self.shards[key as usize].lock().unwrap().replace(value)
        }
        fn all(&self) -> [Option<u64>; 2] { [self.get(0), self.get(1)] }
    }
} Map = Map::new(); [Option<u64>; 2] = [None; 2];
    |map, plain, seen|
    insert(key in KEYS, value in FRESH) => map.insert(key, value), plain[key as usize].replace(value);
    get(key in KEYS) => map.get(key), plain[key as usize], last;
    all() => map.all(), *plain;
}

structure! { one_lock, one_lock_stamped: {
    use super::rt::sync::Mutex;
    /// The same under one lock.
    pub struct Map { all: Mutex<[Option<u64>; 2]> }
    racelab::fields!(Map { all: any });
    const KEYS: &[u64] = &[0, 1];
} Map = Map { all: Mutex::new([None; 2]) }; [Option<u64>; 2] = [None; 2];
    |map, plain, seen|
    insert(key in KEYS, value in FRESH)
        => map.all.lock().unwrap()[key as usize].replace(value), plain[key as usize].replace(value);
    get(key in KEYS) => map.all.lock().unwrap()[key as usize], plain[key as usize], last;
    all() => *map.all.lock().unwrap(), *plain;
}

structure! { counter, counter_stamped: {
    use super::rt::sync::atomic::{AtomicU64, Ordering::SeqCst};
    /// A count of two parts.
    pub struct Count { parts: [AtomicU64; 2] }
    racelab::fields!(Count { parts: any });
    const PARTS: &[u64] = &[0, 1];
} Count = Count { parts: [AtomicU64::new(0), AtomicU64::new(0)] }; u64 = 0;
    |count, plain, seen|
    add(part in PARTS) => { count.parts[part as usize].fetch_add(part + 1, SeqCst); }, *plain += part + 1;
    sum() => count.parts.iter().map(|part| part.load(SeqCst)).sum::<u64>(), *plain, last;
}

structure! { counter_weakly, counter_weakly_stamped: {
    use super::rt::sync::atomic::{AtomicU64, Ordering::SeqCst};
    /// The same, of which less is promised.
    pub struct Count { parts: [AtomicU64; 2] }
    racelab::fields!(Count { parts: any });
    const PARTS: &[u64] = &[0, 1];
} Count = Count { parts: [AtomicU64::new(0), AtomicU64::new(0)] }; u64 = 0;
    |count, plain, seen|
    add(part in PARTS) => { count.parts[part as usize].fetch_add(part + 1, SeqCst); }, *plain += part + 1;
    sum() => count.parts.iter().map(|part| part.load(SeqCst)).sum::<u64>(), *plain, last, weakly;
}

structure! { seats, seats_stamped: {
    use super::rt::sync::atomic::{AtomicU64, Ordering::SeqCst};
    /// A seat that is sold by one weak exchange.
    pub struct Seats { sold: AtomicU64 }
    racelab::fields!(Seats { sold: any });
    const SEAT: &[u64] = &[1];
    impl Seats {
        fn sell(&self, seat: u64) -> bool {
            let sold = self.sold.load(SeqCst);
            sold & seat == 0
                && self.sold.compare_exchange_weak(sold, sold | seat, SeqCst, SeqCst).is_ok()
        }
    }
} Seats = Seats { sold: AtomicU64::new(0) }; u64 = 0;
    |seats, plain, seen|
    sell(seat in SEAT) => seats.sell(seat), { let free = *plain & seat == 0; *plain |= seat; free };
    sold() => seats.sold.load(SeqCst), *plain, last;
}

structure! { bays, bays_stamped: {
    use super::rt::sync::atomic::{AtomicU64, Ordering::SeqCst};
    /// Two bays: a car is told which it has.
    pub struct Park { bays: [AtomicU64; 2] }
    racelab::fields!(Park { bays: any });
    const BAYS: &[u64] = &[0, 1];
    fn place(seen: &str) -> Option<usize> {
        seen.strip_prefix("Some(")?.strip_suffix(')')?.parse().ok()
    }
    impl Park {
        fn enter(&self, car: u64) -> Option<usize> {
            self.bays.iter().position(|bay| bay.compare_exchange(0, car, SeqCst, SeqCst).is_ok())
        }
    }
} Park = Park { bays: [AtomicU64::new(0), AtomicU64::new(0)] }; [u64; 2] = [0; 2];
    |park, plain, seen|
    enter(car in FRESH) => park.enter(car), {
        // Any free bay will do.
        let bay = place(seen).filter(|bay| plain[*bay] == 0);
        let bay = bay.or(plain.iter().position(|bay| *bay == 0));
        if let Some(bay) = bay { plain[bay] = car; }
        bay
    };
    car(bay in BAYS) => park.bays[bay as usize].load(SeqCst), plain[bay as usize], last;
}

structure! { noisy, noisy_stamped: {
    use super::rt::sync::Mutex;
    /// A purse that panics when there is nothing in it.
    pub struct Purse { coins: Mutex<u64> }
    racelab::fields!(Purse { coins: any });
} Purse = Purse { coins: Mutex::new(1) }; u64 = 1;
    |purse, plain, seen|
    take() => {
        let left = *purse.coins.lock().unwrap();
        assert!(left > 0, "the purse is empty");
        *purse.coins.lock().unwrap() = left - 1;
    }, { assert!(*plain > 0); *plain -= 1; };
    coins() => *purse.coins.lock().unwrap(), *plain, last;
}
