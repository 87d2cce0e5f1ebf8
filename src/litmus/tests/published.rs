//! Published verdicts. RC11: Lahav, Vafeiadis, Kang, Hur and Dreyer, PLDI 2017, with its figures.
//! C11: Batty, Owens, Sarkar, Sewell and Weber, POPL 2011. x86: Sewell, Sarkar, Owens, Zappa Nardelli
//! and Myreen, CACM 2010, and Alglave, Maranget and Tautschnig, TOPLAS 2014.

use crate::gallery::{self, FORMS, SHAPES};
use crate::{Answer, Program, herd, read};

use super::{as_the_axioms_say, judged};

fn program(name: &str) -> Program {
    let (shape, form) = gallery::find(name).expect("a program of the gallery");
    gallery::program(shape, form)
}

const SC: usize = 0;
const X86: usize = 1;
const C11: usize = 2;

/// What x86-TSO allows of accesses without fences, whatever C calls them: what needs a load to
/// overtake a store, and nothing else.
const ON_X86: [&str; 3] = ["SB", "R", "RWC"];
/// What release and acquire do not forbid.
const WITH_RA: [&str; 6] = ["SB", "IRIW", "2+2W", "R", "Z6.3", "RWC"];

#[test]
fn each_shape_in_each_form() {
    for shape in &SHAPES {
        for form in &FORMS {
            let judged = judged(&gallery::program(shape, form));
            let name = &judged.program.name;
            let (found, again) = gallery::find(&name.to_lowercase()).expect("its own name");
            assert_eq!((found.name, again.name), (shape.name, form.name));
            as_the_axioms_say(&judged);
            assert_eq!(judged.answer(SC), Answer::No, "{name}");
            let x86 = ["", "ra", "ra-fences"].contains(&form.name) && ON_X86.contains(&shape.name);
            assert_eq!(judged.answer(X86) == Answer::Yes, x86, "{name}");
            let c11 = match (form.name, shape.name) {
                ("", "LB") => Answer::ByRule(true),
                (_, "CoRR") => Answer::No,
                ("", _) => Answer::Yes,
                ("ra" | "ra-fences", shape) if WITH_RA.contains(&shape) => Answer::Yes,
                ("ra" | "ra-fences" | "sc" | "sc-fences", _) => Answer::No,
                // Of two exchanges of a word the later acquires what the earlier released.
                ("swaps", "SB" | "IRIW" | "RWC") => Answer::Yes,
                ("adds", shape) if WITH_RA.contains(&shape) => Answer::Yes,
                _ => Answer::No,
            };
            assert_eq!(judged.answer(C11), c11, "{name}\n{}", herd(&judged.program));
        }
    }
}

