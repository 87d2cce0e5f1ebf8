//! Random types in Rust, state machines of `async fn` among them, and where their words really lie.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::Command;

use racelab_layout::TypeLayout;
use racelab_layout::dwarf::list;
use racelab_layout::placement::Placement;

use crate::build::{generated, run};
use crate::dice::Dice;

use super::brute::{Case, Use};

/// Prints where every leaf of a type lies, each value made for it, the leaves in order.
const HEAD: &str = r#"
#![allow(dead_code, unused)]
use std::cell::Cell;
use std::future::Future;
use std::mem::{MaybeUninit, align_of, offset_of, size_of, size_of_val};
use std::pin::Pin;
use std::sync::atomic::*;
use std::sync::{Mutex, RwLock};
use std::task::{Context, Poll, Waker};
pub trait Words { fn make() -> Self; fn all(at: usize); }
macro_rules! leaves { ($($of:ty = $make:expr),*) => { $(impl Words for $of {
    fn make() -> Self { $make }
    fn all(at: usize) { println!("{at} {}", size_of::<Self>()); }
})* } }
leaves!(AtomicU8 = AtomicU8::new(0), AtomicU16 = AtomicU16::new(0), AtomicU32 = AtomicU32::new(0),
    AtomicU64 = AtomicU64::new(0), AtomicBool = AtomicBool::new(false), Mutex<u64> = Mutex::new(0),
    Mutex<()> = Mutex::new(()), RwLock<u32> = RwLock::new(0), u8 = 0, u16 = 0, u32 = 0, u64 = 0);
impl<T: Words> Words for MaybeUninit<T> {
    fn make() -> Self { MaybeUninit::new(T::make()) }
    fn all(at: usize) { T::all(at) }
}
impl Words for Option<Mutex<u64>> {
    fn make() -> Self { Some(Mutex::new(0)) }
    fn all(at: usize) {
        let v = Self::make();
        if let Some(inside) = &v { println!("{} {}", at + far(&v, inside), size_of_val(inside)); }
    }
}
impl<T: Words, const N: usize> Words for [T; N] {
    fn make() -> Self { std::array::from_fn(|_| T::make()) }
    fn all(at: usize) { for number in 0..N { T::all(at + number * size_of::<T>()) } }
}
#[repr(align(64))] pub struct Padded<T>(T);
impl<T: Words> Words for Padded<T> {
    fn make() -> Self { Padded(T::make()) }
    fn all(at: usize) { T::all(at + offset_of!(Padded<T>, 0)) }
}
fn far<A, B>(from: &A, to: &B) -> usize { to as *const B as usize - from as *const A as usize }
#[inline(never)] fn show<T: Words>() {
    println!("{} {}", size_of::<T>(), align_of::<T>());
    T::all(0);
    std::hint::black_box(T::make());
}
thread_local!(static BASE: Cell<usize> = const { Cell::new(0) });
fn mark<T>(value: &T) { println!("{} {}", value as *const T as usize - BASE.get(), size_of::<T>()); }
struct Step(bool);
impl Future for Step {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}
fn step() -> Step { Step(false) }
fn follow<F: Future<Output = ()>>(future: F) {
    println!("{} {}", size_of::<F>(), align_of::<F>());
    let mut future = Box::pin(future);
    BASE.set(&*future as *const F as usize);
    let mut context = Context::from_waker(Waker::noop());
    while future.as_mut().poll(&mut context).is_pending() {}
}
"#;

const WORDS: [&str; 8] = [
    "AtomicU8",
    "AtomicU16",
    "AtomicU32",
    "AtomicU64",
    "AtomicBool",
    "Mutex<u64>",
    "Mutex<()>",
    "RwLock<u32>",
];
const PLAIN: [&str; 4] = ["u8", "u16", "u32", "u64"];

