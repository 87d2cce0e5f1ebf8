// Types in Go whose layouts are compared with pahole.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type SafeMap struct {
	mu     sync.RWMutex
	m      map[string]int
	hits   atomic.Int64
	misses atomic.Int64
	latest atomic.Value
	closed bool
	shards int32
}

type Callback struct {
	name  string
	call  func(int) error
	any   interface{}
	err   error
	bytes []byte
	done  chan struct{}
	once  sync.Once
	pool  sync.Pool
	group sync.WaitGroup
	all   sync.Map
}

func main() {
	s := &SafeMap{m: map[string]int{"a": 1}}
	s.latest.Store("x")
	c := &Callback{name: "c", call: func(int) error { return nil }}
	c.all.Store(1, 2)
	c.pool.Put(c.pool.Get())
	c.once.Do(func() { s.hits.Add(1) })
	go func() { s.mu.RLock(); defer s.mu.RUnlock(); s.m["b"]++ }()
	c.group.Wait()
	fmt.Println(s, c)
}
