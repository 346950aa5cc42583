// What a compiled kernel module and the emulated driver know of each other.
#ifndef EMULATION_ABI_H
#define EMULATION_ABI_H

struct uint3 {
  unsigned x, y, z;
};

struct dim3 {
  unsigned x, y, z;
  constexpr dim3(unsigned a = 1, unsigned b = 1, unsigned c = 1) : x(a), y(b), z(c) {}
};

enum EmulationCollective { EMULATION_SYNC, EMULATION_SHUFFLE, EMULATION_BALLOT };

// One per module, exported as emulation_state; the driver fills it and changes `thread` whenever it switches threads.
struct EmulationState {
  uint3 thread, block;
  dim3 block_size, grid_size;
  unsigned char* dynamic_shared;
  // Waits for all live threads of the block; (threads that came) << 16 | (threads whose predicate held).
  unsigned (*barrier)(int predicate);
  // Waits for the lanes of mask; the value that lane `source` gave, or the ballot.
  unsigned long long (*collective)(int kind, unsigned mask, unsigned long long value, int source);
  unsigned (*live_lanes)();
  // Ends the current thread; true if the caller shall run another one, which is then current.
  bool (*next_thread)();
  void (*fail)(const char* message);
};

struct EmulationKernel {
  void (*run)(void** arguments);
  int arguments;
  const unsigned* sizes;
  int maximum_threads;
};

struct EmulationModule {
  int architecture;
  unsigned char *shared_begin, *shared_end;
};

#endif
