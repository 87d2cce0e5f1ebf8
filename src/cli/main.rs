//! The racelab command: parse, match, exit code.

// Nothing here is a library: `pub` marks what one room offers the others.
#![allow(unreachable_pub)]

mod arguments;
mod asm;
mod command;
mod render;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;

use arguments::{Cli, Command};
use command::{Ending, Out};
use racelab::explore::Engines;

/// The system's, and it counts where `racelab bench` asks it to.
#[global_allocator]
static ALLOCATOR: racelab_bench::allocations::Counting = racelab_bench::allocations::Counting;

/// The first panic of any thread: a fault of racelab itself.
static FAULT: Mutex<Option<String>> = Mutex::new(None);

fn main() -> ExitCode {
    // A child that explores one scenario answers here and does not return.
    let engines = Engines::standard();
    racelab::trial::serve(&engines, command::explorations::find);
    std::panic::set_hook(Box::new(|info| {
        let mut fault = FAULT.lock().unwrap_or_else(|poison| poison.into_inner());
        fault.get_or_insert_with(|| info.to_string().replace('\n', " "));
    }));
    command::listen();
    let ending = match catch_unwind(AssertUnwindSafe(|| run(&engines))) {
        Ok(Ok(ending)) => ending,
        Ok(Err(error)) => failed(&error),
        Err(_) => {
            let fault = FAULT.lock().unwrap_or_else(|poison| poison.into_inner()).take();
            fault_of(&fault.unwrap_or_default())
        }
    };
    ExitCode::from(ending.code())
}

fn run(engines: &Engines) -> anyhow::Result<Ending> {
    let cli = match arguments::parse(engines) {
        Ok(cli) => cli,
        Err(error) => {
            // Only to a closed stdout or stderr can this fail, and then nobody reads it.
            let _ = error.print();
            return Ok(if error.use_stderr() { Ending::Usage } else { Ending::Promised });
        }
    };
    let mut out = Out::new(cli.output);
    let ending = dispatch(&cli, engines, &mut out)?;
    out.finish()?;
    Ok(ending)
}

fn dispatch(cli: &Cli, engines: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    match &cli.command {
        None => command::start::run(out),
        Some(Command::List) => command::list::run(out),
        Some(Command::Demo(demo)) => command::demo::run(demo, engines, out),
        Some(Command::Check(check)) => command::check::run(check, engines, out),
        Some(Command::Layout(layout)) => command::layouts::run(layout, out),
        Some(Command::Asm { name, variant }) => command::asm::run(name, variant.as_deref(), out),
        Some(Command::Exercise(exercise)) => command::exercise::run(exercise, engines, out),
        Some(Command::Class(class)) => command::class::run(class, out),
        Some(Command::NewDemo { name }) => command::new_demo::run(name, out),
        Some(Command::Bench(bench)) => command::bench::run(bench, out),
        Some(Command::Explore(explore)) => command::explore::run(explore, out),
        Some(Command::Outcomes { name, variant }) => {
            command::outcomes::run(name, variant.as_deref(), out)
        }
        Some(Command::Litmus(litmus)) => command::litmus::run(litmus, out),
        Some(Command::Replay(replay)) => command::replay::run(replay, engines, out),
        Some(Command::Report(report)) => command::report::run(report, engines, out),
        Some(Command::Explain { name }) => command::explain::run(name, out),
        Some(Command::Completions { shell }) => command::completions::run(*shell, engines, out),
    }
}

/// Says what went wrong. A reader that has gone away is no failure.
fn failed(error: &anyhow::Error) -> Ending {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    if io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe) {
        return Ending::Promised;
    }
    command::say(format!("{error:#}"));
    Ending::kept_from(error).unwrap_or(Ending::Fault)
}

/// Says what panicked. Threads are made in many places, and std panics where there can be no more.
fn fault_of(panic: &str) -> Ending {
    if panic.contains("failed to spawn thread") {
        command::say(
            "the system has no room for another thread: more are running than one user may have \
             (`ulimit -u` says how many), or memory is short",
        );
        return Ending::Missing;
    }
    command::say(format!("a fault of racelab itself: {panic}"));
    Ending::Fault
}