/// `x` and `y` are 0; the bodies of the threads, and an end that RC11 allows or not.
const SINGLE: [(&str, &[&str], &str, bool); 20] = [
    ("SB, one load relaxed", &["x.1.sc; y.r0.rlx", "y.1.sc; x.r0.sc"], "0:r0=0 /\\ 1:r0=0", true),
    ("SB, one fence", &["x.1.rlx; F.sc; y.r0.rlx", "y.1.rlx; x.r0.rlx"], "0:r0=0 /\\ 1:r0=0", true),
    (
        "SB, a fence on one side, accesses on the other",
        &["x.1.rlx; F.sc; y.r0.rlx", "y.1.sc; x.r0.sc"],
        "0:r0=0 /\\ 1:r0=0",
        false,
    ),
    (
        "MP, released and read relaxed",
        &["x.1.rlx; y.1.rel", "y.r0.rlx; x.r1.rlx"],
        "1:r0=1 /\\ 1:r1=0",
        true,
    ),
    (
        "MP, relaxed and acquired",
        &["x.1.rlx; y.1.rlx", "y.r0.acq; x.r1.rlx"],
        "1:r0=1 /\\ 1:r1=0",
        true,
    ),
    ("MP, data relaxed", &["x.1.rlx; y.1.rel", "y.r0.acq; x.r1.rlx"], "1:r0=1 /\\ 1:r1=0", false),
    (
        "MP, a fence for each side",
        &["x.1.rlx; F.rel; y.1.rlx", "y.r0.rlx; F.acq; x.r1.rlx"],
        "1:r0=1 /\\ 1:r1=0",
        false,
    ),
    (
        "MP, the release fence alone",
        &["x.1.rlx; F.rel; y.1.rlx", "y.r0.rlx; x.r1.rlx"],
        "1:r0=1 /\\ 1:r1=0",
        true,
    ),
    (
        "IRIW, fences between the reads",
        &["x.1.rlx", "y.1.rlx", "x.r0.rlx; F.sc; y.r1.rlx", "y.r0.rlx; F.sc; x.r1.rlx"],
        "2:r0=1 /\\ 2:r1=0 /\\ 3:r0=1 /\\ 3:r1=0",
        false,
    ),
    (
        "IRIW-acq-sc of RC11",
        &["x.1.sc", "y.1.sc", "x.r0.acq; y.r1.sc", "y.r0.acq; x.r1.sc"],
        "2:r0=1 /\\ 2:r1=0 /\\ 3:r0=1 /\\ 3:r1=0",
        true,
    ),
    (
        "Z6.U of RC11",
        &["x.1.sc; y.1.rel", "y.+1r0.sc; y.r1.rlx", "y.3.sc; x.r0.sc"],
        "1:r0=1 /\\ 1:r1=3 /\\ 2:r0=0",
        true,
    ),
    (
        "RWC+syncs of RC11",
        &["x.1.rlx", "x.r0.rlx; F.sc; y.r1.rlx", "y.1.rlx; F.sc; x.r0.rlx"],
        "1:r0=1 /\\ 1:r1=0 /\\ 2:r0=0",
        false,
    ),
    (
        "W+RWC: what comes after a fence is seen with it",
        &["x.1.rlx; F.sc; z.1.rlx", "z.r0.acq; y.r1.rlx", "y.1.rlx; F.sc; x.r0.rlx"],
        "1:r0=1 /\\ 1:r1=0 /\\ 2:r0=0",
        false,
    ),
    ("S, data relaxed", &["x.2.rlx; y.1.rel", "y.r0.acq; x.1.rlx"], "1:r0=1 /\\ x=2", false),
    (
        "a release sequence cut by a plain store of its own thread, as in C++20",
        &["x.1.rlx; y.1.rel; y.2.rlx", "y.r0.acq; x.r1.rlx"],
        "1:r0=2 /\\ 1:r1=0",
        true,
    ),
    (
        "a release sequence through a relaxed addition",
        &["x.1.rlx; y.1.rel", "y.+1r0.rlx", "y.r0.acq; x.r1.rlx"],
        "1:r0=1 /\\ 2:r0=2 /\\ 2:r1=0",
        false,
    ),
    ("two additions", &["x.+1r0.rlx", "x.+1r0.rlx"], "0:r0=0 /\\ 1:r0=0", false),
    ("CoWR", &["x.1.rlx; x.r0.rlx", "x.2.rlx"], "0:r0=2 /\\ x=1", false),
    ("CoRW1", &["x.r0.rlx; x.1.rlx"], "0:r0=1", false),
    ("its own older store", &["x.1.rlx; x.2.rlx; x.r0.rlx"], "0:r0=1", false),
];

/// A program from its short form: `x.1.rlx` writes, `x.r0.rlx` reads, `x.+1r0.rlx` adds, `F.sc` is a
/// fence.
fn written(threads: &[&str], condition: &str) -> Program {
    let order = |short: &str| {
        let orders = [
            ("rlx", "relaxed"),
            ("acq", "acquire"),
            ("rel", "release"),
            ("acqrel", "acq_rel"),
            ("sc", "seq_cst"),
        ];
        let (_, long) = orders.into_iter().find(|(name, _)| *name == short).expect("an ordering");
        format!("memory_order_{long}")
    };
    let access = |text: &str| {
        let parts: Vec<&str> = text.trim().split('.').collect();
        match parts[..] {
            ["F", by] => format!("atomic_thread_fence({});", order(by)),
            [word, what, by] => match what.strip_prefix('+') {
                Some(more) => {
                    let (operand, register) = more.split_at(1);
                    let by = order(by);
                    format!("int {register} = atomic_fetch_add_explicit({word}, {operand}, {by});")
                }
                None if what.starts_with('r') => {
                    format!("int {what} = atomic_load_explicit({word}, {});", order(by))
                }
                None => format!("atomic_store_explicit({word}, {what}, {});", order(by)),
            },
            _ => panic!("{text}"),
        }
    };
    let mut text = "C short\n{ x = 0; y = 0; z = 0; }\n".to_string();
    for (number, thread) in threads.iter().enumerate() {
        let body: Vec<String> = thread.split(';').map(access).collect();
        let words = "atomic_int* x, atomic_int* y, atomic_int* z";
        text += &format!("P{number} ({words}) {{ {} }}\n", body.join(" "));
    }
    read(&(text + &format!("exists ({condition})\n"))).expect("a program")
}

