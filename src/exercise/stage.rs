//! The stages of marking: a word for each, and what there is to say.

use super::found::Found;
use racelab::explore::weaken::{Need, Weakened};
use racelab::race::Grade;
use racelab::report::{End, Report, Verdict};
use racelab::sight::Unseen;
use racelab::words::number::{of, seconds};
use racelab::words::{sight, verdict};

/// How a stage ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nothing to object to.
    Ok,
    /// Something is wrong.
    Failed,
    /// Not everything was seen.
    Open,
    /// Worth knowing; it fails nothing.
    Remark,
    /// It was not looked at, or there is nothing to look at.
    None,
}

/// One stage, or one line of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Stage {
    /// Its name: `builds`, `seen by checkers`, `single thread`, `still concurrent`, `model-checked`, `layout`,
    /// `weakened`.
    pub stage: &'static str,
    /// How it ended.
    pub state: State,
    /// What there is to say.
    pub text: String,
}

fn stage(stage: &'static str, state: State, text: impl Into<String>) -> Stage {
    Stage { stage, state, text: text.into() }
}

/// The stage of building, which came first.
pub fn built(took: std::time::Duration) -> Stage {
    stage("builds", State::Ok, seconds(took.as_secs_f64()))
}

/// The stages after building. `not_judged` names engines that do not judge it, and why.
pub fn stages(found: &Found, not_judged: &[(String, String)]) -> Vec<Stage> {
    let mut stages = unseen(found.unseen());
    stages.push(alone(found));
    if found.conduct.is_none() {
        for later in ["still concurrent", "model-checked", "layout"] {
            stages.push(stage(later, State::None, "not looked at yet"));
        }
        return stages;
    }
    stages.extend(concurrent(found));
    if found.reports.is_empty() {
        stages.push(stage("model-checked", State::None, "not looked at yet"));
    }
    stages.extend(found.reports.iter().map(|report| {
        let state = match report.verdict() {
            Verdict::Passed => State::Ok,
            _ if report.failure.is_some() => State::Failed,
            _ => State::Open,
        };
        let text = format!("{}: {}{}", report.engine.name, verdict::line(report), also(report));
        let text = match (&report.end, report.notes.last()) {
            // Why it was too long: the line of a loop that waits without yielding.
            (End::Truncated(_), Some(why)) if report.failure.is_none() => format!("{text}; {why}"),
            _ => text,
        };
        stage("model-checked", state, text)
    }));
    stages.extend(not_judged.iter().map(|(engine, why)| {
        stage("model-checked", State::None, format!("{engine}: not judged: {why}"))
    }));
    stages.push(layout(found));
    stages
}

/// What the checkers do not see, a line each; nothing where they see all of it.
fn unseen(found: &[Unseen]) -> Vec<Stage> {
    found
        .iter()
        .map(|unseen| stage("seen by checkers", State::Failed, sight::said(unseen)))
        .collect()
}

/// The stages of a file that does not compile, and why it does not.
pub fn not_built(why: String) -> Vec<Stage> {
    let later = ["single thread", "still concurrent", "model-checked", "layout"];
    let none = later.map(|later| stage(later, State::None, "not looked at yet"));
    [vec![stage("builds", State::Failed, why)], none.to_vec()].concat()
}

/// The stages of a file that is not built, because its text says already what is not seen.
pub fn not_seen(found: &[Unseen]) -> Vec<Stage> {
    let later = ["builds", "single thread", "still concurrent", "model-checked", "layout"];
    let none = later.map(|later| stage(later, State::None, "not looked at yet"));
    [unseen(found), none.to_vec()].concat()
}

/// Forbidden outcomes that came up besides the one of the simplest failure.
fn also(report: &Report) -> String {
    let Some(failure) = &report.failure else { return String::new() };
    let told = failure.why.split_once(": ").map(|(id, _)| id);
    let others = report.outcomes.iter().filter(|row| {
        row.grade == Grade::Forbidden && row.count > 0 && told != Some(row.id.as_str())
    });
    let others: Vec<&str> = others.map(|row| row.id.as_str()).collect();
    if others.is_empty() { String::new() } else { format!(", also {}", others.join(", ")) }
}

fn alone(found: &Found) -> Stage {
    let name = "single thread";
    if let Some((case, kind, why)) = &found.alone.died {
        let kind = kind.words().to_uppercase();
        let case = if case.is_empty() { String::new() } else { format!(" in '{case}'") };
        return stage(name, State::Failed, format!("{kind}{case}: {why}"));
    }
    if let Some(failed) = found.alone.failed(false) {
        let why = failed.failed.as_deref().unwrap_or_default();
        return stage(name, State::Failed, format!("FAILS '{}': {why}", failed.name));
    }
    match found.alone.ran.iter().filter(|ran| !ran.layout).count() {
        0 => stage(name, State::None, "no cases"),
        count => stage(name, State::Ok, of(count as u64, "case", "cases")),
    }
}

