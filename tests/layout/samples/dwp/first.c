struct first { long a; int b; };
struct first first;
void start(void) {}
