//! Compiles an exercise, and says what rustc said: each message once, though the file is compiled
//! for every runtime.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use racelab::sight;
use racelab::trial::folder::Ends;

use super::manifest;

mod plainer;

pub(super) use plainer::plainer;

/// A program that can be started, and how long it took to make.
#[derive(Clone, Debug)]
pub(super) struct Built {
    /// Where the program lies.
    pub(super) program: PathBuf,
    /// How long the build took, as a clock on the wall has it.
    pub(super) took: Duration,
    /// What rustc warns of.
    pub(super) warnings: Vec<Message>,
}

/// A message of rustc about the source.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Message {
    /// `error` or `warning`.
    pub level: String,
    /// What it says, in one line.
    pub text: String,
    /// Its code: `E0599`.
    pub code: Option<String>,
    /// The file, from the workspace, with `/`.
    pub file: Option<String>,
    /// From 1; 0 without a file.
    pub line: u64,
    /// From 1; 0 without a file.
    pub column: u64,
    /// As rustc shows it.
    pub shown: String,
}

/// Why there is no program.
#[derive(Debug)]
pub enum Failure {
    /// The source does not compile.
    Messages(Vec<Message>),
    /// Something that is needed is not there: what, and what to do.
    Missing(String),
    /// cargo failed otherwise, and said this.
    Cargo(String),
}

/// Builds a program of the workspace at `root`, without the network, from texts of which this is a
/// hash. `step` is told what cargo does.
///
/// # Errors
/// Why there is none.
pub(super) fn build(
    root: &Path,
    (program, texts): (&str, &str),
    colour: bool,
    step: &(dyn Fn(&str) + Sync),
) -> Result<Built, Failure> {
    let wanted = (program, texts);
    let first = run(root, wanted, colour, step);
    match first {
        // The lock file names what racelab was built with. `cargo install` without `--locked`
        // downloads newer packages: any that are there and fit are as good.
        Err(Failure::Missing(why)) if is_offline(&why) && root.join("Cargo.lock").exists() => {
            let lock = std::fs::read(root.join("Cargo.lock"));
            if std::fs::remove_file(root.join("Cargo.lock")).is_err() {
                return Err(Failure::Missing(why));
            }
            let second = run(root, wanted, colour, step);
            if let (Err(Failure::Missing(_)), Ok(lock)) = (&second, lock) {
                // It is no worse than none, and right once the packages are there.
                let _ = std::fs::write(root.join("Cargo.lock"), lock);
            }
            second
        }
        other => other,
    }
}

fn run(
    root: &Path,
    (program, texts): (&str, &str),
    colour: bool,
    step: &(dyn Fn(&str) + Sync),
) -> Result<Built, Failure> {
    let started = Instant::now();
    let format = if colour { "json-diagnostic-rendered-ansi" } else { "json" };
    let mut child = cargo()
        .args(["rustc", "--offline", "--bin", program, "--message-format", format])
        .args(["--", "--cfg", manifest::MARKED])
        .env(manifest::TEXTS, texts)
        // How far it is, also where nobody but us sees it.
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "78")
        .env("CARGO_TERM_COLOR", "never")
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| no_cargo(&error))?;
    let ends = Ends::with_us(child.id());
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (lines, said) = std::thread::scope(|scope| {
        let said = scope.spawn(|| stderr.map(|pipe| listened(pipe, step)).unwrap_or_default());
        let lines = stdout.into_iter().flat_map(|pipe| BufReader::new(pipe).lines()).flatten();
        let lines: Vec<Value> = lines.filter_map(|line| serde_json::from_str(&line).ok()).collect();
        (lines, said.join().unwrap_or_default())
    });
    let status = child.wait();
    drop(ends);
    let status = status.map_err(|error| Failure::Cargo(error.to_string()))?;
    let took = started.elapsed();
    let built = lines.iter().find_map(|line| {
        let mine = line["target"]["name"] == program && line["reason"] == "compiler-artifact";
        line["executable"].as_str().filter(|_| mine).map(PathBuf::from)
    });
    match built {
        Some(program) if status.success() => {
            Ok(Built { program, took, warnings: messages(&lines, "warning") })
        }
        _ => Err(failure(&lines, &said)),
    }
}

/// What cargo says, line by line, without what it says of how far it is: that is told at once.
fn listened(pipe: impl Read, step: &(dyn Fn(&str) + Sync)) -> String {
    let (mut said, mut line) = (String::new(), Vec::new());
    for byte in BufReader::new(pipe).bytes().map_while(Result::ok) {
        if byte != b'\n' && byte != b'\r' {
            line.push(byte);
            continue;
        }
        let text = String::from_utf8_lossy(&line).into_owned();
        line.clear();
        // What clears a line before it is written anew says nothing.
        let text = text.trim_start_matches("\u{1b}[K").trim_end();
        if let Some(far) = text.trim().strip_prefix("Building [") {
            step(&format!("building [{far}"));
        } else if !text.is_empty() {
            step(text.trim());
            said += text;
            said.push('\n');
        }
    }
    said + &String::from_utf8_lossy(&line)
}

/// cargo as the shell finds it, or the one that runs us.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn no_cargo(error: &std::io::Error) -> Failure {
    Failure::Missing(match error.kind() {
        std::io::ErrorKind::NotFound => {
            "exercises are compiled by cargo, and there is none on your path: https://rustup.rs \
             installs it (Rust 1.91 or newer). `racelab demo` and `racelab explain` work without"
                .to_string()
        }
        _ => format!("cargo cannot be started: {error}"),
    })
}

fn is_offline(said: &str) -> bool {
    said.starts_with(OFFLINE)
}

