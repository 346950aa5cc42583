// Runs the threads of a grid, one block after the other. A thread runs until it waits at a barrier or a warp
// collective, or ends; only a thread that waits keeps a fiber, so that kernels without barriers use one fiber.
#include "scheduler.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

enum Status : char { FRESH, READY, AT_BARRIER, AT_COLLECTIVE, ENDED };

struct Thread {
  Fiber* fiber;
  int predicate, kind, source;
  unsigned mask;
  unsigned long long value, result;
};

const Launch* launch;
EmulationState* state;
std::vector<Thread> threads;
std::vector<Status> statuses;
std::vector<uint3> indices;
std::vector<int> order;
size_t position;
bool warps_ahead;
Drift drift;
Order* drifting;  // null where warps do not drift
int count, current, live, waiting;
int arrived[32];  // lanes of each warp that wait in a collective

Fiber main_fiber;
Fiber* running = &main_fiber;
std::vector<std::unique_ptr<Fiber>> fibers;
std::vector<Fiber*> spare;

void make_current(int thread) {
  current = thread;
  state->thread = indices[thread];
}

// Whether the pass has just left a warp of which a thread can run on.
bool left_ready_warp() {
  if (position == 0 || (position % 32 != 0 && position != order.size())) return false;
  for (size_t i = (position - 1) / 32 * 32; i < position; i++) {
    if (statuses[order[i]] == READY) return true;
  }
  return false;
}

// The next thread of this pass that can run, or -1.
int next_ready() {
  if (drifting) return drift.next(*drifting, [](int thread) { return statuses[thread] <= READY; });
  for (;;) {
    if (warps_ahead && left_ready_warp()) position = (position - 1) / 32 * 32;
    if (position >= order.size()) return -1;
    int thread = order[position++];
    if (statuses[thread] <= READY) return thread;
  }
}

void release_barrier() {
  if (waiting == 0 || waiting != live) return;
  unsigned held = 0;
  for (int i = 0; i < count; i++) held += statuses[i] == AT_BARRIER && threads[i].predicate;
  for (int i = 0; i < count; i++) {
    if (statuses[i] != AT_BARRIER) continue;
    statuses[i] = READY;
    threads[i].result = unsigned(waiting) << 16 | held;
  }
  waiting = 0;
  if (drifting) drift.new_interval(*drifting);
}

void fiber_main();

// The fiber of a thread that can run, which becomes the current one.
Fiber* fiber_of(int thread) {
  Fiber* fiber = threads[thread].fiber;
  if (statuses[thread] == FRESH) {
    if (spare.empty()) {
      fibers.push_back(std::make_unique<Fiber>());
      prepare_fiber(fibers.back().get(), static_cast<int>(fibers.size()), fiber_main);
      spare.push_back(fibers.back().get());
    }
    fiber = spare.back();
    spare.pop_back();
    statuses[thread] = READY;
  }
  make_current(thread);
  return fiber;
}

// Gives the processor to the next thread of this pass, or back to the scheduler where it has none.
void yield(Fiber* self) {
  int next = next_ready();
  running = next < 0 ? &main_fiber : fiber_of(next);
  if (running != self) switch_fiber(self, running);
}

// Returns once this thread, which waits for others, is ready again and has its turn.
unsigned long long wait(Status status) {
  int self = current;
  threads[self].fiber = running;
  if (statuses[self] != READY) statuses[self] = status;
  yield(running);
  return threads[self].result;
}

unsigned barrier(int predicate) {
  threads[current].predicate = predicate != 0;
  statuses[current] = AT_BARRIER;
  waiting++;
  release_barrier();
  return static_cast<unsigned>(wait(AT_BARRIER));
}

unsigned live_lanes() {
  int warp = current / 32 * 32;
  unsigned lanes = 0;
  for (int i = warp; i < std::min(warp + 32, count); i++) {
    if (statuses[i] != ENDED) lanes |= 1u << (i - warp);
  }
  return lanes;
}

[[noreturn]] void give_up(const char* reason) {
  int ended = std::count(statuses.begin(), statuses.end(), ENDED);
  int collective = std::count(statuses.begin(), statuses.end(), AT_COLLECTIVE);
  fprintf(stderr,
          "emulator: kernel %s block (%u, %u, %u): %s: of %d threads %d wait at a barrier of the block, %d at a warp "
          "operation, %d have ended\n",
          launch->name, state->block.x, state->block.y, state->block.z, reason, count, waiting, collective, ended);
  fflush(stderr);
  abort();
}

