//! `racelab layout`: which bytes share a cache line, and who writes them.

use std::io::{ErrorKind, Write};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use crate::layout::find::find;
use crate::layout::nearest::nearest;
use crate::layout::{Judged, TypeLayout, cache_line};
use crate::render;

/// The arguments of `racelab layout`.
#[derive(Args, Clone, Debug, Default)]
pub struct LayoutArgs {
    /// A type (`SafeMap`, `'SafeMap<u64, u64>'`, `'*Map'`) or a demo; without it, the types are listed
    #[arg(value_name = "TYPE|NAME")]
    pub name: Option<String>,
    /// Bytes of a cache line [default: this machine's]
    #[arg(long, value_name = "32|64|128", value_parser = cache_line_size)]
    pub cache_line: Option<usize>,
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
    let line = args.cache_line.unwrap_or_else(cache_line::detect);
    let width = if args.width == 0 { 80 } else { args.width };
    let json = args.json || args.format == Format::Json;
    let Some(name) = &args.name else {
        let types = judge(registry.to_vec(), args, line)?;
        let list = || render::layout::list(&types, width);
        return Ok((
            if json {
                render::layout::json::json(&types) + "\n"
            } else {
                list()
            },
            0,
        ));
    };
    let names = || registry.iter().map(|layout| layout.name.as_str());
    let found = find(name, names());
    if found.is_empty() {
        complain(name, &nearest(name, names()));
        return Ok((String::new(), 2));
    }
    let types = judge(
        found.iter().map(|&at| registry[at].clone()).collect(),
        args,
        line,
    )?;
    if json {
        return Ok((render::layout::json::json(&types) + "\n", 0));
    }
    let pages: Vec<String> = types
        .iter()
        .map(|judged| render::layout::text(judged, args.depth, width))
        .collect();
    Ok((pages.join("\n"), 0))
}

fn judge(types: Vec<TypeLayout>, args: &LayoutArgs, line: usize) -> anyhow::Result<Vec<Judged>> {
    let mut types = types;
    for declaration in &args.writers {
        let Some((field, writer)) = declaration
            .split_once('=')
            .filter(|(f, w)| !f.is_empty() && !w.is_empty())
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
    Ok(types
        .into_iter()
        .map(|layout| Judged::new(layout, line))
        .collect())
}

fn complain(name: &str, near: &[&str]) {
    let hint = match near {
        [] => "`racelab layout` lists the types".to_owned(),
        near => format!("did you mean {}?", near.join(", ")),
    };
    // Nothing can be done about a closed stderr.
    let _ = writeln!(
        std::io::stderr(),
        "error: no type or demo is called {name:?}; {hint}"
    );
}

fn cache_line_size(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(size @ (32 | 64 | 128)) => Ok(size),
        _ => Err("a cache line has 32, 64 or 128 bytes".to_owned()),
    }
}

#[cfg(test)]
mod tests;
