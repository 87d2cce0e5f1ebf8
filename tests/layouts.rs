//! Reads the debug information of real binaries in four languages and compares it with what the
//! compilers, pahole and gdb say. A tool that is not installed is named and its test passes.
#[path = "layout/build.rs"]
mod build;
#[path = "layout/compiler.rs"]
mod compiler;
#[path = "layout/gdb.rs"]
mod gdb;
#[path = "layout/go.rs"]
mod go;
#[path = "layout/mutation.rs"]
mod mutation;
#[path = "layout/pahole.rs"]
mod pahole;
#[path = "layout/refusals.rs"]
mod refusals;
#[path = "layout/registry.rs"]
mod registry;
