//! What is declared of a version, held against a report.

use racelab::explore::{BOUNDED, Engine, LOOM, NATIVE};
use racelab::report::{End, Kind, Report, Stop};
use racelab::words::samples::{self, failure};
use racelab_demos::course::Expect;
use racelab_demos::promise::{Differs, Instead, Promise, judge};

fn report(engine: &dyn Engine, kind: Option<Kind>, end: End) -> Report {
    let failure = kind.map(|kind| failure(kind, "why", Vec::new()));
    Report { failure, ..samples::report(engine, end) }
}

#[test]
fn a_promise_is_kept_broken_or_open() {
    let demo = racelab_demos::find("torn-header").unwrap();
    let [broken, fixed] = [0, 1].map(|version| &demo.versions[version].verdicts);
    let complete = || End::Complete;
    let cut = || End::Cut(Stop::Time(1.0));
    let caught = report(BOUNDED, Some(Kind::Forbidden), complete());
    assert_eq!(judge(broken, &caught, false), Promise::Kept);
    assert_eq!(
        judge(fixed, &caught, false),
        Promise::Broken(Differs {
            declared: Expect::Passes,
            instead: Instead::Found(Kind::Forbidden),
        })
    );
    let passed = report(LOOM, None, complete());
    assert_eq!(judge(fixed, &passed, false), Promise::Kept);
    assert!(matches!(judge(broken, &passed, false), Promise::Broken(_)));
    assert!(matches!(judge(broken, &passed, true), Promise::Open(_)));
    let stopped = report(LOOM, None, cut());
    assert!(matches!(judge(broken, &stopped, false), Promise::Open(_)));
    assert!(matches!(judge(fixed, &stopped, false), Promise::Open(_)));
    let race = report(LOOM, Some(Kind::DataRace), complete());
    assert!(matches!(judge(broken, &race, false), Promise::Broken(_)));
}

#[test]
fn hardware_only_breaks_the_promise_of_a_fix() {
    let demo = racelab_demos::find("torn-header").unwrap();
    let nothing = report(NATIVE, None, End::Complete);
    assert_eq!(judge(&demo.versions[0].verdicts, &nothing, false), Promise::Kept);
    let seen = report(NATIVE, Some(Kind::Forbidden), End::Complete);
    assert!(matches!(judge(&demo.versions[1].verdicts, &seen, false), Promise::Broken(_)));
}
