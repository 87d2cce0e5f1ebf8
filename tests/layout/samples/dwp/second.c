#include <stdatomic.h>
struct second { struct first { long a; int b; } one; char flag; atomic_int shared; } second;
