//! Allocates a type many times and looks where in a cache line its objects really start.

use std::alloc::{Layout, alloc, dealloc};

/// Objects that are looked at.
const OBJECTS: usize = 10_000;

/// Where objects on the heap started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starts {
    /// Bytes of the cache line.
    pub line: usize,
    /// The starts that occurred, in bytes from the start of a line, each with how often; by start.
    pub counts: Vec<(usize, usize)>,
    /// How many objects there were.
    pub objects: usize,
}

impl Starts {
    /// The share of objects that started at one of `starts` (as in [`Pair`]); in 0..=1.
    ///
    /// [`Pair`]: crate::sharing::Pair
    pub fn share(&self, starts: &[usize]) -> f64 {
        let found = self.counts.iter().filter(|(start, _)| starts.contains(start));
        found.map(|(_, count)| count).sum::<usize>() as f64 / self.objects.max(1) as f64
    }
}

/// Allocates objects of this size and alignment (both bytes) with this program's allocator, every
/// third freed on the way so that gaps are filled again. `None` for a type without bytes, or one
/// too large for this many objects to fit into a gigabyte.
pub fn starts(size: usize, align: usize, line: usize) -> Option<Starts> {
    let layout = Layout::from_size_align(size, align).ok()?;
    if size == 0 || line == 0 || size.checked_mul(OBJECTS)? > 1 << 30 {
        return None;
    }
    let mut counts = vec![0; line];
    let mut alive = Vec::with_capacity(OBJECTS);
    let mut objects = 0;
    for number in 0..OBJECTS {
        // Safety: the layout has at least one byte.
        let object = unsafe { alloc(layout) };
        if object.is_null() {
            break;
        }
        counts[object.addr() % line] += 1;
        objects += 1;
        alive.push(object);
        if number % 3 == 2 {
            let freed = alive.swap_remove(alive.len() / 2);
            // Safety: it was allocated above with this layout and is no longer in `alive`.
            unsafe { dealloc(freed, layout) };
        }
    }
    for object in alive {
        // Safety: it was allocated above with this layout and is freed nowhere else.
        unsafe { dealloc(object, layout) };
    }
    let counts = counts.into_iter().enumerate().filter(|&(_, count)| count > 0).collect();
    Some(Starts { line, counts, objects })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_start_at_multiples_of_their_alignment() {
        let found = starts(56, 8, 64).expect("it has bytes");
        assert_eq!(found.counts.iter().map(|(_, count)| count).sum::<usize>(), found.objects);
        assert!(found.counts.iter().all(|(start, _)| start % 8 == 0), "{found:?}");
        let aligned = starts(128, 128, 64).expect("it has bytes");
        assert_eq!((aligned.counts.len(), aligned.share(&[0])), (1, 1.0));
        assert_eq!(starts(0, 1, 64), None);
        assert_eq!(starts(1 << 40, 8, 64), None);
    }
}
