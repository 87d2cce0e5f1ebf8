#!/bin/sh
# Makes the program and its package (DWARF 5) beside this script anew, by gcc 12 and LLVM 14's llvm-dwp.
set -eu
cd "$(dirname "$0")"
for name in first second; do
    gcc -g -gdwarf-5 -gsplit-dwarf -fdebug-prefix-map="$PWD=." -c "$name.c"
done
gcc -nostdlib -Wl,-estart -o program first.o second.o
llvm-dwp -e program -o program.dwp
rm first.o second.o first.dwo second.dwo