unsigned long long collective(int kind, unsigned mask, unsigned long long value, int source) {
  int warp = current / 32 * 32, lanes = std::min(32, count - warp);
  Thread& self = threads[current];
  if (!(mask >> (current - warp) & 1)) give_up("a thread is not in the mask of its own warp operation");
  self.kind = kind;
  self.mask = mask;
  self.value = value;
  self.source = source;
  statuses[current] = AT_COLLECTIVE;
  const unsigned existing = lanes == 32 ? mask : mask & ((1u << lanes) - 1);
  // The scan waits until enough lanes of the warp have come.
  if (++arrived[current / 32] < __builtin_popcount(existing)) return wait(AT_COLLECTIVE);
  bool complete = true;
  for (int i = 0; i < lanes; i++) {
    if (!(mask >> i & 1)) continue;
    const Thread& other = threads[warp + i];
    if (statuses[warp + i] != AT_COLLECTIVE) {
      complete = false;
    } else if (other.mask != mask || other.kind != kind) {
      give_up("lanes meet in different warp operations or with different masks");
    }
  }
  if (complete) {
    arrived[current / 32] -= __builtin_popcount(existing);
    unsigned long long ballot = 0;
    if (kind == EMULATION_BALLOT) {
      for (int i = 0; i < lanes; i++) {
        if ((mask >> i & 1) && threads[warp + i].value) ballot |= 1ull << i;
      }
    }
    for (int i = 0; i < lanes; i++) {
      if (!(mask >> i & 1)) continue;
      Thread& other = threads[warp + i];
      // What a lane that takes no part gives is undefined; here it is a NaN.
      bool there = other.source < lanes && (mask >> other.source & 1);
      other.result = kind == EMULATION_BALLOT ? ballot : there ? threads[warp + other.source].value : ~0ull;
      statuses[warp + i] = READY;
    }
  }
  return wait(AT_COLLECTIVE);
}

bool next_thread() {
  statuses[current] = ENDED;
  live--;
  release_barrier();
  int thread = next_ready();
  if (thread < 0) return false;
  if (statuses[thread] == FRESH) {
    statuses[thread] = READY;
    make_current(thread);
    return true;
  }
  if (drifting) {
    drift.give_back();
  } else {
    position--;
  }
  return false;
}

void fail(const char* message) {
  fprintf(stderr, "emulator: kernel %s block (%u, %u, %u) thread (%u, %u, %u): %s\n", launch->name, state->block.x,
          state->block.y, state->block.z, state->thread.x, state->thread.y, state->thread.z, message);
  abandon(CUDA_ERROR_ASSERT);
}

void fiber_main() {
  for (;;) {
    launch->kernel->run(launch->arguments);
    Fiber* self = running;
    spare.push_back(self);
    yield(self);
  }
}

}  // namespace

void begin_grid(const Launch& next, Order& order_of_threads) {
  launch = &next;
  state = next.state;
  state->block_size = next.block;
  state->grid_size = next.grid;
  state->barrier = barrier;
  state->collective = collective;
  state->live_lanes = live_lanes;
  state->next_thread = next_thread;
  state->fail = fail;
  count = next.block.x * next.block.y * next.block.z;
  threads.assign(count, Thread{});
  statuses.resize(count);
  indices.clear();
  for (unsigned z = 0; z < next.block.z; z++) {
    for (unsigned y = 0; y < next.block.y; y++) {
      for (unsigned x = 0; x < next.block.x; x++) indices.push_back({x, y, z});
    }
  }
  order_of_threads.begin(order, count);
  warps_ahead = order_of_threads.warps_ahead();
  drifting = order_of_threads.warps_drift() ? &order_of_threads : nullptr;
}

void run_block(uint3 block, Order& order_of_threads) {
  state->block = block;
  std::fill(statuses.begin(), statuses.end(), FRESH);
  live = count;
  waiting = 0;
  std::fill(std::begin(arrived), std::end(arrived), 0);
  if (drifting) {
    drift.begin(count);
    drift.new_interval(*drifting);
  }
  for (bool first = true; live > 0; first = false) {
    if (!first) order_of_threads.arrange(order);
    bool progress = false;
    position = 0;
    for (int thread = next_ready(); thread >= 0; thread = next_ready()) {
      running = fiber_of(thread);
      switch_fiber(&main_fiber, running);
      progress = true;
    }
    if (!progress) give_up("deadlock");
  }
}

void drop_fibers() {
  spare.clear();
  for (size_t i = 0; i < fibers.size(); i++) {
    prepare_fiber(fibers[i].get(), static_cast<int>(i + 1), fiber_main);
    spare.push_back(fibers[i].get());
  }
  running = &main_fiber;
}

bool overflows_stack(const void* address) { return running != &main_fiber && is_stack_guard(running, address); }

std::string current_thread_text() {
  char text[200];
  snprintf(text, sizeof text, "kernel %s block (%u, %u, %u) thread (%u, %u, %u)", launch->name, state->block.x,
           state->block.y, state->block.z, state->thread.x, state->thread.y, state->thread.z);
  return text;
}
