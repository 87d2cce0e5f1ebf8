//! What a signal does to a command that a test starts.

use std::os::unix::process::CommandExt;
use std::process::Command;

/// Each signal does its default to the command.
///
/// Tests that run in the background of a script, or under `nohup`, were told to ignore some, and pass
/// that on to what they start, which rightly goes on ignoring them.
pub(crate) fn defaults(command: &mut Command) {
    // Safety: setting a signal's default is all that is done before the program starts.
    unsafe {
        command.pre_exec(|| {
            for signal in [libc::SIGINT, libc::SIGQUIT, libc::SIGHUP] {
                libc::signal(signal, libc::SIG_DFL);
            }
            Ok(())
        });
    }
}
