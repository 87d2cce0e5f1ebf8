//! How much may be told of a file: names and fields take memory, and a few bytes can ask for many.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::FieldLayout;
use crate::dwarf::Refusal;

/// Bytes of names and fields for each byte of debug information, unpacked. A whole kernel takes less
/// than a twentieth of it.
const MOST: usize = 256;

/// What is free: small files may be dense.
const FREE: usize = 16 << 20;

/// What is left of it.
pub(super) struct Budget(AtomicUsize);

impl Budget {
    /// For so many bytes of debug information.
    pub(super) fn of(bytes: usize) -> Budget {
        Budget(AtomicUsize::new(bytes.saturating_mul(MOST).saturating_add(FREE)))
    }

    /// Takes away `bytes`; whether there were so many. Afterwards there are none, so that whatever is
    /// told next is refused.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let enough = self.0.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(bytes)).is_ok();
        if !enough {
            self.0.store(0, Relaxed);
        }
        enough
    }

    /// Pays for a field.
    pub(super) fn pay(&self, field: &FieldLayout) -> Result<(), Refusal> {
        let names = field.name.len() + field.type_name.len();
        if self.take(size_of::<FieldLayout>() + names) {
            return Ok(());
        }
        Err(Refusal::damaged(format!("it describes more than {MOST} times what it holds")))
    }
}

impl Default for Budget {
    fn default() -> Budget {
        Budget::of(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_spent_once() {
        let budget = Budget::of(1);
        assert!(budget.take(FREE) && budget.take(MOST) && !budget.take(1));
        let refusal = budget.pay(&FieldLayout::new("a", "b", 0..1)).expect_err("nothing is left");
        assert!(refusal.message.contains("256 times"), "{refusal}");
    }
}
