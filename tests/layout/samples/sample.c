/* Types in C whose layouts are compared with pahole and gdb. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

struct holes { char flag; uint64_t count; char last; };
struct nested { struct holes inner; uint32_t tail; };
struct bits { unsigned low : 3; unsigned middle : 13; unsigned wide : 17; uint8_t byte; };
struct __attribute__((packed)) packed { uint8_t kind; uint64_t value; uint16_t end; };
struct aligned { _Alignas(64) uint64_t hot; uint64_t cold; };
struct shared { _Atomic long hits; atomic_int misses; pthread_mutex_t lock; int plain; };
struct flexible { uint32_t length; uint8_t bytes[]; };
struct arrays { int matrix[2][3]; struct holes many[2]; void (*call)(int); };
union overlap { uint64_t whole; uint32_t half[2]; uint8_t bytes[8]; };
struct with_union { int kind; union { double real; uint64_t word; }; union overlap named; };
typedef struct { uint16_t port; uint32_t address; } endpoint_t;
enum colour { RED = 1, GREEN = 5, BLUE = -2 };
struct coloured { enum colour colour; endpoint_t from; };

struct holes a; struct nested b; struct bits c; struct packed d; struct aligned e; struct shared f;
struct flexible g; struct arrays h; struct with_union i; endpoint_t j; struct coloured k;
union overlap l;

int main(void) { return (int)(a.count + c.low + d.value + (uint64_t)f.hits); }
