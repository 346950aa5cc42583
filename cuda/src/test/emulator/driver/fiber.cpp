// Switching of stacks: a few lines of assembly on x86-64, ucontext elsewhere.
#include "fiber.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr size_t kStack = 128 << 10, kGuard = 16 << 10;

char* map_stack() {
  void* mapping = mmap(nullptr, kStack + kGuard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED || mprotect(mapping, kGuard, PROT_NONE) != 0) {
    fprintf(stderr, "emulator: no memory for the stack of a thread\n");
    abort();
  }
  return static_cast<char*>(mapping);
}

}  // namespace

bool is_stack_guard(const Fiber* fiber, const void* address) {
  return address >= fiber->mapping && address < fiber->mapping + kGuard;
}

#ifndef EMULATOR_UCONTEXT

extern "C" void emulator_switch_stacks(void** save, void* load);
asm(R"(
.text
.hidden emulator_switch_stacks
.globl emulator_switch_stacks
.type emulator_switch_stacks, @function
emulator_switch_stacks:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size emulator_switch_stacks, .-emulator_switch_stacks
)");

void prepare_fiber(Fiber* fiber, int number, void (*entry)()) {
  if (!fiber->mapping) fiber->mapping = map_stack();
  fiber->number = number;
  char* top = fiber->mapping + kStack + kGuard - 64 - number % 61 * 64;
  void** frame = reinterpret_cast<void**>(reinterpret_cast<uintptr_t>(top) & ~uintptr_t(63));
  *--frame = nullptr;  // keeps the alignment that a call leaves
  *--frame = reinterpret_cast<void*>(entry);
  for (int i = 0; i < 6; i++) *--frame = nullptr;
  fiber->stack_pointer = frame;
}

void switch_fiber(Fiber* from, Fiber* to) { emulator_switch_stacks(&from->stack_pointer, to->stack_pointer); }

#else

void prepare_fiber(Fiber* fiber, int number, void (*entry)()) {
  if (!fiber->mapping) fiber->mapping = map_stack();
  fiber->number = number;
  getcontext(&fiber->context);
  fiber->context.uc_stack.ss_sp = fiber->mapping + kGuard;
  fiber->context.uc_stack.ss_size = kStack;
  fiber->context.uc_link = nullptr;
  makecontext(&fiber->context, entry, 0);
}

void switch_fiber(Fiber* from, Fiber* to) { swapcontext(&from->context, &to->context); }

#endif
