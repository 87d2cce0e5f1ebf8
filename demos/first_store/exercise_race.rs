//! Two stations report in their own units, and one of them reads the gauge before and after.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Gauge;

outcomes! {
    METRIC: Allowed required, "the metric station came first, and the other was refused";
    IMPERIAL: Allowed required, "the imperial station came first, and the other was refused";
    NO_VALUE: Forbidden, "a unit was read, and no value with it";
    WRONG_UNIT: Forbidden, "a value was read in the unit of the other";
    BOTH_SETTLED: Forbidden, "both stations were told that their unit counts, or neither";
}

const CELSIUS: u32 = 1;
const FAHRENHEIT: u32 = 2;

/// 0 for nothing, else the unit as thousands and the value.
fn read(gauge: &Gauge) -> u64 {
    gauge.read().map_or(0, |(unit, value)| 1000 * u64::from(unit) + u64::from(value))
}

pub const RACE: Race<Gauge> = Race::<Gauge>::new(
    Gauge::new,
    &[
        actor("metric", |gauge, saw| saw.note(gauge.report(CELSIUS, 20).into())),
        actor("imperial", |gauge, saw| {
            saw.note(read(gauge));
            saw.note(gauge.report(FAHRENHEIT, 68).into());
            saw.note(read(gauge));
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "nobody has reported",
        run: |gauge| assert_eq!(gauge.read(), None),
    },
    Case {
        name: "the last report counts",
        run: |gauge| {
            assert!((0..50).all(|value| gauge.report(CELSIUS, value)));
            assert_eq!(gauge.read(), Some((CELSIUS, 49)));
        },
    },
    Case {
        name: "the other unit is refused, and the value stays",
        run: |gauge| {
            assert!(gauge.report(FAHRENHEIT, u32::MAX) && !gauge.report(CELSIUS, 20));
            assert_eq!(gauge.read(), Some((FAHRENHEIT, u32::MAX)));
        },
    },
]);

fn outcome(gauge: &Gauge, saws: &[Saw]) -> Outcome {
    let [before, imperial, after] = *saws[1].values() else { return NO_VALUE };
    let seen = [before, after, read(gauge)];
    if seen.iter().any(|seen| matches!(seen, 1000 | 2000)) || after == 0 {
        return NO_VALUE;
    }
    if !seen.iter().all(|seen| matches!(seen, 0 | 1020 | 2068)) {
        return WRONG_UNIT;
    }
    match (saws[0].values(), imperial, read(gauge)) {
        ([1], 0, 1020) => METRIC,
        ([0], 1, 2068) => IMPERIAL,
        _ => BOTH_SETTLED,
    }
}
