//! What a reader has to know about the machine to read figures from it.

use super::clock::Clock;
use super::workers::Placement;
use crate::report::MachineNote;

/// What holds for all figures from this machine.
pub(super) fn of_machine(pinned: bool, clock: &Clock) -> Vec<MachineNote> {
    let not_pinned = (!pinned).then_some(MachineNote::NotPinned);
    let no_counter = (!clock.is_counter()).then_some(MachineNote::NoCounter);
    [not_pinned, no_counter].into_iter().flatten().collect()
}

/// What holds for a race.
pub(super) fn of_run(
    placement: &Placement,
    pinned: bool,
    amplified: bool,
    clock: &Clock,
) -> Vec<MachineNote> {
    let mut notes = Vec::new();
    if !placement.alone {
        notes.push(MachineNote::Turns { threads: placement.threads, cpus: placement.cpus.len() });
        if !amplified {
            notes.push(MachineNote::RarelyInterrupted);
        }
    }
    if amplified {
        notes.push(MachineNote::Amplified);
    }
    notes.extend(of_machine(pinned, clock));
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_two_threads(cpus: &[usize], pinned: bool, amplified: bool) -> Vec<MachineNote> {
        of_run(&Placement::new(2, cpus), pinned, amplified, &Clock::get())
    }

    #[test]
    fn every_lack_has_its_note() {
        let all = of_two_threads(&[0, 1], true, false);
        let lacks = [
            (of_two_threads(&[0], true, true), 2),
            (of_two_threads(&[0], true, false), 2),
            (of_two_threads(&[0, 1], false, false), 1),
            (of_two_threads(&[0, 1], true, true), 1),
        ];
        for (notes, more) in lacks {
            assert_eq!(notes.len(), all.len() + more, "{notes:?}");
        }
    }

    #[test]
    fn turns_are_told_with_their_numbers() {
        let notes = of_two_threads(&[7], true, true);
        assert_eq!(notes[0], MachineNote::Turns { threads: 2, cpus: 1 });
    }
}
