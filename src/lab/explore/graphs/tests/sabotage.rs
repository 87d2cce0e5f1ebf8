//! Each way to break the engine is noticed by comparing it with the oracles.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::super::revisit::{SABOTAGE, Sabotage};
use super::generate::{FAMILIES, Numbers, classic, program};
use super::program::Program;
use super::{Truth, explore, fixed, known};
use crate::rt::clocks;

/// So many random programs of each family, if need be.
const PROGRAMS: u64 = 40;

/// Programs by hand, then the classic shapes, then random ones, and what the oracles say of them; that
/// is asked for once, and no earlier than it is needed.
struct Sample {
    programs: Box<dyn Iterator<Item = Program>>,
    known: Vec<(Program, Truth)>,
}

impl Sample {
    fn new() -> Sample {
        let by_hand = known::programs().chain(fixed::programs());
        let random = (0..PROGRAMS).flat_map(|seed| {
            FAMILIES.iter().map(move |family| program(&mut Numbers(seed + 1), *family))
        });
        let programs = by_hand.chain(classic().step_by(11)).chain(random);
        Sample { programs: Box::new(programs), known: Vec::new() }
    }

    fn at(&mut self, place: usize) -> Option<&(Program, Truth)> {
        while self.known.len() <= place {
            let program = self.programs.next()?;
            if let Some(truth) = Truth::of(&program) {
                self.known.push((program, truth));
            }
        }
        self.known.get(place)
    }

    /// The number of the first program on which the engine is wrong now, and what it has wrong.
    fn notices(&mut self) -> Option<(usize, String)> {
        let mut place = 0;
        while let Some((program, truth)) = self.at(place) {
            let seen = catch_unwind(AssertUnwindSafe(|| explore(program)));
            let wrong = match seen {
                Ok(seen) => truth.against(&seen),
                Err(_) => Some("a panic".to_string()),
            };
            if let Some(wrong) = wrong {
                return Some((place, wrong));
            }
            place += 1;
        }
        None
    }
}

const ALL: [Sabotage; 25] = [
    Sabotage::AlwaysMaximal,
    Sabotage::DeleteWhatIsRead,
    Sabotage::WithoutPrefix,
    Sabotage::PrefixWithoutReads,
    Sabotage::NotExclusive,
    Sabotage::NoConflicts,
    Sabotage::LastPlaceOnly,
    Sabotage::LastPlaceAfterRevisit,
    Sabotage::MovedToTheEnd,
    Sabotage::NoCoherence,
    Sabotage::NoPsc,
    Sabotage::NoPscOfFences,
    Sabotage::SameIsRead,
    Sabotage::OwnReadsOrder,
    Sabotage::SeqCstStoreIsMov,
    Sabotage::SeqCstFenceIsNothing,
    Sabotage::WeakFenceIsStrong,
    Sabotage::FailedIsMov,
    Sabotage::StreamsInOrder,
    Sabotage::DrainIsNothing,
    Sabotage::LooksOnce,
    Sabotage::LetGoForGood,
    Sabotage::KeepsWhatLetsGo,
    Sabotage::NeverCameBetween,
    Sabotage::ReadersInOrder,
];

const OF_THE_CLOCKS: [clocks::Sabotage; 6] = [
    clocks::Sabotage::EveryLoadAcquires,
    clocks::Sabotage::NoFences,
    clocks::Sabotage::NoUnlock,
    clocks::Sabotage::LastPartOnly,
    clocks::Sabotage::BrokenSequence,
    clocks::Sabotage::StoresContinue,
];

#[test]
fn sabotage_is_noticed() {
    let mut sample = Sample::new();
    let mut hidden = Vec::new();
    let mut notice = |name: String| {
        let began = Instant::now();
        let noticed = sample.notices();
        let short: Duration = began.elapsed();
        match noticed {
            Some((place, wrong)) => {
                let wrong: String = wrong.chars().take(90).collect();
                println!("{name}: by program {place} in {short:?}: {wrong}");
            }
            None => hidden.push(name),
        }
    };
    for sabotage in ALL {
        SABOTAGE.set(Some(sabotage));
        notice(format!("{sabotage:?}"));
        SABOTAGE.set(None);
    }
    for sabotage in OF_THE_CLOCKS {
        clocks::SABOTAGE.set(Some(sabotage));
        notice(format!("{sabotage:?} of the clocks"));
        clocks::SABOTAGE.set(None);
    }
    assert_eq!(hidden, Vec::<String>::new(), "nobody notices");
}
