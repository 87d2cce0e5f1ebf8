#!/bin/sh
# What notices two goroutines in one map, and what watching costs:
#   tests/go/detectors/measure.sh GO [RUNS]
# Each test runs RUNS times (200 unless told), each time in a process of its own: by itself, where luck
# (the test's own check) or the runtime's flag may end it, and with -race. -race needs a C compiler.
set -eu
go=$1
runs=${2:-200}
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
export GOTOOLCHAIN=local GOFLAGS=-mod=mod
"$go" version
"$go" test -c -o "$out/plain" ./detectors
CGO_ENABLED=1 "$go" test -race -c -o "$out/race" ./detectors
for test in TestTwoWriters TestTenAndTen; do
    for build in plain race; do
        luck=0 flag=0 clocks=0
        for _ in $(seq "$runs"); do
            "$out/$build" -test.run "^$test\$" >"$out/said" 2>&1 || true
            if grep -q "LOST" "$out/said"; then luck=$((luck + 1)); fi
            if grep -q "^fatal error: concurrent map" "$out/said"; then flag=$((flag + 1)); fi
            if grep -q "WARNING: DATA RACE" "$out/said"; then clocks=$((clocks + 1)); fi
        done
        echo "$test, $build: of $runs runs luck $luck, flag $flag, -race $clocks"
    done
done
# In turn, so that what else the machine does meets both.
for _ in 1 2 3 4 5; do
    for build in plain race; do
        "$out/$build" -test.run '^$' -test.bench . -test.cpu 1 -test.benchtime 200ms |
            awk -v build=$build '/^Benchmark/ { print build, $1, $3 }'
    done
done | awk '{ all[$2] = 1; if (!(($1, $2) in best) || $3 < best[$1, $2]) best[$1, $2] = $3 }
    END { for (name in all) printf "%s: %.2f ns, with -race %.2f ns: %.1f times\n", name,
        best["plain", name], best["race", name], best["race", name] / best["plain", name] }' | sort
