// Two goroutines that write one map, and ten that write it beside ten that read it: what a test
// notices by luck, what the runtime's flag does, and what `-race` does. `measure.sh` counts.
package detectors

import (
	"sync"
	"testing"
)

func TestTwoWriters(t *testing.T) {
	m := map[int]int{}
	var start, done sync.WaitGroup
	start.Add(1)
	for writer := 0; writer < 2; writer++ {
		done.Add(1)
		go func(key int) {
			defer done.Done()
			start.Wait()
			m[key] = key
		}(writer)
	}
	start.Done()
	done.Wait()
	if len(m) != 2 {
		t.Fatal("LOST: one key of two is not counted")
	}
}

func TestTenAndTen(t *testing.T) {
	m := map[string]int{}
	var done sync.WaitGroup
	for range 10 {
		done.Add(2)
		go func() {
			defer done.Done()
			m["key"] = 42
		}()
		go func() {
			defer done.Done()
			_ = m["key"]
		}()
	}
	done.Wait()
	if len(m) != 1 || m["key"] != 42 {
		t.Fatal("LOST: the key is not there")
	}
}

func BenchmarkMapWrite(b *testing.B) {
	m := map[int]int{}
	for i := 0; i < b.N; i++ {
		m[i&4095] = i
	}
}

func BenchmarkMapRead(b *testing.B) {
	m := map[int]int{}
	for i := 0; i < 4096; i++ {
		m[i] = i
	}
	b.ResetTimer()
	sum := 0
	for i := 0; i < b.N; i++ {
		sum += m[i&4095]
	}
	sink = sum
}

// Every access is watched, and there is nothing else to do.
func BenchmarkSlice(b *testing.B) {
	values := make([]int, 4096)
	for i := 0; i < b.N; i++ {
		values[i&4095] += i
	}
	sink = values[7]
}

var sink int
