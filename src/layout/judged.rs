//! A layout together with its verdicts: what every renderer is given.

use crate::TypeLayout;
use crate::access::{Access, accesses};
use crate::sharing::{Sharing, Verdict, judge};

/// A type and the judgement of its cache lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The type and its fields.
    pub layout: TypeLayout,
    /// The line it is drawn in, in bytes.
    pub cache_line: usize,
    /// How many fields have declared users or are synchronised words: with fewer than two there is
    /// nothing to judge.
    pub subjects: usize,
    /// The verdicts for `cache_line` first, then for 64 and 128 where they are others.
    pub sharing: Vec<(usize, Vec<Sharing>)>,
}

impl Judged {
    /// Judges `layout` for lines of `cache_line`, 64 and 128 bytes: most processors have lines of
    /// 64, Apple's have 128, and others fetch lines of 64 in pairs.
    pub fn new(layout: TypeLayout, cache_line: usize) -> Judged {
        let accesses = accesses(&layout);
        let subject = |access: &&Access| {
            let declared = !access.writers.is_empty() || !access.readers.is_empty();
            declared || access.undeclared
        };
        let subjects = accesses.iter().filter(subject).count();
        let mut sizes = vec![cache_line];
        sizes.extend([64, 128].into_iter().filter(|&size| size != cache_line));
        let sharing = sizes.into_iter().map(|size| (size, judge(&layout, size))).collect();
        Judged { subjects, layout, cache_line, sharing }
    }

    /// The verdicts for the line it is drawn in.
    pub fn drawn(&self) -> &[Sharing] {
        self.sharing.first().map_or(&[], |(_, found)| found)
    }

    /// The strongest verdict that names `field` (or a field inside it) in the line it is drawn in.
    pub fn verdict_of(&self, field: &str) -> Option<Verdict> {
        let names = |path: &String| {
            path == field || path.strip_prefix(field).is_some_and(|p| p.starts_with('.'))
        };
        self.drawn().iter().filter(|s| s.fields.iter().any(names)).map(|s| s.verdict).max()
    }
}
