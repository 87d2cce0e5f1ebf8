//! Shares of one exploration, which know nothing of each other: together they are the whole.

use std::process::Command;
use std::time::Duration;

use racelab::report::{End, Partition, Report, Stop, Unmerged, Unreasonable, Verdict, merge};
use racelab::rt::shuttle::sync::Arc;
use racelab::rt::shuttle::sync::atomic::{AtomicU64, Ordering::*};
use racelab::rt::shuttle::thread;
use racelab::{Budget, explore_model};

/// Threads on some words, each of which does its own; then this one.
fn threads(all: Vec<fn(&[AtomicU64; 3])>, end: fn(&[AtomicU64; 3])) {
    let words = Arc::new([AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0)]);
    let start = |act: fn(&[AtomicU64; 3])| {
        let words = words.clone();
        thread::spawn(move || act(&words))
    };
    let started: Vec<_> = all.into_iter().map(start).collect();
    started.into_iter().for_each(|thread| thread.join().unwrap());
    end(&words);
}

/// Adds to two words, so often.
fn add<const ROUNDS: usize>([x, y, _]: &[AtomicU64; 3]) {
    for _ in 0..ROUNDS {
        x.fetch_add(1, Relaxed);
        y.fetch_add(1, Relaxed);
    }
}

/// Reads them, the second first.
fn look([x, y, _]: &[AtomicU64; 3]) {
    let seen = (y.load(Relaxed), x.load(Relaxed));
    assert!(seen.0 <= 4 && seen.1 <= 4);
}

fn look_behind([x, y, _]: &[AtomicU64; 3]) {
    let seen = (y.load(Relaxed), x.load(Relaxed));
    assert!(seen.0 <= seen.1, "y is seen behind x");
}

fn nothing(_: &[AtomicU64; 3]) {}

fn passing() {
    threads(vec![add::<2>, add::<2>, look, look], nothing);
}

fn failing() {
    threads(vec![add::<2>, add::<2>, look, look_behind], nothing);
}

fn small() {
    threads(vec![add::<1>, add::<1>], nothing);
}

/// A loop that waits, and an exchange that may fail without a reason.
fn waiting() {
    fn locked([lock, count, _]: &[AtomicU64; 3]) {
        while lock.compare_exchange_weak(0, 1, Acquire, Relaxed).is_err() {
            thread::yield_now();
        }
        count.store(count.load(Relaxed) + 1, Relaxed);
        lock.store(0, Release);
    }
    threads(vec![locked, locked, locked], |[_, count, _]| assert_eq!(count.load(Relaxed), 3));
}

/// What graphs says of it, or of a share of it; in a child, which is there for one call, nothing.
#[track_caller]
fn explored(body: fn(), partition: Option<Partition>) -> Option<Report> {
    let time = Duration::from_secs(300);
    let checked = explore_model(&Budget { partition, time, ..Budget::default() }, body);
    let shares = partition.is_some().then_some(1);
    if let Some(shares) = shares.filter(|_| !checked.reports.is_empty()) {
        assert_eq!(checked.reports.len(), shares, "only graphs is divided");
        assert!(!checked.passed(), "a share is no verdict");
    }
    checked.reports.into_iter().find(|report| report.engine.name == "graphs")
}

#[track_caller]
fn shares(body: fn(), of: u32) -> Vec<Report> {
    (1..=of).filter_map(|index| explored(body, Partition::new(index, of))).collect()
}

/// Without what is another each time.
fn untimed(report: Report) -> Report {
    let untimed = |again: Unreasonable| Unreasonable { seconds: 0.0, ..again };
    let unreasonable = report.unreasonable.map(untimed);
    let report = Report { seconds: 0.0, first_failure_seconds: None, unreasonable, ..report };
    // Which test says it, and which of its calls, is in the token.
    let mut report = report;
    let stricter = report.stricter.iter_mut().filter_map(|stricter| stricter.failure.as_mut());
    for failure in stricter.chain(report.failure.as_mut()) {
        failure.token = None;
    }
    report.notes.clear();
    report
}

/// The whole, and its shares; nothing in a child.
#[track_caller]
fn the_whole(body: fn(), of: u32) -> Option<(Report, Vec<Report>)> {
    let whole = explored(body, None);
    let mut shares = shares(body, of);
    let whole = whole?;
    // In any order.
    shares.rotate_left(of as usize / 2);
    let merged = merge(&shares).expect("all shares are there");
    assert_eq!(untimed(merged), untimed(whole.clone()));
    Some((whole, shares))
}

