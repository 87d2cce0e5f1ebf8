//! Shares of one exploration, which know nothing of each other: each repeats the first runs, the
//! oldest plans first, and then takes from the plans that are left every so manieth.
//!
//! A plan is run once, whoever runs it, and what it leads to nobody else comes to. So shares are
//! apart, and together they are the whole. What was left first leads to the most: it is run first, so
//! that many plans of about the same size are left to deal.

use std::collections::VecDeque;

use super::compact;
use super::graph::Graph;
use crate::report::{Fingerprint, Partition};
use crate::rt::op::Object;

/// So many runs all shares together repeat at most, and so many each repeats at least.
const TOGETHER: u64 = 4_000;
const LEAST: u64 = 50;

pub(super) struct Division {
    pub(super) partition: Partition,
    /// What is to be run before the whole is divided.
    queue: VecDeque<Graph>,
    pub(super) repeated: u64,
    pub(super) dealt: bool,
    /// Of the program and of the plans that were dealt.
    tree: Fingerprint,
}

impl Division {
    /// This share, of a program with these words.
    pub(super) fn new<'a>(partition: Partition, words: impl Iterator<Item = &'a str>) -> Division {
        let mut division = Division {
            partition,
            queue: VecDeque::new(),
            repeated: 0,
            dealt: false,
            tree: Fingerprint::new(),
        };
        words.for_each(|word| division.tree.add(word.as_bytes()));
        division
    }

    /// The next plan of this share, whose new plans are these.
    pub(super) fn next(&mut self, plans: &mut Vec<Graph>, objects: &[Object]) -> Option<Graph> {
        if self.dealt {
            return plans.pop();
        }
        self.queue.extend(plans.drain(..));
        let runs = (TOGETHER / u64::from(self.partition.of)).max(LEAST);
        if self.repeated < runs
            && let Some(plan) = self.queue.pop_front()
        {
            self.repeated += 1;
            return Some(plan);
        }
        self.deal(plans, objects);
        plans.pop()
    }

    fn deal(&mut self, plans: &mut Vec<Graph>, objects: &[Object]) {
        self.dealt = true;
        let queue = std::mem::take(&mut self.queue);
        self.tree.add(&self.repeated.to_le_bytes());
        let (mine, of) = (self.partition.index as usize - 1, self.partition.of as usize);
        for (at, plan) in queue.into_iter().enumerate() {
            self.tree.add(&compact::written(&plan, objects));
            // The first share has run what was divided: it comes last.
            if at % of == (mine + of - 1) % of {
                plans.push(plan);
            }
        }
        plans.reverse();
    }

    /// How many plans are left that were not dealt.
    pub(super) fn left(&self) -> usize {
        self.queue.len()
    }

    /// What was divided, as a number; empty where a limit came before that.
    pub(super) fn tree(&self) -> String {
        if self.dealt { self.tree.to_string() } else { String::new() }
    }
}
