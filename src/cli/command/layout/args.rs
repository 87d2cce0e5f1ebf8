//! The arguments of `racelab layout`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// The arguments of `racelab layout`.
#[derive(Args, Clone, Debug, Default)]
pub struct LayoutArgs {
    /// A type (`SafeMap`, `'SafeMap<u64, u64>'`, `'*Map'`) or a demo; without it, the types are listed
    #[arg(value_name = "TYPE|NAME")]
    pub name: Option<String>,
    /// Bytes of a cache line [default: this machine's]
    #[arg(long, value_name = "32|64|128", value_parser = cache_line_size)]
    pub cache_line: Option<usize>,
    /// Look into this program or shared library (its debug information) instead
    #[arg(long, value_name = "FILE")]
    pub bin: Option<PathBuf>,
    /// Compare with another type: before and after a change
    #[arg(long, value_name = "OTHER", requires = "name")]
    pub diff: Option<String>,
    /// Propose another order of fields: by who writes them first, by size second
    #[arg(long, requires = "name", conflicts_with = "diff")]
    pub suggest: bool,
    /// Allocate the type many times and say where its objects really start, and what it costs
    #[arg(long, requires = "name", conflicts_with = "diff")]
    pub measure: bool,
    /// Join accesses that perf recorded to the fields: the text of `perf script -F
    /// comm,tid,cpu,time,event,addr,data_src` after `perf mem record` or `perf c2c record`
    #[arg(long, value_name = "FILE", requires_all = ["name", "bin"],
        conflicts_with_all = ["diff", "array", "audit", "against"])]
    pub perf: Option<PathBuf>,
    /// Where an object of the type lies, in hexadecimal (repeatable) [default: of a variable, its address]
    #[arg(long = "at", value_name = "ADDRESS", requires = "perf", value_parser = address)]
    pub objects: Vec<u64>,
    /// Print a Go program with its maps and locks in it, and how to build it so that --bin reads them
    #[arg(long, conflicts_with_all = ["name", "bin", "writers", "allocator"])]
    pub go_sample: bool,
    /// Compare with what pahole reads from the same file, if it is installed
    #[arg(long, requires = "bin", conflicts_with = "diff")]
    pub verify: bool,
    /// The whole program: size, holes, wasted bytes, lines and verdict of each type
    #[arg(long, requires = "bin", conflicts_with_all = ["diff", "suggest", "measure", "verify"])]
    pub audit: bool,
    /// What the audit is sorted by
    #[arg(long, value_enum, value_name = "COLUMN", default_value_t, requires = "audit")]
    pub sort: Sort,
    /// Only types with a hole of at least so many bytes
    #[arg(long, value_name = "BYTES", requires = "audit")]
    pub min_hole: Option<usize>,
    /// Only types with at least this verdict
    #[arg(long, value_enum, value_name = "VERDICT", requires = "audit")]
    pub min_verdict: Option<Least>,
    /// Only types that hold a value of this type, at any depth
    #[arg(long, value_name = "TYPE", requires = "audit")]
    pub contains: Option<String>,
    /// Only types declared in a file whose path holds this
    #[arg(long, value_name = "PATH", requires = "audit")]
    pub source: Option<String>,
    /// Only the project's own types: none of the system, the compiler or of packages
    #[arg(long, requires = "audit")]
    pub own: bool,
    /// Exit with 1 if a type is worse than in this document of an earlier `--audit --json`
    #[arg(long, value_name = "BASELINE", requires = "audit")]
    pub check: Option<PathBuf>,
    /// Compare with an older build: which types grew, which verdicts are new
    #[arg(long, value_name = "OLD", requires = "bin",
        conflicts_with_all = ["audit", "diff", "suggest", "measure", "verify"])]
    pub against: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Levels of nested fields to show
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub depth: usize,
    /// Judge N objects beside each other: what lies next to an object is another, with users of its own
    #[arg(long, value_name = "N", requires = "name", value_parser = array_length)]
    pub array: Option<usize>,
    /// Judge only the starts that this allocator really uses
    #[arg(long, value_enum, value_name = "ALLOCATOR")]
    pub allocator: Option<Allocator>,
    /// Say who writes a field (repeatable); `field` may be a path such as `inner.count`, and
    /// `slots[i].n=thread i` gives each element a writer of its own
    #[arg(long = "writer", value_name = "FIELD=NAME")]
    pub writers: Vec<String>,
    /// Set by the global `--json`: the same as `--format json`.
    #[arg(skip)]
    pub json: bool,
    /// Columns of the terminal; 0 stands for 80.
    #[arg(skip)]
    pub width: usize,
    /// Nobody looks at it on a terminal: names are not cut.
    #[arg(skip)]
    pub piped: bool,
}

/// Whose objects start where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Allocator {
    /// `malloc` of glibc: multiples of 16.
    Glibc,
    /// Go's: multiples of its size classes.
    Go,
}

/// How a layout is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A page of text.
    #[default]
    Text,
    /// The document of `--json`.
    Json,
    /// A picture for a page or a slide.
    Svg,
    /// A suggested order as source, with the assertions that hold it (with --suggest).
    Source,
    /// An audit's findings for tools that show them beside the source (SARIF 2.1.0).
    Sarif,
    /// An audit as tests, one a type (JUnit).
    Junit,
}

/// What an audit is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// By name.
    Name,
    /// The largest first.
    Size,
    /// The most holes first.
    Holes,
    /// The most wasted bytes first.
    #[default]
    Waste,
    /// The most cache lines first.
    Lines,
    /// The strongest verdict first.
    Verdict,
}

/// The least verdict that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Least {
    /// Synchronised words meet.
    Maybe,
    /// At some starts.
    Likely,
    /// Wherever it starts.
    Certain,
    /// Two bit-fields of one location.
    DataRace,
}

impl LayoutArgs {
    /// How to write it.
    pub(in crate::command) fn shape(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }

    /// How many columns a drawing may take.
    pub(super) fn columns(&self) -> usize {
        if self.width == 0 { 80 } else { self.width }
    }
}

impl LayoutArgs {
    /// How many columns a list may take; 0 stands for as many as its names need.
    pub(super) fn list_columns(&self) -> usize {
        if self.piped { 0 } else { self.columns() }
    }
}

fn address(text: &str) -> Result<u64, String> {
    u64::from_str_radix(text.trim_start_matches("0x"), 16)
        .map_err(|_| "an address is written like 0x7f1c2c0010".to_owned())
}

fn array_length(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(length @ 2..=1_000_000) => Ok(length),
        _ => Err("beside each other lie from 2 to 1000000 objects".to_owned()),
    }
}

fn cache_line_size(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(size @ (32 | 64 | 128)) => Ok(size),
        _ => Err("a cache line has 32, 64 or 128 bytes".to_owned()),
    }
}
