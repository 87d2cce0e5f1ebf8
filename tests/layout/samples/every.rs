//! Types of every kind, and what the compiler says of their layouts.
#![allow(dead_code)]
use std::cell::*;
use std::marker::PhantomData;
use std::mem::*;
use std::num::*;
use std::sync::atomic::*;
use std::sync::*;
pub struct Cg<T, const N: usize> {
    pub a: [T; N],
    pub b: T,
    pub c: u8,
}
pub enum N1 {
    A(Box<u32>),
    B,
}
pub enum N2 {
    A(Option<NonZeroU32>),
    B(u32),
    C,
}
pub enum N3 {
    A(bool),
    B,
    C,
    D(Option<bool>),
}
pub enum N4 {
    A(u32, bool, u16),
    B(u8),
    C(u16, u16),
    D,
}
#[repr(u128)]
#[derive(Clone, Copy)]
pub enum D128 {
    A = 1,
    B = 340282366920938463463374607431768211455,
}
#[repr(C, u8)]
pub enum Rc8 {
    A(u64),
    B { x: u8, y: u32 },
    C,
}
#[repr(u8)]
pub enum Ru8 {
    A(u64),
    B { x: u8, y: u32 },
    C,
}
#[repr(C)]
pub enum Rc_ {
    A(u8),
    B,
}
#[repr(i8)]
pub enum Neg {
    A = -1,
    B = -128,
    C = 127,
}
#[repr(i64)]
pub enum Neg64 {
    A = -1,
    B = 5,
}
pub enum Single {
    Only(u64, u8),
}
pub enum Void {}
pub enum WithVoid {
    A(u32),
    V(Void),
    C(Infallible2),
}
pub enum Infallible2 {}
pub union Un {
    a: u32,
    b: [u8; 7],
    c: ManuallyDrop<String>,
}
#[repr(C, packed(2))]
pub struct P2 {
    a: u8,
    b: u64,
    c: *mut u8,
    d: u16,
}
#[repr(packed)]
pub struct P1 {
    a: u8,
    b: u64,
}
#[repr(align(64))]
pub struct A64 {
    a: AtomicU64,
    b: u8,
}
#[repr(transparent)]
pub struct Tr(u64, PhantomData<u8>);
pub struct Zs;
pub struct Uni(());
pub struct Big {
    a: u8,
    b: u64,
    z: Zs,
    p: PhantomData<u64>,
    c: u16,
    d: [u16; 3],
    e: (u8, u32),
    f: &'static str,
    g: &'static dyn Fn(u8) -> u8,
    h: fn(u32) -> u8,
    i: *const [u8],
    j: Box<dyn std::fmt::Debug>,
    k: Option<Box<u8>>,
    l: char,
    m: f64,
    n: u128,
    o: [[u8; 3]; 2],
    q: Option<char>,
    r: Result<u8, ()>,
    s: Option<Ordering>,
    t: Option<Option<bool>>,
    u: Option<Vec<String>>,
    v: NonZeroU8,
}
pub struct Sync1 {
    m: Mutex<u32>,
    r: RwLock<Vec<u8>>,
    o: OnceLock<u8>,
    c: Condvar,
    b: Barrier,
    l: LazyLock<u8>,
    arc: Arc<AtomicU64>,
    a8: AtomicU8,
    a128: [AtomicU32; 4],
    ap: AtomicPtr<u8>,
    uc: UnsafeCell<u64>,
    ce: Cell<u8>,
    rc: RefCell<u16>,
}
pub mod x {
    pub mod y {
        pub struct Same {
            pub a: u8,
        }
    }
    pub mod z {
        pub struct Same {
            pub a: u64,
            pub b: u8,
        }
    }
}
pub struct Gen<T: ?Sized> {
    a: u8,
    t: T,
}
pub struct Fam {
    n: u32,
    t: [u8],
}
async fn leaf(a: [u8; 100]) -> u8 {
    std::future::ready(()).await;
    a[3]
}
async fn fut(n: u64, s: String) -> usize {
    let x = [n; 8];
    let l = leaf([1; 100]).await;
    std::future::ready(()).await;
    let m = Mutex::new(3u8);
    let q = *m.lock().unwrap() as usize;
    x[0] as usize + s.len() + l as usize + q
}
fn sz<T>(n: &str) {
    println!("SZ {} {} {}", n, size_of::<T>(), align_of::<T>());
}
fn main() {
    macro_rules! s { ($($t:ty),* $(,)?) => { $( sz::<$t>(stringify!($t)); std::hint::black_box(MaybeUninit::<$t>::uninit()); std::hint::black_box(None::<&$t>); )* } }
    s!(Cg<u32,3>,Cg<u64,5>,N1,N2,N3,N4,D128,Rc8,Ru8,Rc_,Neg,Neg64,Single,Void,WithVoid,Un,P2,P1,A64,Tr,Zs,Uni,Big,Sync1,x::y::Same,x::z::Same,Gen<u64>,Option<Box<u8>>,Option<NonZeroU64>,Option<Option<bool>>,Result<u8,String>);
    macro_rules! o { ($t:ty: $($f:tt),*) => { $( println!("OFF {} {} {}", stringify!($t), stringify!($f), offset_of!($t,$f)); )* } }
    o!(Big: a,b,z,p,c,d,e,f,g,h,i,j,k,l,m,n,o,q,r,s,t,u,v);
    o!(Sync1: m,r,o,c,b,l,arc,a8,a128,ap,uc,ce,rc);
    o!(P2: a,b,c,d);
    o!(P1: a,b);
    o!(Un:a,b,c);
    let f = fut(3, "a".into());
    println!("SZ fut {}", size_of_val(&f));
    let mut f = std::pin::pin!(f);
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    println!("DONE {:?}", std::future::Future::poll(f.as_mut(), &mut cx));
    let k = String::from("q");
    let a = 3u8;
    let c = move |x: u64| x + k.len() as u64 + a as u64;
    println!("SZ closure {} {}", size_of_val(&c), c(1));
    let fam: Box<Gen<[u8]>> = Box::new(Gen {
        a: 1,
        t: [1u8, 2, 3],
    });
    println!("{}", fam.t.len());
    let d: Box<Gen<dyn std::fmt::Debug>> = Box::new(Gen { a: 1, t: 5u64 });
    println!("{:?}", &d.t);
}
