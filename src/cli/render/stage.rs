//! The stages of marking in words, and what is said of a solution whose mark is not borne out.

use racelab::explore::conduct::{Exceeds, Objection};
use racelab::explore::weaken::{How, Weaker};
use racelab::words::number::{of, seconds};
use racelab::words::{self, Ink, Page, against, note, sight, verdict, why};
use racelab_exercise::mark::{Instead, Mark};
use racelab_exercise::stage::{Says, Stage, State};

/// The stages of a check, each with its sign.
pub fn stages(stages: &[Stage], page: &Page) -> String {
    let mut text = String::new();
    let mut last = "";
    for stage in stages {
        let says = says(stage);
        if page.plain {
            text += &row(stage.stage, stage.state, &says, page);
            continue;
        }
        let name = if stage.stage == last { "" } else { stage.stage };
        last = stage.stage;
        text += &row(name, stage.state, &says, page);
    }
    text
}

/// One line with a sign, a name, and what there is to say.
pub fn row(name: &str, state: State, says: &str, page: &Page) -> String {
    let (sign, word, ink) = sign(state);
    if page.plain {
        return page.paragraph("", "  ", &format!("{name}: {word}: {says}."));
    }
    let first = format!("  {sign}  {name:<16}  ");
    let lines = page.paragraph(&first, &" ".repeat(first.len()), says);
    lines.replacen(sign, &page.paint(ink, sign), 1)
}

fn sign(state: State) -> (&'static str, &'static str, Ink) {
    match state {
        State::Ok => ("ok", "ok", Ink::Good),
        State::Failed => ("!!", "failed", Ink::Bad),
        State::Open => ("??", "undecided", Ink::Notable),
        State::Remark => ("..", "remark", Ink::Notable),
        State::None => ("--", "nothing", Ink::Faint),
    }
}

/// What there is to say of a stage, without a full stop.
pub fn says(stage: &Stage) -> String {
    match &stage.says {
        Says::NotYet => "not looked at yet".to_string(),
        Says::Built(took) if *took < 120.0 => format!("{took:.1} s"),
        Says::Built(took) => seconds(*took),
        Says::Errors(count) => format!("{count} errors"),
        Says::Error(words) => words.clone(),
        Says::Unseen(unseen) => sight::said(unseen),
        Says::Died(case, kind, how) => {
            let kind = kind.words().to_uppercase();
            let case = case.as_ref().map(|case| format!(" in '{case}'")).unwrap_or_default();
            format!("{kind}{case}: {}", why::death(how))
        }
        Says::FailsCase(case, said) => format!("FAILS '{case}': {said}"),
        Says::Cases(0) => "no cases".to_string(),
        Says::Cases(count) => of(*count as u64, "case", "cases"),
        Says::Assertions(0) => "no rule about the bytes in this exercise".to_string(),
        Says::Assertions(count) => of(*count as u64, "assertion", "assertions"),
        Says::Missing { id, reason, complete: false } => {
            format!("NOT SEEN so far: {id} ({reason}). A right solution can still end so")
        }
        Says::Missing { id, reason, complete: true } => format!(
            "NEVER: {id} ({reason}). A right solution can still end so: was work, or a thread, taken \
             away?"
        ),
        Says::Waits(objection) => objected(objection, "MAY WAIT, and must not"),
        Says::Uses(objection) => objected(objection, "USES what this exercise forbids"),
        Says::Exceeds(Exceeds { actor, needs, enough, rule }) => {
            format!("{actor} NEEDS {needs} operations where {enough} are enough: {rule}")
        }
        Says::NoEnd => "no execution came to its end".to_string(),
        Says::Concurrent { required, never_wait, limited } => {
            let mut said = Vec::new();
            if *required > 0 {
                let seen = of(*required as u64, "required outcome", "required outcomes");
                said.push(format!("{seen} reached"));
            }
            said.extend(never_wait.iter().map(|actor| format!("{actor} never waits")));
            if *limited {
                said.push("nothing forbidden is used".to_string());
            }
            said.join(", ")
        }
        Says::Specified(tested) => {
            format!("{}: {}", tested.engine.name, against::line(tested))
        }
        Says::DiedIn(died) => against::died(died),
        Says::Found { report, also, note } => {
            let line = verdict::line(report);
            let also = match also.is_empty() {
                true => String::new(),
                false => format!(", also {}", also.join(", ")),
            };
            let note = note.as_ref().map(|note| format!("; {}", note::note(note)));
            format!("{}: {line}{also}{}", report.engine.label(), note.unwrap_or_default())
        }
        Says::NotJudged(engine, why) => format!("{engine}: not judged: {why}"),
        Says::NoTime => "there was no time to weaken it".to_string(),
        Says::Needed(_, 0) => "there is nothing that could be weaker".to_string(),
        Says::Needed(0, 1) => "the one weakening there is fails nothing".to_string(),
        Says::Needed(0, all) => format!("none of {all} weakenings fails anything"),
        Says::Needed(1, 1) => "the one weakening there is fails: it is needed".to_string(),
        Says::Needed(needed, all) if needed == all => {
            format!("each of {all} weakenings fails: all those orderings and locks are needed")
        }
        Says::Needed(needed, all) => {
            let fail = if *needed == 1 { "fails: it is" } else { "fail: they are" };
            format!("{needed} of {all} weakenings {fail} needed")
        }
        Says::NotNeeded(place) => enough(place),
    }
}

