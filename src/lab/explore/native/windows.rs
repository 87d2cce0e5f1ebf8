//! How to measure a cost: how many windows, how long, and where.

use super::cpu;
use std::time::Duration;

/// How to measure a cost.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many windows of each variant are to count. After a fortieth of the budget 5 will do.
    pub windows: usize,
    /// How long a window lasts, unless an operation is too long for it.
    pub window: Duration,
    /// How long to try, in all. The window under way is finished.
    pub budget: Duration,
    /// The CPUs to run on, in the order of use; not empty.
    pub cpus: Vec<usize>,
}

impl Default for Settings {
    /// 25 windows of 50 us of each variant, within 400 ms, on the CPUs that this process may use.
    fn default() -> Settings {
        Settings {
            windows: 25,
            window: Duration::from_micros(50),
            budget: Duration::from_millis(400),
            cpus: cpu::allowed().to_vec(),
        }
    }
}
