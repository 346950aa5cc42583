// Orders of threads and blocks.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <numeric>

#include "scheduler.h"

Order::Order(const char* text) {
  reverse_ = strcmp(text, "reverse") == 0;
  ahead_ = strcmp(text, "ahead") == 0;
  shuffled_ = strncmp(text, "shuffle", 7) == 0;
  random_ = shuffled_ && text[7] == ':' ? strtoull(text + 8, nullptr, 10) : 0;
}

void Order::arrange(std::vector<int>& items) {
  if (!shuffled_) return;
  for (size_t i = items.size(); i > 1; i--) {
    random_ += 0x9E3779B97F4A7C15ull;
    unsigned long long bits = random_;
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9ull;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EBull;
    std::swap(items[i - 1], items[(bits ^ bits >> 31) % i]);
  }
}

void Order::begin(std::vector<int>& items, int size) {
  items.resize(size);
  std::iota(items.begin(), items.end(), 0);
  if (reverse_) std::reverse(items.begin(), items.end());
  arrange(items);
}
