//! Verdicts on ten thousand random types beside a brute force that tries every start, every line
//! and every pair of words. The places come from the compiled program itself, and the definition of
//! a clash is written down here a second time.

mod brute;
mod c;
mod rust;

use std::collections::BTreeMap;

use racelab_layout::placement::Placement;
use racelab_layout::sharing::{Clash, judge};
use racelab_layout::{Judged, TypeLayout};

use brute::{Answer, Case, answer};

/// The starts at which racelab has pairs of each class.
fn starts(layout: &TypeLayout, line: usize, placement: Placement) -> Answer {
    let mut found = Answer::default();
    for sharing in judge(layout, line, placement) {
        for pair in sharing.pairs {
            let class = match pair.clash {
                Clash::Race { .. } => &mut found.race,
                Clash::Declared { .. } => &mut found.declared,
                Clash::Unknown => &mut found.unknown,
            };
            class.extend(pair.starts);
        }
    }
    found
}

/// Compares every case with what racelab says of the type of its name; how many are wrong.
fn compare(cases: &[Case], types: &[TypeLayout]) -> usize {
    let by_name: BTreeMap<&str, &TypeLayout> =
        types.iter().map(|layout| (layout.name.as_str(), layout)).collect();
    let mut wrong = 0;
    for case in cases {
        let Some(layout) = by_name.get(case.name.as_str()) else {
            wrong += 1;
            println!("{} is not there: {}", case.name, case.source);
            continue;
        };
        let mut layout = (*layout).clone();
        let mut why = Vec::new();
        if (layout.size, layout.align) != (case.size, case.align) {
            let found = (layout.size, layout.align);
            why.push(format!("size and alignment {found:?}, not {:?}", (case.size, case.align)));
        }
        for (path, writer) in &case.declared {
            if !layout.declare_writer(path, writer) {
                why.push(format!("no field {path} to declare"));
            }
        }
        if case.array > 1 {
            layout = racelab_layout::array::in_array(&layout, case.array);
        }
        let expected = answer(case, 64);
        for line in [32, 64, 128] {
            let other = (line != 64).then(|| answer(case, line));
            let expected = other.as_ref().unwrap_or(&expected);
            let got = starts(&layout, line, case.placement);
            if got != *expected {
                why.push(format!("lines of {line}: {got:?}, not {expected:?}"));
            }
        }
        let judged = Judged::placed(layout, 64, case.placement);
        if !expected.is_empty() && judged.subjects < 2 {
            why.push("not judged".to_owned());
        }
        if judged.strongest() != expected.verdict(case.starts(64).len()) {
            why.push(format!("the verdict is {:?}", judged.strongest()));
        }
        if !why.is_empty() {
            wrong += 1;
            if wrong < 8 {
                println!(
                    "{} {:?}\n  {}\n  {}",
                    case.name,
                    case.declared,
                    case.source,
                    why.join("\n  ")
                );
            }
        }
    }
    wrong
}

/// Adds up how many of `cases` have each construct.
fn count(cases: &[Case], counts: &mut BTreeMap<&'static str, usize>) {
    for case in cases {
        for construct in &case.constructs {
            *counts.entry(construct).or_default() += 1;
        }
    }
}

#[test]
fn no_verdict_on_ten_thousand_random_types_is_wrong() {
    let seed = std::env::var("RACELAB_ORACLE_SEED").ok().and_then(|text| text.parse().ok());
    let seed = seed.unwrap_or(16);
    let mut counts = BTreeMap::new();
    let (mut wrong, mut all) = (0, 0);
    for made in [c::cases(seed, c::C, 4600), c::cases(seed, c::CPP, 2000), rust::cases(seed, 3400)]
    {
        match made {
            Ok((cases, types)) => {
                wrong += compare(&cases, &types);
                all += cases.len();
                count(&cases, &mut counts);
            }
            Err(why) => crate::build::skip("random types", &why),
        }
    }
    println!("{all} random types, seed {seed}: {wrong} wrong; {counts:?}");
    assert_eq!(wrong, 0);
    if all == 10_000 {
        let rare: Vec<_> = counts.iter().filter(|(_, count)| **count < all / 20).collect();
        assert!(rare.is_empty() && counts.len() == CONSTRUCTS, "{rare:?} of {counts:?}");
    }
}

/// How many constructs are counted.
const CONSTRUCTS: usize = 18;
