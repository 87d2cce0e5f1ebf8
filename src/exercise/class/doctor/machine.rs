//! The machine itself: room on the disk, CPUs, time, and what its terminal can show.

use std::path::Path;

use super::{Finding, Terminal, existing};
use racelab::explore::native::{clock::Clock, cpu};
use racelab::words::number::of;

/// What the library and the crates that exercises need take when they are built, in MiB: measured
/// at about 300 on Linux, with room to spare.
const NEEDED: u64 = 600;

/// Room for builds in a folder, and whether it can be written to.
pub(super) fn disk(folder: &Path) -> Finding {
    const WHAT: &str = "disk";
    let here = existing(folder);
    let shown = here.canonicalize().unwrap_or_else(|_| here.to_path_buf());
    let shown = shown.display();
    if let Err(error) = tempfile::Builder::new().prefix(".racelab-").tempfile_in(here) {
        return Finding::bad(
            WHAT,
            format!("{shown} cannot be written to: {error}"),
            "go to a folder of yours, or set CARGO_TARGET_DIR to one",
        );
    }
    match room(here).map(|bytes| bytes >> 20) {
        None => {
            Finding::good(WHAT, format!("{shown} can be written to; its room is not known here"))
        }
        Some(free) if free < NEEDED => Finding::bad(
            WHAT,
            format!("{free} MiB are left in {shown}; building exercises takes {NEEDED}"),
            "make room, or set CARGO_TARGET_DIR to a folder on another disk",
        ),
        Some(free) => {
            Finding::good(WHAT, format!("{:.1} GiB are left in {shown}", free as f64 / 1024.0))
        }
    }
}

/// Bytes that are free for this user where a folder lies; `None` where the system is not asked.
#[cfg(unix)]
fn room(folder: &Path) -> Option<u64> {
    use std::os::unix::ffi::OsStrExt;
    let path = std::ffi::CString::new(folder.as_os_str().as_bytes()).ok()?;
    // Safety: an all-zero statvfs is a valid value, and the call fills it.
    let mut about: libc::statvfs = unsafe { std::mem::zeroed() };
    // Safety: the path ends with a zero, and `about` is a valid place for the answer.
    let failed = unsafe { libc::statvfs(path.as_ptr(), &mut about) } != 0;
    #[allow(clippy::unnecessary_cast, reason = "both are smaller on some systems")]
    (!failed).then(|| (about.f_bavail as u64).saturating_mul(about.f_frsize as u64))
}

#[cfg(not(unix))]
fn room(_: &Path) -> Option<u64> {
    None
}

pub(super) fn cpus() -> Finding {
    let count = cpu::allowed().len() as u64;
    let says = format!("{} for this process", of(count, "CPU", "CPUs"));
    match count {
        1 => Finding::remark("CPUs", says, "checks take about twice as long as with two"),
        _ => Finding::good("CPUs", says),
    }
}

pub(super) fn time() -> Finding {
    let clock = Clock::get();
    if clock.is_counter() {
        let says = format!("the CPU's own counter, {:.2} ns a tick", clock.nanoseconds(1));
        return Finding::good("time", says);
    }
    Finding::remark(
        "time",
        "the operating system's clock: this CPU's counter is not steady",
        "figures of real threads are coarser; verdicts do not depend on time",
    )
}

pub(super) fn terminal(terminal: Terminal) -> Finding {
    let Terminal { is_one, width, colour } = terminal;
    let says = match is_one {
        true => format!("{width} columns, {} colour", if colour { "with" } else { "without" }),
        false => format!("stdout is none; text is written for {width} columns"),
    };
    match (is_one, width < 80) {
        (true, true) => Finding::remark(
            "terminal",
            says,
            "make it 80 columns wide, or use --plain: one event a line, in words",
        ),
        _ => Finding::good("terminal", says),
    }
}

/// Whether the locale says UTF-8, as tables of names in any script need.
pub(super) fn letters(variable: &dyn Fn(&str) -> Option<String>) -> Finding {
    const WHAT: &str = "letters";
    if cfg!(windows) {
        return Finding::good(WHAT, "consoles of this system are written to in Unicode");
    }
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
    let locale = set.filter_map(variable).find(|locale| !locale.is_empty());
    let utf8 = |locale: &String| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    match locale {
        Some(locale) if utf8(&locale) => Finding::good(WHAT, format!("UTF-8 ({locale})")),
        other => Finding::remark(
            WHAT,
            format!("the locale {} is not UTF-8", other.as_deref().unwrap_or("C")),
            "names in other scripts may be garbled: export LANG=C.UTF-8",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    #[test]
    fn a_narrow_terminal_is_remarked_on_and_a_pipe_is_not() {
        let of = |is_one, width| terminal(Terminal { is_one, width, colour: false }).health;
        assert_eq!(
            [of(true, 60), of(true, 80), of(false, 40)],
            [Health::Remark, Health::Good, Health::Good]
        );
    }

    #[cfg(unix)]
    #[test]
    fn the_first_variable_that_is_set_says_which_letters() {
        let set = |all: &'static str, lang: &'static str| {
            letters(&move |name| match name {
                "LC_ALL" => Some(all.to_string()),
                "LANG" => Some(lang.to_string()),
                _ => None,
            })
            .health
        };
        assert_eq!(set("", "de_DE.UTF-8"), Health::Good);
        assert_eq!(set("C", "de_DE.UTF-8"), Health::Remark);
        assert_eq!(set("zh_CN.utf8", ""), Health::Good);
        assert_eq!(set("", ""), Health::Remark);
    }

    #[test]
    fn a_folder_that_is_not_there_yet_will_lie_in_one_that_is() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(disk(&folder.path().join("not/yet")).health, Health::Good);
        assert_eq!(existing(&folder.path().join("not/yet")), folder.path());
        assert_eq!(existing(Path::new("not-yet")), Path::new("."));
    }

    #[cfg(unix)]
    #[test]
    fn the_disk_has_some_room() {
        assert!(room(Path::new("/")).is_some());
        assert_eq!(room(Path::new("/no/such/folder")), None);
    }
}
