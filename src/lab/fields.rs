//! The one declaration an author makes: which fields there are, and who writes and reads them.
//!
//! It feeds the layout registry and the names in every table. A field left out does not compile.

use std::marker::PhantomData;

use crate::layout::{FieldLayout, TypeLayout};

mod bound;
mod inspection;

#[doc(hidden)]
pub use bound::{Field, OfStd, Opaque, Transparent, Unfit};
pub use inspection::{Declared, Inspection};

/// A named word of shared memory at an absolute address.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// As a reader of the source would write it: `buckets[1].tags[3]`.
    pub path: String,
    /// Address of its first byte.
    pub address: usize,
    /// How many bytes it has.
    pub size: usize,
    /// Reads the value at the address, where that is a word. Whoever calls it promises that the
    /// memory is alive, and that nobody writes to it meanwhile.
    pub read: Option<unsafe fn(usize) -> Option<u64>>,
    /// What it points to, if it is a pointer.
    pub pointee: Option<Pointee>,
    /// Notes the lock that lies here, so that its site can be exchanged with another. Whoever calls
    /// it promises what the caller of `read` does.
    pub lock: Option<unsafe fn(usize)>,
}

impl Leaf {
    /// A leaf of which only name and place are known.
    pub fn new(path: &str, address: usize, size: usize) -> Leaf {
        Leaf { path: path.to_string(), address, size, read: None, pointee: None, lock: None }
    }

    /// The value now, if it is a word.
    ///
    /// # Safety
    /// The memory that it describes is alive, and nobody writes to it meanwhile.
    pub(crate) unsafe fn value(&self) -> Option<u64> {
        // Safety: the caller's promise.
        self.read.and_then(|read| unsafe { read(self.address) })
    }
}

/// The type behind a pointer.
#[derive(Clone, Copy, Debug)]
pub struct Pointee {
    /// Its short name.
    pub name: &'static str,
    /// How many bytes it has.
    pub size: usize,
    /// Its words, at an address.
    pub leaves: fn(&str, usize, &mut Vec<Leaf>),
}

/// A type whose words have names. Implemented by [`fields!`](crate::fields!) and for the facade's types.
pub trait Fields {
    /// Adds the words of a value of this type that lies at `address` and is called `path`.
    fn leaves(path: &str, address: usize, out: &mut Vec<Leaf>);

    /// Adds the words on the heap that this value owns.
    fn owned(&self, path: &str, out: &mut Vec<Leaf>) {
        let _ = (path, out);
    }

    /// The layout of this type, if its fields are declared; `None` for a word, and for an array.
    fn layout() -> Option<TypeLayout> {
        None
    }

    /// Adds the layouts of the declared types that this type is made of, itself first.
    fn layouts(out: &mut Vec<TypeLayout>) {
        let _ = out;
    }

    /// Looks through the fields of a checker's copy. What std's own types do then does not compile.
    fn inspect<C>(found: &mut Inspection) {
        let _ = found;
    }
}

/// The last part of a type's name, without its path and parameters.
pub fn short_name<T: ?Sized>() -> &'static str {
    let name = std::any::type_name::<T>();
    let name = &name[..name.find('<').unwrap_or(name.len())];
    name.rsplit("::").next().unwrap_or(name)
}

/// `path.field`, or `field` at the top.
pub(crate) fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_string() } else { format!("{path}.{field}") }
}

/// The words of each field, which has a name, an offset, and words of its own at an address. What
/// does not depend on the type, compiled once.
#[doc(hidden)]
#[allow(clippy::type_complexity)]
pub fn leaves_of(
    path: &str,
    address: usize,
    out: &mut Vec<Leaf>,
    fields: &[(&str, usize, fn(&str, usize, &mut Vec<Leaf>))],
) {
    for (name, offset, leaves) in fields {
        leaves(&join(path, name), address + offset, out);
    }
}

/// The words on the heap that each field owns: as [`leaves_of`].
#[doc(hidden)]
#[allow(clippy::type_complexity)]
pub fn owned_of(path: &str, out: &mut Vec<Leaf>, fields: &[(&str, &dyn Fn(&str, &mut Vec<Leaf>))]) {
    for (name, owned) in fields {
        owned(&join(path, name), out);
    }
}

/// Finds out whether a field's type has names itself: a field of any type may be declared.
#[doc(hidden)]
pub struct Probe<F>(PhantomData<F>);

#[doc(hidden)]
pub fn probe<T, F>(_: impl for<'a> Fn(&'a T) -> &'a F) -> Probe<F> {
    Probe(PhantomData)
}

impl<F> Probe<F> {
    #[doc(hidden)]
    pub fn type_name(&self) -> &'static str {
        std::any::type_name::<F>()
    }
}

#[doc(hidden)]
pub trait Named<F> {
    fn leaves(&self, path: &str, address: usize, out: &mut Vec<Leaf>);
    fn owned(&self, value: &F, path: &str, out: &mut Vec<Leaf>);
    fn layout(&self) -> Option<TypeLayout>;
    fn layouts(&self, out: &mut Vec<TypeLayout>);
}

impl<F: Fields> Named<F> for Probe<F> {
    fn leaves(&self, path: &str, address: usize, out: &mut Vec<Leaf>) {
        F::leaves(path, address, out);
    }
    fn owned(&self, value: &F, path: &str, out: &mut Vec<Leaf>) {
        // What has nothing to drop owns nothing: no code for most fields.
        if std::mem::needs_drop::<F>() {
            value.owned(path, out);
        }
    }
    fn layout(&self) -> Option<TypeLayout> {
        F::layout()
    }
    fn layouts(&self, out: &mut Vec<TypeLayout>) {
        F::layouts(out);
    }
}

