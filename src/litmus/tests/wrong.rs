//! What is not understood is refused, by its line.

use crate::read;

/// A program whose second thread has this body, from line 6 on.
fn with(body: &str) -> String {
    format!(
        "C test\n{{ x = 0; }}\nP0 (atomic_int* x, int* z) {{\n  atomic_store(x, 1);\n}}\n\
         P1 (atomic_int* x, int* z) {{ int r0 = 0;\n{body}\n}}\nexists (1:r0=0)\n"
    )
}

#[test]
fn each_line_that_is_not_understood_is_named() {
    let body = |line: u32, says: &'static str, body: &str| (line, says, with(body));
    let wrong = [
        body(7, "loops are not understood", "while (r0 == 0) { r0 = atomic_load(x); }"),
        body(7, "loops are not understood", "for (;;) {}"),
        body(7, "write *x =", "x = 1;"),
        body(7, "int r9", "r9 = 1;"),
        body(7, "r9 is not declared", "r0 = r9;"),
        body(7, "releases nothing", "r0 = atomic_load_explicit(x, memory_order_release);"),
        body(7, "acquires nothing", "atomic_store_explicit(x, 1, memory_order_acquire);"),
        body(7, "leave it out", "atomic_thread_fence(memory_order_relaxed);"),
        body(7, "write that", "r0 = atomic_load_explicit(x, memory_order_consume);"),
        body(7, "an ordering comes here", "r0 = atomic_load_explicit(x, relaxed);"),
        body(
            7,
            "sums of addresses",
            "r0 = atomic_load_explicit(x + (r0 & 128), memory_order_relaxed);",
        ),
        body(7, "sums of addresses", "*(z + 1) = 1;"),
        body(7, "compare_exchange_strong", "r0 = atomic_compare_exchange_weak(x, &r0, 1);"),
        body(7, "kernel's model", "r0 = READ_ONCE(x);"),
        body(7, "this call is not understood", "r0 = atomic_flag_test_and_set(x);"),
        body(7, "this operator is not understood", "if (r0 && r0) { }"),
        body(7, "name is taken", "int r0 = 1;"),
        body(7, "name is taken", "int x = 1;"),
        body(7, "read it as *z", "r0 = z;"),
        body(8, "a statement ends with ;", "r0 = 1"),
        body(
            7,
            "releases nothing",
            "r0 = atomic_compare_exchange_strong_explicit(x, &r0, 1, memory_order_acq_rel, memory_order_release);",
        ),
        body(7, "a statement of its own", "r0 = atomic_store(x, 1);"),
        body(7, "no number", "r0 = 99999999999;"),
        body(7, "means nothing here", "r0 = 1 @ 2;"),
        body(7, "is a register", "r0 = atomic_load(r0);"),
        body(7, "atomic in line 8", "*q = 1;\natomic_store(q, 1);".replace('q', "z").as_str()),
        (1, "the file is empty", String::new()),
        (1, "begins with C", "X86 SB\n{ x=0; }\n".to_string()),
        (1, "initial values are missing", "C SB\n".to_string()),
        (2, "initial values are missing", "C SB\nP0 (atomic_int* x) { }\n".to_string()),
        (2, "a thread is missing", "C SB\n{ }\n".to_string()),
        (2, "registers begin as 0", "C SB\n{ 0:r0 = 1; }\n".to_string()),
        (2, "a word begins as a number", "C SB\n{ x = y; }\n".to_string()),
        (3, "P0 comes here", "C SB\n{ }\nP1 (int* x) { }\n".to_string()),
        (3, "words are atomic_int or int", "C SB\n{ }\nP0 (__int128_t* x) { }\n".to_string()),
        (3, "declared as atomic_int*", "C SB\n{ }\nP0 (int x) { }\n".to_string()),
        (3, "without its }", "C SB\n{ }\nP0 (int* x) {\n".to_string()),
        (
            4,
            "after the threads comes a question",
            "C SB\n{ }\nP0 (int* x) { }\nfilter (x=1)\n".to_string(),
        ),
        (4, "no register r7", "C SB\n{ }\nP0 (int* x) { }\nexists (0:r7=1)\n".to_string()),
        (4, "no thread declares q", "C SB\n{ }\nP0 (int* x) { }\nexists (q=1)\n".to_string()),
        (4, "compared with a number", "C SB\n{ }\nP0 (int* x) { }\nexists (x=x)\n".to_string()),
        (
            4,
            "goes on after its condition",
            "C SB\n{ }\nP0 (int* x) { }\nexists (x=1) x\n".to_string(),
        ),
        (
            4,
            "=> is not understood",
            "C SB\n{ }\nP0 (int* x) { }\nexists (x=1 => x=1)\n".to_string(),
        ),
        (2, "has no end", "C SB\n{ } (* never\n".to_string()),
    ];
    for (line, says, text) in wrong {
        let wrong = read(&text).expect_err(&text);
        assert!(
            wrong.says.contains(says) && wrong.line == line,
            "{wrong:?}, not {line} {says}\n{text}"
        );
    }
}

