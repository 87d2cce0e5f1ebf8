//! `racelab layout`: which bytes share a cache line, and who writes them.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use racelab::layout::dwarf::{self, Refusal};
use racelab::layout::find::find;
use racelab::layout::nearest::nearest;
use racelab::layout::{Judged, TypeLayout, cache_line};
use racelab::render;

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
    /// How the result is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Levels of nested fields to show
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub depth: usize,
    /// Say who writes a field (repeatable); `field` may be a path such as `inner.count`
    #[arg(long = "writer", value_name = "FIELD=NAME")]
    pub writers: Vec<String>,
    /// Set by the global `--json`: the same as `--format json`.
    #[arg(skip)]
    pub json: bool,
    /// Columns of the terminal; 0 stands for 80.
    #[arg(skip)]
    pub width: usize,
}

/// How a layout is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A page of text.
    #[default]
    Text,
    /// The document of `--json`.
    Json,
}

/// Writes what `args` ask for of the types in `registry` to `out`; the exit code. A reader of `out`
/// that has gone away is no error. An unknown name is said on stderr, with those nearest to it.
pub fn run(args: &LayoutArgs, registry: &[TypeLayout], out: &mut dyn Write) -> anyhow::Result<u8> {
    let (text, code) = answer(args, registry)?;
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("cannot write the layout")
        }
        _ => Ok(code),
    }
}

fn answer(args: &LayoutArgs, registry: &[TypeLayout]) -> anyhow::Result<(String, u8)> {
    let width = if args.width == 0 { 80 } else { args.width };
    let types = match choose(args, registry) {
        Ok(types) => judge(types, args)?,
        Err(refusal) => {
            // Nothing can be done about a closed stderr.
            let _ = writeln!(std::io::stderr(), "error: {}", refusal.message);
            return Ok((String::new(), refusal.exit_code()));
        }
    };
    if args.json || args.format == Format::Json {
        return Ok((render::layout::json::json(&types, args.depth) + "\n", 0));
    }
    if args.name.is_none() {
        return Ok((render::layout::list(&types, width), 0));
    }
    let page = |judged| render::layout::text(judged, args.depth, width);
    Ok((types.iter().map(page).collect::<Vec<_>>().join("\n"), 0))
}

/// The types asked for.
fn choose(args: &LayoutArgs, registry: &[TypeLayout]) -> Result<Vec<TypeLayout>, Refusal> {
    match (&args.bin, &args.name) {
        (Some(file), Some(name)) => dwarf::search(file, name),
        (Some(file), None) => dwarf::list(file),
        (None, None) => Ok(registry.to_vec()),
        (None, Some(name)) => {
            let names = || registry.iter().map(|layout| layout.name.as_str());
            let found: Vec<TypeLayout> =
                find(name, names()).into_iter().map(|at| registry[at].clone()).collect();
            if found.is_empty() { Err(unknown(name, &nearest(name, names()))) } else { Ok(found) }
        }
    }
}

fn judge(types: Vec<TypeLayout>, args: &LayoutArgs) -> anyhow::Result<Vec<Judged>> {
    let line = args.cache_line.unwrap_or_else(cache_line::detect);
    let mut types = types;
    for declaration in &args.writers {
        let Some((field, writer)) =
            declaration.split_once('=').filter(|(f, w)| !f.is_empty() && !w.is_empty())
        else {
            bail!("cannot read --writer {declaration:?}: write it as field=name");
        };
        let mut known = false;
        for layout in &mut types {
            known |= layout.declare_writer(field, writer);
        }
        if !known {
            bail!(
                "no field {field:?} to give the writer {writer:?}: name a field as the table does, a nested one as a path"
            );
        }
    }
    Ok(types.into_iter().map(|layout| Judged::new(layout, line)).collect())
}

fn unknown(name: &str, near: &[&str]) -> Refusal {
    let hint = match near {
        [] => "`racelab layout` lists the types".to_owned(),
        near => format!("did you mean {}?", near.join(", ")),
    };
    Refusal::usage(format!("no type or demo is called {name:?}; {hint}"))
}

fn cache_line_size(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(size @ (32 | 64 | 128)) => Ok(size),
        _ => Err("a cache line has 32, 64 or 128 bytes".to_owned()),
    }
}

#[cfg(test)]
mod tests;