enum Type {
    Leaf(&'static str, bool),
    /// `MaybeUninit` or a padded one: the name of the wrapper.
    Wrapped(&'static str, Box<Type>),
    OptionMutex,
    Array(Box<Type>, usize),
    Struct(String, Vec<Type>),
    Enum(String, Vec<Vec<Type>>),
}

impl Type {
    fn name(&self) -> String {
        match self {
            Type::Leaf(name, _) => (*name).to_owned(),
            Type::Wrapped(wrapper, of) => format!("{wrapper}<{}>", of.name()),
            Type::OptionMutex => "Option<Mutex<u64>>".to_owned(),
            Type::Array(of, length) => format!("[{}; {length}]", of.name()),
            Type::Struct(name, _) | Type::Enum(name, _) => name.clone(),
        }
    }
}

struct Maker<'d> {
    dice: &'d mut Dice,
    source: String,
    constructs: BTreeSet<&'static str>,
    types: usize,
}

impl Maker<'_> {
    fn leaf(&mut self) -> Type {
        if self.dice.percent(65) {
            let word = self.dice.one(&WORDS);
            if word.contains('<') {
                self.constructs.insert("lock");
            }
            return Type::Leaf(word, true);
        }
        Type::Leaf(self.dice.one(&PLAIN), false)
    }

    fn any(&mut self, depth: usize) -> Type {
        let of = match self.dice.below(100) {
            0..16 => {
                self.constructs.insert("MaybeUninit");
                Type::Wrapped("MaybeUninit", Box::new(self.leaf()))
            }
            16..28 => {
                self.constructs.insert("Option<Mutex>");
                Type::OptionMutex
            }
            28..31 => Type::Wrapped("Padded", Box::new(self.leaf())),
            31..48 if depth < 2 => {
                self.constructs.insert("enum");
                self.enumeration(depth + 1)
            }
            48..60 if depth < 2 => self.structure(depth + 1),
            _ => self.leaf(),
        };
        if !self.dice.percent(25) {
            return of;
        }
        self.constructs.insert("array");
        let length = match self.dice.below(8) {
            0 => {
                self.constructs.insert("one element");
                1
            }
            1 => 10 + self.dice.below(30),
            _ => 2 + self.dice.below(7),
        };
        Type::Array(Box::new(of), length)
    }

    fn fresh(&mut self, letter: char) -> String {
        self.types += 1;
        format!("{letter}{}", self.types)
    }

    fn structure(&mut self, depth: usize) -> Type {
        let fields: Vec<Type> = (0..1 + self.dice.below(4)).map(|_| self.any(depth)).collect();
        let name = self.fresh('S');
        self.define(&name, &fields);
        Type::Struct(name, fields)
    }

    fn define(&mut self, name: &str, fields: &[Type]) {
        let with = |text: &dyn Fn(usize, &Type) -> String| {
            fields.iter().enumerate().map(|(n, of)| text(n, of)).collect::<String>()
        };
        let declared = with(&|n, of| format!("f{n}: {}, ", of.name()));
        let made = with(&|n, _| format!("f{n}: Words::make(), "));
        let shown = with(&|n, of| format!("<{}>::all(at + offset_of!({name}, f{n})); ", of.name()));
        let order = if self.dice.percent(50) { "#[repr(C)] " } else { "" };
        write!(
            self.source,
            "{order}pub struct {name} {{ {declared} }}\nimpl Words for {name} {{\n\
             fn make() -> Self {{ {name} {{ {made} }} }}\nfn all(at: usize) {{ {shown} }} }}\n"
        )
        .expect("a string");
    }

    fn enumeration(&mut self, depth: usize) -> Type {
        let mut variants = Vec::new();
        for _ in 0..1 + self.dice.below(3) {
            variants.push((0..1 + self.dice.below(3)).map(|_| self.any(depth)).collect::<Vec<_>>());
        }
        let name = self.fresh('E');
        let (mut declared, mut shown) = (String::new(), String::new());
        for (number, fields) in variants.iter().enumerate() {
            let with = |text: &dyn Fn(usize, &Type) -> String| {
                fields.iter().enumerate().map(|(n, of)| text(n, of)).collect::<String>()
            };
            let types = with(&|n, of| format!("f{n}: {}, ", of.name()));
            let made = with(&|n, _| format!("f{n}: Words::make(), "));
            let names = with(&|n, _| format!("f{n}, "));
            let all = with(&|n, of| format!("<{}>::all(at + far(&v, f{n})); ", of.name()));
            write!(declared, "V{number} {{ {types} }}, ").expect("a string");
            writeln!(shown, "let v = {name}::V{number} {{ {made} }}; if let {name}::V{number} {{ {names} }} = &v {{ {all} }}").expect("a string");
        }
        write!(
            self.source,
            "pub enum {name} {{ {declared}Empty }}\nimpl Words for {name} {{\n\
             fn make() -> Self {{ {name}::Empty }}\nfn all(at: usize) {{ {shown} }} }}\n"
        )
        .expect("a string");
        Type::Enum(name, variants)
    }

