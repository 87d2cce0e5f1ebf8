//! A layout together with its verdicts: what every renderer is given.

use crate::TypeLayout;
use crate::access::accesses;
use crate::placement::Placement;
use crate::sharing::{Sharing, Verdict, judge_accesses, template};

/// A type and the judgement of its cache lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The type and its fields.
    pub layout: TypeLayout,
    /// The line it is drawn in, in bytes.
    pub cache_line: usize,
    /// Where objects can start.
    pub placement: Placement,
    /// How many fields have declared users or are synchronised words: with fewer than two there is
    /// nothing to judge.
    pub subjects: usize,
    /// The verdicts for `cache_line` first, then for 64 and 128 where they are others.
    pub sharing: Vec<(usize, Vec<Sharing>)>,
}

impl Judged {
    /// Judges `layout` for lines of `cache_line`, 64 and 128 bytes: most processors have lines of
    /// 64, Apple's have 128, and others fetch lines of 64 in pairs. Objects start anywhere that
    /// their alignment allows.
    pub fn new(layout: TypeLayout, cache_line: usize) -> Judged {
        Judged::placed(layout, cache_line, Placement::Aligned)
    }

    /// As [`Judged::new`], for objects that start where `placement` says.
    pub fn placed(layout: TypeLayout, cache_line: usize, placement: Placement) -> Judged {
        let others = [64, 128].into_iter().filter(|&size| size != cache_line);
        Judged::in_lines(layout, placement, &[vec![cache_line], others.collect()].concat())
    }

    /// As [`Judged::placed`], for lines of `cache_line` bytes alone: of a list no more is shown.
    pub fn listed(layout: TypeLayout, cache_line: usize, placement: Placement) -> Judged {
        Judged::in_lines(layout, placement, &[cache_line])
    }

    /// The first of `sizes` is that of the lines it is drawn in.
    fn in_lines(layout: TypeLayout, placement: Placement, sizes: &[usize]) -> Judged {
        let accesses = accesses(&layout);
        let subjects = accesses.iter().filter(|access| access.is_subject()).count();
        let cache_line = sizes[0];
        let judge = |size| {
            let starts = placement.starts(&layout, size);
            (size, judge_accesses(&accesses, &starts, size))
        };
        let sharing = sizes.iter().copied().map(judge).collect();
        Judged { subjects, layout, cache_line, placement, sharing }
    }

    /// Where in a line objects can start, in bytes.
    pub fn starts(&self) -> Vec<usize> {
        self.placement.starts(&self.layout, self.cache_line)
    }

    /// The verdicts for the line it is drawn in.
    pub fn drawn(&self) -> &[Sharing] {
        self.sharing.first().map_or(&[], |(_, found)| found)
    }

    /// The strongest verdict of all for the line it is drawn in.
    pub fn strongest(&self) -> Option<Verdict> {
        self.drawn().iter().map(|sharing| sharing.verdict).max()
    }

    /// The strongest verdict that names `field` (or a field or an element inside it) in the line it
    /// is drawn in.
    pub fn verdict_of(&self, field: &str) -> Option<Verdict> {
        let field = template(field).replace("[]", "");
        let names = |path: &String| {
            let path = template(path).replace("[]", "");
            path == field || path.strip_prefix(&field).is_some_and(|p| p.starts_with('.'))
        };
        self.drawn().iter().filter(|s| s.fields.iter().any(names)).map(|s| s.verdict).max()
    }
}
