//! `racelab layout`: which bytes share a cache line, and who writes them.

mod args;
mod audit;
mod gather;

use std::io::{ErrorKind, Write};

use anyhow::Context;

use racelab_layout::array::in_array;
use racelab_layout::dwarf::{self, Found, Refusal};
use racelab_layout::findings::Findings;
use racelab_layout::nearest::nearest;
use racelab_layout::placement::Placement;
use racelab_layout::registered::find_registered;
use racelab_layout::{Judged, TypeLayout, cache_line};

use super::out::aside;

pub use args::{Allocator, Format, LayoutArgs};

/// Writes what `args` ask for of the types in `registry` to `out`; the exit code. A reader of `out`
/// that has gone away is no error. An unknown name is said on stderr, with those nearest to it.
pub fn run(args: &LayoutArgs, registry: &[TypeLayout], out: &mut dyn Write) -> anyhow::Result<u8> {
    let (text, code) = answer(args, registry).unwrap_or_else(|refusal| refuse(args, &refusal));
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("cannot write the layout")
        }
        _ => Ok(code),
    }
}

fn answer(args: &LayoutArgs, registry: &[TypeLayout]) -> Result<(String, u8), Refusal> {
    if args.go_sample {
        return Ok((gather::go_sample(args), 0));
    }
    let mut found = choose(args, args.name.as_deref(), registry)?;
    let joined = gather::perf(args, &found)?;
    for (layout, joined) in found.types.iter_mut().zip(&joined) {
        joined.declare(layout);
    }
    let types = judge(&found, args)?;
    if args.audit {
        return audit::answer(args, &types, &found);
    }
    if let Some(old) = &args.against {
        let old = judge(&dwarf::read(old, args.name.as_deref())?, args)?;
        return Ok((audit::builds(args, &old, &types)?, 0));
    }
    if matches!(args.shape(), Format::Sarif | Format::Junit) {
        return Err(Refusal::usage("--format sarif and junit are for --audit"));
    }
    let Some(other) = &args.diff else {
        let findings = gather::findings(args, &types, joined)?;
        return Ok((show(args, &types, &findings, &found), gather::exit_code(&findings)));
    };
    let other = judge(&choose(args, Some(other), registry)?, args)?;
    let (types, other) = alike(types, other);
    match (types.as_slice(), other.as_slice()) {
        ([before], [after]) => Ok((compare(args, before, after), 0)),
        ([_], several) | (several, _) => {
            let names: Vec<&str> =
                several.iter().map(|judged| judged.layout.name.as_str()).collect();
            let names = names.join(", ");
            Err(Refusal::usage(format!("--diff compares one type with one; that is {names}")))
        }
    }
}

/// Two versions of a demo may have several types each: those of one name are compared, if there is
/// one such name.
fn alike(before: Vec<Judged>, after: Vec<Judged>) -> (Vec<Judged>, Vec<Judged>) {
    let last =
        |judged: &Judged| judged.layout.name.rsplit("::").next().unwrap_or_default().to_owned();
    let common = |judged: &&Judged| after.iter().any(|other| last(other) == last(judged));
    let common: Vec<String> = before.iter().filter(common).map(last).collect();
    let [name] = common.as_slice() else {
        return (before, after);
    };
    let only = |types: &[Judged]| types.iter().filter(|of| last(of) == *name).cloned().collect();
    (only(&before), only(&after))
}

fn refuse(args: &LayoutArgs, refusal: &Refusal) -> (String, u8) {
    let text = racelab_layout::words::error_text(&refusal.message, args.columns());
    aside(&text);
    (String::new(), refusal.exit_code())
}

fn show(args: &LayoutArgs, types: &[Judged], findings: &[Findings], found: &Found) -> String {
    let width = args.columns();
    match args.shape() {
        Format::Json => {
            racelab_layout::words::json::json_with(types, findings, found, args.depth) + "\n"
        }
        Format::Svg => racelab_layout::words::svg(types, findings),
        // Refused before.
        Format::Sarif | Format::Junit => String::new(),
        Format::Source => {
            let one = |(judged, findings): (&Judged, &Findings)| {
                racelab_layout::words::source_text(judged, findings.suggestion.as_ref())
            };
            types.iter().zip(findings).map(one).collect::<Vec<_>>().join("\n")
        }
        Format::Text if args.name.is_none() => {
            let checked = findings.iter().filter_map(|findings| findings.verified.as_ref());
            let checked: Vec<_> = types.iter().map(|judged| &judged.layout).zip(checked).collect();
            match checked.as_slice() {
                [] => {
                    let list = racelab_layout::words::list(types, args.list_columns());
                    list + &racelab_layout::words::left_out(found, width)
                }
                checked => racelab_layout::words::verified_list(checked, width),
            }
        }
        Format::Text => {
            let page = |(judged, findings)| page(args, judged, findings);
            types.iter().zip(findings).map(page).collect::<Vec<_>>().join("\n")
        }
    }
}

