//! What `racelab layout` answers, and what it refuses.

use super::*;
use clap::{Args as _, FromArgMatches as _};
use racelab_layout::FieldLayout;

fn registry() -> Vec<TypeLayout> {
    #[repr(C, align(16))]
    struct Counters(u64, u64);
    let word = |name, at| FieldLayout::new(name, "core::sync::atomic::AtomicU64", at..at + 8);
    let fields =
        || vec![word("left", 0).written_by(&["left"]), word("right", 8).written_by(&["right"])];
    let mut fixed = TypeLayout::registered::<Counters>("false-sharing::fixed::Counters", fields());
    (fixed.size, fixed.align, fixed.fields[1].offset) = (256, 128, 128);
    fixed.path = "racelab_demos::false_sharing::fixed::Counters".to_owned();
    let name = "false-sharing::broken::Counters";
    let mut broken = TypeLayout::registered::<Counters>(name, fields());
    broken.path = "racelab_demos::false_sharing::broken::Counters".to_owned();
    vec![broken, fixed]
}

fn args(words: &[&str]) -> LayoutArgs {
    let command = LayoutArgs::augment_args(clap::Command::new("layout").no_binary_name(true));
    LayoutArgs::from_arg_matches(&command.get_matches_from(words)).expect("arguments in order")
}

fn ask(words: &[&str]) -> (String, u8) {
    let mut out = Vec::new();
    let args = LayoutArgs { cache_line: Some(64), ..args(words) };
    let code = run(&args, &registry(), &mut out).expect("an answer");
    (String::from_utf8(out).expect("text"), code)
}

#[test]
fn without_a_name_the_types_are_listed_with_their_verdicts() {
    colored::control::set_override(false);
    let expected = "\
type                               size  align  sharing
false-sharing::broken::Counters      16     16  CERTAIN
false-sharing::fixed::Counters      256    128  none found
";
    assert_eq!(ask(&[]), (expected.to_owned(), 0));
}

#[test]
fn a_demo_shows_all_its_types_and_an_unknown_name_is_a_usage_error() {
    let (text, code) = ask(&["false-sharing"]);
    assert_eq!((text.matches("Counters").count(), code), (2, 0));
    assert_eq!(ask(&["Counter"]), (String::new(), 2));
}

#[test]
fn json_is_one_document_with_the_verdicts_for_64_and_128() {
    let (text, _) = ask(&["false-sharing/broken", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&json["schema"], &json["command"]), (&"racelab/2".into(), &"layout".into()));
    let shared = &json["types"][0]["shared"];
    assert_eq!(shared[0]["verdict"], "certain");
    assert_eq!(shared[0]["fields"], serde_json::json!(["left", "right"]));
    assert_eq!((&shared[0]["cache_line"], &shared[1]["cache_line"]), (&64.into(), &128.into()));
}

#[test]
fn a_writer_can_be_added_and_a_bad_declaration_is_said() {
    let (text, _) = ask(&["false-sharing/broken", "--writer", "right=left"]);
    assert!(text.contains("right, left"), "{text}");
    for (bad, said) in [("right", "field=name"), ("middle=x", "no field \"middle\"")] {
        let error = answer(&args(&["Counters", "--writer", bad]), &registry());
        let error = error.expect_err("a complaint");
        assert!(error.message.contains(said) && error.exit_code() == 2, "{error}");
    }
    assert_eq!(ask(&["Counters", "--writer", "middle=x"]), (String::new(), 2));
}

#[test]
fn a_closed_pipe_is_no_error() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    assert_eq!(run(&args(&[]), &registry(), &mut Closed).expect("no error"), 0);
}

#[test]
fn before_and_after_are_compared_with_the_price() {
    let expected = "
                       before                       after
type                   false-sharing::broken::Coun… false-sharing::fixed::Count…
size                   16 bytes                     256 bytes (+240, x16.0)
alignment              16                           128
sharing, lines of 64   CERTAIN, 2 fields            none found
sharing, lines of 128  CERTAIN, 2 fields            none found

lines of 64            before                       after
  left                 0..8         line 0  !       0..8         line 0
> right                8..16        line 0  !       128..136     line 2
";
    let (text, code) = ask(&["false-sharing/broken", "--diff", "false-sharing/fixed"]);
    assert_eq!((format!("\n{text}").as_str(), code), (expected, 0));
    // The mended version has a second type, which the other has not.
    let mut out = Vec::new();
    let asked = args(&["false-sharing/broken", "--diff", "false-sharing/fixed"]);
    assert_eq!(run(&asked, &racelab_demos::layouts(), &mut out).expect("an answer"), 0);
    assert_eq!(ask(&["false-sharing", "--diff", "false-sharing/fixed"]), (String::new(), 2));
}