fn concurrent(found: &Found) -> Vec<Stage> {
    let name = "still concurrent";
    let conduct = match &found.conduct {
        Some(Ok(conduct)) => conduct,
        Some(Err((kind, why))) => {
            let text = format!("{}: {why}", kind.words().to_uppercase());
            return vec![stage(name, State::Failed, text)];
        }
        None => return Vec::new(),
    };
    let mut stages = Vec::new();
    for row in found.missing() {
        let complete =
            found.reports.iter().all(|report| report.end == racelab::report::End::Complete);
        let (word, state) =
            if complete { ("NEVER", State::Failed) } else { ("NOT SEEN", State::Open) };
        stages.push(stage(name, state, format!(
            "{word}: {} ({}). A right solution can still end so: was work, or a thread, taken away?",
            row.id, row.reason
        )));
    }
    for (objection, what) in [
        (&conduct.blocks, "MAY WAIT, and must not"),
        (&conduct.uses, "USES what this exercise forbids"),
    ] {
        if let Some(found) = objection {
            let place =
                format!("{}:{}  {}", found.place.file, found.place.line, found.place.source);
            stages.push(stage(
                name,
                State::Failed,
                format!("{} {what}: it {} at {place}", found.actor, found.kind.does(),),
            ));
        }
    }
    if let Some((rule, actor, needs, enough)) = &conduct.exceeds {
        stages.push(stage(
            name,
            State::Failed,
            format!("{actor} NEEDS {needs} operations where {enough} are enough: {rule}"),
        ));
    }
    if stages.is_empty() {
        let required = conduct.outcomes.iter().filter(|row| row.required).count();
        let mut said = Vec::new();
        if required > 0 {
            let seen = of(required as u64, "required outcome", "required outcomes");
            said.push(format!("{seen} reached"));
        }
        let free = conduct.must_not_block.iter().map(|actor| format!("{actor} never waits"));
        said.extend(free);
        if conduct.limited {
            said.push("nothing forbidden is used".to_string());
        }
        let ended =
            found.reports.iter().flat_map(|report| &report.outcomes).any(|row| row.count > 0);
        stages.push(match ended {
            true => stage(name, State::Ok, said.join(", ")),
            false => stage(name, State::Open, "no execution came to its end"),
        });
    }
    stages
}

fn layout(found: &Found) -> Stage {
    if let Some(failed) = found.alone.failed(true) {
        let why = failed.failed.as_deref().unwrap_or_default();
        return stage("layout", State::Failed, format!("FAILS '{}': {why}", failed.name));
    }
    match found.alone.ran.iter().filter(|ran| ran.layout).count() {
        0 => stage("layout", State::None, "nothing is asserted of the bytes"),
        count => stage("layout", State::Ok, of(count as u64, "assertion", "assertions")),
    }
}

/// The last stage: what the answer hangs on. Never a failure.
pub fn weakened(table: Option<&Weakened>) -> Vec<Stage> {
    let name = "weakened";
    let Some(table) = table.filter(|table| table.refused.is_none()) else {
        return vec![stage(name, State::None, "there was no time to weaken it")];
    };
    let needed = table.rows.iter().filter(|row| row.verdict == Need::Needed).count();
    let mut stages = vec![match (needed, table.rows.len()) {
        (_, 0) => stage(name, State::Ok, "there is nothing that could be weaker"),
        (needed, all) => stage(
            name,
            State::Ok,
            format!(
                "{needed} of {} fail: those orderings and locks are needed",
                of(all as u64, "weakening", "weakenings")
            ),
        ),
    }];
    for row in table.rows.iter().filter(|row| row.verdict == Need::NotNeeded) {
        stages.push(stage(
            name,
            State::Remark,
            format!(
                "{}:{} {} {}: not needed in this model",
                row.file, row.line, row.operation, row.change
            ),
        ));
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::*;
    use racelab::explore::LOOM;
    use racelab::report::{End, Kind, OutcomeCount};
    use racelab::words::samples;

    #[test]
    fn an_outcome_whose_name_begins_another_is_named_as_well() {
        let row = |id: &str| OutcomeCount {
            id: id.to_string(),
            grade: Grade::Forbidden,
            reason: "as named".to_string(),
            count: 1,
        };
        let failure = samples::failure(Kind::Forbidden, "LOST_UPDATE: it has gone", Vec::new());
        let report = Report {
            outcomes: vec![row("LOST"), row("LOST_UPDATE")],
            failure: Some(failure),
            ..samples::report(LOOM, End::Complete)
        };
        assert_eq!(also(&report), ", also LOST");
    }
}
