#!/bin/sh
# What it costs to look, beside layout-audit and pahole (those that are installed), in turns:
#   tests/layout/speed.sh [path of racelab] [rounds]
# A C program of a thousand units is made first. One row a run: what was asked, who was asked,
# processor seconds, wall seconds, KiB of memory. Nothing is kept between the runs.
set -eu
racelab=$(realpath "${1:-target/release/racelab}")
rounds=${2:-5}
out=${CARGO_TARGET_DIR:-target}/tmp/layout-speed
mkdir -p "$out"
cd "$out"
units=1000
if [ ! -x program ]; then
    python3 - "$units" <<'PY'
import random, sys
random.seed(16)
units = int(sys.argv[1])
common = ['#include <stdatomic.h>\n#include <pthread.h>\n']
for number in range(400):
    fields = []
    for field in range(random.randint(3, 30)):
        kind = random.choice(['int', 'long', 'char', 'void *', 'atomic_int', 'pthread_mutex_t'])
        length = random.choice(['', '', '', '[4]', '[17]'])
        fields.append('%s f%d%s;' % (kind, field, length))
        if number >= 40 and random.random() < 0.2:
            fields.append('struct s%d n%d;' % (random.randrange(40), field))
    common.append('struct s%d { %s };\n' % (number, ' '.join(fields)))
common.append('struct everywhere { struct s399 big; struct s398 other; int flags : 3; };\n')
open('common.h', 'w').write(''.join(common))
for unit in range(units):
    text = '#include "common.h"\nstruct only%d { int a; struct s%d b; };\n' % (unit, unit % 400)
    if unit == units - 1:
        text = text.replace('#include "common.h"', '#define everywhere everywhere_\n#include "common.h"\n'
                            '#undef everywhere\nstruct everywhere { int otherwise; };')
    text += 'struct everywhere e%d; struct only%d o%d;\n' % (unit, unit, unit)
    text += '%s\n' % ' '.join('struct s%d *v%d_%d;' % (n, unit, n) for n in range(0, 400, 7))
    open('u%d.c' % unit, 'w').write(text + ('int main(void) { return 0; }\n' if unit == 0 else ''))
PY
    seq 0 $((units - 1)) | xargs -P 2 -I N gcc -g -w -c uN.c -o uN.o
    gcc -g -o program u*.o
    rm -f u*.o u*.c
fi
run() {
    what=$1 who=$2
    shift 2
    command -v "$1" >/dev/null || return 0
    /usr/bin/time -o time.txt -f '%U %S %e %M' "$@" >/dev/null 2>&1 || true
    awk -v what="$what" -v who="$who" 'NF == 4 { printf "%-12s %-12s %7.2f %7.2f %8d\n", what, who, $1 + $2, $3, $4 }' time.txt
}
printf '%-12s %-12s %7s %7s %8s\n' asked who cpu wall KiB
for round in $(seq "$rounds"); do
    run everywhere racelab "$racelab" layout --bin program everywhere
    run everywhere layout-audit layout-audit inspect program --filter everywhere
    run everywhere pahole pahole -F dwarf -C everywhere program
    run only racelab "$racelab" layout --bin program only998
    run only pahole pahole -F dwarf -C only998 program
    run nothing racelab "$racelab" layout --bin program everywheer
    run nothing pahole pahole -F dwarf -C everywheer program
    run list racelab "$racelab" layout --bin program
    run list pahole pahole -F dwarf --sizes program
done
