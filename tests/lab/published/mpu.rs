//! Litmus programs: message passing through a read-modify-write (MPU), and through two (MPU2).

use super::complete;
use super::litmus::litmus;

/// One publishes what is in plain memory, one adds to the flag, one overwrites what it finds. The
/// release is a store or a fence, the acquire is a load or a fence.
macro_rules! mpu {
    ($name:ident, $($release:ident)?, $store:ident, $load:ident $(, $acquire:ident)?) => {
        litmus!($name,
            actor("1", |m, _| {
                m.set(1);
                $(fence($release);)?
                m.y.store(1, $store);
            }),
            actor("2", |m, _| {
                m.y.fetch_add(1, Relaxed);
            }),
            actor("3", |m, _| {
                if m.y.load($load) > 1 {
                    $(fence($acquire);)?
                    m.set(2);
                }
            })
        );
    };
}

/// The same, but the flag goes from 1 to 2 and from 2 to 3 by exchanges.
macro_rules! mpu2 {
    ($name:ident, $($release:ident)?, $store:ident, $load:ident $(, $acquire:ident)?) => {
        litmus!($name,
            actor("1", |m, _| {
                m.set(1);
                $(fence($release);)?
                m.y.store(1, $store);
            }),
            actor("2", |m, _| {
                let _ = m.y.compare_exchange(2, 3, Relaxed, Relaxed);
            }),
            actor("3", |m, _| {
                let _ = m.y.compare_exchange(1, 2, Relaxed, Relaxed);
            }),
            actor("4", |m, _| {
                if m.y.load($load) > 2 {
                    $(fence($acquire);)?
                    m.set(2);
                }
            })
        );
    };
}

mpu!(mpu_rel_acq, , Release, Acquire);
mpu!(mpu_rel_acqf, , Release, Relaxed, Acquire);
mpu!(mpu_relf_acq, Release, Relaxed, Acquire);
mpu!(mpu_relf_acqf, Release, Relaxed, Relaxed, Acquire);
mpu2!(mpu2_rel_acq, , Release, Acquire);
mpu2!(mpu2_rel_acqf, , Release, Relaxed, Acquire);
mpu2!(mpu2_relf_acq, Release, Relaxed, Acquire);
mpu2!(mpu2_relf_acqf, Release, Relaxed, Relaxed, Acquire);

/// `litmus/MPU+rel+acq`, `MPU+rel+acqf`, `MPU+relf+acq`, `MPU+relf+acqf`: 6 each, under SC too, and
/// no data race. No arguments.
#[test]
fn a_release_sequence_of_one_addition() {
    assert_eq!(complete(&mpu_rel_acq::SCENARIO), (6, 6));
    assert_eq!(complete(&mpu_rel_acqf::SCENARIO), (6, 6));
    assert_eq!(complete(&mpu_relf_acq::SCENARIO), (6, 6));
    assert_eq!(complete(&mpu_relf_acqf::SCENARIO), (6, 6));
}

/// `litmus/MPU2+rel+acq`, `MPU2+rel+acqf`, `MPU2+relf+acq`, `MPU2+relf+acqf`: 14 each, under SC too,
/// and no data race. No arguments.
#[test]
fn a_release_sequence_of_two_exchanges() {
    assert_eq!(complete(&mpu2_rel_acq::SCENARIO), (14, 14));
    assert_eq!(complete(&mpu2_rel_acqf::SCENARIO), (14, 14));
    assert_eq!(complete(&mpu2_relf_acq::SCENARIO), (14, 14));
    assert_eq!(complete(&mpu2_relf_acqf::SCENARIO), (14, 14));
}

/// The flag is written twice, and only the first write releases. In C++20 the second is not in the
/// first one's release sequence, and what was plain memory is written twice without an order.
macro_rules! rels {
    ($name:ident, [$($middle:expr),+], $least:literal, $load:ident $(, $acquire:ident)?) => {
        litmus!($name,
            actor("1", |m, _| {
                m.x.store(1, Relaxed);
                m.y.store(0, Release);
                m.y.store(1, Relaxed);
            }),
            $(actor(stringify!($middle), $middle),)+
            actor("last", |m, _| {
                if m.y.load($load) > $least {
                    $(fence($acquire);)?
                    m.x.store(2, Relaxed);
                }
            })
        );
    };
}

macro_rules! both_rels {
    ($one:ident, $two:ident, $load:ident $(, $acquire:ident)?) => {
        rels!($one, [|m, _| _ = m.y.fetch_add(1, Relaxed)], 1, $load $(, $acquire)?);
        rels!(
            $two,
            [
                |m, _| _ = m.y.compare_exchange(2, 3, Relaxed, Relaxed),
                |m, _| _ = m.y.compare_exchange(1, 2, Relaxed, Relaxed)
            ],
            2,
            $load $(, $acquire)?
        );
    };
}

both_rels!(mpu_rels_acq, mpu2_rels_acq, Acquire);
both_rels!(mpu_rels_acqf, mpu2_rels_acqf, Relaxed, Acquire);

/// `litmus/MPU+rels+acq`, `MPU+rels+acqf`: 13, under SC 12. `MPU2+rels+acq`, `MPU2+rels+acqf`: 36,
/// under SC 35. `-disable-race-detection`: what is plain memory there is relaxed here.
#[test]
fn a_release_and_a_second_write_of_the_same_thread() {
    assert_eq!(complete(&mpu_rels_acq::SCENARIO), (13, 12));
    assert_eq!(complete(&mpu_rels_acqf::SCENARIO), (13, 12));
    assert_eq!(complete(&mpu2_rels_acq::SCENARIO), (36, 35));
    assert_eq!(complete(&mpu2_rels_acqf::SCENARIO), (36, 35));
}