#[test]
fn a_suggestion_names_the_groups_and_the_price() {
    let (text, _) = ask(&["false-sharing/broken", "--suggest"]);
    let expected = "
Suggestion: 2 lines of 64 bytes, one for each group
  1 left (written by left)
  2 right (written by right)
Price: 128 bytes instead of 16 (+112). False sharing then: none found.
How: put each group into a struct of its own that is aligned to the line
  (#[repr(align(64))]).
";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn json_has_the_suggestion_and_what_was_measured() {
    let (text, _) = ask(&["false-sharing/broken", "--suggest", "--measure", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let of = &json["types"][0];
    assert_eq!(
        (&of["suggestion"]["kind"], &of["suggestion"]["size"]),
        (&"separate".into(), &128.into())
    );
    assert_eq!(of["suggestion"]["groups"][1]["writers"], serde_json::json!(["right"]));
    assert_eq!(of["suggestion"]["order"][1]["offset"], 64);
    assert_eq!(of["measured"]["cache_line"], 64);
    assert_eq!(of["measured"]["pairs"][0]["fields"], serde_json::json!(["left", "right"]));
    assert!(of["verified"].is_null());
}

#[test]
fn the_memory_of_a_demo_about_time_has_its_cost() {
    for (name, said) in
        [("false-sharing/broken", "Its cost"), ("torn-header/broken", "starts only")]
    {
        let mut out = Vec::new();
        let args = args(&[name, "--measure"]);
        run(&args, &racelab_demos::layouts(), &mut out).expect("an answer");
        let text = String::from_utf8(out).expect("text");
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn the_go_program_says_how_it_is_built_and_what_to_ask() {
    let (text, code) = ask(&["--go-sample"]);
    assert_eq!(code, 0);
    for said in ["go build -o sample sample.go", "runtime.hmap", "runtime/maps.Map", "package main"]
    {
        assert!(text.contains(said), "{said}");
    }
    let (json, _) = ask(&["--go-sample", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["go_sample"].as_str(), Some(text.as_str()));
}

/// A program that is kept, and accesses as perf writes them: synthetic, for none can be recorded here.
#[test]
fn what_perf_recorded_falls_on_fields_and_its_threads_are_judged() {
    let sample = |name: &str| format!("{}/tests/layout/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let (bin, perf) = (sample("btf/kernel.o"), sample("perf.txt"));
    let words = ["--bin", &bin, "task", "--perf", &perf, "--at", "0x7f1c2c0000"];
    let (text, code) = ask(&words);
    let told: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("Recorded")).collect();
    let expected = [
        "Recorded by perf: 7 of 8 accesses fell on it.",
        "   0  state: thread 4242 read 2, wrote 0",
        "   4  side: thread 4243 read 0, wrote 2",
        "  48  lock: thread 4242 read 0, wrote 1",
        "  72  locks[0]: thread 4243 read 1, wrote 1",
    ];
    assert_eq!((told.as_slice(), code), (&expected[..], 0), "{text}");
    assert!(
        text.contains("side (written by thread 4243) + state (read by thread 4242): always"),
        "{text}"
    );
    let (json, _) = ask(&[&words[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let perf = &json["types"][0]["perf"];
    assert_eq!((&perf["recorded"], &perf["within"]), (&8.into(), &7.into()));
    assert_eq!(perf["fields"][1]["stores"], 2);
    assert_eq!(ask(&words[..5]), (String::new(), 2));
    assert_eq!(ask(&["--bin", &bin, "task", "--perf", &bin, "--at", "10"]), (String::new(), 2));
}

#[test]
fn a_type_of_another_program_is_measured_by_its_size_and_alignment() {
    let bin = format!("{}/tests/layout/samples/btf/kernel.o", env!("CARGO_MANIFEST_DIR"));
    let (text, code) = ask(&["--bin", &bin, "line", "--measure"]);
    assert_eq!(code, 0);
    assert!(text.contains("Measured here: of 10000 objects"), "{text}");
    assert!(text.contains("in a line of 64 bytes, 100 % start"), "{text}");
}