#[test]
fn what_was_published_one_by_one() {
    for (name, threads, condition, allowed) in SINGLE {
        let judged = judged(&written(threads, condition));
        as_the_axioms_say(&judged);
        assert_eq!(judged.answer(C11), if allowed { Answer::Yes } else { Answer::No }, "{name}");
    }
}

/// What the rule adds is load buffering without dependencies, and nothing out of thin air.
#[test]
fn the_rule_stops_at_thin_air() {
    let lb = |left: &str, right: &str| {
        let text = format!(
            "C LB\n{{}}\nP0 (atomic_int* x, atomic_int* y) {{\n\
             int r0 = atomic_load_explicit(x, memory_order_relaxed);\n{left}\n}}\n\
             P1 (atomic_int* x, atomic_int* y) {{\n\
             int r0 = atomic_load_explicit(y, memory_order_relaxed);\n{right}\n}}\n\
             exists (0:r0=1 /\\ 1:r0=1)\n"
        );
        judged(&read(&text).expect("a program")).answer(C11)
    };
    let plain = "atomic_store_explicit(y, 1, memory_order_relaxed);";
    let back = |value: &str| format!("atomic_store_explicit(x, {value}, memory_order_relaxed);");
    assert_eq!(lb(plain, &back("1")), Answer::ByRule(true));
    // One side without a dependency is enough.
    assert_eq!(lb(plain, &back("r0")), Answer::ByRule(true));
    assert_eq!(lb(plain, &format!("if (r0 == 1) {{ {} }}", back("1"))), Answer::ByRule(true));
    // Each value depends on the other: out of thin air, which C11 asks implementations not to do.
    let copied = "atomic_store_explicit(y, r0, memory_order_relaxed);";
    assert_eq!(lb(copied, &back("r0")), Answer::No);
    let when = format!("if (r0 == 1) {{ {plain} }}");
    assert_eq!(lb(&when, &back("r0")), Answer::No);
    // A read-modify-write may be either half; one that releases what the other acquires is not.
    let swap = "atomic_exchange_explicit(y, 1, memory_order_relaxed);";
    assert_eq!(lb(swap, &back("1")), Answer::ByRule(true));
    let fenced = format!("atomic_thread_fence(memory_order_seq_cst);\n{plain}");
    let also = format!("atomic_thread_fence(memory_order_seq_cst);\n{}", back("1"));
    assert_eq!(lb(&fenced, &also), Answer::No);
}

/// Plain memory: race-free it is ordered, and a race is undefined behaviour.
#[test]
fn plain_memory_is_judged_by_its_races() {
    let message = |order: &str| {
        let text = format!(
            "C MP\n{{ x = 0; y = 0; }}\nP0 (int* x, atomic_int* y) {{\n  *x = 1;\n\
             atomic_store_explicit(y, 1, memory_order_{order});\n}}\n\
             P1 (int* x, atomic_int* y) {{\n\
             int r0 = atomic_load_explicit(y, memory_order_acquire);\n  int r1 = 2;\n\
             if (r0) r1 = *x;\n}}\nexists (1:r0=1 /\\ 1:r1=0)\n"
        );
        judged(&read(&text).expect("a program"))
    };
    let released = message("release");
    assert!(released.raced.is_none() && released.complete());
    assert_eq!(released.answer(C11), Answer::No);
    as_the_axioms_say(&released);
    let racy = message("relaxed");
    assert_eq!([racy.answer(SC), racy.answer(C11)], [Answer::Undefined, Answer::Undefined]);
    assert_eq!(racy.raced.map(|failure| failure.steps.is_empty()), Some(false));
}

