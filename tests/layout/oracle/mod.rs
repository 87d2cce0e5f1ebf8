//! Verdicts on ten thousand random types beside a brute force that tries every start, every line
//! and every pair of words. The places come from the compiled program itself, and the definition of
//! a clash is written down here a second time.

mod brute;
mod c;
mod rust;

use std::borrow::Cow;
use std::collections::BTreeMap;

use racelab_layout::sharing::{Clash, judge};
use racelab_layout::{Judged, TypeLayout};

use brute::{Answer, Case, answer};

/// The starts at which racelab has pairs of each class in lines of this size.
fn starts(judged: &Judged, line: usize) -> Answer {
    let known = judged.sharing.iter().find(|(size, _)| *size == line);
    let sharing = match known {
        Some((_, known)) => Cow::Borrowed(known),
        None => Cow::Owned(judge(&judged.layout, line, judged.placement)),
    };
    let mut found = Answer::default();
    for pair in sharing.iter().flat_map(|sharing| &sharing.pairs) {
        let class = match pair.clash {
            Clash::Race { .. } => &mut found.race,
            Clash::Declared { .. } => &mut found.declared,
            Clash::Unknown => &mut found.unknown,
        };
        class.extend(&pair.starts);
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
        let judged = Judged::placed(layout, 64, case.placement);
        let expected = answer(case, 64);
        for line in [32, 64, 128] {
            let other = (line != 64).then(|| answer(case, line));
            let expected = other.as_ref().unwrap_or(&expected);
            let got = starts(&judged, line);
            if got != *expected {
                why.push(format!("lines of {line}: {got:?}, not {expected:?}"));
            }
        }
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

/// Random cases, and what racelab reads of their types; why there are none.
type Made = Result<(Vec<Case>, Vec<TypeLayout>), String>;

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
    let languages: [fn(u64) -> Made; 3] = [
        |seed| rust::cases(seed, 3400),
        |seed| c::cases(seed, c::C, 4600),
        |seed| c::cases(seed, c::CPP, 2000),
    ];
    // One language is compared while the next is compiled.
    let compared = |of: fn(u64) -> Made| {
        of(seed).map(|(cases, types)| {
            let wrong = compare(&cases, &types);
            (cases, wrong)
        })
    };
    let done = std::thread::scope(|scope| {
        let running = languages.map(|of| scope.spawn(move || compared(of)));
        running.map(|of| of.join().expect("it does not panic"))
    });
    for made in done {
        match made {
            Ok((cases, found)) => {
                wrong += found;
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
