//! loom's paths: what loom promises of them, in our words, and bugs that have been.

mod bugs;
mod frees;
mod leaks;
mod models;
mod orders;

/// What the model of this closure fails with.
///
/// # Panics
/// When it passes.
#[track_caller]
fn fails(body: impl Fn() + Send + Sync + 'static) -> String {
    let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| loom::model(body)));
    if racelab::trial::is_child() {
        // A child is there for another call of this test.
        return String::new();
    }
    let said = checked.expect_err("it passes");
    said.downcast_ref::<String>().expect("a panic with words").clone()
}

/// Whether a text says this: for a child that finds nothing, always.
#[track_caller]
fn says(text: &str, what: &str) {
    assert!(racelab::trial::is_child() || text.contains(what), "{what}: {text}");
}
