#!/bin/sh
# Makes the Windows programs beside this script anew, by MinGW (gcc 12): one linked, one not.
set -eu
cd "$(dirname "$0")"
build() { x86_64-w64-mingw32-gcc -g -fdebug-prefix-map="$PWD=." "$@"; }
build -c -o sample.obj sample.c
# Without a library of C's, which would be most of it.
build -nostdlib -Dmain=start -Wl,-estart -o sample.exe sample.c
