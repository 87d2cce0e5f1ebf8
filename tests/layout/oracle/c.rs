//! Random types in C and C++, and where their words really lie.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::Command;

use racelab_layout::TypeLayout;
use racelab_layout::dwarf::list;
use racelab_layout::placement::Placement;

use crate::build::{generated, run};
use crate::dice::Dice;

use super::brute::{Case, Use};

/// A language: its compiler, what comes before the types, and how it writes what matters.
pub(super) struct Language {
    compiler: &'static str,
    file: &'static str,
    head: &'static str,
    atomics: &'static [&'static str],
    locks: &'static [&'static str],
}

pub(super) const C: Language = Language {
    compiler: "gcc",
    file: "random.c",
    head: "#include <stdatomic.h>\n#include <pthread.h>\n#include <semaphore.h>\n\
        struct mutex { _Atomic long owner; atomic_int wait_lock; int osq; void *wait[2]; };\n\
        struct rw_semaphore { _Atomic long count, owner; int osq; int wait_lock; void *wait[2]; };\n\
        typedef struct spinlock { atomic_int val; } spinlock_t;\n",
    atomics: &["atomic_int", "atomic_long", "atomic_char", "atomic_short", "_Atomic struct pair"],
    locks: &["pthread_mutex_t", "struct mutex", "struct rw_semaphore", "spinlock_t", "sem_t"],
};

pub(super) const CPP: Language = Language {
    compiler: "g++",
    file: "random.cpp",
    head: "#include <atomic>\n#include <mutex>\n#include <shared_mutex>\n#include <pthread.h>\n",
    atomics: &["std::atomic<int>", "std::atomic<long>", "std::atomic<char>", "std::atomic<bool>"],
    locks: &["std::mutex", "std::recursive_mutex", "std::shared_mutex", "pthread_spinlock_t"],
};

const PLAIN: [&str; 5] = ["char", "short", "int", "long", "double"];

/// With more, brute force takes too long.
const MOST_WORDS: usize = 600;

/// A member of a type to come.
struct Member {
    name: String,
    dims: Vec<usize>,
    kind: Kind,
}

enum Kind {
    Word(&'static str),
    Plain(&'static str),
    /// Its width, and whether a bit-field of width 0 stands before it.
    Bits(usize, bool),
    Struct(Vec<Member>),
    Union(Vec<Member>),
}

struct Maker<'d> {
    dice: &'d mut Dice,
    language: &'static Language,
    constructs: BTreeSet<&'static str>,
    names: usize,
}

impl Maker<'_> {
    fn members(&mut self, depth: usize, union: bool) -> Vec<Member> {
        let count = self.dice.below(4) + if depth == 0 { 2 } else { 1 };
        let mut members = Vec::new();
        for _ in 0..count {
            self.names += 1;
            let name = format!("f{}", self.names);
            let roll = self.dice.below(100);
            let (kind, array) = match roll {
                0..30 => (Kind::Word(self.dice.one(self.language.atomics)), 30),
                30..36 => {
                    self.constructs.insert("lock");
                    (Kind::Word(self.dice.one(self.language.locks)), 15)
                }
                36..58 => (Kind::Plain(self.dice.one(&PLAIN)), 35),
                58..70 if !union => {
                    self.constructs.insert("bit-field");
                    self.bits(&mut members);
                    continue;
                }
                _ if depth >= 2 => (Kind::Plain(self.dice.one(&PLAIN)), 20),
                70..82 => {
                    self.constructs.insert("union");
                    (Kind::Union(self.members(depth + 1, true)), 25)
                }
                _ => (Kind::Struct(self.members(depth + 1, false)), 50),
            };
            let mut dims = Vec::new();
            if self.dice.percent(array) {
                let nested = matches!(kind, Kind::Struct(_) | Kind::Union(_));
                dims.push(self.length(nested));
                if self.dice.percent(15) {
                    self.constructs.insert("two dimensions");
                    dims.push(self.dice.below(4) + 1);
                }
                self.constructs.insert("array");
            }
            members.push(Member { name, dims, kind });
        }
        members
    }

