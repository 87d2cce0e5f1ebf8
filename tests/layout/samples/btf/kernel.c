/* What a kernel's types are made of. */
typedef struct { int counter; } atomic_t;
typedef struct raw_spinlock { atomic_t value; } raw_spinlock_t;
typedef struct spinlock { raw_spinlock_t rlock; } spinlock_t;
struct mutex { atomic_t owner; spinlock_t wait_lock; void *list[2]; };
enum state { DEAD = -1, ASLEEP, AWAKE = 7 };
enum __attribute__((packed)) small { LEFT, RIGHT };
enum wide { NONE, MANY = 0x1234567890ULL, ALL = ~0ULL };
struct flags { unsigned a : 3; int b : 5; long long c : 40; char d; unsigned e : 31; unsigned : 0; unsigned f : 1; };
union value { int number; double real; char text[12]; };
struct __attribute__((packed)) packed { char tag; long value; short end; };
struct __attribute__((aligned(64))) line { long hits; };
struct unknown;
typedef struct task task;
typedef task job_t;
struct task {
    enum state state;
    volatile enum small side;
    enum wide wide;
    struct flags flags;
    union value value;
    struct mutex lock;
    spinlock_t locks[3];
    const struct unknown *other;
    int (*call)(struct task *, int);
    short grid[2][3];
    struct { int x; union { int y; char z; }; };
    struct { char c; } named;
    struct packed packed;
    const volatile struct line lines[2];
    _Bool done;
    float f;
#ifndef __bpf__
    long double precise;
    __int128 large;
#endif
    atomic_t count;
    job_t *next;
    unsigned char rest[];
};
struct task task_zero;
