//! loom's traps: what it may get wrong in the program at hand, told from what the program does.

use crate::explore::engine::Trap;
use crate::report::BlindSpot;
use crate::rt::survey::Survey;

/// loom keeps the last seven stores of a location (`MAX_ATOMIC_HISTORY`).
const HISTORY: u32 = 7;

/// The traps that this program walks into.
pub(super) fn of(survey: &Survey) -> Vec<Trap> {
    // Whether it may make loom report what cannot happen stands in the middle.
    let traps = [
        (survey.store_against_rmw(), true, BlindSpot::StoreAgainstRmw),
        (survey.seqcst_access, true, BlindSpot::SeqcstAccess),
        (survey.most_stores() > HISTORY, false, BlindSpot::ManyStores),
        (survey.load_buffering(), false, BlindSpot::LoadBuffering),
        (survey.seqcst_fence, false, BlindSpot::SeqcstFence),
        (survey.failed_exchange, false, BlindSpot::FailedExchange),
        (survey.yields, false, BlindSpot::Yield),
        (survey.waits, false, BlindSpot::Wakeup),
        (survey.weak_exchange, false, BlindSpot::WeakExchange),
    ];
    let traps = traps.into_iter().chain(survey.traps_of_loom());
    let walked_into = traps.filter(|(does, ..)| *does);
    walked_into.map(|(_, false_alarm, spot)| Trap { false_alarm, spot }).collect()
}
