// A stack of its own on which threads of a block run.
#ifndef EMULATOR_FIBER_H
#define EMULATOR_FIBER_H
#include <cstddef>

#if !defined(__x86_64__) && !defined(EMULATOR_UCONTEXT)
#define EMULATOR_UCONTEXT
#endif
#ifdef EMULATOR_UCONTEXT
#include <ucontext.h>
#endif

struct Fiber {
  char* mapping = nullptr;
  int number = 0;
#ifndef EMULATOR_UCONTEXT
  void* stack_pointer = nullptr;
#else
  ucontext_t context;
#endif
};

// A fiber that will call entry(), which never returns; `number` spreads the stacks over cache sets.
void prepare_fiber(Fiber* fiber, int number, void (*entry)());
void switch_fiber(Fiber* from, Fiber* to);
// Whether the address is the inaccessible page under a stack.
bool is_stack_guard(const Fiber* fiber, const void* address);

#endif
