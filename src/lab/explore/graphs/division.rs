//! Shares of one exploration, which know nothing of each other: each repeats the first runs, the
//! oldest plans first, and then takes from the plans that are left every so manieth.
//!
//! A plan is run once, whoever runs it, and what it leads to nobody else comes to. So shares are
//! apart, and together they are the whole. What was left first leads to the most: it is run first, so
//! that many plans of about the same size are left to deal.

use std::collections::VecDeque;

use super::compact;
use super::graph::Graph;
use super::policy::Graphs;
use super::readers::Apart;
use super::run::{Fault, State};
use crate::report::Partition;
use crate::rt::op::Object;

/// So many runs all shares together repeat at most, and so many each repeats at least.
const TOGETHER: u64 = 4_000;
const LEAST: u64 = 50;

pub(super) struct Division {
    partition: Partition,
    /// What is to be run before the whole is divided.
    queue: VecDeque<Graph>,
    pub(super) repeated: u64,
    dealt: bool,
    /// A fingerprint of the program and of the plans that were dealt: FNV-1a.
    tree: u64,
}

impl Division {
    /// This share, of a program with these words.
    pub(super) fn new<'a>(partition: Partition, words: impl Iterator<Item = &'a str>) -> Division {
        let mut division = Division {
            partition,
            queue: VecDeque::new(),
            repeated: 0,
            dealt: false,
            tree: 0xcbf2_9ce4_8422_2325,
        };
        words.for_each(|word| division.add(word.as_bytes()));
        division
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain([&0xff]) {
            self.tree = (self.tree ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
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
        self.add(&self.repeated.to_le_bytes());
        let (mine, of) = (self.partition.index as usize - 1, self.partition.of as usize);
        for (at, plan) in queue.into_iter().enumerate() {
            self.add(&compact::written(&plan, objects));
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
        if self.dealt { format!("{:016x}", self.tree) } else { String::new() }
    }
}

impl Graphs {
    /// The same, as a share of the whole.
    pub(super) fn divided(mut self, division: Option<Division>) -> Graphs {
        self.division = division;
        self
    }

    /// The next plan to run.
    pub(super) fn next_plan(&mut self, state: &mut State) -> Option<Graph> {
        match &mut self.division {
            Some(division) => division.next(&mut state.plans, &state.objects),
            None => state.plans.pop(),
        }
    }

    /// The locks that are better in parts; none where all are as they should be.
    pub(super) fn better_apart(&self, state: &mut State) -> Option<Apart> {
        // Who was given a share knows too little.
        let explored = match (&self.pool, &self.division) {
            (Some(_), _) => u64::MAX,
            (None, Some(division)) if division.dealt => u64::MAX,
            (None, Some(division)) => division.repeated,
            (None, None) => self.found.shown[2].executions + self.found.waiting,
        };
        let anew = state.readers.anew(explored)?;
        if self.dealt() {
            // The other shares go on as it was divided.
            state.fault.get_or_insert(Fault::DividedLate);
            return None;
        }
        Some(anew)
    }

    /// Whether it is a share of what was divided.
    pub(super) fn dealt(&self) -> bool {
        self.division.as_ref().is_some_and(|division| division.dealt)
    }

    /// Whether its plans may be given to others: not before the whole was divided.
    pub(super) fn is_whole_or_dealt(&self) -> bool {
        self.division.as_ref().is_none_or(|division| division.dealt)
    }

    /// Whether what is run now counts: what all repeat counts once.
    pub(super) fn counts(&self) -> bool {
        self.division
            .as_ref()
            .is_none_or(|division| division.dealt || division.partition.index == 1)
    }
}
