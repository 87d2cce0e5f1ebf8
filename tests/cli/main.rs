//! The command: what it prints, its documents, workshops and classes, and the repository it is in.

mod arrows;
mod bench;
mod class;
mod explore;
mod go;
mod json;
mod merge;
mod new_demo;
mod pages;
mod redis;
mod schema;
#[cfg(unix)]
mod screens;
#[cfg(unix)]
mod signals;
mod sources;
mod tidy;
mod transcripts;
mod workshop;