    fn length(&mut self, nested: bool) -> usize {
        match self.dice.below(10) {
            0..2 => {
                self.constructs.insert("one element");
                1
            }
            2 if !nested => {
                self.constructs.insert("long array");
                100 + self.dice.below(400)
            }
            3 => 20 + self.dice.below(20),
            _ => 2 + self.dice.below(9),
        }
    }

    fn bits(&mut self, members: &mut Vec<Member>) {
        for number in 0..2 + self.dice.below(3) {
            self.names += 1;
            let apart = number > 0 && self.dice.percent(25);
            let kind = Kind::Bits(1 + self.dice.below(20), apart);
            members.push(Member { name: format!("b{}", self.names), dims: vec![], kind });
        }
    }
}

/// A leaf of the type: its path with `[0]` for each index, the lengths of its arrays, and for each
/// the path of what the index is applied to.
struct Leaf {
    path: String,
    dims: Vec<usize>,
    elements: Vec<String>,
    word: bool,
    bits: bool,
    location: Option<usize>,
    /// Its width, and whether a bit-field of width 0 stands before it.
    width: (usize, bool),
    /// Of each union around it: its path template, the number of dimensions before it, the arm.
    arms: Vec<(String, usize, usize)>,
}

struct Leaves {
    found: Vec<Leaf>,
    locations: usize,
}

impl Leaves {
    fn of(&mut self, members: &[Member], around: &Leaf, union: Option<&str>) {
        let mut in_bits = false;
        for (arm, member) in members.iter().enumerate() {
            let dot = if around.path.is_empty() { "" } else { "." };
            let mut path = format!("{}{dot}{}", around.path, member.name);
            let (mut dims, mut elements) = (around.dims.clone(), around.elements.clone());
            let mut arms = around.arms.clone();
            if let Some(of) = union {
                arms.push((of.to_owned(), around.dims.len(), arm));
            }
            for &length in &member.dims {
                path.push_str("[0]");
                dims.push(length);
                elements.push(path.clone());
            }
            let mut leaf = Leaf { path, dims, elements, arms, ..Leaf::root() };
            match &member.kind {
                Kind::Struct(inside) => self.of(inside, &leaf, None),
                Kind::Union(inside) => {
                    let of = leaf.path.clone();
                    self.of(inside, &leaf, Some(&of));
                }
                Kind::Bits(width, apart) => {
                    leaf.width = (*width, *apart && in_bits);
                    self.locations += usize::from(!in_bits || *apart);
                    (leaf.bits, leaf.location) = (true, Some(self.locations));
                    self.found.push(leaf);
                }
                kind => {
                    leaf.word = matches!(kind, Kind::Word(_));
                    self.found.push(leaf);
                }
            }
            in_bits = matches!(member.kind, Kind::Bits(..));
        }
    }
}

impl Leaf {
    fn root() -> Leaf {
        let (path, dims, elements, arms) = (String::new(), vec![], vec![], vec![]);
        Leaf {
            path,
            dims,
            elements,
            word: false,
            bits: false,
            location: None,
            width: (0, false),
            arms,
        }
    }
}

fn declare(members: &[Member], out: &mut String) {
    for member in members {
        match &member.kind {
            Kind::Word(of) | Kind::Plain(of) => write!(out, "{of} {}", member.name),
            Kind::Bits(width, apart) => {
                let before = if *apart { "unsigned : 0; " } else { "" };
                write!(out, "{before}unsigned {} : {width}", member.name)
            }
            Kind::Struct(inside) | Kind::Union(inside) => {
                let union = matches!(member.kind, Kind::Union(_));
                out.push_str(if union { "union { " } else { "struct { " });
                declare(inside, out);
                write!(out, "}} {}", member.name)
            }
        }
        .expect("a string takes it");
        member.dims.iter().for_each(|length| write!(out, "[{length}]").expect("a string"));
        out.push_str("; ");
    }
}

/// What a leaf's numbers turned out to be.
struct Placed {
    offset: usize,
    size: usize,
    strides: Vec<usize>,
}

