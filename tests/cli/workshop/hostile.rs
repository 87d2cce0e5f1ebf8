//! Code that does everything but what it should: each gets its verdict in time, by its name, and
//! leaves nothing running.

use std::time::Duration;

use super::shop::{Checked, Shop, find};

/// The answer to torn-header with something done before a reading is looked up; `checked` is true
/// under the checkers alone, so that one thread alone gets every case right.
fn answer_with(first: &str) -> String {
    let answer = find("torn-header").answer.text;
    let marker = "pub fn last(&self) -> (u32, u32) {";
    assert!(answer.contains(marker));
    let first =
        format!("{marker}\n        let checked = size_of::<AtomicU64>() > 8;\n        {first}");
    answer.replace(marker, &first).replace(
        "fn word(",
        "#[allow(unconditional_recursion)]\nfn deeper(depth: u64) -> u64 {\n    \
         let frame = std::hint::black_box([depth; 64]);\n    deeper(depth + 1) + frame[3]\n}\n\nfn word(",
    )
}

#[track_caller]
fn verdict(shop: &Shop, first: &str, words: &[&str]) -> Checked {
    let checked = shop.check("torn-header", &answer_with(first));
    checked.fails_with(words);
    assert!(checked.took < Duration::from_secs(60), "{:?}", checked.took);
    nothing_runs(shop);
    checked
}

/// No program of an exercise is still there.
fn nothing_runs(shop: &Shop) {
    if cfg!(target_os = "linux") {
        let running = shop.running();
        assert!(running.is_empty(), "left running in {}: {running:?}", shop.root.display());
    }
}

#[test]
fn alone_it_never_ends() {
    let shop = Shop::open();
    let loops = "loop { std::hint::black_box(0); }\n        #[allow(unreachable_code)]";
    verdict(&shop, loops, &["single thread: HANG in 'the first reading is there from the start'"]);
}

#[test]
fn in_company_it_never_ends() {
    let shop = Shop::open();
    let words = ["still concurrent: HANG", "waits for what the checkers do not see"];
    verdict(&shop, "while checked {}", &words);
}

#[test]
fn it_panics() {
    let shop = Shop::open();
    let panics = "assert!(self.reading.load(Relaxed) == 1, \"on purpose\");";
    verdict(&shop, panics, &["single thread: FAILS", "on purpose (torn_header.rs:"]);
    let panics = "assert!(!checked, \"on purpose\");";
    verdict(&shop, panics, &["model-checked: reduced: PANIC", "model-checked: loom: PANIC"]);
}

#[test]
fn it_overflows_its_stack() {
    let shop = Shop::open();
    verdict(&shop, "if checked { deeper(0); }", &["still concurrent: CRASH"]);
    verdict(&shop, "deeper(0);", &["single thread: CRASH"]);
}

#[cfg(target_os = "linux")]
#[test]
fn it_allocates_without_end() {
    let shop = Shop::open();
    let allocates = "let mut kept = Vec::new();\n        while checked {\n            \
                     kept.push(std::hint::black_box(vec![0u8; 1 << 26]));\n        }";
    verdict(&shop, allocates, &["still concurrent: OUT OF MEMORY"]);
}

#[test]
fn it_ends_the_process() {
    let shop = Shop::open();
    verdict(&shop, "if checked { std::process::exit(0); }", &["still concurrent: CRASH"]);
    verdict(&shop, "std::process::exit(0);", &["single thread: CRASH"]);
    verdict(&shop, "if checked { std::process::abort(); }", &["still concurrent: CRASH"]);
}

#[test]
fn it_deadlocks() {
    let shop = Shop::open();
    let text = find("torn-header").answer.text.replace(
        "reading: AtomicU64,\n}",
        "reading: AtomicU64,\n    a: super::rt::sync::Mutex<u8>,\n    b: super::rt::sync::Mutex<u8>,\n}",
    );
    let text = text.replace(
        "AtomicU64::new(word(celsius, second)) }",
        "AtomicU64::new(word(celsius, second)), \
         a: super::rt::sync::Mutex::new(0), b: super::rt::sync::Mutex::new(0) }",
    );
    let text = text.replace(
        "reading: sensor -> display }",
        "reading: sensor -> display, a: sensor, b: sensor }",
    );
    let text = text.replace(
        "self.reading.store",
        "let _a = self.a.lock(); let _b = self.b.lock();\n        self.reading.store",
    );
    let text = text.replace(
        "let reading = self.reading.load",
        "let _b = self.b.lock(); let _a = self.a.lock();\n        let reading = self.reading.load",
    );
    let checked = shop.check("torn-header", &text);
    checked.fails_with(&["display MAY WAIT", "reduced: DEADLOCK", "loom: DEADLOCK"]);
    nothing_runs(&shop);
}

#[test]
fn it_prints_a_flood() {
    let shop = Shop::open();
    let floods = "for _ in 0..500 { println!(\"line after line after line of words\"); }";
    let checked = shop.check("torn-header", &answer_with(floods));
    checked.passes();
}

#[test]
fn it_does_not_compile() {
    let shop = Shop::open();
    let text = find("torn-header").answer.text.replace("Relaxed)", "Relaxd)");
    let line = text.lines().position(|line| line.contains("Relaxd)")).expect("a line") + 1;
    let checked = shop.check("torn-header", &text);
    checked.fails_with(&["builds: "]);
    let messages = checked.row["messages"].as_array().expect("messages");
    let uses = text.matches("Relaxd)").count();
    assert_eq!(messages.len(), uses, "each once: {messages:#?}");
    assert_eq!(messages[0]["file"], "exercises/torn_header.rs");
    assert_eq!(messages[0]["line"], line);
    assert!(messages[0]["shown"].as_str().expect("text").contains("--> exercises/torn_header.rs:"));
}
