//! What a type costs two threads on this machine, in words.

use crate::findings::Timed;
use crate::words::width::wrap;
use racelab::explore::native::figures::Finding;
use racelab::words::note::machine;

/// The cost of the variant, beside the baseline and the latency, in lines of at most `width`
/// columns; without a cost, that there is none.
pub fn cost_text(cost: Option<&Timed>, width: usize) -> String {
    let say = |text: &str| wrap(text, width, 2) + "\n";
    let Some(Timed { variant, baseline, report }) = cost else {
        return say(
            "Measured are the starts only: nobody has declared what two threads do with it.",
        );
    };
    match report.finding {
        Finding::Measured => {}
        Finding::NeverParallel => {
            return say("Its cost: no figure; these two threads never ran in parallel here.");
        }
        Finding::TooDisturbed => {
            return say("Its cost: no figure; other work disturbed too many of the measurements.");
        }
    }
    let figures = report.variant(variant);
    let Some((figures, spread)) = figures.and_then(|f| Some((f, f.ns_per_operation?))) else {
        return say("Its cost: no figure.");
    };
    let range = |low: f64, high: f64| format!("80 % within {low:.1} to {high:.1}");
    let mut text = format!(
        "Its cost here: two threads need {:.1} ns an operation ({})",
        spread.median,
        range(spread.p10, spread.p90)
    );
    match (figures.ratio, figures.ratios) {
        (Some(ratio), Some(ratios)) if variant != baseline => text.push_str(&format!(
            ", {ratio:.1} times what {baseline} needs ({})",
            range(ratios.p10, ratios.p90)
        )),
        _ => {}
    }
    text.push_str(&match &report.latency {
        Some(latency) => {
            format!("; a store takes {:.0} ns to the other CPU.", latency.one_way_ns.median)
        }
        None => ". How long a store takes to the other CPU: no figure; beside other work not one \
                 of its measurements came to an end."
            .to_owned(),
    });
    let mut out = say(&text);
    report.notes.iter().for_each(|&note| out.push_str(&say(&machine(note))));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use racelab::explore::native::figures::{CostReport, Figures};
    use racelab::explore::native::latency::Latency;
    use racelab::explore::native::spread::Spread;

    fn timed(finding: Finding) -> Timed {
        let figures = |name: &str, ns: f64| Figures {
            name: name.to_owned(),
            ns_per_operation: Spread::of(&[ns]),
            threads: Vec::new(),
            ratio: Some(ns / 5.0),
            ratios: Spread::of(&[ns / 5.0]),
            kept: 25,
            tried: 25,
            window_ns: 5e4,
        };
        let report = CostReport {
            finding,
            variants: vec![figures("broken", 40.0), figures("fixed", 5.0)],
            latency: None,
            cpus: vec![0, 1],
            pinned: true,
            elapsed: std::time::Duration::ZERO,
            notes: Vec::new(),
        };
        Timed { variant: "broken".to_owned(), baseline: "fixed".to_owned(), report }
    }

    #[test]
    fn a_cost_has_its_ratio_and_no_figure_is_said() {
        let expected = "\
Its cost here: two threads need 40.0 ns an operation (80 % within 40.0 to 40.0),
  8.0 times what fixed needs (80 % within 8.0 to 8.0). How long a store takes to
  the other CPU: no figure; beside other work not one of its measurements came
  to an end.
";
        assert_eq!(cost_text(Some(&timed(Finding::Measured)), 80), expected);
        let fixed = Timed { variant: "fixed".to_owned(), ..timed(Finding::Measured) };
        assert!(!cost_text(Some(&fixed), 80).contains("times"));
        let mut quiet = timed(Finding::Measured);
        let one_way_ns = Spread::of(&[64.0]).expect("a figure");
        quiet.report.latency = Some(Latency { one_way_ns, cpus: [0, 1], pinned: true });
        assert!(cost_text(Some(&quiet), 200).contains("; a store takes 64 ns to the other CPU."));
        assert!(cost_text(Some(&timed(Finding::NeverParallel)), 80).contains("no figure"));
        assert!(cost_text(None, 80).contains("starts only"));
    }
}
