//! An exploration runs: shuttle is set up for it, and put away again.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use shuttle::scheduler::{Schedule, Scheduler, Task, TaskId};

use super::super::policy::Policy;
use super::super::rounds;
use super::Exploration;
use crate::explore::execution::execute;
use crate::explore::{panics, progress};
use crate::race::UnderChecker;
use crate::rt::context::{self, Settings};
use crate::rt::{owners, quarantine, values};

impl<P: Policy> Exploration<P> {
    /// Runs `race` until there is no more to run, and returns what was found.
    pub(crate) fn run(self, race: &'static dyn UnderChecker) -> Exploration<P>
    where
        P: 'static,
    {
        let values = self.policy.decides();
        let decides = values.is_some();
        let before_values = values::set(values);
        let shared = Rc::new(RefCell::new(Exploration { decides, ..self }));
        let driver = Driver(shared.clone());
        let mut config = shuttle::Config::new();
        config.silence_warnings = true;
        config.failure_persistence = shuttle::FailurePersistence::None;
        config.max_steps = shuttle::MaxSteps::None;
        let before = context::with(|context| {
            let point: Option<fn()> = Some(crate::rt::shuttle::point);
            context.looks_at_counts.set(false);
            context.does.take();
            context.held_up.set(false);
            context.wants.take();
            context.set(Settings { point, ..context.settings() })
        });
        owners::forget();
        panics::quiet(true);
        let ended = catch_unwind(AssertUnwindSafe(|| {
            shuttle::Runner::new(driver, config)
                .run(move || rounds::run(|threads| execute(race, threads)));
        }));
        quarantine::over();
        let panicked = panics::take();
        panics::quiet(false);
        context::with(|context| {
            context.end();
            context.set(before);
        });
        values::set(before_values);
        if let Err(payload) = ended {
            // Not the scenario's: its panics are caught by its own threads.
            let said = panicked.map(|panic| panic.message);
            std::panic::panic_any(said.unwrap_or_else(|| format!("{:?}", payload.type_id())));
        }
        match Rc::try_unwrap(shared) {
            Ok(exploration) => {
                let mut exploration = exploration.into_inner();
                let (does, held_up) =
                    context::with(|context| (context.does.get(), context.held_up.get()));
                exploration.does = exploration.does.or(does);
                exploration.held_up |= held_up;
                context::with(|context| {
                    exploration.wants = exploration.wants.and(context.wants.get());
                    exploration.counts |= context.looks_at_counts.get();
                });
                exploration
            }
            Err(_) => unreachable!("shuttle's runner has ended and dropped its scheduler"),
        }
    }
}

/// What shuttle holds while an exploration runs.
struct Driver<P>(Rc<RefCell<Exploration<P>>>);

impl<P: Policy> Scheduler for Driver<P> {
    fn new_execution(&mut self) -> Option<Schedule> {
        quarantine::aside(|| self.0.borrow_mut().begin().then(|| Schedule::new(0)))
    }
    fn next_task(&mut self, runnable: &[&Task], _: Option<TaskId>, _: bool) -> Option<TaskId> {
        let mut exploration = self.0.borrow_mut();
        let _at_work = progress::AtWork::on(exploration.schedule.len());
        quarantine::aside(|| exploration.next(runnable))
    }
    fn next_u64(&mut self) -> u64 {
        0
    }
}
