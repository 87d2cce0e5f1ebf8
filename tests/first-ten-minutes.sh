#!/usr/bin/env bash
# A student's first ten minutes in tmux, to be looked at: start, watch, fail, hint, mend, next.
#
# tests/first-ten-minutes.sh RACELAB ANSWER FOLDER: the program, a right answer to torn-header, and where
# the screens are written, four times: 80x24 and 120x40, with and without colour. CARGO_TARGET_DIR, if
# it is set, saves the first build. Each step has a deadline.
set -euo pipefail
racelab=$(realpath "$1") answer=$(realpath "$2") out=$3
mkdir -p "$out"
out=$(realpath "$out")
for size in 80x24 120x40; do
    for colour in colour plain; do
        name=$size-$colour room=$(mktemp -d)
        mux() { tmux -L "racelab-$name" "$@"; }
        tmux -L "racelab-$name" -f /dev/null new-session -d -s s -x "${size%x*}" -y "${size#*x}" \
            -c "$room" env CARGO_NET_OFFLINE=true ${CARGO_TARGET_DIR:+CARGO_TARGET_DIR="$CARGO_TARGET_DIR"} \
            $([ $colour = plain ] && echo NO_COLOR=1) PS1='$ ' bash --norc
        trap 'mux kill-server 2>/dev/null || true; rm -rf "$room"' EXIT
        step=0
        # Waits until the screen says something, and keeps it.
        shows() {
            step=$((step + 1))
            for _ in $(seq "$2"); do
                if mux capture-pane -p -J | grep -q "$1"; then
                    sleep 0.5
                    mux capture-pane -p >"$out/$name-$step.txt"
                    mux capture-pane -p -e >"$out/$name-$step.ansi"
                    return
                fi
                sleep 1
            done
            mux capture-pane -p >"$out/$name-$step-late.txt"
            echo "$name: step $step: no \"$1\" within $2 s" >&2
            exit 1
        }
        keys() { mux send-keys "$@"; }
        # It says what it will take, then what the task is.
        keys "$racelab exercise start ws && cd ws && clear && $racelab exercise next" Enter
        shows 'Next: edit it' 900
        keys "clear; $racelab exercise watch" Enter
        shows 'which of these' 300
        keys 1 Enter
        shows 'NOT YET' 60
        keys h
        shows 'hint 2 of 3' 20
        keys r
        shows 'y yes' 20
        keys n
        shows 'stays as it is' 20
        # Half of it is mended: it does not compile.
        sed 's/AtomicU64;/AtomicU32;/' "$answer" >"$room/ws/exercises/torn_header.rs"
        shows 'builds' 60
        cp "$answer" "$room/ws/exercises/torn_header.rs"
        shows 'SOLVED' 60
        keys n
        shows 'early' 60
        rm "$room/ws/exercises/early_publish.rs"
        shows 'not there\|gone\|deleted' 30
        keys q
        shows '^\$' 20
        mux kill-server
        rm -rf "$room"
        echo "$name: $step screens"
    done
done
