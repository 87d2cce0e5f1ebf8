package main

import (
	"syscall"
	"unsafe"
)

// Keeps this thread on one CPU, where the system lets it.
func pin(cpu int) {
	var set [16]uint64
	if cpu < len(set)*64 {
		set[cpu/64] |= 1 << (cpu % 64)
		syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, 0, unsafe.Sizeof(set), uintptr(unsafe.Pointer(&set)))
	}
}
