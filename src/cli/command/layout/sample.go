// A Go program with the maps and locks of Go's in it, so that their layouts can be looked at:
//
//	racelab layout --go-sample > sample.go
//	go build -o sample sample.go
//	racelab layout --bin sample runtime.hmap                (Go 1.23 and older)
//	racelab layout --bin sample internal/runtime/maps.Map   (Go 1.24 and later)
//	racelab layout --bin sample sync.Map
//	racelab layout --bin sample main.SafeMap
//
// Without `-ldflags=-w` and `-ldflags=-s`, which leave out the debug information that is read.
package main

import (
	"sync"
	"sync/atomic"
)

// SafeMap is a map behind a lock, with counters beside it.
type SafeMap struct {
	mu     sync.RWMutex
	m      map[string]int
	hits   atomic.Int64
	misses atomic.Int64
	latest atomic.Value
	closed bool
	shards int32
}

func (s *SafeMap) get(key string) (int, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	value, found := s.m[key]
	if found {
		s.hits.Add(1)
	} else {
		s.misses.Add(1)
	}
	return value, found
}

func (s *SafeMap) put(key string, value int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[key] = value
	s.latest.Store(key)
}

func main() {
	var plain sync.Map
	shared := &SafeMap{m: map[string]int{}}
	shared.put("one", 1)
	plain.Store("one", 1)
	value, _ := shared.get("one")
	other, _ := plain.Load("one")
	println(value == other)
}
