//! Reads the debug information of real binaries in four languages and compares it with what the
//! compilers, pahole and gdb say. A tool that is not installed is named and its test passes.

mod btf;
mod build;
mod compiler;
mod dice;
mod fixtures;
mod formats;
mod gdb;
mod go;
mod inputs;
mod mutation;
mod oracle;
mod pahole;
mod printed;
mod refusals;
mod registry;