/// Random cases and what racelab reads of them in the compiled program.
pub(super) fn cases(
    seed: u64,
    language: Language,
    count: usize,
) -> Result<(Vec<Case>, Vec<TypeLayout>), String> {
    let language: &'static Language = Box::leak(Box::new(language));
    let mut dice = Dice(seed);
    let mut source = format!(
        "#include <stddef.h>\n#include <stdio.h>\n#include <string.h>\n\
         struct pair {{ char c; int i; }};\n{}\
         static unsigned char room[1 << 20] __attribute__((aligned(64)));\n\
         static void bits(const unsigned char *at, size_t size) {{\n\
         size_t first = size * 8, last = 0;\n\
         for (size_t bit = 0; bit < size * 8; bit++)\n\
         if (at[bit / 8] >> bit % 8 & 1) {{ if (bit < first) first = bit; last = bit; }}\n\
         printf(\"%zu %zu\\n\", first, last + 1); }}\n",
        language.head
    );
    let mut made = Vec::new();
    while made.len() < count {
        let number = made.len();
        let constructs = BTreeSet::new();
        let mut maker = Maker { dice: &mut dice, language, constructs, names: 0 };
        let members = maker.members(0, false);
        let constructs = maker.constructs;
        let mut leaves = Leaves { found: Vec::new(), locations: 0 };
        leaves.of(&members, &Leaf::root(), None);
        let words = |leaf: &Leaf| leaf.dims.iter().product::<usize>();
        if leaves.found.iter().map(words).sum::<usize>() > MOST_WORDS {
            continue;
        }
        let mut body = String::new();
        declare(&members, &mut body);
        let of = format!("T{number}");
        write!(source, "struct {of} {{ {body}}};\nstatic void f{number}(void) {{ struct {of} *p = (struct {of} *)room;\n\
            printf(\"%zu %zu\\n\", sizeof *p, _Alignof(struct {of}));\n").expect("a string");
        for leaf in &leaves.found {
            let path = &leaf.path;
            if leaf.bits {
                writeln!(source, "memset(room, 0, sizeof *p); p->{path} = -1; bits(room, sizeof *p);")
            } else {
                writeln!(source, "printf(\"%zu %zu\\n\", (size_t)((char *)&p->{path} - (char *)p), sizeof p->{path});")
            }
            .expect("a string");
            for element in &leaf.elements {
                writeln!(source, "printf(\"%zu\\n\", sizeof p->{element});").expect("a string");
            }
        }
        source.push_str("}\n");
        made.push((of, body, constructs, leaves.found));
    }
    source.push_str("int main(void) {\n");
    (0..count).for_each(|number| writeln!(source, "f{number}();").expect("a string"));
    source.push_str("return 0; }\n");
    let alignof = if language.file.ends_with("cpp") { "-D_Alignof=alignof" } else { "-std=gnu11" };
    let name = language.file.replace('.', "-");
    let binary =
        generated(&name, language.compiler, language.file, &source, &["-g", "-w", alignof])?;
    let printed = run(&mut Command::new(&binary))?;
    let mut numbers =
        printed.split_whitespace().map(|word| word.parse::<usize>().expect("a number"));
    let mut next = || numbers.next().expect("as many numbers as were asked for");
    let mut cases = Vec::new();
    for (name, source, constructs, leaves) in made {
        let (size, align) = (next(), next());
        let mut placed: Vec<Placed> = Vec::new();
        let mut leaves = leaves;
        let mut last = (0, 0);
        let mut same = std::collections::HashMap::new();
        for leaf in &mut leaves {
            let (first, second) = (next(), next());
            // Where the next bit-field starts a word anyway, one of width 0 before it leaves no trace
            // in the binary: nobody can tell, and the two are taken for one location.
            let fits = last.1 % 32 + leaf.width.0 <= 32;
            let anyway = if fits { last.1 } else { usize::next_multiple_of(last.1, 32) };
            if let Some(location) = leaf.location {
                if leaf.width.1 && anyway == first {
                    same.insert(location, last.0);
                }
                last.0 = *same.get(&location).unwrap_or(&location);
                leaf.location = Some(last.0);
            }
            last.1 = second;
            let (offset, size) = match leaf.bits {
                true => (first / 8, second.div_ceil(8) - first / 8),
                false => (first, second),
            };
            let strides = leaf.elements.iter().map(|_| next()).collect();
            placed.push(Placed { offset, size, strides });
        }
        let (declared, uses) = (Vec::new(), Vec::new());
        let (array, placement) = (1, Placement::Aligned);
        let case = Case { name, source, size, align, declared, uses, array, placement, constructs };
        cases.push(asked(case, &leaves, &placed, &mut dice));
    }
    let types = list(&binary).map_err(|refusal| refusal.to_string())?;
    Ok((cases, types))
}