/// A race that is only where loads are buffered: C11 says nothing of the program, and whoever performs
/// one statement after the other sees no race.
#[test]
fn a_race_by_the_rule_alone() {
    let side = |at: usize, from: &str, to: &str, first: &str| {
        format!(
            "P{at} (atomic_int* x, atomic_int* y, int* d) {{\n\
             int r0 = atomic_load_explicit({from}, memory_order_{first});\n\
             atomic_store_explicit({to}, 1, memory_order_relaxed);\n\
             if (r0) {{ *d = {at}; }}\n}}\n"
        )
    };
    let buffered = |first: &str| {
        let threads = side(0, "x", "y", first) + &side(1, "y", "x", first);
        let text = format!("C LB\n{{}}\n{threads}exists (0:r0=1 /\\ 1:r0=1)\n");
        judged(&read(&text).expect("a program"))
    };
    let judged = buffered("relaxed");
    assert!(judged.raced.is_none() && judged.races_by_rule);
    assert_eq!([judged.answer(SC), judged.answer(C11)], [Answer::No, Answer::Undefined]);
    // To acquire what is relaxed orders nothing here either: the axioms have no order for it.
    assert_eq!(buffered("acquire").answer(C11), Answer::Undefined);
}

/// A question of all ends, and one of none.
#[test]
fn quantifiers() {
    let ask = |question: &str| {
        let text = herd(&program("SB"));
        let at = text.find("exists").expect("a question");
        judged(&read(&format!("{}{question}\n", &text[..at])).expect("a program"))
    };
    let answers = |question: &str| [SC, X86, C11].map(|model| ask(question).answer(model));
    let (yes, no) = (Answer::Yes, Answer::No);
    assert_eq!(answers("~exists (0:r0=0 /\\ 1:r0=0)"), [yes, no, no]);
    assert_eq!(answers("forall (0:r0=1 \\/ 1:r0=1)"), [yes, no, no]);
    assert_eq!(answers("forall ([x]=1 /\\ ~(y=2) /\\ 0:r0 != 7)"), [yes, yes, yes]);
    assert_eq!(answers("exists false"), [no, no, no]);
    assert_eq!(answers(""), [yes, yes, yes]);
    let all = ask("");
    assert_eq!(all.rows.len(), 4, "all registers are observed");
}

/// Each end that is shown is shown again: its steps have the lines of the program.
#[test]
fn executions_end_as_they_say() {
    use crate::{Limits, again, judge};
    use std::time::Duration;

    let limits = Limits { time: Duration::from_secs(20), machine: None, executions: true };
    for name in ["SB", "IRIW+ra", "2+2W", "Z6.3+ra"] {
        let judged = judge(&program(name), &limits, true);
        for row in judged.rows.iter().filter(|row| row.graphs[C11] > 0) {
            let shown = row.shown.as_ref().expect("an execution");
            assert!(
                shown.execution.steps.iter().all(|step| step.line > 0 && !step.source.is_empty())
            );
            let again = again(&judged.program, &shown.execution).expect("the same program");
            assert_eq!((again.end.as_ref(), &again.labels), (Some(&row.state), &shown.labels));
            assert_eq!(again.execution.steps, shown.execution.steps);
            assert!(shown.token.as_ref().is_some_and(|token| token.starts_with("litmus/")));
            // Where all words are written once, what SC does not show has an old value in it.
            let old = shown.execution.stale > 0;
            assert!(old != (row.graphs[SC] > 0) || ["2+2W", "Z6.3+ra"].contains(&name), "{name}");
        }
    }
}

/// Real threads show nothing that C11 forbids.
#[test]
fn this_machine_stays_within_the_model() {
    use crate::{Limits, judge};
    use std::time::Duration;

    let machine = Some(Duration::from_millis(30));
    let limits = Limits { time: Duration::from_secs(20), machine, executions: false };
    for name in ["SB", "SB+sc-fences", "MP+ra", "IRIW+sc", "CoRR", "R+swaps", "WRC+adds"] {
        let judged = judge(&program(name), &limits, true);
        let came = judged.rows.iter().map(|row| row.machine.unwrap_or(0)).sum::<u64>();
        assert_eq!(Some(came), judged.runs);
        assert!(came > 0, "{name}");
        for row in judged.rows.iter().filter(|row| row.machine > Some(0)) {
            assert!(
                row.graphs[C11] > 0 || row.by_rule,
                "{name}: {}",
                judged.program.told(&row.state)
            );
        }
    }
}