#[test]
fn together_they_are_the_whole() {
    if let Some((whole, shares)) = the_whole(passing, 4) {
        assert_eq!((whole.verdict(), &whole.end), (Verdict::Passed, &End::Complete));
        assert!(whole.executions > 3_000, "{}", whole.executions);
        for share in &shares {
            assert!(share.is_share() && share.verdict() == Verdict::Inconclusive);
            assert!(matches!(share.end, End::Cut(Stop::Share(_))));
            assert!(share.executions > 0 && share.executions < whole.executions / 2);
            let said = share.to_string();
            assert!(said.starts_with("graphs: SHARE ") && !said.contains("PASSED"), "{said}");
        }
    }
    the_whole(passing, 1);
    the_whole(passing, 7);
    // Too small to be divided: the first share has it all.
    if let Some((whole, shares)) = the_whole(small, 2) {
        let counts: Vec<u64> = shares.iter().map(|share| share.executions).collect();
        assert!(counts.contains(&whole.executions) && counts.contains(&0), "{counts:?}");
    }
}

#[test]
fn a_failure_is_found_in_whichever_share_it_is() {
    let Some((whole, shares)) = the_whole(failing, 3) else { return };
    assert_eq!(whole.verdict(), Verdict::Caught);
    assert!(whole.failure.is_some_and(|failure| !failure.steps.is_empty()));
    assert!(shares.iter().filter(|share| share.failure.is_some()).count() > 1);
}

/// What std allows without a reason the first share looks at for all.
#[test]
fn the_second_look_is_the_first_shares() {
    let Some((whole, shares)) = the_whole(waiting, 2) else { return };
    assert!(whole.unreasonable.is_some() && whole.verdict() == Verdict::Passed, "{whole}");
    assert_eq!(shares.iter().filter(|share| share.unreasonable.is_some()).count(), 1);
    // Had the others met what the first has not, nothing would be decided.
    let mut others = shares;
    for part in others.iter_mut().filter_map(|share| share.part.as_mut()) {
        assert!(!part.meets.is_empty());
        part.meets.retain(|_| part.partition.index > 1);
    }
    assert_eq!(merge(&others).expect("merged").end, End::Cut(Stop::DividedLate));
}

#[test]
fn shares_that_are_no_whole_are_refused() {
    let share = |index, of| Partition::new(index, of).expect("a share");
    let all = shares(small, 3);
    let other = explored(passing, Partition::new(3, 3));
    let of_four = explored(small, Partition::new(3, 4));
    let whole = explored(small, None);
    let budget = Budget { partition: Partition::new(1, 3), executions: 1, ..Budget::default() };
    let cut = explore_model(&budget, small).reports;
    let (Some(other), Some(of_four), Some(whole), Some(cut)) = (other, of_four, whole, cut.first())
    else {
        return;
    };
    assert_eq!(merge(&[all[0].clone(), all[2].clone()]), Err(Unmerged::Missing(vec![share(2, 3)])));
    assert_eq!(merge(&[&all[..], &all[1..2]].concat()), Err(Unmerged::Twice(1, 3)));
    let with = |at: usize, report: &Report| {
        let mut all = all.clone();
        all[at] = report.clone();
        merge(&all)
    };
    assert_eq!(with(2, &other), Err(Unmerged::Foreign(0, 2)));
    assert_eq!(with(2, &of_four), Err(Unmerged::Foreign(0, 2)));
    assert_eq!(with(1, &whole), Err(Unmerged::Whole(1)));
    assert_eq!(merge(&[]), Err(Unmerged::Missing(Vec::new())));
    // What was cut stays cut, whatever the others came to.
    assert!(!cut.is_share());
    let merged = with(0, cut).map(|merged| (merged.verdict(), merged.end));
    let end = End::Cut(Stop::Executions(1));
    assert_eq!(merged, Ok((Verdict::Inconclusive, end)));
}

