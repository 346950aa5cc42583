// Orders of threads and blocks.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <numeric>

#include "scheduler.h"

Order::Order(const char* text) {
  reverse_ = strcmp(text, "reverse") == 0;
  ahead_ = strcmp(text, "ahead") == 0;
  drift_ = strncmp(text, "drift", 5) == 0;
  shuffled_ = strncmp(text, "shuffle", 7) == 0;
  const char* seed = strchr(text, ':');
  random_ = seed ? strtoull(seed + 1, nullptr, 10) : 0;
  if (drift_) {
    static unsigned long long launches = 0;  // each has its own course
    random_ += ++launches << 32;
  }
}

int Order::below(int bound) {
  random_ += 0x9E3779B97F4A7C15ull;
  unsigned long long bits = random_;
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9ull;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EBull;
  return static_cast<int>((bits ^ bits >> 31) % bound);
}

void Order::arrange(std::vector<int>& items) {
  if (!shuffled_) return;
  for (size_t i = items.size(); i > 1; i--) std::swap(items[i - 1], items[below(static_cast<int>(i))]);
}

void Order::begin(std::vector<int>& items, int size) {
  items.resize(size);
  std::iota(items.begin(), items.end(), 0);
  if (reverse_) std::reverse(items.begin(), items.end());
  arrange(items);
}

void Drift::begin(int threads) {
  threads_ = threads;
  warp_ = -1;
}

void Drift::new_interval(Order& random) {
  warp_ = -1;
  for (bool& late : late_) late = random.below(3) == 0;
}
