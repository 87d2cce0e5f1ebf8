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
    /// What it is where it is of no type of the facade's: what is shared so must not change.
    pub plain: Option<Plain>,
}

/// A word of no type of the facade's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plain {
    /// A number, or what is as plain.
    Short,
    /// A number as long as an address.
    Long,
    /// Of a type whose fields are not declared: anything may lie in it.
    Opaque,
}

impl Leaf {
    /// A leaf of which only name and place are known.
    pub fn new(path: &str, address: usize, size: usize) -> Leaf {
        let path = path.to_string();
        Leaf { path, address, size, read: None, pointee: None, lock: None, plain: None }
    }

    /// A leaf of which only name and place are known, and that it is plain.
    pub(crate) fn plain(path: &str, place: [usize; 2], plain: Plain) -> Leaf {
        let [address, size] = place;
        Leaf { plain: Some(plain), ..Leaf::new(path, address, size) }
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

    /// Shows the declared fields, from which `fields!` answers what is asked of layouts.
    #[doc(hidden)]
    fn table(see: &mut dyn FnMut(&[Row])) {
        let _ = see;
    }
}

/// The last part of a type's name, without its path and parameters.
pub fn short_name<T: ?Sized>() -> &'static str {
    short(std::any::type_name::<T>())
}

fn short(name: &'static str) -> &'static str {
    let name = &name[..name.find('<').unwrap_or(name.len())];
    name.rsplit("::").next().unwrap_or(name)
}

/// `path.field`, or `field` at the top.
pub(crate) fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_string() } else { format!("{path}.{field}") }
}

/// A declared field, as data: every type has a few, and what is done with them is compiled once.
#[doc(hidden)]
pub struct Row {
    pub name: &'static str,
    pub type_name: &'static str,
    pub offset: usize,
    pub writers: &'static [&'static str],
    pub readers: &'static [&'static str],
    pub shape: &'static Shape,
}

/// What a field's type says of its bytes.
#[doc(hidden)]
pub struct Shape {
    size: usize,
    layout: fn() -> Option<TypeLayout>,
    layouts: fn(&mut Vec<TypeLayout>),
}

/// Shows the rows of a type.
#[doc(hidden)]
pub type Table = fn(&mut dyn FnMut(&[Row]));

/// Where the words of a value are looked for: what it is called, where it lies, where they are
/// added.
#[doc(hidden)]
pub struct Words<'a> {
    pub path: &'a str,
    pub address: usize,
    pub out: &'a mut Vec<Leaf>,
}

impl Words<'_> {
    /// The words of the field of this name and offset.
    fn field(&mut self, name: &str, offset: usize, leaves: fn(&str, usize, &mut Vec<Leaf>)) {
        leaves(&join(self.path, name), self.address + offset, self.out);
    }

    /// A field of a type that declares nothing.
    fn opaque(&mut self, name: &str, place: [usize; 2]) {
        let [offset, size] = place;
        let path = join(self.path, name);
        self.out.push(Leaf::plain(&path, [self.address + offset, size], Plain::Opaque));
    }

    /// What `owned` adds is what the field of this name owns on the heap.
    fn owned(&mut self, name: &str, owned: &dyn Fn(&str, &mut Vec<Leaf>)) {
        owned(&join(self.path, name), self.out);
    }
}

/// Finds out whether a field's type has names itself: a field of any type may be declared. All of
/// it is inlined: there are thousands of fields.
#[doc(hidden)]
pub struct Probe<F>(PhantomData<F>);

#[doc(hidden)]
#[inline(always)]
pub fn probe<T, F>(_: impl for<'a> Fn(&'a T) -> &'a F) -> Probe<F> {
    Probe(PhantomData)
}

impl<F> Probe<F> {
    #[doc(hidden)]
    #[inline(always)]
    pub fn type_name(&self) -> &'static str {
        std::any::type_name::<F>()
    }
}