    /// The body of an `async fn`: words in scopes, with places to wait; of each word where it is
    /// kept.
    fn body(
        &mut self,
        depth: usize,
        state: &mut usize,
        kept: &mut Vec<Vec<usize>>,
        out: &mut String,
    ) {
        let mut mine = Vec::new();
        for _ in 0..1 + self.dice.below(3) {
            match self.dice.below(if depth < 2 { 5 } else { 4 }) {
                0..3 => {
                    let of = self.dice.one(&WORDS);
                    write!(out, "let w{0} = <{of} as Words>::make(); mark(&w{0}); ", kept.len())
                        .expect("a string");
                    mine.push(kept.len());
                    kept.push(Vec::new());
                }
                3 => self.wait(state, &mine, kept, out),
                _ => {
                    out.push_str("{ ");
                    let (from, first) = (kept.len(), *state);
                    self.body(depth + 1, state, kept, out);
                    // What was there before is kept in the states of the inner scope, too.
                    let _ = from;
                    mine.iter().for_each(|&word| kept[word].extend(first..*state));
                    out.push_str("} ");
                }
            }
        }
        self.wait(state, &mine, kept, out);
    }

    fn wait(&self, state: &mut usize, mine: &[usize], kept: &mut [Vec<usize>], out: &mut String) {
        out.push_str("step().await; ");
        mine.iter().for_each(|&word| kept[word].push(*state));
        *state += 1;
    }
}

/// Random cases and what racelab reads of them in the compiled program.
pub(super) fn cases(seed: u64, count: usize) -> Result<(Vec<Case>, Vec<TypeLayout>), String> {
    let mut dice = Dice(seed);
    let (source, constructs) = (HEAD.to_owned(), BTreeSet::new());
    let mut maker = Maker { dice: &mut dice, source, constructs, types: 0 };
    let mut made = Vec::new();
    let mut main = String::new();
    for number in 0..count {
        maker.constructs.clear();
        let name = format!("T{number}");
        let from = maker.source.len();
        if maker.dice.percent(18) {
            let (mut state, mut kept, mut body) = (0, Vec::new(), String::new());
            maker.body(0, &mut state, &mut kept, &mut body);
            writeln!(maker.source, "async fn a{number}() {{ {body} }}").expect("a string");
            writeln!(main, "follow(a{number}());").expect("a string");
            maker.constructs.insert("async");
            let name = format!("random::a{number}::{{async_fn_env#0}}");
            made.push((name, body, maker.constructs.clone(), Err(kept)));
            continue;
        }
        let fields: Vec<Type> = (0..1 + maker.dice.below(4)).map(|_| maker.any(0)).collect();
        maker.define(&name, &fields);
        writeln!(main, "show::<{name}>();").expect("a string");
        let source = maker.source[from..].to_owned();
        made.push((format!("random::{name}"), source, maker.constructs.clone(), Ok(fields)));
    }
    let source = format!("{}fn main() {{\n{main}}}\n", maker.source);
    let flags = ["-Cdebuginfo=2", "--edition=2024"];
    let binary = generated("random-rs", "rustc", "random.rs", &source, &flags)?;
    let printed = run(&mut Command::new(&binary))?;
    let mut numbers =
        printed.split_whitespace().map(|word| word.parse::<usize>().expect("a number"));
    let mut cases = Vec::new();
    for (name, source, constructs, of) in made {
        let mut next = || numbers.next().expect("as many numbers as were asked for");
        let (size, align) = (next(), next());
        let (declared, uses, array, placement) = (Vec::new(), Vec::new(), 1, Placement::Aligned);
        let mut case =
            Case { name, source, size, align, declared, uses, array, placement, constructs };
        case.is_put(&mut dice);
        match of {
            Err(kept) => {
                for states in kept {
                    let (at, size) = (next(), next());
                    case.uses.push(word(at..at + size, true, vec![(0, states)]));
                }
            }
            Ok(fields) => {
                let ask = dice.percent(50);
                let mut walk = Walk { case: &mut case, next: &mut next, enums: 0 };
                for (number, of) in fields.iter().enumerate() {
                    let first = walk.case.uses.len();
                    walk.leaves(of, &[]);
                    if ask && dice.percent(50) {
                        declare(walk.case, &format!("f{number}"), of, first, &mut dice);
                    }
                }
                // Of plain data only what somebody is declared to write counts.
                case.uses.retain(|one| one.synchronised || !one.writers.is_empty());
            }
        }
        cases.push(case);
    }
    let types = list(&binary).map_err(|refusal| refusal.to_string())?;
    Ok((cases, types))
}

