// The scheduler of threads, and how a launch that went wrong is abandoned.
#ifndef EMULATOR_SCHEDULER_H
#define EMULATOR_SCHEDULER_H
#include "driver.h"
#include "fiber.h"

// EMULATOR_ORDER: ascending, reverse, shuffle:SEED, which is shuffled anew after every barrier, or ahead, where a warp
// runs as far as it can before the next one has its turn.
class Order {
 public:
  explicit Order(const char* text);
  bool warps_ahead() const { return ahead_; }
  void begin(std::vector<int>& items, int size);
  void arrange(std::vector<int>& items);

 private:
  bool reverse_, shuffled_, ahead_;
  unsigned long long random_;
};

void begin_grid(const Launch& launch, Order& order_of_threads);
void run_block(uint3 block, Order& order_of_threads);
void drop_fibers();
bool overflows_stack(const void* address);
std::string current_thread_text();

// Leaves the running kernel for good; the error becomes sticky.
[[noreturn]] void abandon(CUresult error);

#endif
