/* What a module adds to a kernel's types. */
#include "kernel.c"
struct driver { struct task *of; struct mutex lock; enum state seen; unsigned long long only_here : 33; spinlock_t mine; };
struct driver driver;
