#!/bin/sh
# Makes the object files beside this script anew: debug information (DWARF) by gcc, and from it BTF by
# pahole (1.24); a module's BTF holds only what its kernel's does not.
set -eu
cd "$(dirname "$0")"
for name in kernel module; do
    gcc -g -gdwarf-5 -fdebug-prefix-map="$PWD=." -c -o "$name.o" "$name.c"
done
pahole --btf_gen_all -J kernel.o
objcopy -O binary --only-section=.BTF --set-section-flags .BTF=alloc kernel.o base
pahole --btf_gen_all --btf_base=base -J module.o
rm base
