// The scheduler of threads, and how a launch that went wrong is abandoned.
#ifndef EMULATOR_SCHEDULER_H
#define EMULATOR_SCHEDULER_H
#include <algorithm>

#include "driver.h"
#include "fiber.h"

// EMULATOR_ORDER: ascending, reverse, shuffle:SEED, which is shuffled anew after every barrier, ahead, where a warp
// runs as far as it can before the next one has its turn, or drift:SEED, where between two barriers some warps are late
// and the others have turns at random.
class Order {
 public:
  explicit Order(const char* text);
  bool warps_ahead() const { return ahead_; }
  bool warps_drift() const { return drift_; }
  void begin(std::vector<int>& items, int size);
  void arrange(std::vector<int>& items);
  // A random number below a bound.
  int below(int bound);

 private:
  bool reverse_, shuffled_, ahead_, drift_;
  unsigned long long random_;
};

// Whose turn it is where warps drift. Lanes of a warp go on one after the other, from either end, up to its next warp
// operation or barrier.
class Drift {
 public:
  void begin(int threads);
  // After a barrier: anew some warps are late, which have no turn while another can run.
  void new_interval(Order& random);
  // The next thread that can run, or -1; ready(thread) says whether one can.
  template <class Ready>
  int next(Order& random, Ready ready) {
    for (;;) {
      while (warp_ >= 0 && taken_ < end(warp_) - warp_ * 32) {
        int thread = down_ ? end(warp_) - 1 - taken_ : warp_ * 32 + taken_;
        taken_++;
        if (ready(thread)) return thread;
      }
      if (warp_ < 0 || --turns_ <= 0 || !can_run(warp_, ready)) {
        warp_ = choose(random, ready);
        if (warp_ < 0) return -1;
        turns_ = random.below(2) ? 1 : 1 + random.below(64);
      }
      taken_ = 0;
      down_ = random.below(2);
    }
  }
  // The thread that was given last was not taken.
  void give_back() { taken_--; }

 private:
  int end(int warp) const { return std::min(threads_, warp * 32 + 32); }
  template <class Ready>
  bool can_run(int warp, Ready ready) const {
    for (int thread = warp * 32; thread < end(warp); thread++) {
      if (ready(thread)) return true;
    }
    return false;
  }
  template <class Ready>
  int choose(Order& random, Ready ready) {
    for (bool late : {false, true}) {
      candidates_.clear();
      for (int warp = 0; warp * 32 < threads_; warp++) {
        if (late_[warp] == late && can_run(warp, ready)) candidates_.push_back(warp);
      }
      if (!candidates_.empty()) return candidates_[random.below(static_cast<int>(candidates_.size()))];
    }
    return -1;
  }

  int threads_ = 0, warp_ = -1, taken_ = 0, turns_ = 0;
  bool down_ = false;
  bool late_[32] = {};
  std::vector<int> candidates_;
};

void begin_grid(const Launch& launch, Order& order_of_threads);
void run_block(uint3 block, Order& order_of_threads);
void drop_fibers();
bool overflows_stack(const void* address);
std::string current_thread_text();

// Leaves the running kernel for good; the error becomes sticky.
[[noreturn]] void abandon(CUresult error);

#endif
