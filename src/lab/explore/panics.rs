//! The first panic of an execution, kept instead of printed.

use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::sync::Once;

/// A panic as the hook saw it.
#[derive(Clone, Debug)]
pub(crate) struct Panicked {
    /// What it said, and for a panic of the scenario's own where.
    pub(crate) message: String,
    /// It comes from a checker, not from the scenario.
    pub(crate) engine: bool,
}

thread_local! {
    static QUIET: RefCell<bool> = const { RefCell::new(false) };
    static FIRST: RefCell<Option<Panicked>> = const { RefCell::new(None) };
}

/// Keeps the panics of this thread from now on, or lets them be printed again.
pub(crate) fn quiet(on: bool) {
    install();
    QUIET.with(|quiet| *quiet.borrow_mut() = on);
    FIRST.with(|first| first.borrow_mut().take());
}

/// Takes the first panic since the last call.
pub(crate) fn take() -> Option<Panicked> {
    FIRST.with(|first| first.borrow_mut().take())
}

/// Whether the panic that is kept comes from a checker.
pub(crate) fn from_engine() -> bool {
    FIRST.with(|first| first.borrow().as_ref().is_some_and(|panic| panic.engine))
}

/// shuttle installs a hook of its own once, on first use, and it prints: let it do so now, and
/// take it away again.
fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let default = std::panic::take_hook();
        let mut config = shuttle::Config::new();
        config.silence_warnings = true;
        let scheduler = shuttle::scheduler::RandomScheduler::new(1);
        shuttle::Runner::new(scheduler, config).run(|| {});
        let _ = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if QUIET.with(|quiet| *quiet.borrow()) { keep(info) } else { default(info) }
        }));
    });
}

fn keep(info: &PanicHookInfo<'_>) {
    crate::rt::unwinding::begins();
    // An actor that panics does something, also where it catches that itself.
    crate::rt::survey::quiet();
    let text = info.payload_as_str().unwrap_or("a panic without a message").trim().to_string();
    let place = info.location();
    let engine = place.is_some_and(|place| in_checker(place.file())) || from_checker(&text);
    let message = match place {
        Some(place) if !engine => format!("{text} ({}:{})", file_name(place.file()), place.line()),
        _ => text,
    };
    if engine {
        crate::rt::context::try_with(|context| {
            if let Ok(mut keeps) = context.keeps.try_borrow_mut() {
                keeps.failed = true;
            }
        });
    }
    FIRST.with(|first| {
        first.borrow_mut().get_or_insert(Panicked { message, engine });
    });
}

/// loom reports some failures at the place of the caller: they are known by their words.
fn from_checker(message: &str) -> bool {
    ["Causality violation", "deadlock; threads", "Model exceeded", "racelab: "]
        .iter()
        .any(|start| message.starts_with(start))
}

/// A source file of a checker, wherever its packages are kept: `.../loom-0.7.3/src/...`.
fn in_checker(file: &str) -> bool {
    file.split(['/', '\\']).any(|part| {
        ["loom", "generator", "shuttle", "corosensei"]
            .iter()
            .any(|name| part.strip_prefix(name).is_some_and(|rest| rest.starts_with(['-', '@'])))
    })
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
