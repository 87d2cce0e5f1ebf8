//! What compiles exercises: cargo, rustc, a linker, and the crates, all without the network.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use racelab::trial::folder::Folder;

use super::Finding;
use crate::{Workspace, build, pack, vendor};

/// The oldest Rust that compiles exercises.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");

const INSTALL: &str = "https://rustup.rs installs Rust; demos and lessons work without";

pub(super) fn look(crates: Option<&Path>, step: &dyn Fn(&str)) -> Vec<Finding> {
    step("cargo and rustc");
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let mut cargo = build::cargo();
    let found = [version("cargo", cargo.arg("--version")), version("rustc", rustc.arg("-vV"))];
    let bad = found.iter().any(|found| found.1.is_none());
    let host = found[1].1.clone().and_then(|about| host(&about));
    let mut findings: Vec<Finding> = found.map(|found| found.0).into();
    if bad {
        return findings;
    }
    let Ok(folder) = Folder::new("racelab-doctor-") else {
        let why = "no folder for temporary files can be made";
        findings.push(Finding::bad("linker", why, "make room, or set TMPDIR to a folder of yours"));
        return findings;
    };
    step("linker");
    findings.push(linker(folder.path()));
    step("crates");
    findings.push(offline(folder.path(), crates, host.as_deref()));
    findings
}

/// What a tool is, and what it says of itself if it is new enough.
fn version(what: &'static str, command: &mut Command) -> (Finding, Option<String>) {
    let output = match run(command) {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return (Finding::bad(what, "there is none on the path", INSTALL), None);
        }
        Err(error) => {
            return (Finding::bad(what, format!("it cannot be started: {error}"), INSTALL), None);
        }
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let first = text.lines().next().unwrap_or_default().to_string();
    let number = first.split_whitespace().nth(1).and_then(release);
    match (output.status.success(), number, release(OLDEST)) {
        (true, Some(number), Some(oldest)) if number >= oldest => {
            (Finding::good(what, first), Some(text))
        }
        (true, Some(_), _) => {
            let says = format!("{first} is too old: {OLDEST} or newer is needed");
            (Finding::bad(what, says, "rustup update stable"), None)
        }
        _ => {
            let says = format!("it does not say its version: {}", last_line(&output.stderr));
            (Finding::bad(what, says, INSTALL), None)
        }
    }
}

/// `1.91.0` or `1.93.0-nightly` as two numbers.
fn release(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

fn host(about: &str) -> Option<String> {
    about.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_string)
}

/// Compiles, links and starts the smallest program.
fn linker(folder: &Path) -> Finding {
    const WHAT: &str = "linker";
    const REMEDY: &str = "Rust needs a C linker, which comes with a C compiler: gcc or clang, \
        `xcode-select --install`, or the Build Tools for Visual Studio";
    let program = folder.join(format!("hello{}", std::env::consts::EXE_SUFFIX));
    if let Err(error) = std::fs::write(folder.join("hello.rs"), "fn main() {}\n") {
        return Finding::bad(WHAT, error.to_string(), "make room for temporary files");
    }
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let linked = run(rustc.current_dir(folder).arg("hello.rs").arg("-o").arg(&program));
    match linked {
        Ok(output) if output.status.success() => match run(&mut Command::new(&program)) {
            Ok(ran) if ran.status.success() => Finding::good(WHAT, "a program links and runs"),
            _ => Finding::bad(
                WHAT,
                "a program links, and cannot be started",
                "may programs be \
                started from the folder for temporary files? Set TMPDIR to another",
            ),
        },
        Ok(output) => {
            let said = first_error(&output.stderr);
            Finding::bad(WHAT, format!("a program does not link: {said}"), REMEDY)
        }
        Err(error) => Finding::bad(WHAT, error.to_string(), INSTALL),
    }
}

/// Whether cargo has every crate that a workspace needs, without asking the network.
fn offline(folder: &Path, crates: Option<&Path>, host: Option<&str>) -> Finding {
    const WHAT: &str = "crates";
    const REMEDY: &str = "once, with the network, `racelab exercise start --vendor`; or from a \
        bundle, `racelab exercise start --crates BUNDLE/vendor`";
    let written = pack::builtin().map_err(anyhow::Error::from);
    let written = written.and_then(|pack| Workspace::write(&folder.join("ws"), pack, true));
    let workspace = match written {
        Ok((workspace, _)) => workspace,
        Err(error) => {
            let says = format!("no workspace can be written to try it: {error:#}");
            return Finding::bad(WHAT, says, "make room for temporary files");
        }
    };
    if let Some(crates) = crates
        && let Err(error) = vendor::from(&workspace, crates)
    {
        return Finding::bad(WHAT, format!("{error:#}"), "name a folder of vendored crates");
    }
    let fetch = || {
        let mut cargo = build::cargo();
        cargo.args(["fetch", "--offline"]).current_dir(&workspace.root);
        run(cargo.args(host.map(|host| format!("--target={host}"))))
    };
    let mut fetched = fetch();
    // As when an exercise is built: other versions that are there and fit are as good.
    if !fetched.as_ref().is_ok_and(|output| output.status.success())
        && std::fs::remove_file(workspace.root.join("Cargo.lock")).is_ok()
    {
        fetched = fetch();
    }
    let from = match crates {
        Some(crates) => format!("in {}", crates.display()),
        None => "in cargo's cache".to_string(),
    };
    match fetched {
        Ok(output) if output.status.success() => {
            Finding::good(WHAT, format!("all that exercises need are {from}"))
        }
        Ok(output) => {
            let said = first_error(&output.stderr);
            Finding::bad(WHAT, format!("some are not {from}: {said}"), REMEDY)
        }
        Err(error) => Finding::bad(WHAT, error.to_string(), INSTALL),
    }
}

fn run(command: &mut Command) -> std::io::Result<Output> {
    command.stdin(Stdio::null()).output()
}

fn first_error(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let error = said.lines().find(|line| line.starts_with("error"));
    error.or(said.lines().next()).unwrap_or("nothing was said").to_string()
}

fn last_line(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing was said").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    #[test]
    fn versions_are_numbers() {
        assert_eq!(release("1.91"), Some((1, 91)));
        assert_eq!(release("1.93.0-nightly"), Some((1, 93)));
        assert!(release("1.100.0") > release("1.91"));
        assert_eq!(release("stable"), None);
        assert!(release(OLDEST).is_some());
    }

    #[test]
    fn a_tool_that_is_not_there_is_bad() {
        let (finding, about) = version("cargo", &mut Command::new("there-is-no-such-tool"));
        assert_eq!((finding.health, about), (Health::Bad, None));
        assert!(finding.remedy.is_some_and(|remedy| remedy.contains("rustup")));
    }

    #[cfg(unix)]
    #[test]
    fn an_old_one_is_bad() {
        let mut old = Command::new("echo");
        let (finding, _) = version("rustc", old.arg("rustc 1.70.0 (90c541806 2023-05-31)"));
        assert_eq!(finding.health, Health::Bad);
        assert!(finding.says.contains("too old"), "{}", finding.says);
        let (finding, about) = version("rustc", Command::new("echo").arg("rustc 1.999.0"));
        assert_eq!((finding.health, about.is_some()), (Health::Good, true));
    }
}
