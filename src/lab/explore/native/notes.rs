//! What a reader has to know about the machine to read figures from it.

use super::clock::Clock;
use super::crew::Posts;

/// What holds for all figures from this machine.
pub(super) fn of_machine(pinned: bool, clock: &Clock) -> Vec<String> {
    let mut notes = Vec::new();
    if !pinned {
        notes.push(
            "no permission to pin threads, or no way to: they ran wherever the system put them",
        );
    }
    if !clock.is_counter() {
        notes.push("no steady CPU counter: the system's clock was read, which takes longer");
    }
    notes.into_iter().map(str::to_owned).collect()
}

/// What holds for a race.
pub(super) fn of_run(posts: &Posts, pinned: bool, amplified: bool, clock: &Clock) -> Vec<String> {
    let mut notes = Vec::new();
    if !posts.alone {
        let (threads, cpus) = (posts.threads, posts.cpus.len());
        let plural = if cpus == 1 { "" } else { "s" };
        notes.push(format!(
            "{threads} threads on {cpus} CPU{plural} take turns: what needs them at one moment does not show"
        ));
        if !amplified {
            notes.push(
                "an actor is interrupted some thousand times a second at most: what needs luck may \
                 not show either, and --amplify helps"
                    .to_owned(),
            );
        }
    }
    if amplified {
        notes.push(
            "amplified: the race gives its CPU away at random, so its rates are not the code's own"
                .to_owned(),
        );
    }
    notes.extend(of_machine(pinned, clock));
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_two_threads(cpus: &[usize], pinned: bool, amplified: bool) -> Vec<String> {
        of_run(&Posts::new(2, cpus), pinned, amplified, &Clock::get())
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
        assert!(notes[0].starts_with("2 threads on 1 CPU take turns"), "{}", notes[0]);
    }
}
