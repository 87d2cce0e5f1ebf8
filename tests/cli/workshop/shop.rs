//! The workspaces in which the tests build, each with one test at a time, and the command as it is
//! typed there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Condvar, Mutex};

use racelab_exercise::pack::{self, Exercise};
use serde_json::Value;

use crate::schema;

/// Where all tests build: exercises of any folder share it.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("workshop-target")
}

/// A command line in a folder; nothing it starts may ask the network.
pub(crate) fn racelab(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    command
        .current_dir(folder)
        .args(arguments)
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_NET_OFFLINE", "true")
        .stdin(std::process::Stdio::null());
    command
}

/// What a command printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn say(folder: &Path, arguments: &[&str]) -> Said {
    said(racelab(folder, arguments).output().expect("racelab runs"))
}

pub(crate) fn said(output: Output) -> Said {
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Said { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// The document that a command prints, which is as the book says, and its exit code.
pub(crate) fn document(folder: &Path, arguments: &[&str]) -> (Value, Option<i32>) {
    let said = say(folder, &[arguments, &["--json"]].concat());
    let document = parse(&said.stdout).unwrap_or_else(|| panic!("{arguments:?}: {said:?}"));
    (document, said.code)
}

/// A document, held against the schema.
pub(crate) fn parse(line: &str) -> Option<Value> {
    let document: Value = serde_json::from_str(line.trim()).ok()?;
    let schema: Value =
        serde_json::from_str(include_str!("../../../book/src/schema.json")).expect("JSON");
    let wrong = schema::wrong(&schema, &document);
    assert!(wrong.is_empty(), "{}\n{document}", wrong.join("\n"));
    Some(document)
}

/// A workspace of the course.
pub(crate) struct Shop {
    pub(crate) root: PathBuf,
}

/// There are two: while cargo builds for one of them, what it built for the other runs.
const SHOPS: [&str; 2] = ["workshop", "workshop-too"];
/// Those that no test is in; before the first, none is made.
static FREE: Mutex<Option<Vec<PathBuf>>> = Mutex::new(None);
static LEFT: Condvar = Condvar::new();

impl Shop {
    /// Waits until no other test is in it. Its progress is new, and every file is as it starts.
    pub(crate) fn open() -> Shop {
        let shop = Shop { root: free() };
        for thing in ["exercises", "kept"] {
            let _ = fs::remove_dir_all(shop.root.join(thing));
        }
        let _ = fs::remove_file(shop.root.join("progress.txt"));
        start(&shop.root, &[]);
        shop
    }

    /// Programs of its exercises that run now.
    pub(crate) fn running(&self) -> Vec<PathBuf> {
        // A part of their name is this folder's own.
        let manifest = fs::read_to_string(self.root.join("Cargo.toml")).expect("a manifest");
        let (_, own) = manifest.split_once("name = \"torn_header-").expect("a program");
        let (own, _) = own.split_once('"').expect("a name");
        let (programs, own) = (target().join("debug"), format!("-{own}"));
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let exe = |process: fs::DirEntry| fs::read_link(process.path().join("exe")).ok();
        // Each runs as a copy in a folder of its own.
        let mine = |exe: &PathBuf| {
            exe.starts_with(&programs) && exe.to_string_lossy().contains(own.as_str())
        };
        processes.filter_map(exe).filter(mine).collect()
    }

    pub(crate) fn say(&self, arguments: &[&str]) -> Said {
        say(&self.root, &[&["exercise"], arguments].concat())
    }

    pub(crate) fn document(&self, arguments: &[&str]) -> (Value, Option<i32>) {
        document(&self.root, &[&["exercise"], arguments].concat())
    }

    pub(crate) fn file(&self, exercise: &str) -> PathBuf {
        self.root.join(format!("exercises/{}.rs", exercise.replace('-', "_")))
    }

    /// Checks an exercise with this text, which stays as it is.
    pub(crate) fn check(&self, exercise: &str, text: &str) -> Checked {
        fs::write(self.file(exercise), text).expect("the student's file");
        let began = std::time::Instant::now();
        let (document, code) = self.document(&["check", exercise]);
        let took = began.elapsed();
        let now = fs::read_to_string(self.file(exercise)).expect("the student's file");
        assert_eq!(now, text, "{exercise}: the student's file was touched");
        Checked { row: document["exercises"][0].clone(), code, took }
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let mut free = FREE.lock().unwrap_or_else(|poison| poison.into_inner());
        free.get_or_insert_default().push(self.root.clone());
        LEFT.notify_one();
    }
}

/// A workspace that nobody is in.
fn free() -> PathBuf {
    let mut free = FREE.lock().unwrap_or_else(|poison| poison.into_inner());
    // All are written before anything is built: cargo builds a library whose files are newer than
    // what it made of the same files elsewhere once more.
    let all = free.get_or_insert_with(|| {
        let roots = SHOPS.map(|name| Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        roots.iter().for_each(|root| start(root, &["--no-build"]));
        roots.to_vec()
    });
    if let Some(root) = all.pop() {
        return root;
    }
    loop {
        free = LEFT.wait(free).unwrap_or_else(|poison| poison.into_inner());
        if let Some(root) = free.as_mut().and_then(Vec::pop) {
            return root;
        }
    }
}

fn start(root: &Path, more: &[&str]) {
    let arguments = [&["exercise", "start", root.to_str().expect("text")], more].concat();
    let (started, code) = document(root.parent().expect("it has one"), &arguments);
    assert_eq!(code, Some(0), "{started}");
}

/// One exercise of a check.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) row: Value,
    pub(crate) code: Option<i32>,
    pub(crate) took: std::time::Duration,
}

impl Checked {
    /// What the stages that failed say, with their names.
    pub(crate) fn failed(&self) -> Vec<String> {
        let stages = self.row["stages"].as_array().expect("stages");
        let failed = stages.iter().filter(|stage| stage["state"] == "failed");
        failed.map(|s| format!("{}: {}", s["stage"], s["text"]).replace('"', "")).collect()
    }

    #[track_caller]
    pub(crate) fn fails_with(&self, words: &[&str]) {
        assert_eq!(self.code, Some(1), "{:#}", self.row);
        let failed = self.failed().join("\n");
        for word in words {
            assert!(failed.contains(word), "{word} is not said:\n{failed}");
        }
    }

    #[track_caller]
    pub(crate) fn passes(&self) {
        assert_eq!((self.code, &self.row["result"]), (Some(0), &"solved".into()), "{:#}", self.row);
    }
}

pub(crate) fn course() -> Vec<Exercise> {
    pack::builtin().expect("the course's own pack").exercises
}

pub(crate) fn find(name: &str) -> Exercise {
    course().into_iter().find(|exercise| exercise.name == name).expect("it is in the course")
}
