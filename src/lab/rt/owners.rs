//! std's own `Arc`, which nobody announces: in a closure it may own what the facade's types are.
//!
//! Its last owner comes after all others, and which of them that is nobody decides. So what ends with
//! it is no step of its own, and comes after whatever its owners did, as with the facade's `Arc`.

use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::collections::HashMap;

use super::op::Object;
use super::quarantine;

thread_local! {
    /// Whether such an `Arc` ends this object when this thread drops it.
    static KNOWN: RefCell<HashMap<(Object, usize), bool>> = RefCell::default();
}

/// Forgets what was seen: another program is explored.
pub(crate) fn forget() {
    KNOWN.with_borrow_mut(HashMap::clear);
}

/// Whether std's `Arc` ends this object just now. The stack tells it, once for each object and thread
/// of an exploration: to look is slow. Of a scenario the text tells that it uses one.
pub(super) fn ends(object: Object, thread: usize) -> bool {
    let key = (object, thread);
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).copied()) {
        return known;
    }
    let stack = quarantine::aside(|| Backtrace::force_capture().to_string());
    // What std ends a shared value with, `Rc`'s too; debug information names it without its path.
    let ends = stack.lines().any(|line| line.contains("drop_slow"));
    KNOWN.with_borrow_mut(|known| known.insert(key, ends));
    ends
}
