//! The elements of an array that have to be looked at one by one.

use crate::phase::LONGEST_LINE;
use crate::{FieldLayout, Repeat};

use super::written::Declarations;

/// A part of an array.
pub(super) enum Element {
    /// One element: its index in each dimension.
    One(Vec<usize>, FieldLayout),
    /// Those from the first number to before the second, counted over all dimensions.
    Rest((usize, usize), FieldLayout),
}

impl Element {
    /// `[3]`, `[1][2]`, `[40..960]`.
    pub(super) fn index(&self) -> String {
        match self {
            Element::One(indices, _) => indices.iter().map(|index| format!("[{index}]")).collect(),
            Element::Rest((from, to), _) => format!("[{from}..{to}]"),
        }
    }
}

/// The elements of `field`, which is an array, in order. Of a long one those in the middle are left
/// together: after as many as it takes for their places in a line to repeat, and as many more as a
/// line reaches, nothing new can follow until the end is a line away. Where a declaration names an
/// index, its neighbours stand apart, too.
pub(super) fn elements(field: &FieldLayout, declarations: &Declarations<'_>) -> Vec<Element> {
    let Some(Repeat { count, stride }) = field.repeat else {
        return Vec::new();
    };
    let reach = LONGEST_LINE / stride + 2;
    let period = LONGEST_LINE >> stride.trailing_zeros().min(LONGEST_LINE.trailing_zeros());
    let mut apart = vec![0..period + reach, count.saturating_sub(reach)..count];
    let inner: usize = field.shape.iter().skip(1).product();
    for border in declarations.borders() {
        let (from, to) = (border.saturating_mul(inner), border.saturating_add(1) * inner);
        apart.push(from.saturating_sub(reach)..to.saturating_add(reach));
    }
    apart.sort_by_key(|range| range.start);
    let mut found = Vec::new();
    let mut at = 0;
    for range in apart {
        if range.start.min(count) > at {
            found.push(rest(field, at, range.start.min(count), stride));
        }
        for number in at.max(range.start)..range.end.min(count) {
            found.push(one(field, number, stride));
        }
        at = at.max(range.end.min(count));
    }
    found
}

fn one(field: &FieldLayout, number: usize, stride: usize) -> Element {
    let mut indices = vec![number];
    if !field.shape.is_empty() {
        let mut left = number;
        indices = field
            .shape
            .iter()
            .rev()
            .map(|length| {
                let index = left % length.max(&1);
                left /= length.max(&1);
                index
            })
            .collect();
        indices.reverse();
    }
    let (offset, size) = (field.offset + number * stride, stride);
    let shape = Vec::new();
    Element::One(indices, FieldLayout { offset, size, repeat: None, shape, ..field.clone() })
}

fn rest(field: &FieldLayout, from: usize, to: usize, stride: usize) -> Element {
    let offset = field.offset + from * stride;
    let size = (to - from) * stride;
    let repeat = Some(Repeat { count: to - from, stride });
    let shape = Vec::new();
    Element::Rest((from, to), FieldLayout { offset, size, repeat, shape, ..field.clone() })
}
