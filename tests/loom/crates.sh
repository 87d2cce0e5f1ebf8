#!/usr/bin/env bash
# Runs the loom tests of published crates, each by itself: over loom's paths here, and over loom; and
# writes what came of it as rows of the table in the book.
# What it takes of each crate is its source as published; what it adds to the manifest is three lines,
# and it leaves out the dev-dependencies that the loom tests do not need. Where a crate asks for loom
# 0.5, it asks for 0.7 instead.
#
#   tests/loom/crates.sh FOLDER [CRATE...]
#
# FOLDER is made and kept; the rows are in FOLDER/table.md. LIMIT is how many seconds a test may take
# (60). LOOM_MAX_PREEMPTIONS and their like are as you set them.
set -euo pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?a folder for the sources and what is built}
shift
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# name, version, cfg, features, target, a word that its loom tests have in their names, and the
# dev-dependencies that they need
crates="oneshot 0.1.11 oneshot_loom loom,async,std --test=loom . loom
oneshot 0.2.1 oneshot_loom loom,async,std --test=loom . loom
diatomic-waker 0.2.3 diatomic_waker_loom alloc --lib loom loom,waker-fn
concurrent-queue 2.5.0 loom loom,std --test=loom . loom
crossbeam-epoch 0.9.21 crossbeam_loom loom --test=loom . loom,rand
sharded-slab 0.1.7 loom loom --lib . loom,proptest
thingbuf 0.1.6 loom default --lib mpsc_blocking loom,futures-util,tracing,tracing-subscriber
tokio 1.54.1 loom full,test-util --lib sync::tests::loom_ loom,futures,tokio-test,tokio-stream"

. "$here/tests/published.sh"

# A manifest as cargo publishes it, without the dev-dependencies that are not in this list, and with
# loom 0.7 where it asks for 0.5.
trimmed() { # list
  awk -v keep="$1" '
    /^\[/ {
      left = 0; loom = ($0 ~ /dependencies\.loom\]/)
      if ($0 ~ /dev-dependencies\./) {
        name = $0; sub(/.*dev-dependencies\./, "", name); sub(/\].*/, "", name)
        left = keep !~ "(^|,)" name "(,|$)"
      }
    }
    loom && /^version = "0\.5/ { print "version = \"0.7\""; next }
    !left'
}

made() { # under, name, version, dev-dependencies
  local crate="$folder/$1/$2-$3"
  if [ ! -d "$crate" ]; then
    mkdir -p "$folder/$1"
    cp -r "$(source_of "$2" "$3")" "$crate"
    rm -f "$crate/Cargo.lock"
    trimmed "$4" < "$crate/Cargo.toml" > "$crate/Cargo.toml.new"
    mv "$crate/Cargo.toml.new" "$crate/Cargo.toml"
    printf '\n[workspace]\n' >> "$crate/Cargo.toml"
    if [ "$1" = racelab ]; then
      printf '[patch.crates-io]\nloom = { path = "%s/src/loom" }\n' "$here" >> "$crate/Cargo.toml"
    fi
  fi
}

# What one engine says of each model of a test, in short: `all 118`, `within 2 preemptions 3,451`,
# `cut at 2,000`.
in_short() { # engines, documents
  local engines=$1
  shift
  cat "$@" | grep -A 1 -E "<testcase .* name=\"($engines)\"" | grep -v '<testcase\|^--' |
    sed -E 's/.*message="([^"]*)".*/\1/; s/.*<system-out>(.*)<\/system-out>.*/\1/' |
    sed -E 's/^PASSED all ([0-9,]+) .*bounds: ([0-9]+ preemptions).*/within \2, \1/
      s/^PASSED all ([0-9,]+) executions?.*, and ([0-9,]+) executions? with what.*/all \1 and \2/
      s/^PASSED all ([0-9,]+) .*/all \1/
      s/^PASSED its only execution .*, and ([0-9,]+) executions? with what.*/all 1 and \1/
      s/^PASSED its only execution .*/all 1/
      s/^INCONCLUSIVE: stopped at ([0-9.]+ s) after ([0-9,]+) .*/cut at \1, \2/
      s/^INCONCLUSIVE: stopped at ([0-9,]+) executions?$/cut at \1/
      s/^INCONCLUSIVE: /undecided: /
      s/^([A-Z ]+) in ([0-9,]+) of (the first )?([0-9,]+) .*/\1, \2 of \4/' |
    paste -s -d ';' | sed 's/;/; /g'
}