#[test]
fn a_share_is_written_as_it_is_read() {
    assert_eq!("2/4".parse(), Ok(Partition { index: 2, of: 4 }));
    assert_eq!(Partition { index: 2, of: 4 }.to_string(), "2/4");
    for wrong in ["", "2", "0/4", "5/4", "1/0", "1/257", "-1/4", "1/4/2", "a/b", "1.5/4"] {
        let says = wrong.parse::<Partition>().expect_err(wrong);
        assert!(says.contains("K/N"), "{says}");
    }
}

/// Four threads that count three times: 12! / 3!^4 graphs.
fn alike() {
    fn thrice([x, ..]: &[AtomicU64; 3]) {
        (0..3).for_each(|_| _ = x.fetch_add(1, Relaxed));
    }
    threads(vec![thrice; 4], nothing);
}

/// Threads that do not do the same: one that is done at once, a publisher, and two that read.
fn unlike() {
    fn once([_, _, z]: &[AtomicU64; 3]) {
        z.store(1, Relaxed);
    }
    fn publish([x, y, _]: &[AtomicU64; 3]) {
        for round in 1..4 {
            x.store(round, Relaxed);
            y.store(round, Release);
        }
    }
    fn read([x, y, z]: &[AtomicU64; 3]) {
        for _ in 0..3 {
            y.load(Acquire);
            x.load(Relaxed);
        }
        z.load(Relaxed);
    }
    fn more([x, y, z]: &[AtomicU64; 3]) {
        for _ in 0..2 {
            x.fetch_add(z.load(Relaxed), Relaxed);
            y.load(Relaxed);
        }
    }
    threads(vec![once, publish, read, more], nothing);
}

/// Of 100,000 graphs and more the largest share of four is at most 40 %, and what is run twice at most
/// a twentieth of all.
fn about_alike(name: &str, body: fn(), of: u32) {
    let shares = shares(body, of);
    let Some(first) = shares.first() else { return };
    let counts: Vec<u64> = shares.iter().map(|share| share.executions).collect();
    let all: u64 = counts.iter().sum();
    let repeats = first.part.as_ref().expect("a part").repeated * u64::from(of - 1);
    let largest = *counts.iter().max().expect("a share") as f64 / all as f64;
    let more = (all + repeats) as f64 / all as f64;
    println!("{name} 1/{of}: {all} graphs, {counts:?}, largest {largest:.3}, run {more:.3}");
    assert!(shares.iter().all(Report::is_share), "{first}");
    assert!(all > 100_000 && more <= 1.05 && largest <= 1.6 / f64::from(of), "{largest}");
}

#[test]
#[ignore = "some minutes in a debug build"]
fn shares_of_threads_that_are_alike() {
    [2, 4, 8, 16].into_iter().for_each(|of| about_alike("alike", alike, of));
}

#[test]
#[ignore = "some minutes in a debug build"]
fn shares_of_threads_that_are_not() {
    about_alike("unlike", unlike, 4);
}

/// A model for the test below, which starts this one with a share in its environment.
#[test]
#[ignore = "the test below starts it"]
fn divided_by_the_environment() {
    racelab::model(small);
}

#[test]
fn the_environment_asks_for_a_share() {
    let folder = std::env::temp_dir().join(format!("racelab-shares-{}", std::process::id()));
    let run = |partition: &str| {
        let arguments = ["--exact", "shares::divided_by_the_environment", "--include-ignored"];
        let mut test = Command::new(std::env::current_exe().expect("a path"));
        test.args(arguments).arg("--nocapture").env("RACELAB_PARTITION", partition);
        let output = test.env("RACELAB_JSON", &folder).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let left = folder.join("shares.divided_by_the_environment.1.json");
        let document: Option<serde_json::Value> =
            std::fs::read_to_string(left).ok().and_then(|text| serde_json::from_str(&text).ok());
        (output.status.success(), said, document)
    };
    let shares = ["1/2", "2/2"].map(|partition| {
        let (passed, said, document) = run(partition);
        assert!(passed && said.contains(&format!("SHARE {partition}")), "{said}");
        let document = document.expect("a document");
        assert!(document["share"] == true && document["passed"] == false);
        serde_json::from_value::<Report>(document["reports"][0].clone()).expect("a report")
    });
    assert_eq!(merge(&shares).expect("both").verdict(), Verdict::Passed);
    let (passed, said, _) = run("3/2");
    assert!(!passed && said.contains("RACELAB_PARTITION: \"3/2\" is no share"), "{said}");
    let _ = std::fs::remove_dir_all(folder);
}