fn word(bytes: std::ops::Range<usize>, synchronised: bool, alive: Vec<(usize, Vec<usize>)>) -> Use {
    let (writers, of_several, location) = (BTreeSet::new(), false, None);
    Use { bytes, writers, synchronised, alive, of_several, element: String::new(), location }
}

struct Walk<'c, 'n> {
    case: &'c mut Case,
    next: &'n mut dyn FnMut() -> usize,
    enums: usize,
}

impl Walk<'_, '_> {
    fn leaves(&mut self, of: &Type, alive: &[(usize, Vec<usize>)]) {
        match of {
            Type::Leaf(_, synchronised) => {
                let (at, size) = ((self.next)(), (self.next)());
                self.case.uses.push(word(at..at + size, *synchronised, alive.to_vec()));
            }
            Type::OptionMutex => self.leaves(&Type::Leaf("", true), alive),
            Type::Wrapped(_, of) => self.leaves(of, alive),
            Type::Array(of, length) => (0..*length).for_each(|_| self.leaves(of, alive)),
            Type::Struct(_, fields) => fields.iter().for_each(|field| self.leaves(field, alive)),
            Type::Enum(_, variants) => {
                self.enums += 1;
                let of = self.enums;
                for (number, fields) in variants.iter().enumerate() {
                    let inside = [alive, &[(of, vec![number])]].concat();
                    fields.iter().for_each(|field| self.leaves(field, &inside));
                }
            }
        }
    }
}

/// Declares who writes the field `name`, whose words start with the use of number `first`.
fn declare(case: &mut Case, name: &str, of: &Type, first: usize, dice: &mut Dice) {
    let plain = |of: &Type| match of {
        Type::Leaf(..) => true,
        Type::Wrapped(_, of) => matches!(**of, Type::Leaf(..)),
        _ => false,
    };
    let writer = format!("t{}", dice.below(3));
    let words = &mut case.uses[first..];
    let several = words.len() > 1;
    match of {
        Type::Array(of, length) if plain(of) => match dice.below(4) {
            0 => {
                case.declared.push((format!("{name}[i]"), "thread i".to_owned()));
                for (number, one) in words.iter_mut().enumerate() {
                    one.writers.insert(format!("thread {number}"));
                }
                case.constructs.insert("every thread its own");
            }
            1 => {
                for writer in ["a", "b"] {
                    case.declared.push((name.to_owned(), writer.to_owned()));
                    words.iter_mut().enumerate().for_each(|(number, one)| {
                        one.of_several = several;
                        one.element = format!("{name}[{number}]");
                        one.writers.insert(writer.to_owned());
                    });
                }
                case.constructs.insert("several writers");
            }
            2 => {
                let index = dice.below(*length);
                case.declared.push((format!("{name}[{index}]"), writer.clone()));
                words[index].writers.insert(writer);
                case.constructs.insert("one element's writer");
            }
            _ => {
                case.declared.push((name.to_owned(), writer.clone()));
                words.iter_mut().for_each(|one| _ = one.writers.insert(writer.clone()));
            }
        },
        of if plain(of) => {
            case.declared.push((name.to_owned(), writer.clone()));
            words.iter_mut().for_each(|one| _ = one.writers.insert(writer.clone()));
        }
        _ => return,
    }
    case.constructs.insert("writer");
}
