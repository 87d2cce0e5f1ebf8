//! The scan, on many ways to write the same mistake, and on what is none.

use super::known::{self, Look};
use super::{in_text, names};
use crate::fields::Declared;
use crate::report::{Instead, What};

/// What is found in a text: the line, and what it is.
fn found(text: &str) -> Vec<String> {
    let found = in_text("a.rs", text);
    found.iter().map(|unseen| format!("{} {}", unseen.line, unseen.what.name())).collect()
}

#[test]
fn each_way_to_write_it_is_found() {
    let table: &[(&str, &[&str])] = &[
        ("use std::sync::Mutex;", &["1 std::sync::Mutex"]),
        ("use ::std::sync::Mutex;", &["1 std::sync::Mutex"]),
        ("use core::sync::atomic::AtomicU8;", &["1 std::sync::atomic::AtomicU8"]),
        ("use std::sync::Mutex as Arc;", &["1 std::sync::Mutex"]),
        ("use std::sync::Mutex;\nfn f() { Mutex::new(1); }", &["1 std::sync::Mutex"]),
        ("pub(crate) use std::sync::{Arc, RwLock};", &["1 std::sync::RwLock"]),
        (
            "use std::{\n  collections::HashMap,\n  sync::{\n    atomic::{self, AtomicU64, Ordering},\n    Once,\n  },\n};",
            &["4 std::sync::atomic::AtomicU64", "5 std::sync::Once"],
        ),
        ("use std::sync::atomic::*;", &["1 std::sync::atomic::*"]),
        ("use std::sync::{mpsc::*, Arc};", &["1 std::sync::mpsc"]),
        ("use std as s;\nfn f() { s::thread::spawn(|| ()); }", &["2 std::thread::spawn"]),
        ("use std::{self as s};\nuse s::cell::Cell;", &["2 std::cell::Cell"]),
        (
            "extern crate std as s;\nstatic X: s::sync::OnceLock<u8> = y();",
            &["2 std::sync::OnceLock"],
        ),
        (
            "use std::sync as x;\nuse x::atomic as y;\nstruct S(y::AtomicBool);",
            &["3 std::sync::atomic::AtomicBool"],
        ),
        (
            "use y::AtomicBool;\nuse x::atomic as y;\nuse std::sync as x;",
            &["1 std::sync::atomic::AtomicBool"],
        ),
        (
            "use std::sync;\nstruct S {\n  a: sync::Arc<sync::Mutex<u8>>,\n}",
            &["3 std::sync::Mutex"],
        ),
        ("struct S { a: Vec<std::sync::Mutex<u8>> }", &["1 std::sync::Mutex"]),
        ("fn f() { let a = <std::cell::Cell<u8>>::new(1); }", &["1 std::cell::Cell"]),
        (
            "fn f() {\n  let a = Vec::<::std::cell::RefCell<u8>>::new();\n}",
            &["2 std::cell::RefCell"],
        ),
        (
            "fn f() { println!(\"{}\", std::sync::atomic::AtomicU8::new(1)); }",
            &["1 std::sync::atomic::AtomicU8"],
        ),
        ("macro_rules! m { ($t:ty) => { std::sync::Mutex<$t> } }", &["1 std::sync::Mutex"]),
        (
            "fn f() { std::sync::atomic::fence(std::sync::atomic::Ordering::SeqCst) }",
            &["1 std::sync::atomic::fence"],
        ),
        ("fn f() { loop { std::hint::spin_loop() } }", &["1 std::hint::spin_loop"]),
        ("fn f() { std::thread::sleep(std::time::Duration::ZERO) }", &["1 std::thread::sleep"]),
        (
            "use std::thread;\nfn f() { thread::scope(|s| ()); thread::yield_now() }",
            &["2 std::thread::scope", "2 std::thread::yield_now"],
        ),
        (
            "fn f() -> u64 { std::time::Instant::now().elapsed().as_secs() }",
            &["1 std::time::Instant"],
        ),
        ("thread_local!(static A: u8 = 1);", &["1 thread_local!"]),
        ("fn f() { std::thread_local! { static A: u8 = 1 } }", &["1 thread_local!"]),
        ("static mut BOTH: (u32, u32) = (0, 0);", &["1 static mut"]),
        ("fn f() { unsafe { core::arch::asm!(\"nop\") } }", &["1 inline assembly"]),
        ("fn f() { unsafe { std::arch::x86_64::_mm_mfence() } }", &["1 std::arch::x86_64"]),
        (
            "use parking_lot::{Mutex, RwLock as L};",
            &["1 parking_lot::Mutex", "1 parking_lot::RwLock"],
        ),
        ("fn f() { crossbeam_utils::thread::scope(|s| ()); }", &["1 crossbeam_utils::thread"]),
        ("mod helper;", &["1 the file of `mod helper`"]),
        ("include!(\"more.rs\");", &["1 the file of `mod include!`"]),
        ("#[cfg(test)]\nuse std::sync::Mutex;", &["2 std::sync::Mutex"]),
        // A macro may make anything of what it is given.
        ("m! { #[cfg(test)] mod x struct L(::std::sync::Mutex<u8>); }", &["1 std::sync::Mutex"]),
        ("m! { #[cfg(test)] mod x { use std::sync::Mutex; } }", &["1 std::sync::Mutex"]),
        ("#[cfg(test)] const N: u8 = 1; use std::sync::Mutex;", &["1 std::sync::Mutex"]),
        ("#[cfg(not(test))]\nmod a { use std::sync::Mutex; }", &["2 std::sync::Mutex"]),
        ("use r#std::sync::Mutex;", &["1 std::sync::Mutex"]),
        ("fn f<'a>(r: &'a u8) -> std::cell::Ref<'a, u8> { g(r) }", &["1 std::cell::Ref"]),
        (
            "/* std::sync::Mutex\n*/ use std::sync::Condvar; // std::thread",
            &["2 std::sync::Condvar"],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(found(text), *expected, "{text}");
    }
}

#[test]
fn what_is_no_mistake_is_not_found() {
    let table = [
        "use super::rt::sync::{Arc, Mutex, atomic::{AtomicU64, Ordering::*, fence}};",
        "use super::rt::{self, sync, thread};\nstruct S { a: sync::Mutex<u8>, b: rt::cell::UnsafeCell<u8> }",
        "use std::sync::{Arc, Weak, LockResult, PoisonError, TryLockError, TryLockResult};",
        "use std::sync::atomic::{self, Ordering, Ordering::Relaxed};\nuse std::sync::atomic::Ordering::*;",
        "fn f() { let o = std::sync::atomic::Ordering::SeqCst; let a = std::sync::Arc::new(1); }",
        "use std::{collections::HashMap, fmt, mem, ptr, time::Duration, hint::black_box};",
        "fn f() { std::mem::take(&mut x); std::array::from_fn(|_| 0); std::ptr::null_mut() }",
        "fn f() -> std::thread::Result<()> { std::panic::catch_unwind(|| ()) }",
        "// std::sync::Mutex\n/// std::thread::spawn\n/* use std::cell::Cell; */ fn f() {}",
        "fn f() { let s = \"std::sync::Mutex\"; let r = r#\"static mut X\"#; let c = 's'; }",
        "fn f(s: &'static mut u8) -> &'static str { \"\" }",
        "#[cfg(test)]\nmod tests { use std::sync::Mutex; use std::cell::Cell; }",
        "mod a { #[cfg(test)] /** t */ pub(crate) mod tests { use std::sync::Mutex; } }",
        "#[cfg(test)]\nmod tests;",
        "static GREETING: &str = \"hello\";\nconst N: usize = 3;",
        "fn f(cell: u8, thread: u8, sync: u8) -> u8 { cell + thread + sync }",
        "fn f() { self.thread.spawn(); m.std.sync; thread::spawn(|| ()); }\nuse super::rt::thread;",
        "mod inner { use super::super::rt::sync::Mutex; }",
        "use super::rt::thread_local;\nthread_local! { static A: u8 = 1 }",
        "use super::rt::{cell::Cell, thread_local};\nthread_local!(static A: Cell<u8> = Cell::new(1));",
        "this is { no rust",
    ];
    for text in table {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

/// The facade's cells are std's own, and no checker sees them: shared by force they are a race that
/// nobody reports.
#[test]
fn a_cell_for_thread_locals_is_named_elsewhere() {
    let one = "rt::cell::Cell or RefCell outside of a thread_local!";
    for text in [
        "use super::rt::cell::Cell;\nstruct Shared(Cell<u8>);",
        "use super::rt::cell as c;\nstruct Shared(c::RefCell<u8>);",
        "use super::rt::cell::{Cell as C};\nstruct Shared(C<u8>);",
        "use super::rt::cell::*;\nstruct Shared(Cell<u8>);",
        "use super::rt::*;\nstruct Shared(cell::Cell<u8>);",
        "\nstruct Shared(super::rt::cell::Cell<u8>);",
        "use super::rt::{cell::Cell, thread_local};\nstruct S(Cell<u8>); thread_local!(static A: u8 = 1);",
    ] {
        assert_eq!(found(text), [format!("2 {one}")], "{text}");
    }
}

#[test]
fn a_finding_has_its_line_and_what_to_write_instead() {
    let found = in_text("map.rs", "\n    use std::sync::RwLock; // here\n");
    assert_eq!((found[0].file.as_str(), found[0].line), ("map.rs", 2));
    assert_eq!(found[0].source, "use std::sync::RwLock; // here");
    let instead = Instead::Facade("rt::sync::RwLock".to_string());
    assert_eq!(found[0].what, What::Path { path: "std::sync::RwLock".to_string(), instead });
}

/// Whatever is proposed is there.
#[test]
fn the_facade_has_what_is_proposed() {
    const TEXT: &str = include_str!("../rt/face.rs");
    for item in known::facade() {
        let path: Vec<&str> = item.split("::").collect();
        let instead = Instead::Facade(format!("rt::{item}"));
        assert_eq!(known::look(&path), Look::Unseen { path: format!("std::{item}"), instead });
        let name = path[path.len() - 1];
        assert!(word(TEXT, name), "rt::{item} is not there");
    }
}

fn word(text: &str, name: &str) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name)
}

#[test]
fn a_type_is_looked_through_by_its_name() {
    type Std = std::sync::Mutex<Vec<std::cell::RefCell<std::sync::Arc<u8>>>>;
    let holds = |type_name: &'static str| -> Vec<String> {
        let fields = [Declared { owner: "Queue", field: "items", type_name }];
        names::in_fields(&fields).iter().map(|what| what.name()).collect()
    };
    assert_eq!(
        holds(std::any::type_name::<std::collections::HashMap<u64, (u8, Std)>>()),
        ["std::sync::Mutex in Queue.items", "std::cell::RefCell in Queue.items"]
    );
    assert_eq!(
        holds(
            std::any::type_name::<(std::sync::atomic::AtomicU64, std::sync::atomic::AtomicBool)>()
        ),
        [
            "std::sync::atomic::AtomicU64 in Queue.items",
            "std::sync::atomic::AtomicBool in Queue.items"
        ]
    );
    assert_eq!(
        holds(std::any::type_name::<Option<std::sync::OnceLock<std::sync::mpsc::Sender<u8>>>>()),
        ["std::sync::OnceLock in Queue.items", "std::sync::mpsc in Queue.items"]
    );
    // The facade's own, whatever it is made of.
    use crate::rt::{loom, shuttle};
    type Loom = (
        loom::sync::atomic::AtomicU64,
        loom::sync::Mutex<u8>,
        loom::cell::UnsafeCell<Vec<u8>>,
        loom::sync::atomic::AtomicPtr<u8>,
    );
    type Shuttle = (
        shuttle::sync::atomic::AtomicU64,
        shuttle::sync::RwLock<u8>,
        shuttle::sync::Arc<shuttle::sync::Condvar>,
        shuttle::thread::ThreadId,
        shuttle::unaligned::U64,
    );
    assert_eq!(holds(std::any::type_name::<Loom>()), [""; 0]);
    assert_eq!(holds(std::any::type_name::<Shuttle>()), [""; 0]);
}
