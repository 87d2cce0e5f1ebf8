#!/bin/sh
# Makes the files beside this script anew: what two versions of Go tell of the types of the course's own
# program (`racelab layout --go-sample`) and of those in every.go, and nothing else of the programs.
#   make.sh OUT GO...   into the folder OUT, by these go commands
set -eu
out=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out"
out=$(cd "$out" && pwd)
build=$(mktemp -d)
cp "$here/every.go" "$here/../../../../src/cli/command/layout/sample.go" "$build"
cd "$build"
export GO111MODULE=off GOPATH="$build" GOTOOLCHAIN=local GOFLAGS= GOOS=linux GOARCH=amd64 GOAMD64=v1
export CGO_ENABLED=0
for go in "$@"; do
    version=$("$go" version | cut -d ' ' -f 3)
    "$go" build -trimpath -ldflags=-buildid= -o program sample.go every.go
    ./program 2>"$out/$version.txt"
    objcopy --only-section=.debug_info --only-section=.debug_abbrev --wildcard --strip-symbol='*' \
        program "$out/$version.debug" 2>/dev/null
    chmod 644 "$out/$version.debug"
done
cd /
chmod -R u+w "$build"
rm -r "$build"
