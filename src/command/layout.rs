//! `racelab layout`: which bytes share a cache line, and who writes them.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use racelab::layout::dwarf::{self, Refusal};
use racelab::layout::nearest::nearest;
use racelab::layout::registered::find_registered;
use racelab::layout::suggest::suggest;
use racelab::layout::{Judged, TypeLayout, cache_line, measure};
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
    /// Compare with another type: before and after a change
    #[arg(long, value_name = "OTHER", requires = "name")]
    pub diff: Option<String>,
    /// Propose another order of fields: by who writes them first, by size second
    #[arg(long, requires = "name", conflicts_with = "diff")]
    pub suggest: bool,
    /// Allocate the type many times and say where its objects really start
    #[arg(long, requires = "name", conflicts_with_all = ["bin", "diff"])]
    pub measure: bool,
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
    /// A picture for a page or a slide.
    Svg,
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
    let chosen = choose(args, args.name.as_deref(), registry);
    let other = args.diff.as_deref().map(|other| choose(args, Some(other), registry));
    let (types, other) = match (chosen, other.transpose()) {
        (Ok(types), Ok(other)) => (judge(types, args)?, other),
        (Err(refusal), _) | (_, Err(refusal)) => return Ok(refuse(&refusal)),
    };
    let Some(other) = other else {
        return Ok((show(args, &types), 0));
    };
    let other = judge(other, args)?;
    match (types.as_slice(), other.as_slice()) {
        ([before], [after]) => Ok((compare(args, before, after), 0)),
        ([_], several) | (several, _) => {
            let names: Vec<&str> =
                several.iter().map(|judged| judged.layout.name.as_str()).collect();
            let names = names.join(", ");
            Ok(refuse(&Refusal::usage(format!(
                "--diff compares one type with one; that is {names}"
            ))))
        }
    }
}

fn refuse(refusal: &Refusal) -> (String, u8) {
    // Nothing can be done about a closed stderr.
    let _ = writeln!(std::io::stderr(), "error: {}", refusal.message);
    (String::new(), refusal.exit_code())
}

fn show(args: &LayoutArgs, types: &[Judged]) -> String {
    match args.shape() {
        Format::Json => render::layout::json::json(types, args.depth) + "\n",
        Format::Svg => render::layout::svg(types),
        Format::Text if args.name.is_none() => render::layout::list(types, args.columns()),
        Format::Text => {
            let page = |judged| page(args, judged);
            types.iter().map(page).collect::<Vec<_>>().join("\n")
        }
    }
}

/// One type in words, with what else was asked for.
fn page(args: &LayoutArgs, judged: &Judged) -> String {
    let width = args.columns();
    let mut page = render::layout::text(judged, args.depth, width);
    if args.suggest {
        page.push('\n');
        page.push_str(&render::layout::suggestion_text(judged, &suggest(judged), width));
    }
    if args.measure {
        let (layout, line) = (&judged.layout, judged.cache_line);
        let starts = measure::starts(layout.size, layout.align, line);
        page.push('\n');
        page.push_str(&render::layout::measured_text(judged, starts.as_ref(), width));
    }
    page
}

fn compare(args: &LayoutArgs, before: &Judged, after: &Judged) -> String {
    let both = || [before.clone(), after.clone()];
    match args.shape() {
        Format::Json => render::layout::json::json(&both(), args.depth) + "\n",
        Format::Svg => render::layout::svg(&both()),
        Format::Text => render::layout::diff_text(before, after, args.columns()),
    }
}

impl LayoutArgs {
    fn shape(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }

    fn columns(&self) -> usize {
        if self.width == 0 { 80 } else { self.width }
    }
}

/// The types asked for.
fn choose(
    args: &LayoutArgs,
    name: Option<&str>,
    registry: &[TypeLayout],
) -> Result<Vec<TypeLayout>, Refusal> {
    match (&args.bin, name) {
        (Some(file), Some(name)) => dwarf::search(file, name),
        (Some(file), None) => dwarf::list(file),
        (None, None) => Ok(registry.to_vec()),
        (None, Some(name)) => {
            let found = find_registered(name, registry);
            if found.is_empty() {
                let names = registry.iter().map(|layout| layout.name.as_str());
                return Err(unknown(name, &nearest(name, names)));
            }
            Ok(found.into_iter().cloned().collect())
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
