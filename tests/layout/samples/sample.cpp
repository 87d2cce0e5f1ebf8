// Types in C++ whose layouts are compared with pahole and gdb.
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace lab {
struct Empty {};
struct Base { std::uint64_t id; char flag; };
struct Derived : Base, Empty { char next; std::uint32_t tail; };
struct Interface { virtual ~Interface() = default; int x; };
struct Both : Interface, Base { std::int16_t last; };
struct Root { int root; };
struct Left : virtual Root { int left; };
template <typename Key, typename Value> struct Entry { Key key; Value value; bool used; };
class Counters {
public:
    static int instances;
    std::atomic<long> hits{0};
    std::atomic<bool> open{false};
    std::mutex lock;
    std::condition_variable ready;
    struct Inner { char c; double d; } inner;
};
int Counters::instances = 0;
struct alignas(128) Padded { std::atomic<long> value{0}; };
struct Pointers { int Base::*field; void (Interface::*method)(); std::unique_ptr<int> owned; };
}  // namespace lab

namespace {
struct Hidden { char a; int b; };
Hidden hidden;
}  // namespace

lab::Derived derived; lab::Both both; lab::Left left_; lab::Counters counters; lab::Padded padded[2];
lab::Entry<int, std::string> entry; lab::Entry<std::string, lab::Base> other; lab::Pointers pointers;
std::map<int, lab::Base> table;

int main() { return int(derived.tail + hidden.b + counters.hits + both.last + left_.left + table.size()); }
