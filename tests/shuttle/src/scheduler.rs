//! What bounds an exploration. No schedule is made here: racelab's engines make their own.

/// How far an exploration goes.
pub trait Scheduler {
    /// Whether shuttle takes some of the schedules, and not all.
    fn chance(&self) -> bool {
        true
    }

    /// So many executions, and no more.
    fn most(&self) -> Option<usize> {
        None
    }
}

/// All of it, or the first so many.
#[derive(Debug)]
pub struct DfsScheduler {
    most: Option<usize>,
}

impl DfsScheduler {
    /// All of it, or the first so many. What a program takes by chance is one value here, so that
    /// `allow_random_data` changes nothing.
    pub fn new(max_iterations: Option<usize>, _allow_random_data: bool) -> DfsScheduler {
        DfsScheduler { most: max_iterations }
    }
}

impl Scheduler for DfsScheduler {
    fn chance(&self) -> bool {
        false
    }

    fn most(&self) -> Option<usize> {
        self.most
    }
}

/// Schedules by chance.
#[derive(Debug)]
pub struct RandomScheduler;

impl RandomScheduler {
    /// The number of schedules is not looked at.
    pub fn new(_iterations: usize) -> RandomScheduler {
        RandomScheduler
    }

    /// Neither is looked at.
    pub fn new_from_seed(_seed: u64, _iterations: usize) -> RandomScheduler {
        RandomScheduler
    }
}

impl Scheduler for RandomScheduler {}

/// Schedules by chance and priorities.
#[derive(Debug)]
pub struct PctScheduler;

impl PctScheduler {
    /// Neither is looked at.
    pub fn new(_depth: usize, _iterations: usize) -> PctScheduler {
        PctScheduler
    }
}

impl Scheduler for PctScheduler {}
