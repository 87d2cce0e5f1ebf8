//! std by mistake: an answer that the checkers do not see all of is not solved, and its line is named.

use super::shop::{Shop, course, find};

/// The word that rustc proposes, in every start of the course.
#[test]
fn no_start_is_solved_by_stds_types() {
    let shop = Shop::open();
    let mut changed = 0;
    for exercise in course() {
        let text = exercise.start.text.replace("use super::rt::", "use std::");
        if text == exercise.start.text || text.contains("use std::unaligned") {
            continue;
        }
        changed += 1;
        let checked = shop.check(&exercise.name, &text);
        checked.fails_with(&["seen by checkers: ", "is not seen by the checkers: use rt::"]);
        let first = &checked.row["unseen"][0];
        assert_eq!(first["file"], format!("{}.rs", exercise.stem()));
        let line = first["line"].as_u64().expect("a line") as usize;
        let source = text.lines().nth(line - 1).expect("a line of the text");
        assert!(source.contains("std::") || source.contains("sync"), "{source}");
        assert_eq!(checked.row["result"], "unsolved");
    }
    assert!(changed > 18, "{changed} starts use the facade");
}

/// What a macro makes of a path does not stand in the text.
const HIDDEN: &str = "macro_rules! hidden { ($of:ident, $t:ty) => { $of::sync::Mutex<$t> } }\n";

#[test]
fn what_only_a_macro_spells_out_is_refused_by_line() {
    let shop = Shop::open();
    let text = format!(
        "//! A thermometer.\n{HIDDEN}\
         struct Both(hidden!(std, (u32, u32)));\n\
         pub struct Thermometer {{ both: Both }}\n\
         racelab::fields!(Thermometer {{ both: sensor -> display }});\n\
         impl Thermometer {{\n\
         pub fn new(c: u32, s: u32) -> Thermometer {{ Thermometer {{ both: Both((c, s).into()) }} }}\n\
         pub fn note(&self, c: u32, s: u32) {{ *self.both.0.lock().unwrap() = (c, s); }}\n\
         pub fn last(&self) -> (u32, u32) {{ *self.both.0.lock().unwrap() }}\n\
         }}\n"
    );
    shop.check("torn-header", &text).fails_with(&[
        "seen by checkers: torn_header.rs:3  struct Both(hidden!(std, (u32, u32)));",
        "what a macro makes of std is read by nobody: write the whole path where it is used",
    ]);
}

/// Whatever is not named at all is seen by what it does: nothing.
#[test]
fn actors_that_announce_nothing_solve_nothing() {
    let shop = Shop::open();
    let text = "//! A thermometer.\n\
                pub struct Thermometer { both: (u32, u32) }\n\
                racelab::fields!(Thermometer { both: nobody });\n\
                impl Thermometer {\n\
                pub fn new(c: u32, s: u32) -> Thermometer { Thermometer { both: (c, s) } }\n\
                pub fn note(&self, _: u32, _: u32) {}\n\
                pub fn last(&self) -> (u32, u32) { self.both }\n\
                }\n";
    shop.check("torn-header", text).fails_with(&[
        "seen by checkers: sensor announces no operation",
        "seen by checkers: display announces no operation",
    ]);
}

/// rustc knows std alone, and whoever follows it would not be seen.
#[test]
fn what_rustc_proposes_is_of_rts() {
    let shop = Shop::open();
    let text = find("torn-header").start.text.replace("celsius: AtomicU32,", "celsius: AtomicU64,");
    let checked = shop.check("torn-header", &text);
    checked.fails_with(&["builds: "]);
    let shown = checked.row["messages"][0]["shown"].as_str().expect("text");
    assert!(shown.contains("use super::rt::sync::atomic::AtomicU64"), "{shown}");
    assert!(!shown.contains("use std::sync"), "{shown}");
}
