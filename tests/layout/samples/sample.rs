// Types in Rust whose layouts are compared with pahole, gdb and the compiler itself.
#![allow(dead_code)]
use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::mem::{align_of, offset_of, size_of};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, AtomicU8};
use std::sync::{Arc, Condvar, Mutex, RwLock};

pub struct Plain { a: u8, b: u64, c: u16 }
#[repr(C)]
pub struct Ordered { a: u8, b: u64, c: u16 }
#[repr(C)]
pub struct SafeMap<K, V> {
    current: AtomicPtr<HashMap<K, V>>,
    epoch: AtomicU64,
    readers: AtomicU64,
    writer: Mutex<()>,
    hits: AtomicU64,
    flag: AtomicBool,
    seed: u32,
}
#[repr(align(128))]
pub struct Padded<T>(T);
pub struct Counters { left: Padded<AtomicU64>, right: Padded<AtomicU64> }
pub struct Nested { plain: Plain, pair: (u8, u32), cells: [UnsafeCell<u32>; 3], nothing: () }
pub struct Locks { lock: Mutex<u64>, shared: RwLock<Vec<u8>>, ready: Condvar, counts: [AtomicU8; 4] }
pub enum Shape { Circle(f64), Rect { width: u32, height: u32 }, Unit }
pub enum Signal { Red = 1, Green = 5 }
pub struct Options { boxed: Option<Box<u64>>, small: Option<bool>, order: Option<std::cmp::Ordering>, big: Option<u64> }
pub struct Job { shape: Shape, result: Option<Box<u64>>, tries: AtomicU64, done: AtomicBool }
pub union Word { whole: u64, bytes: [u8; 8] }
#[repr(C, packed)]
pub struct Packed { kind: u8, value: u64 }
pub mod other {
    pub struct Inner { pub value: u16, pub text: String }
}
pub struct Inner { value: u64, of: other::Inner }

/// Prints `name size align field=offset+size ...`, as the compiler has it.
macro_rules! print_layout {
    ($of:ty { $($field:ident: $size:expr),* }) => {
        print!("{} {} {}", stringify!($of).replace(' ', ""), size_of::<$of>(), align_of::<$of>());
        $( print!(" {}={}+{}", stringify!($field), offset_of!($of, $field), $size); )*
        println!();
    };
}

#[inline(never)]
fn keep<T>(value: T) { std::hint::black_box(&value); }

fn main() {
    print_layout!(Plain { a: 1, b: 8, c: 2 });
    print_layout!(Ordered { a: 1, b: 8, c: 2 });
    print_layout!(SafeMap<u64, String> { current: 8, epoch: 8, readers: 8, writer: size_of::<Mutex<()>>(), hits: 8, flag: 1, seed: 4 });
    print_layout!(Counters { left: 128, right: 128 });
    print_layout!(Nested { plain: 16, pair: 8, cells: 12, nothing: 0 });
    print_layout!(Locks { lock: size_of::<Mutex<u64>>(), shared: size_of::<RwLock<Vec<u8>>>(), ready: size_of::<Condvar>(), counts: 4 });
    print_layout!(Shape {});
    print_layout!(Signal {});
    print_layout!(Options { boxed: 8, small: 1, order: 1, big: 16 });
    print_layout!(Packed { kind: 1, value: 8 });
    print_layout!(Inner { value: 8, of: size_of::<other::Inner>() });
    keep(Plain { a: 1, b: 2, c: 3 });
    keep(Ordered { a: 1, b: 2, c: 3 });
    keep(SafeMap::<u64, String> {
        current: AtomicPtr::default(), epoch: 0.into(), readers: 0.into(), writer: Mutex::new(()),
        hits: 0.into(), flag: false.into(), seed: 7,
    });
    keep(Counters { left: Padded(0.into()), right: Padded(0.into()) });
    keep(Nested { plain: Plain { a: 1, b: 2, c: 3 }, pair: (1, 2), cells: [0, 1, 2].map(UnsafeCell::new), nothing: () });
    keep(Locks { lock: Mutex::new(1), shared: RwLock::new(vec![]), ready: Condvar::new(), counts: Default::default() });
    keep([Shape::Circle(1.0), Shape::Rect { width: 1, height: 2 }, Shape::Unit]);
    keep([Signal::Red, Signal::Green]);
    keep(Options { boxed: None, small: None, order: None, big: Some(1) });
    keep(Job { shape: Shape::Unit, result: None, tries: 0.into(), done: false.into() });
    keep(Word { whole: 1 });
    keep(Packed { kind: 1, value: 2 });
    keep(Arc::new(Inner { value: 1, of: other::Inner { value: 2, text: String::new() } }));
}
