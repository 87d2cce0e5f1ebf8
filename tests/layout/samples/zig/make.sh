#!/bin/sh
# Makes the object files beside this script anew, by Zig 0.17.1 (`pip install ziglang==0.17.1`): by its
# own backend and by LLVM's, which describe types each in its own way; and what the compiler itself
# says of the types. Give it the path of zig.
set -eu
zig=$(command -v "${1:-zig}")
cd "$(dirname "$0")"
here=$PWD
build=/tmp/zig-sample
mkdir -p "$build"
cp ./*.zig "$build"
cd "$build"
export ZIG_GLOBAL_CACHE_DIR="$build/cache"
for backend in llvm no-llvm; do
    "$zig" build-obj sample.zig -f"$backend" -target x86_64-linux -femit-bin="$backend.o"
    objcopy --compress-debug-sections=zlib "$backend.o" "$here/$backend.o"
done
"$zig" build-exe say.zig -femit-bin=say
./say 2>"$here/expected.txt"
rm -r "$build"
