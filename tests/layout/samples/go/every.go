// Types of every kind, and what Go itself says of their layouts.
package main

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

type stringer interface{ String() string }
type generic[K comparable, V any] struct {
	m  map[K]V
	k  K
	v  V
	mu sync.RWMutex
	n  atomic.Int64
}
type every struct {
	sync.Mutex
	*generic[string, int]
	stringer
	A int8
	B int64
	C bool
	D []byte
	E string
	F func(int) string
	H chan int
	I interface{}
	J error
	K [3]struct {
		X int8
		Y int32
	}
	L  complex128
	M  uintptr
	N  map[string]generic[int, blank]
	O  *every
	P  struct{}
	Q  unsafe.Pointer
	R  rune
	T  atomic.Pointer[int]
	U  atomic.Value
	V  sync.Map
	W  sync.Pool
	X  sync.Once
	Y  sync.WaitGroup
	Z  *sync.Cond
	AB [0]int
	AC [4]atomic.Uint32
	AD chan<- string
	AE atomic.Bool
	AF int32
}
type blank struct {
	a, b int16
	c    [5]bool
	_    [64]byte
	d    atomic.Int32
	last struct{}
}
type shard struct {
	hits   uint64
	misses uint64
	_      [48]byte
}
type server struct {
	shards [16]shard
	mu     sync.Mutex
	hits   int64
}

var (
	e every
	g generic[string, float64]
	b blank
	s server
)

// What is used nowhere is not described.
var kept []any

func say(name string, size, align uintptr, offsets ...uintptr) {
	print(name, " ", size, " ", align)
	for _, offset := range offsets {
		print(" ", offset)
	}
	println()
}

func init() {
	kept = []any{&e, &g, &b, &s}
	e.generic, e.O = &generic[string, int]{}, &e
	say("main.every", unsafe.Sizeof(e), unsafe.Alignof(e), unsafe.Offsetof(e.Mutex), unsafe.Offsetof(e.generic), unsafe.Offsetof(e.stringer), unsafe.Offsetof(e.A), unsafe.Offsetof(e.B), unsafe.Offsetof(e.C), unsafe.Offsetof(e.D), unsafe.Offsetof(e.E), unsafe.Offsetof(e.F), unsafe.Offsetof(e.H), unsafe.Offsetof(e.I), unsafe.Offsetof(e.J), unsafe.Offsetof(e.K), unsafe.Offsetof(e.L), unsafe.Offsetof(e.M), unsafe.Offsetof(e.N), unsafe.Offsetof(e.O), unsafe.Offsetof(e.P), unsafe.Offsetof(e.Q), unsafe.Offsetof(e.R), unsafe.Offsetof(e.T), unsafe.Offsetof(e.U), unsafe.Offsetof(e.V), unsafe.Offsetof(e.W), unsafe.Offsetof(e.X), unsafe.Offsetof(e.Y), unsafe.Offsetof(e.Z), unsafe.Offsetof(e.AB), unsafe.Offsetof(e.AC), unsafe.Offsetof(e.AD), unsafe.Offsetof(e.AE), unsafe.Offsetof(e.AF))
	say("main.generic[string,float64]", unsafe.Sizeof(g), unsafe.Alignof(g), unsafe.Offsetof(g.m), unsafe.Offsetof(g.k), unsafe.Offsetof(g.v), unsafe.Offsetof(g.mu), unsafe.Offsetof(g.n))
	say("main.blank", unsafe.Sizeof(b), unsafe.Alignof(b), unsafe.Offsetof(b.a), unsafe.Offsetof(b.b), unsafe.Offsetof(b.c), unsafe.Offsetof(b.c)+5, unsafe.Offsetof(b.d), unsafe.Offsetof(b.last))
	say("main.shard", unsafe.Sizeof(s.shards[0]), unsafe.Alignof(s.shards[0]), unsafe.Offsetof(s.shards[0].hits), unsafe.Offsetof(s.shards[0].misses), 16)
	say("main.server", unsafe.Sizeof(s), unsafe.Alignof(s), unsafe.Offsetof(s.shards), unsafe.Offsetof(s.mu), unsafe.Offsetof(s.hits))
}
