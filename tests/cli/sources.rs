//! What the lessons say of other systems, held to the source of those systems (`demos/sources.toml`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    statement: Vec<Statement>,
}

/// A few words of a page, and where another system's source says so.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    page: String,
    says: String,
    of: String,
    file: String,
    has: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn statements() -> Vec<Statement> {
    let text = fs::read_to_string(root().join("demos/sources.toml")).expect("the sources");
    toml::from_str::<Sources>(&text).unwrap_or_else(|why| panic!("sources.toml: {why}")).statement
}

/// A text as one line, without the marks that begin the lines of a comment.
fn words(text: &str) -> String {
    let marks = ["//", "///", "//!", "/*", "/**", "*", "*/", "#", ">"];
    let words: Vec<&str> = text.split_whitespace().filter(|word| !marks.contains(word)).collect();
    words.join(" ")
}

/// Why the text does not have these words in this order, or has what it should lack.
fn objection(text: &str, statement: &Statement) -> Option<String> {
    let text = words(text);
    let mut rest = text.as_str();
    for has in &statement.has {
        match rest.split_once(&words(has)) {
            Some((_, behind)) => rest = behind,
            None if text.contains(&words(has)) => return Some(format!("`{has}` comes too early")),
            None => return Some(format!("there is no `{has}`")),
        }
    }
    let there = statement.lacks.iter().find(|lacks| text.contains(&words(lacks)));
    there.map(|there| format!("there is `{there}`"))
}

/// Where cargo keeps the source of each crate that is built here, by `NAME VERSION`.
fn crates() -> BTreeMap<String, PathBuf> {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc starts");
    let rustc = String::from_utf8_lossy(&rustc.stdout).into_owned();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1", "--offline", "--locked"]);
    let output = command.args(["--filter-platform", host]).current_dir(root()).output();
    let output = output.expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("metadata");
    let packages = metadata["packages"].as_array().expect("packages");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let of = |package: &serde_json::Value| {
        let name = format!("{} {}", text(&package["name"]), text(&package["version"]));
        let manifest = PathBuf::from(text(&package["manifest_path"]));
        (name, manifest.parent().expect("a folder").to_owned())
    };
    packages.iter().map(of).collect()
}

#[test]
fn each_statement_stands_in_its_page() {
    for statement in statements() {
        let page = fs::read_to_string(root().join(&statement.page));
        let page = page.unwrap_or_else(|why| panic!("{}: {why}", statement.page));
        let stands = words(&page).contains(&words(&statement.says));
        assert!(stands, "{} does not say: {}", statement.page, statement.says);
        assert!(!statement.has.is_empty(), "{} has nothing to find", statement.says);
    }
}

#[test]
fn each_source_says_what_the_pages_say_of_it() {
    let crates = crates();
    let (mut read, mut by_hand, mut wrong) = (0, 0, Vec::new());
    for statement in statements() {
        let folder = match statement.of.split_once(' ') {
            Some(("go", version)) => match crate::go::go(version) {
                Some(folder) => folder,
                None => continue,
            },
            Some(("crate", name)) => match crates.get(name) {
                Some(folder) => folder.clone(),
                None => panic!("no crate {name} is built here: {}", statement.says),
            },
            _ => {
                by_hand += 1;
                continue;
            }
        };
        let text = fs::read_to_string(folder.join(&statement.file));
        let objection = match text {
            Ok(text) => objection(&text, &statement),
            Err(why) => Some(why.to_string()),
        };
        read += 1;
        let Statement { page, says, of, file, .. } = &statement;
        wrong.extend(objection.map(|why| format!("{page}: {says}\n  {of}, {file}: {why}")));
    }
    eprintln!("{read} statements found in their sources, {by_hand} read by hand");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A lesson that names a file of another system's says nothing that has no source.
#[test]
fn each_file_that_a_lesson_names_is_a_source() {
    let statements = statements();
    for demo in racelab_demos::every() {
        let folder = format!("demos/{}", demo.name.replace('-', "_"));
        let page = format!("{folder}/lesson.md");
        for quoted in demo.lesson.split('`').skip(1).step_by(2) {
            let ending = quoted.rsplit_once('.').map(|(_, ending)| ending);
            let source = matches!(ending, Some("go" | "java" | "h" | "c" | "rs"));
            if !source || root().join(&folder).join(quoted).exists() || ours(quoted) {
                continue;
            }
            let named = |one: &&Statement| one.page == page && one.file.ends_with(quoted);
            assert!(statements.iter().find(named).is_some(), "{page} names {quoted}: no source");
        }
    }
}

/// A file of this repository.
fn ours(quoted: &str) -> bool {
    root().join(quoted).exists()
}

/// The check itself: order counts, and so does what must not be there.
#[test]
fn a_statement_whose_words_are_not_there_is_refused() {
    let statement = |has: &[&str], lacks: &[&str]| Statement {
        page: String::new(),
        says: String::new(),
        of: String::new(),
        file: String::new(),
        has: has.iter().map(|has| has.to_string()).collect(),
        lacks: lacks.iter().map(|lacks| lacks.to_string()).collect(),
    };
    let text = "// the key\n//   comes first,\n * and then the tag";
    let found = |has: &[&str], lacks: &[&str]| objection(text, &statement(has, lacks));
    assert_eq!(found(&["the key comes first", "the tag"], &["value"]), None);
    assert!(found(&["the tag", "the key"], &[]).is_some_and(|why| why.contains("too early")));
    assert!(found(&["the value"], &[]).is_some_and(|why| why.contains("there is no")));
    assert!(
        found(&["the key"], &["the tag"]).is_some_and(|why| why.contains("there is `the tag`"))
    );
}
