// A map that grows, is emptied, and is let go, with a collection after each step:
//
//	GODEBUG=gctrace=1 go run ./gctrace
//
// Between the collector's lines, on stderr, stand its own, on stdout, which say what has happened to
// the map.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"time"
)

func step(what string, m map[int]int) {
	fmt.Printf("# %s: %d entries\n", what, len(m))
	runtime.GC()
	// The collector's line is written by another thread, piece by piece.
	time.Sleep(10 * time.Millisecond)
}

func main() {
	// Only when it is asked.
	debug.SetGCPercent(-1)
	m := map[int]int{}
	step("empty", m)
	for i := 0; i < 1_000_000; i++ {
		m[i] = i
	}
	step("filled", m)
	for i := 0; i < 1_000_000; i++ {
		delete(m, i)
	}
	step("emptied", m)
	runtime.KeepAlive(m)
	m = nil
	step("let go", m)
}