#[test]
fn no_file_is_too_deep_or_too_long() {
    let deep = |sign: &str| with(&format!("r0 = {}1;", sign.repeat(30_000)));
    for sign in ["(", "!", "- ", "(-"] {
        assert!(read(&deep(sign)).is_err_and(|wrong| wrong.says.contains("deep")), "{sign}");
    }
    let blocks = with(&"{".repeat(30_000));
    assert!(read(&blocks).is_err_and(|wrong| wrong.says.contains("deep")));
    let ifs = with(&"if (1) ".repeat(8_000));
    assert!(read(&ifs).is_err_and(|wrong| wrong.says.contains("deep")));
    let conditions =
        with("").replace("exists (1:r0=0)", &format!("exists {}true", "~".repeat(30_000)));
    assert!(read(&conditions).is_err_and(|wrong| wrong.says.contains("deep")));
    assert!(read(&with(&" ".repeat(70_000))).is_err_and(|wrong| wrong.says.contains("longer")));
    let many = with(&"r0 = 1;".repeat(300));
    assert!(read(&many).is_err_and(|wrong| wrong.says.contains("statements at most")));
}

/// What herd's own generators write around a program is passed over.
#[test]
fn the_ways_of_others_are_read() {
    let text = "(* by hand *)\nC S+fencescnasc+poacqna\n\"FenceScdWWNaSc\"\nGenerator=diyone7\n\n{}\n\n\
                P0 (atomic_int* y,volatile int* x) {\n  *x = 2; /* plain */\n\
                atomic_thread_fence(memory_order_seq_cst);\n\
                atomic_store_explicit(y,1,memory_order_seq_cst);\n}\n\n\
                P1 (atomic_int* y,volatile int* x) {\n\
                int r1=-1; int r2;\n  int r0 = (atomic_load_explicit(y,memory_order_acquire));\n\
                if (*x == 1) r2 = 0x10; else { r2 = -(r0 * 2); } // both\n}\n\
                locations [x; [y]; 1:r2;]\n\
                forall (true /\\ ([y]=1 /\\ ([x]=2 /\\ (1:r0=1 \\/ 1:r0=0) \\/ [x]=1)))\n";
    let program = read(text).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    assert_eq!(program.name, "S+fencescnasc+poacqna");
    let kinds: Vec<(&str, bool)> =
        program.locations.iter().map(|word| (word.name.as_str(), word.atomic)).collect();
    assert_eq!(kinds, [("y", true), ("x", false)]);
    assert_eq!(program.observed().len(), 4);
    // What stands there of a word of volatile int that is used as an atomic one is atomic.
    let text = "C PPOCA\n{}\nP0(volatile int* y, volatile int* x) { atomic_store(x,1); \
                atomic_store(y,1); }\nP1(volatile int* y, volatile int* x) {\n\
                int r0 = atomic_load_explicit(y,memory_order_relaxed); }\nexists 1:r0=1";
    assert!(read(text).is_ok_and(|program| program.locations.iter().all(|word| word.atomic)));
    // What is expected may stand in a word of its own.
    let text = "C CAS\n{atomic_int x0 = 0;}\nP0 (atomic_int* x, atomic_int* x0) {\n\
                int r0 = atomic_compare_exchange_strong_explicit(x, x0, 2, memory_order_acq_rel, \
                memory_order_relaxed);\n}\nexists (x=2 /\\ 0:r0=1)\n";
    let judged = super::judged(&read(text).expect("a program"));
    assert_eq!(judged.answer(0), crate::Answer::Yes);
    super::as_the_axioms_say(&judged);
}
