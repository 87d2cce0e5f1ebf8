#!/usr/bin/env bash
# Runs the loom tests of published crates, each by itself: over loom's paths here, and over loom.
# What it takes of each crate is its source as published; what it adds to the manifest is three lines.
#
#   tests/loom/crates.sh FOLDER [CRATE...]
#
# FOLDER is made and kept. LIMIT is how many seconds a test may take (60).
set -euo pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?a folder for the sources and what is built}
shift
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# name, version, cfg, features, target, and a word that its loom tests have in their names
crates="oneshot 0.1.11 oneshot_loom loom,async,std --test=loom .
oneshot 0.2.1 oneshot_loom loom,async,std --test=loom .
diatomic-waker 0.2.3 diatomic_waker_loom alloc --lib loom
concurrent-queue 2.5.0 loom loom,std --test=loom .
crossbeam-epoch 0.9.21 crossbeam_loom loom --test=loom ."

source_of() {
  local get="$folder/get-$1-$2"
  if [ ! -d "$get" ]; then
    mkdir -p "$get/src"
    : > "$get/src/lib.rs"
    printf '[package]\nname = "get"\nversion = "0.0.0"\n[dependencies]\n%s = "=%s"\n[workspace]\n' \
      "$1" "$2" > "$get/Cargo.toml"
    (cd "$get" && cargo fetch --quiet)
  fi
  ls -d "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/"$1-$2" | head -n 1
}

run() { # under, name, version, cfg, features, target, word
  local crate="$folder/$1/$2-$3"
  if [ ! -d "$crate" ]; then
    mkdir -p "$folder/$1"
    cp -r "$(source_of "$2" "$3")" "$crate"
    rm -f "$crate/Cargo.lock"
    printf '\n[workspace]\n' >> "$crate/Cargo.toml"
    if [ "$1" = racelab ]; then
      printf '[patch.crates-io]\nloom = { path = "%s/src/loom" }\n' "$here" >> "$crate/Cargo.toml"
    fi
  fi
  export CARGO_TARGET_DIR="$folder/target-$1" RUSTFLAGS="--cfg $4 -A warnings" LOOM_LOG=info
  local binary
  binary=$(cd "$crate" && cargo test --release --features "$5" "$6" --no-run 2>&1 |
    sed -n 's/.*(\(.*\))$/\1/p' | tail -n 1)
  local test begun said
  for test in $(cd "$crate" && "$binary" --list | sed -n 's/: test$//p' | grep "$7"); do
    begun=$(date +%s.%N)
    said=$(cd "$crate" && timeout "${LIMIT:-60}" "$binary" --exact "$test" --nocapture 2>&1 |
      sed 's/\x1b\[[0-9;]*m//g' | grep -E '^(reduced|graphs): |Completed in|^test result' || true)
    printf '%s %s %s %s: %.1f s\n%s\n' "$1" "$2" "$3" "$test" \
      "$(echo "$(date +%s.%N) - $begun" | bc)" "$said"
  done
}

while read -r name version cfg features target word; do
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  for under in racelab loom; do
    run "$under" "$name" "$version" "$cfg" "$features" "$target" "$word"
  done
done <<< "$crates"
