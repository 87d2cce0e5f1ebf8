//! Executions as pictures and pages that stand alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::json::EVERY;

const TOKEN: &str = "torn-header/broken:r1w2r1:u";

fn racelab(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    command.args(arguments).env("COLUMNS", "80").output().expect("racelab runs")
}

fn text(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// What a page may not have, if it is to be read without a network.
fn stands_alone(page: &str) {
    for outside in ["src=\"http", "<link", "@import", "url(http", "srcset", "<iframe", "fetch("] {
        assert!(!page.contains(outside), "{outside}");
    }
    for (open, close) in [("<section", "</section>"), ("<table", "</table>"), ("<tr", "</tr>")] {
        assert_eq!(page.matches(open).count(), page.matches(close).count(), "{open}");
    }
}

#[test]
fn a_token_is_a_table_a_picture_or_a_page() {
    let table = text(&racelab(&["replay", TOKEN]));
    assert!(
        table.contains("reads what step 2 wrote, and that orders nothing by itself."),
        "{table}"
    );
    let svg = text(&racelab(&["replay", TOKEN, "--format", "svg"]));
    assert_eq!(svg.matches("class=\"step l").count(), 4, "{svg}");
    assert!(svg.contains("<path class=\"value\"") && !svg.contains("<path class=\"order\""));
    let page = text(&racelab(&["replay", TOKEN, "--format", "html"]));
    stands_alone(&page);
    assert_eq!(page.matches("<tr data-step=").count(), 4, "{page}");
    assert!(page.contains("length.store &lt;- 16"), "{page}");
    assert!(page.contains("<b>cache line 0: writer has it, written</b>"), "{page}");
    let touched = "reader reads line 0, which writer has written.";
    assert!(page.contains(touched) && page.contains("nothing was measured"), "{page}");
    assert!(table.contains("Step 2: writer writes line 0, which reader read."), "{table}");
    let steps = text(&racelab(&["replay", TOKEN, "--step"]));
    assert!(steps.contains("Step 4: reader does length.load, reads 16"), "{steps}");
    let steps = steps.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(steps.contains("By the layout, it reads line 0, which writer has written."), "{steps}");
}

#[test]
fn what_orders_what_is_missing_and_who_waits_are_drawn() {
    let svg = |arguments: &[&str]| {
        let found = text(&racelab(&[&["check", "--json"], arguments].concat()));
        let found: Value = serde_json::from_str(&found).expect("a document");
        let tokens = tokens(&found);
        let drawn = |token: &String| text(&racelab(&["replay", token, "--format", "svg"]));
        tokens.iter().map(drawn).collect::<String>()
    };
    let waits = svg(&["held-reference", "--engine", "reduced"]);
    assert!(waits.contains("<path class=\"waits\""), "who waits for whom");
    let races = svg(&["dangling-header", "write-flag"]);
    for kind in ["order", "value", "weak", "missing"] {
        assert!(races.contains(&format!("<path class=\"{kind}\"")), "{kind}");
    }
}

fn tokens(of: &Value) -> Vec<String> {
    let inner: Vec<&Value> = match of {
        Value::Object(fields) => fields.values().collect(),
        Value::Array(all) => all.iter().collect(),
        _ => Vec::new(),
    };
    let own = of.get("token").and_then(|token| token.as_str()).map(str::to_string);
    own.into_iter().chain(inner.into_iter().flat_map(tokens)).collect()
}

#[test]
fn a_token_may_lie_in_a_file_and_its_picture_goes_into_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("note.txt"), format!("look at {TOKEN} again\n")).expect("a file");
    let said = text(&racelab(&["replay", &path("note.txt"), "-o", &path("table.txt")]));
    assert!(said.is_empty(), "{said}");
    let table = fs::read_to_string(path("table.txt")).expect("a table");
    assert!(table.contains("OUT_OF_BOUNDS"), "{table}");
    let document = text(&racelab(&["replay", TOKEN, "--format", "json"]));
    fs::write(path("found.json"), document).expect("a file");
    assert!(text(&racelab(&["replay", &path("found.json")])).contains("OUT_OF_BOUNDS"));
    fs::write(path("empty.txt"), "nothing").expect("a file");
    let refused = racelab(&["replay", &path("empty.txt")]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let nowhere = path("no/such/folder.svg");
    let refused = racelab(&["replay", TOKEN, "--format", "svg", "-o", &nowhere]);
    let says = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(4) && says.contains("cannot write"), "{refused:?}");
}

#[test]
fn a_report_stands_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html").display().to_string();
    text(&racelab(&["report", "torn-header", "false-sharing", "safe-map", "--html", &file]));
    let page = fs::read_to_string(&file).expect("a page");
    stands_alone(&page);
    for part in ["id=\"torn-header\"", "id=\"false-sharing\"", "id=\"safe-map\"", "The lesson"] {
        assert!(page.contains(part), "{part}");
    }
    // So much for each of the course is less than 2 MB for all.
    assert!(page.len() < 3 * 80 * 1024, "{} bytes", page.len());
    let refused = racelab(&["report", "torn-header", "--html", "/no/such/folder/report.html"]);
    assert_eq!(refused.status.code(), Some(4), "{refused:?}");
}

/// The simplest failing execution of a demo's first version, as `racelab check --json` tells of it.
fn token_of(demo: &Value) -> Option<(&str, &str)> {
    let mut runs = demo["runs"].as_array().expect("runs").iter();
    let broken = |run: &&Value| run["version"] == "broken" && run["race"] == "first";
    let token = runs.by_ref().filter(broken).find_map(|run| run["token"].as_str())?;
    Some((demo["name"].as_str().expect("a name"), token))
}

/// The pictures of the book are what racelab draws today. `PICTURES=overwrite` draws them anew.
#[test]
fn the_pictures_of_the_book_are_drawn_from_executions() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src");
    let folder = book.join("pictures");
    let overwrite = std::env::var_os("PICTURES").is_some_and(|value| value == "overwrite");
    let mut drawn = Vec::new();
    for (name, token) in EVERY["demos"].as_array().expect("demos").iter().filter_map(token_of) {
        let chapter = fs::read_to_string(book.join(format!("{name}.md"))).expect("a chapter");
        if !chapter.contains(&format!("(pictures/{name}.svg)")) {
            continue;
        }
        let svg = text(&racelab(&["replay", token, "--format", "svg"]));
        let file = folder.join(format!("{name}.svg"));
        if overwrite {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&file, &svg).expect("a file");
        }
        let known = fs::read_to_string(&file).unwrap_or_default();
        assert!(known == svg, "{name}: PICTURES=overwrite cargo test --test cli pictures");
        drawn.push(format!("{name}.svg"));
    }
    assert!(drawn.len() > 20, "{drawn:?}");
    let there = folder.read_dir().expect("a folder").map(|file| file.expect("a file").file_name());
    let left: Vec<_> = there.filter(|file| !drawn.iter().any(|name| file == &**name)).collect();
    assert!(left.is_empty(), "in no chapter: {left:?}");
}

#[test]
fn every_token_that_check_prints_is_replayed() {
    let tokens = tokens(&EVERY);
    assert!(tokens.len() > 200, "{} tokens", tokens.len());
    for token in tokens {
        let again = text(&racelab(&["replay", &token, "--json"]));
        let again: Value = serde_json::from_str(&again).expect("a document");
        assert_eq!(again["token"], *token);
        assert!(again["kind"].is_string() && again["steps"][0].is_object(), "{token}: {again}");
    }
}
