// A map that grows, is emptied, and is let go, with a collection after each step:
//
//	GODEBUG=gctrace=1 go run ./gctrace
//
// Between the collector's lines stand its own, which say what has happened to the map.
package main

import (
	"fmt"
	"os"
	"runtime"
)

func step(what string, m map[int]int) {
	fmt.Fprintf(os.Stderr, "# %s: %d entries\n", what, len(m))
	runtime.GC()
}

func main() {
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
