//! The judge: whether a specification explains a history, and what it is that it does not explain.

use super::explain::{begun, explained};
use super::{Consistency, History, Order, Specification, State, cuts};

/// An order that a history may have had and that the specification does not explain: for each call,
/// the calls that had answered before it was made, a bit each. None where all are explained.
pub fn judge(spec: &Specification, history: &History) -> Option<Vec<u32>> {
    let Some(start) = begun(spec, history) else { return Some(history.program_order()) };
    let fails = |order: &Vec<u32>| !holds(spec, history, &*start, order);
    if spec.consistency == Consistency::Sequential {
        return Some(history.program_order()).filter(fails);
    }
    match &history.order {
        Order::Fixed(order) => Some(order.clone()).filter(fails),
        // What is so in every interleaving is enough, and soon tried.
        Order::Ends(ends) if fails(&ends.last_first) => Some(ends.last_first.clone()),
        Order::Ends(ends) => cuts::orders(history, ends).into_iter().find(fails),
    }
}

/// Whether the answers are explained where these calls came before those.
fn holds(spec: &Specification, history: &History, start: &dyn State, order: &[u32]) -> bool {
    match spec.consistency {
        Consistency::Linearizable | Consistency::Sequential => {
            explained(spec, history, start, order)
        }
        Consistency::Quiescent => explained(spec, history, start, &quiet(order)),
    }
}

/// Of an order, what is so across a moment at which no call ran.
fn quiet(order: &[u32]) -> Vec<u32> {
    let all = ((1u64 << order.len()) - 1) as u32;
    let outside = |set: u32| (0..order.len()).filter(move |call| set >> call & 1 == 0);
    let cut = |set: &u32| *set != all && outside(*set).all(|call| set & !order[call] == 0);
    let cuts: Vec<u32> = order.iter().copied().filter(cut).collect();
    let before = |call: usize| {
        let earlier = cuts.iter().filter(|set| *set >> call & 1 == 0);
        earlier.fold(0, |all, set| all | set)
    };
    (0..order.len()).map(before).collect()
}

/// Of an order that is not explained, the least that is not explained either: pairs of calls of
/// different threads, of which the first had answered before the second was made.
pub fn reasons(spec: &Specification, history: &History, order: &[u32]) -> Vec<(usize, usize)> {
    let Some(start) = begun(spec, history) else { return Vec::new() };
    let mine = history.program_order();
    let mut least = order.to_vec();
    for after in 0..order.len() {
        for before in (0..order.len()).filter(|before| order[after] >> before & 1 == 1) {
            let without = least[after] & !(1 << before);
            let kept = std::mem::replace(&mut least[after], without);
            let needed = mine[after] >> before & 1 == 1 || holds(spec, history, &*start, &least);
            if needed {
                least[after] = kept;
            }
        }
    }
    let pairs = (0..order.len()).flat_map(|after| (0..order.len()).map(move |b| (b, after)));
    pairs.filter(|(before, after)| (least[*after] & !mine[*after]) >> before & 1 == 1).collect()
}
