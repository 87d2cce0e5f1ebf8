//! loom's paths: what loom promises of them, in our words, and bugs that have been.

mod bounds;
mod bugs;
mod frees;
mod leaks;
mod models;
mod orders;
mod structures;

/// What the model of this closure fails with.
///
/// # Panics
/// When it passes.
#[track_caller]
fn fails(body: impl Fn() + Send + Sync + 'static) -> String {
    fails_with(|_| (), body)
}

/// The same, within bounds.
///
/// # Panics
/// When it passes.
#[track_caller]
fn fails_with(
    bounds: impl Fn(&mut loom::model::Builder),
    body: impl Fn() + Send + Sync + 'static,
) -> String {
    let mut builder = loom::model::Builder::new();
    bounds(&mut builder);
    let check = std::panic::AssertUnwindSafe(|| builder.check(body));
    let checked = std::panic::catch_unwind(check);
    if racelab::trial::is_child() {
        // A child is there for another call of this test.
        return String::new();
    }
    let said = checked.expect_err("it passes");
    said.downcast_ref::<String>().expect("a panic with words").clone()
}

/// What `racelab::model` finds in this closure.
///
/// # Panics
/// When it passes.
#[track_caller]
fn found(body: impl Fn() + Send + Sync + 'static) -> String {
    let checked = racelab::explore_model(&racelab::Budget::default(), body);
    assert!(racelab::trial::is_child() || !checked.passed(), "it passes");
    checked.to_string()
}

/// Whether a text says this: for a child that finds nothing, always.
#[track_caller]
fn says(text: &str, what: &str) {
    assert!(racelab::trial::is_child() || text.contains(what), "{what}: {text}");
}