ran() { # under, name, version, cfg, features, target, word: one line a test in results
  local crate="$folder/$1/$2-$3" binary test begun said out status
  export CARGO_TARGET_DIR="$folder/target-$1" LOOM_LOG=info
  export RUSTFLAGS="--cfg $4 -C debug-assertions -A warnings"
  binary=$(cd "$crate" && cargo test --release --features "$5" "$6" --no-run 2>&1 |
    tee "$crate/build.log" | sed -n 's/.*(\(.*\))$/\1/p' | tail -n 1) || binary=
  if [ -z "$binary" ]; then
    echo "$2 $3 does not compile: $crate/build.log" >&2
    return
  fi
  for test in $(cd "$crate" && "$binary" --list 2> /dev/null | sed -n 's/: test$//p' | grep "$7"); do
    out="$folder/out/$1/$2-$3/${test//::/.}"
    rm -rf "$out" && mkdir -p "$out"
    begun=$(date +%s.%N)
    status=0
    (cd "$crate" && RACELAB_JUNIT="$out" timeout "${LIMIT:-60}" "$binary" --exact "$test" \
      --nocapture > "$out/said" 2>&1) || status=$?
    seconds=$(echo "$(date +%s.%N) - $begun" | bc)
    if [ "$1" = racelab ]; then
      # What explores nothing is not counted.
      compgen -G "$out/*.xml" > /dev/null || continue
      said="$(in_short 'reduced|bounded' "$out"/*.xml) | $(in_short graphs "$out"/*.xml)"
    else
      said=$(sed 's/\x1b\[[0-9;]*m//g' "$out/said" |
        sed -n -E 's/.*Completed in ([0-9]+) .*/\1/p' |
        sed -E ':more; s/([0-9])([0-9]{3})($|,)/\1,\2\3/; t more' | paste -s -d ';' | sed 's/;/; /g')
      [ "$status" = 124 ] && said="${said:+$said; }cut at ${LIMIT:-60} s"
      [ "$status" = 101 ] && said="fails"
      # A builder of its own prints no count.
      [ -n "$said" ] || said="passes"
    fi
    printf '%s\t%s\t%s\t%s\t%.1f\n' "$1" "$2 $3" "$test" "$said" "$seconds" |
      tee -a "$folder/results"
  done
}

: > "$folder/results"
while read -r name version cfg features target word keep; do
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  for under in racelab loom; do
    made "$under" "$name" "$version" "$keep"
    ran "$under" "$name" "$version" "$cfg" "$features" "$target" "$word"
  done
done <<< "$crates"

# Each test of both in one row.
awk -F '\t' '
  $1 == "racelab" { crate[$3, $2] = $2; said[$3, $2] = $4; took[$3, $2] = $5; order[++n] = $3 SUBSEP $2 }
  $1 == "loom" { theirs[$3, $2] = $4; time[$3, $2] = $5 }
  END {
    print "| crate and test | here: interleavings | graphs | seconds | loom: executions | seconds |"
    print "|---|---|---|---|---|---|"
    for (i = 1; i <= n; i++) {
      split(order[i], part, SUBSEP); test = part[1]; sub(/^sync::tests::loom_/, "", test)
      name = crate[order[i]] == last ? "" : crate[order[i]] " "; last = crate[order[i]]
      printf "| %s`%s` | %s | %s | %s | %s |\n", name, test, said[order[i]], took[order[i]], theirs[order[i]], time[order[i]]
    }
  }' "$folder/results" > "$folder/table.md"
cat "$folder/table.md"
