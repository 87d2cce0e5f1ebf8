// What a nil map does, alone, behind a lock and inside another map; and what is nil about an
// interface. Each test says what Go does, and passes.
package nilmaps

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// The message of the panic in f, or "" where there is none.
func panicOf(f func()) (message string) {
	defer func() {
		switch what := recover().(type) {
		case nil:
		case error:
			message = what.Error()
		case string:
			message = what
		}
	}()
	f()
	return ""
}

func expectPanic(t *testing.T, words string, f func()) {
	t.Helper()
	if message := panicOf(f); !strings.Contains(message, words) {
		t.Fatalf("panic %q, not %q", message, words)
	}
}

func TestReadingANilMap(t *testing.T) {
	var m map[string]int
	value, found := m["key"]
	delete(m, "key")
	for range m {
		t.Fatal("a nil map has no entries")
	}
	if value != 0 || found || len(m) != 0 || m != nil {
		t.Fatal("a nil map is read as an empty one")
	}
}

func TestWritingANilMap(t *testing.T) {
	var m map[string]int
	expectPanic(t, "assignment to entry in nil map", func() { m["key"] = 1 })
}

// A map behind a lock, which nobody has made.
type shard struct {
	lock  sync.Mutex
	count int
	m     map[string]int
}

// The count says one, and there is nothing: half a change, and the lock is free.
func TestHalfAnInsertUnderALock(t *testing.T) {
	var s shard
	expectPanic(t, "nil map", func() {
		s.lock.Lock()
		defer s.lock.Unlock()
		s.count++
		s.m["key"] = 1
	})
	if !s.lock.TryLock() || s.count != 1 || len(s.m) != 0 {
		t.Fatal("the deferred unlock runs, and nothing undoes the count")
	}
}

// Without defer the lock is never given back.
func TestALockThatStaysLocked(t *testing.T) {
	var s shard
	expectPanic(t, "nil map", func() {
		s.lock.Lock()
		s.m["key"] = 1
		s.lock.Unlock()
	})
	if s.lock.TryLock() {
		t.Fatal("somebody has unlocked it")
	}
}

// The outer map is there; the inner one of a key that is not there is nil.
func TestANilMapInsideALockedOne(t *testing.T) {
	var lock sync.Mutex
	users := map[string]map[string]int{}
	expectPanic(t, "nil map", func() {
		lock.Lock()
		defer lock.Unlock()
		if users["nobody"]["visits"] != 0 {
			t.Fatal("reading two levels down finds nothing")
		}
		users["nobody"]["visits"]++
	})
}

type failure struct{}

func (*failure) Error() string { return "failed" }

// An interface is a type and a value: with a type in it, it is not nil, whatever the value.
func TestATypedNil(t *testing.T) {
	var none *failure
	var err error = none
	if err == nil {
		t.Fatal("an interface with a type in it is not nil")
	}
	var m map[string]int
	if boxed := any(m); boxed == nil {
		t.Fatal("a nil map in an interface is not nil")
	}
}

// atomic.Value refuses a nil without a type, and takes one with a type.
func TestAtomicValueAndNil(t *testing.T) {
	var v atomic.Value
	expectPanic(t, "store of nil value into Value", func() { v.Store(nil) })
	v.Store(map[string]int(nil))
	m, found := v.Load().(map[string]int)
	if !found || m != nil {
		t.Fatal("the nil map is there, and it is nil")
	}
	expectPanic(t, "assignment to entry in nil map", func() { m["key"] = 1 })
}

// A map of V around a sync.Map, whose values have lost their type.
type erased[V any] struct{ inner sync.Map }

func (e *erased[V]) load(key string) V {
	value, _ := e.inner.Load(key)
	return value.(V)
}

// A nil error has no type to store: it comes back as nothing, and nothing is not an error.
func TestAnErasedNil(t *testing.T) {
	var results erased[error]
	results.inner.Store("job", error(nil))
	expectPanic(t, "interface conversion: interface is nil, not error", func() { results.load("job") })
}