/// Decides what is asked about the type, and who then uses which word.
fn asked(mut case: Case, leaves: &[Leaf], placed: &[Placed], dice: &mut Dice) -> Case {
    case.is_put(dice);
    let ask = dice.percent(55);
    let mut unions = Vec::new();
    for (leaf, place) in leaves.iter().zip(placed) {
        let mut writers: Vec<String> = Vec::new();
        let mut path = leaf.path.replace("[0]", "");
        let mut own = false;
        let mut only = None;
        if ask && dice.percent(if leaf.bits { 70 } else { 40 }) {
            let name = format!("t{}", dice.below(3));
            let dims = leaf.dims.len();
            match dice.below(4) {
                0 if dims == 1 => {
                    path = leaf.path.replace("[0]", "[i]");
                    writers.push("thread i".to_owned());
                    own = true;
                    case.constructs.insert("every thread its own");
                }
                1 if dims == 1 => {
                    writers.extend(["a".to_owned(), "b".to_owned()]);
                    if leaf.dims[0] > 1 {
                        case.constructs.insert("several writers");
                    }
                }
                2 if dims == 1 => {
                    let index = dice.below(leaf.dims[0]);
                    path = leaf.path.replace("[0]", &format!("[{index}]"));
                    writers.push(name);
                    only = Some(index);
                    case.constructs.insert("one element's writer");
                }
                _ => writers.push(name),
            }
            case.constructs.insert("writer");
            if leaf.bits {
                case.constructs.insert("bit-field's writer");
            }
            case.declared.extend(writers.iter().map(|writer| (path.clone(), writer.clone())));
        }
        let total: usize = leaf.dims.iter().product();
        for number in 0..total {
            let mut indices = Vec::new();
            let mut left = number;
            for length in leaf.dims.iter().rev() {
                indices.insert(0, left % length);
                left /= length;
            }
            let shift: usize = indices.iter().zip(&place.strides).map(|(i, s)| i * s).sum();
            let mine = only.is_none_or(|only| indices == [only]);
            let name =
                |writer: &String| if own { format!("thread {number}") } else { writer.clone() };
            let writers: BTreeSet<String> =
                if mine { writers.iter().map(name).collect() } else { BTreeSet::new() };
            if writers.is_empty() && !leaf.word {
                continue;
            }
            let alive = leaf.arms.iter().map(|(of, dims, arm)| {
                let key = (of.clone(), indices[..*dims].to_vec());
                let known = unions.iter().position(|one| *one == key).unwrap_or_else(|| {
                    unions.push(key);
                    unions.len() - 1
                });
                (known, vec![*arm])
            });
            let from = place.offset + shift;
            let last = leaf.dims.iter().rposition(|&length| length > 1);
            let element = last.map_or(String::new(), |last| {
                let mut parts = leaf.elements[last].split("[0]");
                let mut path = parts.next().unwrap_or_default().to_owned();
                parts.zip(&indices).for_each(|(part, i)| path += &format!("[{i}]{part}"));
                path
            });
            case.uses.push(Use {
                bytes: from..from + place.size,
                of_several: writers.len() > 1 && total > 1,
                element,
                writers,
                synchronised: leaf.word,
                alive: alive.collect(),
                // Bit-fields of different elements are different locations.
                location: leaf.location.map(|location| location * 100_000 + number),
            });
        }
    }
    case
}