/// What is enough in a place that is stronger than it need be: `line 29 load SeqCst: Relaxed is enough
/// here`.
fn enough(place: &[Weaker]) -> String {
    let Some(first) = place.first() else { return String::new() };
    let at = format!("line {} {}", first.line, words::weaken::operation(first));
    let mut weakest: Vec<&str> = Vec::new();
    for what in place {
        match &what.how {
            How::Ordering { from, to } => {
                // What was weakened further is no end.
                weakest.retain(|known| known != from);
                weakest.push(to);
            }
            other => {
                let how = words::weaken::how(other);
                return format!("{at} {how}: not needed here");
            }
        }
    }
    weakest.sort_unstable();
    weakest.dedup();
    let from = match &first.how {
        How::Ordering { from, .. } => format!(" {from}"),
        _ => String::new(),
    };
    let is =
        if weakest.contains(&"Relaxed") { "Relaxed".to_string() } else { weakest.join(" or ") };
    format!("{at}{from}: {is} is enough here")
}

fn objected(found: &Objection, what: &str) -> String {
    let place = format!("{}:{}  {}", found.place.file, found.place.line, found.place.source);
    format!("{} {what}: it {} at {place}", found.actor, found.kind.does())
}

/// What a solution must come to: `reaches TORN_READING`.
pub fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Solved => "is right".to_string(),
        Mark::FailsCase(case) => format!("fails the case '{case}'"),
        Mark::Reaches(outcome) => format!("reaches {outcome}"),
        Mark::NeverReaches(outcome) => format!("never reaches {outcome}"),
        Mark::Blocks(actor) => format!("lets {actor} wait"),
        Mark::Uses => "uses what the judge forbids".to_string(),
        Mark::Exceeds(actor) => format!("lets {actor} do too many operations"),
        Mark::Fails(kind) => format!("fails with a {}", kind.words()),
        Mark::FailsSpecification => "fails its specification".to_string(),
    }
}

/// What was found instead of what a mark says.
pub fn instead(found: &[Instead]) -> String {
    let said = |instead: &Instead| match instead {
        Instead::Unseen(unseen) => sight::said(unseen),
        Instead::FailsCase(case) => format!("fails the case '{case}'"),
        Instead::Died(case, kind, how) => {
            format!("ends in a {} in the case '{case}' ({})", kind.words(), why::death(how))
        }
        Instead::NeverReaches(id) => format!("never reaches {id}"),
        Instead::Does(objection) => format!("{} {}", objection.actor, objection.kind.does()),
        Instead::Exceeds(Exceeds { actor, needs, .. }) => {
            format!("{actor} needs {needs} operations")
        }
        Instead::Specified(tested) => {
            format!("{}: {}", tested.engine.name, against::line(tested))
        }
        Instead::Says(report) => format!("{}: {}", report.engine.label(), verdict::line(report)),
        Instead::Differs(report, declared) => {
            let declared = declared.map_or("passes", |kind| kind.words());
            format!("{}: declared: {declared}; {}", report.engine.label(), verdict::line(report))
        }
    };
    found.iter().map(said).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use racelab::explore::LOOM;
    use racelab::race::Grade;
    use racelab::report::{End, Kind, OutcomeCount, Report, Stop};
    use racelab::words::samples;
    use racelab_exercise::found::Found;
    use racelab_exercise::stage;

    /// What is said of the model-checked stage of a solution with this report.
    fn said(report: Report) -> String {
        let conduct = Some(Ok(Default::default()));
        let found = Found { conduct, reports: vec![report], ..Found::default() };
        let stages = stage::stages(&found, &[]);
        let checked = stages.iter().find(|stage| stage.stage == "model-checked");
        says(checked.expect("it was explored"))
    }

    #[test]
    fn both_outcomes_are_named_where_one_name_begins_the_other() {
        let row = |id: &str, count| OutcomeCount {
            id: id.to_string(),
            grade: Grade::Forbidden,
            reason: "as named".to_string(),
            count,
        };
        let failure = samples::failure(Kind::Forbidden, "LOST_UPDATE", Vec::new());
        let report = Report {
            outcomes: vec![row("LOST", 2), row("LOST_UPDATE", 1)],
            failing: 3,
            failure: Some(failure),
            ..samples::report(LOOM, End::Complete)
        };
        let both = "loom: FORBIDDEN OUTCOME in 3 of 812,004 executions: LOST_UPDATE, also LOST";
        assert_eq!(said(report), both);
    }

    #[test]
    fn an_engines_own_words_are_no_limit_of_time() {
        for words in ["no answer within 5 s", "gave up after 9 executions"] {
            let stop = Stop::Said(words.to_string());
            let text = said(samples::report(LOOM, End::Cut(stop)));
            let whole = format!(
                "loom: INCONCLUSIVE: stopped at 812,004 executions: loom ends here: {words}"
            );
            assert_eq!(text, whole);
        }
    }
}