#[doc(hidden)]
pub trait Named<F> {
    fn shape(&self) -> &'static Shape;
    fn leaves(&self, name: &str, offset: usize, words: &mut Words<'_>);
    fn owned(&self, name: &str, value: &F, words: &mut Words<'_>);
}

impl<F: Fields> Named<F> for Probe<F> {
    #[inline(always)]
    fn shape(&self) -> &'static Shape {
        &const { Shape { size: size_of::<F>(), layout: F::layout, layouts: F::layouts } }
    }
    #[inline(always)]
    fn leaves(&self, name: &str, offset: usize, words: &mut Words<'_>) {
        words.field(name, offset, F::leaves);
    }
    #[inline(always)]
    fn owned(&self, name: &str, value: &F, words: &mut Words<'_>) {
        // What has nothing to drop owns nothing: no code for most fields.
        if const { std::mem::needs_drop::<F>() } {
            words.owned(name, &|path, out| value.owned(path, out));
        }
    }
}

impl<F> Named<F> for &Probe<F> {
    #[inline(always)]
    fn shape(&self) -> &'static Shape {
        &const { Shape { size: size_of::<F>(), layout: || None, layouts: |_| () } }
    }
    #[inline(always)]
    fn leaves(&self, name: &str, offset: usize, words: &mut Words<'_>) {
        words.opaque(name, [offset, size_of::<F>()]);
    }
    #[inline(always)]
    fn owned(&self, _: &str, _: &F, _: &mut Words<'_>) {}
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
            fn table(see: &mut dyn FnMut(&[$crate::fields::Row])) {
                #[allow(unused_imports)]
                use $crate::fields::Named;
                // No `..`: a field that is not declared does not compile.
                #[allow(unused_variables)]
                let _ = |this: &Self| {
                    let $name { $($field),* } = this;
                };
                see(&[$({
                    let probe = $crate::fields::probe(|this: &Self| &this.$field);
                    $crate::fields::Row {
                        name: stringify!($field),
                        type_name: probe.type_name(),
                        offset: $crate::memoffset::offset_of!(Self, $field),
                        writers: &[$(stringify!($writer)),+],
                        readers: &[$($(stringify!($reader)),+)?],
                        shape: (&probe).shape(),
                    }
                }),*]);
            }

            fn leaves(path: &str, address: usize, out: &mut Vec<$crate::fields::Leaf>) {
                #[allow(unused_imports)]
                use $crate::fields::Named;
                #[allow(unused_variables, unused_mut)]
                let mut words = $crate::fields::Words { path, address, out };
                $((&$crate::fields::probe(|this: &Self| &this.$field)).leaves(
                    stringify!($field),
                    $crate::memoffset::offset_of!(Self, $field),
                    &mut words,
                );)*
            }

            fn owned(&self, path: &str, out: &mut Vec<$crate::fields::Leaf>) {
                #[allow(unused_imports)]
                use $crate::fields::Named;
                #[allow(unused_variables, unused_mut)]
                let mut words = $crate::fields::Words { path, address: 0, out };
                $((&$crate::fields::probe(|this: &Self| &this.$field)).owned(
                    stringify!($field),
                    &self.$field,
                    &mut words,
                );)*
            }

            fn layout() -> Option<$crate::layout::TypeLayout> {
                Some($crate::fields::described(
                    Self::table,
                    ::std::any::type_name::<Self>(),
                    [size_of::<Self>(), align_of::<Self>()],
                ))
            }

            fn layouts(out: &mut Vec<$crate::layout::TypeLayout>) {
                let name = ::std::any::type_name::<Self>();
                $crate::fields::layouts_of(Self::table, name, Self::layout, out);
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
                if !found.begins(::std::any::type_name::<Self>()) {
                    return;
                }
                $({
                    let probe = $crate::fields::probe(|this: &Self| &this.$field);
                    found.field(
                        ::std::any::type_name::<Self>(),
                        stringify!($field),
                        probe.type_name(),
                    );
                    (&&&probe).inspect::<names::$field>(found);
                })*
            }
        }
    };
}

/// A field as declared.
fn declared(row: &Row) -> FieldLayout {
    let actors = |names: &[&str]| {
        names.iter().filter(|n| **n != "nobody").map(|n| n.replace('_', "-")).collect()
    };
    let span = row.offset..row.offset + row.shape.size;
    let field = FieldLayout {
        writers: actors(row.writers),
        readers: actors(row.readers),
        ..FieldLayout::new(row.name, row.type_name, span)
    };
    let inner = (row.shape.layout)().map(|inner| std::sync::Arc::new(inner.within(&field)));
    FieldLayout { inner, ..field }
}

/// The layout of the type of this name, size and alignment.
#[doc(hidden)]
pub fn described(table: Table, name: &'static str, [size, align]: [usize; 2]) -> TypeLayout {
    let mut fields = Vec::new();
    table(&mut |rows| fields.extend(rows.iter().map(declared)));
    TypeLayout::sorted(&crate::layout::names::short(name), name, [size, align], fields)
}

/// Adds the layout of the type of this name and those of its fields, unless it is there already: a
/// type that points to its own kind is looked at once.
#[doc(hidden)]
pub fn layouts_of(
    table: Table,
    name: &'static str,
    layout: fn() -> Option<TypeLayout>,
    out: &mut Vec<TypeLayout>,
) {
    if out.iter().any(|layout| layout.path == name) {
        return;
    }
    out.extend(layout());
    table(&mut |rows| rows.iter().for_each(|row| (row.shape.layouts)(out)));
}
