//! Go's maps, where there is a Go toolchain: a small program that takes part in the rounds.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use racelab::explore::native::cpu;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::mix::Mix;
use crate::plan::KeyType;
use crate::report::About;

/// The maps that take part, and what each is.
pub const MAPS: [(&str, &str); 3] = [
    ("go-rwmutex", "a map behind an RWMutex"),
    ("go-sync-map", "sync.Map"),
    ("go-snapshot", "an atomic pointer to a map that each write copies"),
];

const SOURCE: [(&str, &str); 4] = [
    ("go.mod", include_str!("go/go.mod")),
    ("main.go", include_str!("go/main.go")),
    ("pin_linux.go", include_str!("go/pin_linux.go")),
    ("pin_other.go", include_str!("go/pin_other.go")),
];

/// The program, built and running. It ends with this.
pub struct Go {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    version: String,
    // Removed when the program has ended.
    _folder: TempDir,
}

/// What one map of Go came to in a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Operations a second.
    pub rate: f64,
    /// How often its garbage was collected meanwhile.
    pub collections: u64,
    /// How long the collector stopped everything, in nanoseconds.
    pub pause_ns: u64,
}

/// The garbage collections of one map in a cell's blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    /// Which map.
    pub map: String,
    /// How many.
    pub collections: u64,
    /// How long they stopped everything, in nanoseconds, all together.
    pub pause_ns: u64,
    /// The longest that one block was stopped, in nanoseconds.
    pub longest_ns: u64,
}

impl Go {
    /// Builds the program and starts it. Nothing is fetched, and nothing stays behind.
    ///
    /// # Errors
    /// Why there is none, in half a sentence.
    pub fn start() -> Result<Go, String> {
        let said = Command::new("go").arg("version").env("GOTOOLCHAIN", "local").output();
        let said = said.map_err(|_| "no `go` on the PATH".to_string())?;
        let version = String::from_utf8_lossy(&said.stdout);
        let version = version.split_whitespace().nth(2).unwrap_or_default().to_string();
        if !said.status.success() || version.is_empty() {
            return Err("`go version` fails".to_string());
        }
        let folder = tempfile::tempdir().map_err(|error| format!("no folder for it: {error}"))?;
        for (name, text) in SOURCE {
            fs::write(folder.path().join(name), text).map_err(|error| error.to_string())?;
        }
        let program = folder.path().join(format!("maps{}", std::env::consts::EXE_SUFFIX));
        let built = Command::new("go")
            .args(["build", "-o"])
            .arg(&program)
            .arg(".")
            .current_dir(folder.path())
            .env("GOCACHE", folder.path().join("cache"))
            .env("GOFLAGS", "-mod=mod")
            .env("GOPROXY", "off")
            .env("GOTOOLCHAIN", "local")
            .env("GOWORK", "off")
            .output()
            .map_err(|error| error.to_string())?;
        if !built.status.success() {
            let said = String::from_utf8_lossy(&built.stderr);
            let first = said.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
            return Err(format!("{version} does not build it: {first}"));
        }
        let mut child = Command::new(&program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(to), Some(from)) => {
                let from = BufReader::new(from);
                Ok(Go { child, to, from, version, _folder: folder })
            }
            _ => Err("it has no pipes".to_string()),
        }
    }

    /// What each of its maps is, with its version.
    pub fn about(&self) -> Vec<About> {
        let about = |(map, about): (&str, &str)| About {
            map: map.to_string(),
            about: format!("{}, {about}", self.version),
        };
        MAPS.map(about).to_vec()
    }

    /// Fills its maps.
    ///
    /// # Errors
    /// The program has ended, or says something else.
    pub fn fill(&mut self, keys: usize, key: KeyType) -> io::Result<()> {
        match self.ask(&format!("fill {keys} {}", key.name()))?.as_str() {
            "filled" => Ok(()),
            other => Err(unexpected(other)),
        }
    }

    /// One block of one map.
    ///
    /// # Errors
    /// As of [`fill`](Go::fill).
    pub fn block(
        &mut self,
        map: &str,
        threads: usize,
        mix: Mix,
        milliseconds: u128,
        seed: u64,
    ) -> io::Result<Part> {
        let reads = 10_000 - (mix.writes() * 10_000.0).round() as u64;
        let cpus: Vec<String> = cpu::allowed().iter().map(usize::to_string).collect();
        let cpus = cpus.join(",");
        let answer =
            self.ask(&format!("block {map} {threads} {reads} {milliseconds} {seed} {cpus}"))?;
        let numbers: Vec<u64> = answer.split(' ').map_while(|word| word.parse().ok()).collect();
        match numbers[..] {
            [operations, ns, collections, pause_ns] => {
                let rate = operations as f64 * 1e9 / ns.max(1) as f64;
                Ok(Part { rate, collections, pause_ns })
            }
            _ => Err(unexpected(&answer)),
        }
    }

    fn ask(&mut self, what: &str) -> io::Result<String> {
        writeln!(self.to, "{what}")?;
        self.to.flush()?;
        let mut answer = String::new();
        if self.from.read_line(&mut answer)? == 0 {
            return Err(io::Error::other("Go's maps have ended"));
        }
        Ok(answer.trim_end().to_string())
    }
}

impl Drop for Go {
    fn drop(&mut self) {
        // It may have ended already, and nothing is left to do if it cannot be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unexpected(answer: &str) -> io::Error {
    io::Error::other(format!("Go's maps say {answer:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gos_maps_work_or_it_is_said_why_not() {
        let mut go = match Go::start() {
            Ok(go) => go,
            Err(why) => {
                assert!(!why.is_empty());
                return println!("SKIPPED: {why}");
            }
        };
        for key in [KeyType::U64, KeyType::String] {
            go.fill(100, key).expect("filled");
            for (map, _) in MAPS {
                for reads in [100, 50, 0] {
                    let part = go.block(map, 2, Mix::of_reads(reads), 1, 7).expect("a block");
                    assert!(part.rate > 0.0, "{map}");
                }
            }
        }
        assert!(go.block("no-such-map", 1, Mix::of_reads(0), 1, 7).is_ok_and(|p| p.rate == 0.0));
        assert!(go.ask("nonsense").is_ok_and(|answer| answer == "what?"));
    }
}