/// One type in words, with what else was asked for.
fn page(args: &LayoutArgs, judged: &Judged, findings: &Findings) -> String {
    let width = args.columns();
    let mut page = racelab_layout::words::text(judged, args.depth, width);
    if let Some(checked) = &findings.verified {
        page.push_str(&racelab_layout::words::verified_text(checked, width));
    }
    if let Some(joined) = &findings.perf {
        page.push('\n');
        page.push_str(&racelab_layout::words::perf_text(joined, width));
    }
    if let Some(suggestion) = &findings.suggestion {
        page.push('\n');
        page.push_str(&racelab_layout::words::suggestion_text(judged, suggestion, width));
    }
    if let Some(measured) = &findings.measured {
        page.push('\n');
        page.push_str(&racelab_layout::words::measured_text(
            judged,
            measured.starts.as_ref(),
            width,
        ));
        page.push_str(&racelab_layout::words::cost_text(measured.cost.as_ref(), width));
    }
    page
}

fn compare(args: &LayoutArgs, before: &Judged, after: &Judged) -> String {
    match args.shape() {
        Format::Json => racelab_layout::words::json::diff_json(before, after, args.depth) + "\n",
        Format::Svg => racelab_layout::words::diff_svg(before, after),
        _ => racelab_layout::words::diff_text(before, after, args.columns()),
    }
}

/// The types asked for.
fn choose(
    args: &LayoutArgs,
    name: Option<&str>,
    registry: &[TypeLayout],
) -> Result<Found, Refusal> {
    let types = match (&args.bin, name) {
        (Some(file), name) => return dwarf::read(file, name),
        (None, None) => registry.to_vec(),
        (None, Some(name)) => {
            let found = find_registered(name, registry);
            if found.is_empty() {
                let names = registry.iter().map(|layout| layout.name.as_str());
                return Err(unknown(name, &nearest(name, names)));
            }
            found.into_iter().cloned().collect()
        }
    };
    Ok(Found { types, ..Found::default() })
}

fn judge(found: &Found, args: &LayoutArgs) -> Result<Vec<Judged>, Refusal> {
    let line = args.cache_line.unwrap_or_else(cache_line::detect);
    let mut types = found.types.clone();
    for declaration in &args.writers {
        let Some((field, writer)) =
            declaration.split_once('=').filter(|(f, w)| !f.is_empty() && !w.is_empty())
        else {
            return Err(Refusal::usage(format!(
                "cannot read --writer {declaration:?}: write it as field=name"
            )));
        };
        let mut known = false;
        for layout in &mut types {
            known |= layout.declare_writer(field, writer);
        }
        if !known {
            return Err(Refusal::usage(format!(
                "no field {field:?} to give the writer {writer:?}: name a field as the table does, a nested one as a path, an element as slots[0] or slots[i]"
            )));
        }
    }
    if let Some(length) = args.array {
        types = types.iter().map(|layout| in_array(layout, length)).collect();
    }
    // Of several objects, only if all of them start alike.
    let alike = |at: &u64| args.objects.iter().all(|other| (other ^ at).is_multiple_of(128));
    let address = args.objects.first().copied().filter(alike);
    let address = if args.objects.is_empty() { found.address } else { address };
    let placement = match (args.allocator, address.filter(|_| args.array.is_none())) {
        (Some(Allocator::Go), _) => Placement::Go,
        (Some(Allocator::Glibc), _) => Placement::Glibc,
        (None, Some(address)) => Placement::At(address),
        (None, None) => Placement::Aligned,
    };
    let listed = args.audit || args.name.is_none() && args.shape() == Format::Text;
    let judge = if listed { Judged::listed } else { Judged::placed };
    Ok(types.into_iter().map(|layout| judge(layout, line, placement)).collect())
}

fn unknown(name: &str, near: &[&str]) -> Refusal {
    let hint = match near {
        [] => "`racelab layout` lists the types".to_owned(),
        near => format!("did you mean {}?", near.join(", ")),
    };
    Refusal::usage(format!("no type or demo is called {name:?}; {hint}"))
}

#[cfg(test)]
mod tests;