const OFFLINE: &str = "packages that racelab needs are not on this machine";

fn failure(lines: &[Value], said: &str) -> Failure {
    let errors = messages(lines, "error");
    let error = said.lines().skip_while(|line| !line.starts_with("error")).collect::<Vec<_>>();
    let error = if error.is_empty() { said.trim().to_string() } else { error.join("\n") };
    let offline = ["offline", "failed to download", "no matching package", "failed to get"];
    if !errors.is_empty() {
        let linker = errors.iter().find(|error| error.text.contains("linker"));
        return match linker.filter(|error| error.text.contains("not found")) {
            Some(error) => Failure::Missing(format!(
                "{}: Rust needs a C linker, which comes with a C compiler",
                error.text
            )),
            None => Failure::Messages(errors),
        };
    }
    if error.contains("requires rustc") || error.contains("rustup could not choose") {
        return Failure::Missing(format!("another Rust is needed, 1.91 or newer:\n{error}"));
    }
    if offline.iter().any(|word| error.contains(word)) {
        return Failure::Missing(format!(
            "{OFFLINE}. Once, with the network: `racelab exercise start --vendor` copies them into \
             the folder. cargo says:\n{error}"
        ));
    }
    Failure::Cargo(error)
}

/// The errors of a build, or the warnings, each once; where there is none, nothing.
fn messages(lines: &[Value], level: &str) -> Vec<Message> {
    let mut seen = HashSet::new();
    let messages = lines.iter().filter(|line| line["reason"] == "compiler-message");
    let errors = messages.filter_map(|line| message(&line["message"]));
    errors
        .filter(|error| error.level.starts_with(level))
        .filter(|error| !error.text.starts_with("aborting due to"))
        // How many there were.
        .filter(|error| level == "error" || error.line > 0)
        .filter(|error| {
            // What a constant says when it is computed has a place in the library, whatever it is.
            let text = error.code.as_deref().filter(|code| *code == "E0080");
            let text = text.map(|_| error.text.clone());
            seen.insert((error.code.clone(), error.file.clone(), error.line, error.column, text))
        })
        .collect()
}

fn message(message: &Value) -> Option<Message> {
    let spans = message["spans"].as_array()?;
    let primary = spans.iter().find(|span| span["is_primary"] == true).map(outermost);
    let number = |key: &str| primary.and_then(|span| span[key].as_u64()).unwrap_or(0);
    Some(Message {
        level: message["level"].as_str()?.to_string(),
        text: said(message["message"].as_str()?).to_string(),
        code: message["code"]["code"].as_str().map(str::to_string),
        file: primary.and_then(|span| span["file_name"].as_str()).map(plain_path),
        line: number("line_start"),
        column: number("column_start"),
        shown: facade(&plain_path(message["rendered"].as_str().unwrap_or_default())),
    })
}

/// What a constant of the library's says, without how it comes to say it.
fn said(text: &str) -> &str {
    text.strip_prefix("evaluation panicked: ").unwrap_or(text)
}

/// Where a macro was used, for a message about what it expanded to.
fn outermost(span: &Value) -> &Value {
    let mut span = span;
    let of_a_solution = |file: &str| file.contains("marked") || file.contains("solutions");
    while span["file_name"].as_str().is_some_and(|file| !of_a_solution(file))
        && span["expansion"]["span"].is_object()
    {
        span = &span["expansion"]["span"];
    }
    span
}

/// rustc knows std, and proposes what the checkers do not see. What the facade has is proposed of it.
fn facade(text: &str) -> String {
    let proposed = |line: &str| {
        let adds = line.contains('+') || line.contains("instead:");
        let start = line.find("std::").filter(|_| adds);
        let path = start.map(|start| &line[start..]);
        let path = path.and_then(|rest| {
            rest.split(|c: char| c != ':' && c != '_' && !c.is_alphanumeric()).next()
        });
        match path.and_then(|path| Some((path, sight::in_facade(path)?))) {
            Some((std, facade)) => line.replacen(std, &format!("super::{facade}"), 1),
            None => line.to_string(),
        }
    };
    text.split_inclusive('\n').map(proposed).collect()
}

/// `/rustc/59807616e1fa/library/core/src/panic.rs` lies on no machine: it is shown from `library`.
fn without_hash(text: &str) -> String {
    let mut parts = text.split("/rustc/");
    let mut plain = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let hash = part.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(part.len());
        match part[hash..].strip_prefix('/').filter(|_| hash >= 8) {
            Some(rest) => plain += rest,
            None => plain += &format!("/rustc/{part}"),
        }
    }
    plain
}

/// `.racelab/main/../../exercises/x.rs` is `exercises/x.rs` to whoever wrote it.
fn plain_path(text: &str) -> String {
    let text = text.replace(".racelab\\main\\../../", "").replace(".racelab/main/../../", "");
    let text = without_hash(&text);
    // The copy that is compiled is the student's file.
    let text = text.replace(".racelab\\main\\../marked", "exercises");
    let text = text.replace(".racelab/main/../marked", "exercises");
    text.replace(".racelab\\main\\../judge", ".racelab/judge")
        .replace(".racelab/main/../judge", ".racelab/judge")
}

#[cfg(test)]
mod tests {
    use super::without_hash;

    #[test]
    fn a_place_in_std_is_shown_without_its_hash() {
        let shown = "  --> /rustc/59807616e1fa2540724bf/library/core/src/panic.rs:57:8\n";
        assert_eq!(without_hash(shown), "  --> library/core/src/panic.rs:57:8\n");
        for text in ["a/rustc/b", "/rustc/", "no path /rustc/12/x"] {
            assert_eq!(without_hash(text), text);
        }
    }
}
