//! Shares of one exploration put together again: the report on the whole.

use super::{End, Failure, Note, OutcomeCount, Partition, Report, Stop};

/// Why reports are not the shares of one whole. Each is told by its place among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmerged {
    /// This is of no share.
    Whole(usize),
    /// These two are of different programs, or versions of one, or were divided otherwise.
    Foreign(usize, usize),
    /// These two are the same share.
    Twice(usize, usize),
    /// These shares are not there.
    Missing(Vec<Partition>),
}

/// The report on the whole, whose shares these are, in any order.
///
/// # Errors
/// When they are not exactly the shares of one whole.
pub fn merge(shares: &[Report]) -> Result<Report, Unmerged> {
    let mut parts = Vec::new();
    for (at, share) in shares.iter().enumerate() {
        match &share.part {
            Some(part) => parts.push((part, at)),
            None => return Err(Unmerged::Whole(at)),
        }
    }
    let Some(&(first, _)) = parts.first() else { return Err(Unmerged::Missing(Vec::new())) };
    let ids = |at: usize| shares[at].outcomes.iter().map(|row| (&row.id, row.grade));
    // One that was cut before anything was divided says nothing of that.
    let tree = parts.iter().map(|(part, _)| &part.tree).find(|tree| !tree.is_empty());
    let foreign = parts.iter().find(|(part, at)| {
        part.partition.of != first.partition.of
            || !part.tree.is_empty() && Some(&part.tree) != tree
            || shares[*at].engine.name != shares[0].engine.name
            || !ids(*at).eq(ids(0))
    });
    if let Some((_, at)) = foreign {
        return Err(Unmerged::Foreign(0, *at));
    }
    parts.sort_by_key(|(part, at)| (part.partition.index, *at));
    let twice = parts.windows(2).find(|two| two[0].0.partition == two[1].0.partition);
    if let Some([(_, one), (_, other)]) = twice {
        return Err(Unmerged::Twice(*one, *other));
    }
    let there = |index: &u32| parts.iter().any(|(part, _)| part.partition.index == *index);
    let of = first.partition.of;
    let missing = (1..=of).filter(|index| !there(index));
    let missing: Vec<Partition> = missing.map(|index| Partition { index, of }).collect();
    if !missing.is_empty() {
        return Err(Unmerged::Missing(missing));
    }
    Ok(whole(&parts.iter().map(|(_, at)| &shares[*at]).collect::<Vec<_>>()))
}

/// The whole, from its shares in their order.
fn whole(shares: &[&Report]) -> Report {
    let (first, others) = (shares[0], &shares[1..]);
    let mut whole = Report { part: None, contradiction: None, second: None, ..first.clone() };
    for other in others {
        whole.executions += other.executions;
        whole.broken_off += other.broken_off;
        whole.distinct = whole.distinct.zip(other.distinct).map(|(mine, more)| mine + more);
        whole.failing += other.failing;
        whole.seconds += other.seconds;
        add(&mut whole.outcomes, &other.outcomes);
        let seconds = [whole.first_failure_seconds, other.first_failure_seconds];
        whole.first_failure_seconds = seconds.into_iter().flatten().min_by(f64::total_cmp);
        whole.bounds.timeouts = whole.bounds.timeouts.max(other.bounds.timeouts);
        whole.bounds.rounds = whole.bounds.rounds.max(other.bounds.rounds);
        whole.sequential &= other.sequential;
        whole.reasonable &= other.reasonable;
        for (mine, theirs) in whole.stricter.iter_mut().zip(&other.stricter) {
            mine.executions += theirs.executions;
            mine.failing += theirs.failing;
            add(&mut mine.outcomes, &theirs.outcomes);
        }
        for spot in other.blind_spots.iter().filter(|spot| !first.blind_spots.contains(spot)) {
            if !whole.blind_spots.contains(spot) {
                whole.blind_spots.push(spot.clone());
            }
        }
        notes(&mut whole.notes, &other.notes);
    }
    whole.failure = simplest(shares.iter().map(|share| (share.failing, share.failure.as_ref())));
    for (at, stricter) in whole.stricter.iter_mut().enumerate() {
        let of = shares.iter().filter_map(|share| share.stricter.get(at));
        stricter.failure =
            simplest(of.map(|stricter| (stricter.failing, stricter.failure.as_ref())));
    }
    let all_fail = whole.failing > 0 && whole.stricter.iter().all(|stricter| stricter.failing > 0);
    if all_fail {
        // Nobody would have looked again.
        whole.unreasonable = None;
        whole.stricter.iter_mut().for_each(|stricter| stricter.again = None);
    }
    whole.end = end(shares, all_fail);
    whole
}

/// How far all of them came.
fn end(shares: &[&Report], all_fail: bool) -> End {
    let parts = || shares.iter().filter_map(|share| share.part.as_ref().map(|part| (part, *share)));
    if let Some((_, cut)) = parts().find(|(part, _)| !part.complete) {
        return cut.end.clone();
    }
    // The first share looks again for all, with what it has met of it itself.
    let looked: Vec<&String> = parts().take(1).flat_map(|(part, _)| &part.meets).collect();
    let met = parts().flat_map(|(part, _)| &part.meets).all(|what| looked.contains(&what));
    if met || all_fail { End::Complete } else { End::Cut(Stop::DividedLate) }
}

fn add(mine: &mut [OutcomeCount], theirs: &[OutcomeCount]) {
    for (mine, theirs) in mine.iter_mut().zip(theirs) {
        mine.count += theirs.count;
    }
}

/// What else is worth knowing, once; graphs that wait are counted together.
fn notes(mine: &mut Vec<Note>, theirs: &[Note]) {
    for note in theirs {
        let waits = mine.iter_mut().find_map(|mine| match mine {
            Note::Waiting(count) => Some(count),
            _ => None,
        });
        if let (Some(mine), Note::Waiting(more)) = (waits, note) {
            *mine += more;
        } else if !mine.contains(note) {
            mine.push(note.clone());
        }
    }
}

/// The simplest failure of the first look; that of the second where none failed in the first.
fn simplest<'a>(of: impl Iterator<Item = (u64, Option<&'a Failure>)>) -> Option<Failure> {
    let key = |failing: u64, failure: &Failure| {
        let letters = serde_json::to_string(&failure.witness).unwrap_or_default();
        (failing == 0, failure.stale, failure.switches, failure.steps.len(), letters)
    };
    let all = of.filter_map(|(failing, failure)| failure.map(|failure| (failing, failure)));
    let simplest = all.min_by_key(|(failing, failure)| key(*failing, failure));
    simplest.map(|(_, failure)| failure.clone())
}
