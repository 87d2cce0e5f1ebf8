#!/usr/bin/env bash
# Runs shuttle's own tests of behaviour over racelab, each by itself, and writes what came of each.
# The sources are taken as published, and `src` beside this is in the place of shuttle. No line of a
# test is changed: what names something that is not here is left out whole, below, with the reason.
#
#   tests/shuttle/suite.sh FOLDER [WORD]
#
# With a WORD, only the tests that have it in their names. FOLDER is made and kept;
# FOLDER/results has a line for each test: its name, what came of it, the
# seconds, and what it said where it did not pass. LIMIT is how many seconds a test may take (60).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?a folder for the sources and what is built}
word=${2:-.}
mkdir -p "$folder/tests" "$folder/src/basic" "$folder/src/demo" "$folder/src/future" "$folder/said"
folder=$(cd "$folder" && pwd)

. "$here/../published.sh"

files="basic/atomic basic/barrier basic/condvar basic/lazy_static basic/mpsc basic/mutex basic/once
basic/panic basic/rwlock basic/thread demo/async_match_deadlock demo/bounded_buffer
future/basic future/channel future/countdown_timer future/pct future/streams future/waker"

# What is left out of them: a file, the beginning of a line that opens an item, and why.
left_out="basic/atomic|int_tests!(int_i128|std has no stable AtomicI128
basic/atomic|int_tests!(int_u128|std has no stable AtomicU128
basic/mpsc|fn mpsc_bounded_sum()|it reads a vector clock of shuttle's
basic/once|fn basic_static<F>|a static Once: it is not const here
basic/once|fn basic_static_dfs()|a static Once
basic/once|fn basic_static_pct()|a static Once
basic/once|fn multiple()|a static Once
basic/once|fn shared_static()|a static Once
basic/once|fn poison()|a static Once
basic/panic|use shuttle::future::batch_semaphore|shuttle's own semaphore
basic/panic|struct ReleaseOnDrop|shuttle's own semaphore
basic/panic|impl Drop for ReleaseOnDrop|shuttle's own semaphore
basic/panic|fn check_waiter_gets_permit|shuttle's own semaphore
basic/panic|fn fair_waiter_gets_permit|shuttle's own semaphore
basic/panic|fn unfair_waiter_gets_permit|shuttle's own semaphore
basic/thread|fn destroyed_last_key()|it names a key of shuttle's engine
basic/thread|fn regression_86()|a type that std's thread_local! does not take either"

# A file without what is left out of it: each from its attributes to where it closes.
kept() { # file
  awk -v left_out="$(grep "^$1|" <<< "$left_out" | cut -d '|' -f 2)" '
    BEGIN { count = split(left_out, heads, "\n") }
    function opens(line,   i) {
      sub(/^ +/, "", line)
      for (i = 1; i <= count; i++) if (index(line, heads[i]) == 1) return 1
      return 0
    }
    gone { if ($0 ~ end) gone = 0; next }
    /^ *(#\[|\/\/)/ { before = before $0 "\n"; next }
    opens($0) {
      before = ""
      if ($0 !~ /;$/) { gone = 1; match($0, /^ */); end = "^" substr($0, 1, RLENGTH) "}" }
      next
    }
    { printf "%s%s\n", before, $0; before = "" }
    END { printf "%s", before }'
}

published=$(source_of shuttle 0.9.9)/tests
# They look, after an exploration, at what its executions left.
export CARGO_TARGET_DIR="$folder/target" RACELAB_IN_PROCESS=1 RUST_LOG=off
cd "$folder"

cat > Cargo.toml <<END
[package]
name = "suite"
version = "0.0.0"
edition = "2021"
[dev-dependencies]
shuttle = { path = "$here" }
futures = "0.3.15"
rand = "0.8"
test-log = { version = "0.2.8", default-features = false, features = ["trace"] }
tracing = "0.1"
tracing-subscriber = { version = "0.3.9", features = ["env-filter"] }
[workspace]
[profile.release]
debug = "line-tables-only"
opt-level = 1
[profile.release.package."*"]
opt-level = 3
END
: > src/lib.rs
for part in basic demo future; do
  echo "mod $part {"
  [ $part != basic ] || echo "#[path = \"$here/clocks.rs\"] pub mod clocks;"
  for file in $files; do
    [ "${file%/*}" = $part ] || continue
    kept "$file" < "$published/$file.rs" > "src/$file.rs"
    echo "#[path = \"$folder/src/$file.rs\"] mod ${file#*/};"
  done
  echo "}"
done > tests/suite.rs

binary=$(cargo test --release --test suite --no-run 2>&1 | tee said/build |
  sed -n 's/.*(\(.*\))$/\1/p' | tail -n 1)
: > results
for test in $("$binary" --list | sed -n 's/: test$//p' | grep "$word"); do
  said="said/${test//::/.}"
  begun=$(date +%s.%N)
  status=0
  timeout "${LIMIT:-60}" "$binary" --exact "$test" > "$said" 2>&1 || status=$?
  case $status in
    0) came=passes ;;
    101) came=fails ;;
    124) came="cut at ${LIMIT:-60} s" ;;
    *) came="dies: $status" ;;
  esac
  why=
  [ "$status" = 0 ] || why=$(grep -m 1 -A 1 "panicked at" "$said" | tail -n 1 || true)
  printf '%s\t%s\t%.1f\t%s\n' "$test" "$came" "$(echo "$(date +%s.%N) - $begun" | bc)" "$why" |
    tee -a results
done

echo
awk -F '\t' '
  { split($1, part, "::"); file = part[1] "/" part[2] }
  !(file in all) { order[++n] = file }
  { all[file]++; passed[file] += $2 == "passes" }
  END { for (i = 1; i <= n; i++) printf "%s: %d of %d pass\n", order[i], passed[order[i]], all[order[i]] }
' results
echo "left out:"
tr '|' '\t' <<< "$left_out"
