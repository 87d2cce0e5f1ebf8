//! A whole program at a glance, against a baseline, or against an older build of it.

use std::path::Path;

use racelab_layout::audit::baseline::worse;
use racelab_layout::audit::builds::changes;
use racelab_layout::audit::{Column, Wanted, audit};
use racelab_layout::dwarf::{Found, Refusal};
use racelab_layout::sharing::Verdict;
use racelab_layout::words::json::{audit_json, changes_json, check_json};
use racelab_layout::words::{audit_text, changes_text, junit, left_out, sarif, worse_text};
use racelab_layout::{Judged, words};

use super::args::{Format, LayoutArgs, Least, Sort};

/// The audit of `types`, which were `found` in a program, and the exit code: 1 where something is
/// worse than the baseline.
pub(super) fn answer(
    args: &LayoutArgs,
    types: &[Judged],
    found: &Found,
) -> Result<(String, u8), Refusal> {
    let rows = audit(types, found, &wanted(args));
    let baseline = args.check.as_deref().map(read).transpose()?;
    let worse = baseline.map(|baseline| worse(&rows, &baseline)).transpose()?;
    let code = worse.as_ref().is_some_and(|worse| !worse.is_empty()).into();
    let text = match (args.shape(), &worse) {
        (Format::Json, None) => audit_json(&rows, found) + "\n",
        (Format::Json, Some(worse)) => check_json(&rows, worse, found) + "\n",
        (Format::Sarif, worse) => sarif(&rows, worse.as_deref()) + "\n",
        (Format::Junit, worse) => junit(&rows, worse.as_deref()),
        (Format::Text, None) => {
            audit_text(&rows, args.list_columns()) + &left_out(found, args.columns())
        }
        (Format::Text, Some(worse)) => worse_text(worse, rows.len(), args.columns()),
        _ => return Err(Refusal::usage("an audit is written as text, json, sarif or junit")),
    };
    Ok((text, code))
}

fn read(path: &Path) -> Result<String, Refusal> {
    std::fs::read_to_string(path).map_err(|error| {
        Refusal::usage(format!(
            "cannot read the baseline {}: {error}; make it by `racelab layout --bin FILE --audit \
             --json > {0}`",
            path.display()
        ))
    })
}

fn wanted(args: &LayoutArgs) -> Wanted {
    Wanted {
        sort: match args.sort {
            Sort::Name => Column::Name,
            Sort::Size => Column::Size,
            Sort::Holes => Column::Holes,
            Sort::Waste => Column::Waste,
            Sort::Lines => Column::Lines,
            Sort::Verdict => Column::Verdict,
        },
        min_hole: args.min_hole,
        min_verdict: args.min_verdict.map(|least| match least {
            Least::Maybe => Verdict::Maybe,
            Least::Likely => Verdict::Likely,
            Least::Certain => Verdict::Certain,
            Least::DataRace => Verdict::DataRace,
        }),
        contains: args.contains.clone(),
        source: args.source.clone(),
        own: args.own,
    }
}

/// Two builds: of one type as before and after, of several what differs.
pub(super) fn builds(args: &LayoutArgs, old: &[Judged], new: &[Judged]) -> Result<String, Refusal> {
    let width = args.columns();
    if let ([before], [after], true) = (old, new, args.name.is_some()) {
        return Ok(match args.shape() {
            Format::Json => words::json::diff_json(before, after, args.depth) + "\n",
            Format::Svg => words::diff_svg(before, after),
            _ => words::diff_text(before, after, width),
        });
    }
    let changes = changes(old, new);
    match args.shape() {
        Format::Json => Ok(changes_json(&changes) + "\n"),
        Format::Text => Ok(changes_text(&changes, if args.piped { usize::MAX } else { width })),
        _ => Err(Refusal::usage("two builds are compared as text or json; one type also as svg")),
    }
}
