// Three maps of Go, for racelab bench: it reads what to do from stdin, a line at a time.
//
//	fill KEYS u64|string                      makes the maps
//	block MAP THREADS READS MS SEED CPU,...   works on one of them; READS are of 10,000
//
// An answer is a line too: "filled", or "OPERATIONS NANOSECONDS COLLECTIONS PAUSE", the pause being
// the sum of all in nanoseconds.
package main

import (
	"bufio"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type table[K comparable] interface {
	get(K) (uint64, bool)
	put(K, uint64)
	take(K)
}

type locked[K comparable] struct {
	lock sync.RWMutex
	of   map[K]uint64
}

func (m *locked[K]) get(key K) (uint64, bool) {
	m.lock.RLock()
	value, found := m.of[key]
	m.lock.RUnlock()
	return value, found
}

func (m *locked[K]) put(key K, value uint64) {
	m.lock.Lock()
	m.of[key] = value
	m.lock.Unlock()
}

func (m *locked[K]) take(key K) {
	m.lock.Lock()
	delete(m.of, key)
	m.lock.Unlock()
}

type shared[K comparable] struct{ of sync.Map }

func (m *shared[K]) get(key K) (uint64, bool) {
	value, found := m.of.Load(key)
	if !found {
		return 0, false
	}
	return value.(uint64), true
}

func (m *shared[K]) put(key K, value uint64) { m.of.Store(key, value) }
func (m *shared[K]) take(key K)              { m.of.Delete(key) }

// A pointer to a map that never changes; a write replaces it by a copy.
type copied[K comparable] struct {
	writing sync.Mutex
	of      atomic.Pointer[map[K]uint64]
}

func (m *copied[K]) get(key K) (uint64, bool) {
	value, found := (*m.of.Load())[key]
	return value, found
}

func (m *copied[K]) change(change func(map[K]uint64)) {
	m.writing.Lock()
	old := *m.of.Load()
	next := make(map[K]uint64, len(old)+1)
	for key, value := range old {
		next[key] = value
	}
	change(next)
	m.of.Store(&next)
	m.writing.Unlock()
}

func (m *copied[K]) put(key K, value uint64) {
	m.change(func(of map[K]uint64) { of[key] = value })
}

func (m *copied[K]) take(key K) { m.change(func(of map[K]uint64) { delete(of, key) }) }

type maps[K comparable] struct {
	keys []K
	of   map[string]table[K]
}

func fill[K comparable](keys []K) *maps[K] {
	plain := func() map[K]uint64 {
		all := make(map[K]uint64)
		for index, key := range keys {
			all[key] = uint64(index)
		}
		return all
	}
	settled, snapshot := &shared[K]{}, &copied[K]{}
	for index, key := range keys {
		settled.put(key, uint64(index))
	}
	all := plain()
	snapshot.of.Store(&all)
	return &maps[K]{keys, map[string]table[K]{
		"go-rwmutex":  &locked[K]{of: plain()},
		"go-sync-map": settled,
		"go-snapshot": snapshot,
	}}
}

var sink atomic.Uint64

// Operations, and nanoseconds until the last thread had ended.
func (m *maps[K]) block(name string, threads, reads, ms int, seed uint64, cpus []int) (uint64, int64) {
	of := m.of[name]
	if of == nil {
		return 0, 1
	}
	var ready, done sync.WaitGroup
	var operations atomic.Uint64
	begin := make(chan time.Time)
	length := time.Duration(ms) * time.Millisecond
	ready.Add(threads)
	done.Add(threads)
	for thread := range threads {
		go func() {
			defer done.Done()
			// The thread ends with its goroutine, and its place with it.
			runtime.LockOSThread()
			if threads <= len(cpus) {
				pin(cpus[thread])
			}
			ready.Done()
			start := <-begin
			x := (seed+uint64(thread)<<32)*0x9e3779b97f4a7c15 | 1
			count, sum := uint64(0), uint64(0)
			for time.Since(start) < length {
				// A copy of the map takes long: then the clock is looked at each time.
				for range 64 {
					x ^= x << 13
					x ^= x >> 7
					x ^= x << 17
					key := m.keys[(x>>32)*uint64(len(m.keys))>>32]
					count++
					if (x&0xffffffff)*10000 < uint64(reads)<<32 {
						value, _ := of.get(key)
						sum += value
						continue
					}
					if x&1 == 0 {
						of.take(key)
					}
					of.put(key, x)
					if name == "go-snapshot" && time.Since(start) >= length {
						break
					}
				}
			}
			sink.Add(sum)
			operations.Add(count)
		}()
	}
	ready.Wait()
	start := time.Now()
	for range threads {
		begin <- start
	}
	done.Wait()
	return operations.Load(), time.Since(start).Nanoseconds()
}

type work interface {
	block(name string, threads, reads, ms int, seed uint64, cpus []int) (uint64, int64)
}

func main() {
	// Whoever asks decides when it is over: stdin ends then.
	signal.Ignore(os.Interrupt)
	lines := bufio.NewScanner(os.Stdin)
	var filled work
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		number := func(at int) int {
			if at >= len(words) {
				return 0
			}
			value, _ := strconv.Atoi(words[at])
			return value
		}
		switch {
		case len(words) == 3 && words[0] == "fill":
			if words[2] == "string" {
				keys := make([]string, number(1))
				for index := range keys {
					keys[index] = fmt.Sprintf("device-%010d", index)
				}
				filled = fill(keys)
			} else {
				keys := make([]uint64, number(1))
				for index := range keys {
					keys[index] = uint64(index)
				}
				filled = fill(keys)
			}
			runtime.GC()
			fmt.Println("filled")
		case len(words) == 7 && words[0] == "block" && filled != nil:
			var cpus []int
			for _, cpu := range strings.Split(words[6], ",") {
				number, _ := strconv.Atoi(cpu)
				cpus = append(cpus, number)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			operations, took := filled.block(words[1], number(2), number(3), number(4), uint64(number(5)), cpus)
			runtime.ReadMemStats(&after)
			fmt.Println(operations, took, after.NumGC-before.NumGC, after.PauseTotalNs-before.PauseTotalNs)
		default:
			fmt.Println("what?")
		}
	}
}