impl<F> Named<F> for &Probe<F> {
    fn leaves(&self, path: &str, address: usize, out: &mut Vec<Leaf>) {
        out.push(Leaf::new(path, address, size_of::<F>()));
    }
    fn owned(&self, _: &F, _: &str, _: &mut Vec<Leaf>) {}
    fn layout(&self) -> Option<TypeLayout> {
        None
    }
    fn layouts(&self, _: &mut Vec<TypeLayout>) {}
}

/// Declares the fields of a type: who writes each, and after `->` who only reads it.
///
/// ```
/// # use racelab::rt::native as rt;
/// use rt::sync::atomic::AtomicU64;
///
/// pub struct Header {
///     length: AtomicU64,
///     pointer: AtomicU64,
/// }
/// racelab::fields!(Header { length: writer -> reader, pointer: writer -> reader });
///
/// # use racelab::Fields;
/// let mut layouts = Vec::new();
/// Header::layouts(&mut layouts);
/// assert_eq!(layouts[0].fields[1].writers, ["writer"]);
/// ```
///
/// Several actors are joined by `|`; `nobody` stands for none.
#[macro_export]
macro_rules! fields {
    ($name:ident $(<$($generic:ident),+>)? {
        $($field:ident: $($writer:ident)|+ $(-> $($reader:ident)|+)?),* $(,)?
    }) => {
        impl $(<$($generic),+>)? $crate::Fields for $name $(<$($generic),+>)? {
            fn leaves(path: &str, address: usize, out: &mut Vec<$crate::fields::Leaf>) {
                #[allow(unused_imports)]
                use $crate::fields::Named;
                $crate::fields::leaves_of(path, address, out, &[$((
                    stringify!($field),
                    $crate::memoffset::offset_of!(Self, $field),
                    |path, address, out| {
                        let probe = $crate::fields::probe(|this: &Self| &this.$field);
                        (&probe).leaves(path, address, out);
                    },
                )),*]);
            }

            fn owned(&self, path: &str, out: &mut Vec<$crate::fields::Leaf>) {
                #[allow(unused_imports)]
                use $crate::fields::Named;
                // No `..`: a field that is not declared does not compile.
                let $name { $($field),* } = self;
                $crate::fields::owned_of(path, out, &[$((
                    stringify!($field),
                    &|path, out| {
                        let probe = $crate::fields::probe(|this: &Self| &this.$field);
                        (&probe).owned($field, path, out);
                    },
                )),*]);
            }

            fn layout() -> Option<$crate::layout::TypeLayout> {
                #[allow(unused_imports)]
                use $crate::fields::Named;
                let mut fields = Vec::new();
                $({
                    let probe = $crate::fields::probe(|this: &Self| &this.$field);
                    fields.push($crate::fields::declared(
                        stringify!($field),
                        probe.type_name(),
                        $crate::memoffset::span_of!(Self, $field),
                        [&[$(stringify!($writer)),+], &[$($(stringify!($reader)),+)?]],
                        (&probe).layout(),
                    ));
                })*
                Some($crate::fields::described::<Self>(fields))
            }

            fn layouts(out: &mut Vec<$crate::layout::TypeLayout>) {
                #[allow(unused_imports)]
                use $crate::fields::Named;
                // A type that points to its own kind is looked at once.
                if !$crate::fields::add::<Self>(out) {
                    return;
                }
                $({
                    let probe = $crate::fields::probe(|this: &Self| &this.$field);
                    (&probe).layouts(out);
                })*
            }

            fn inspect<Checker>(found: &mut $crate::fields::Inspection) {
                #[allow(unused_imports)]
                use $crate::fields::{Opaque, Transparent, Unfit};
                #[allow(non_camel_case_types)]
                mod names {
                    $(
                        pub(super) enum $field {}
                        impl $crate::fields::Field for $field {
                            const NAME: &str =
                                concat!(stringify!($name), ".", stringify!($field));
                        }
                    )*
                }
                if !found.begins::<Self>() {
                    return;
                }
                $({
                    let probe = $crate::fields::probe(|this: &Self| &this.$field);
                    found.field::<Self>(stringify!($field), probe.type_name());
                    (&&&probe).inspect::<names::$field>(found);
                })*
            }
        }
    };
}

/// A field as declared; `inner` is the layout of its own type.
#[doc(hidden)]
pub fn declared(
    name: &str,
    type_name: &str,
    span: std::ops::Range<usize>,
    [writers, readers]: [&[&str]; 2],
    inner: Option<TypeLayout>,
) -> FieldLayout {
    let actors = |names: &[&str]| {
        names.iter().filter(|n| **n != "nobody").map(|n| n.replace('_', "-")).collect()
    };
    let field = FieldLayout {
        writers: actors(writers),
        readers: actors(readers),
        ..FieldLayout::new(name, type_name, span)
    };
    let inner = inner.map(|inner| std::sync::Arc::new(inner.within(&field)));
    FieldLayout { inner, ..field }
}

/// The layout of a type with these fields.
#[doc(hidden)]
pub fn described<T>(fields: Vec<FieldLayout>) -> TypeLayout {
    TypeLayout::registered::<T>(&crate::layout::names::short(std::any::type_name::<T>()), fields)
}

/// Adds a type's layout, unless it is there already; whether it was added.
#[doc(hidden)]
pub fn add<T: Fields>(out: &mut Vec<TypeLayout>) -> bool {
    add_called(std::any::type_name::<T>(), T::layout, out)
}

fn add_called(path: &str, layout: fn() -> Option<TypeLayout>, out: &mut Vec<TypeLayout>) -> bool {
    let new = !out.iter().any(|layout| layout.path == path);
    if new {
        out.extend(layout());
    }
    new
}
