// Runs a grid; a fault inside a kernel becomes a sticky error of the context, as on a device.
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "scheduler.h"

namespace {

sigjmp_buf leave;
CUresult failure;
volatile bool in_kernel = false;
pthread_t kernel_thread;

constexpr int kSignals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};
struct sigaction previous[65];

void forward(int signal, siginfo_t* info, void* context) {
  const struct sigaction& old = previous[signal];
  if (old.sa_flags & SA_SIGINFO) {
    old.sa_sigaction(signal, info, context);
  } else if (old.sa_handler == SIG_DFL || old.sa_handler == SIG_IGN) {
    sigaction(signal, &old, nullptr);
  } else {
    old.sa_handler(signal);
  }
}

void handle(int signal, siginfo_t* info, void* context) {
  if (!in_kernel || !pthread_equal(pthread_self(), kernel_thread)) {
    forward(signal, info, context);
    return;
  }
  // An access that is not aligned as x86 wants it comes as SI_KERNEL without an address.
  bool misaligned = signal == SIGBUS || (signal == SIGSEGV && info->si_code == SI_KERNEL);
  std::string thread = current_thread_text();
  if (signal == SIGILL) {
    fprintf(stderr, "emulator: %s: misaligned access, or index outside of an array\n", thread.c_str());
  } else if (signal == SIGFPE) {
    fprintf(stderr, "emulator: %s: integer division by zero\n", thread.c_str());
  } else if (misaligned) {
    fprintf(stderr, "emulator: %s: misaligned access\n", thread.c_str());
  } else if (overflows_stack(info->si_addr)) {
    fprintf(stderr, "emulator: %s: the stack of the thread is used up\n", thread.c_str());
  } else {
    fprintf(stderr, "emulator: %s: illegal address %p, %s\n", thread.c_str(), info->si_addr,
            describe_address(reinterpret_cast<unsigned long long>(info->si_addr)).c_str());
  }
  abandon(signal == SIGFPE                   ? CUDA_ERROR_LAUNCH_FAILED
          : signal == SIGILL || misaligned   ? CUDA_ERROR_MISALIGNED_ADDRESS
                                             : CUDA_ERROR_ILLEGAL_ADDRESS);
}

void install_handlers() {
  static bool installed = false;
  if (installed) return;
  installed = true;
  for (int signal : kSignals) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigaction(signal, &action, &previous[signal]);
    // What the previous handler blocks stays blocked when it is called from ours.
    action.sa_mask = previous[signal].sa_mask;
    sigaction(signal, &action, nullptr);
  }
}

// Signals need a stack of their own while a kernel may have used up its own.
class SignalStack {
 public:
  SignalStack() {
    static char memory[64 << 10];
    stack_t stack;
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = memory;
    stack.ss_size = sizeof memory;
    sigaltstack(&stack, &previous_);
  }
  ~SignalStack() { sigaltstack(&previous_, nullptr); }

 private:
  stack_t previous_;
};

// Dynamic shared memory, filled with NaNs and followed by an inaccessible page.
unsigned char* dynamic_shared(unsigned bytes) {
  static unsigned char* end = nullptr;
  if (!end) {
    const size_t page = sysconf(_SC_PAGESIZE), body = (kMaximumShared + page - 1) / page * page;
    void* mapping = mmap(nullptr, body + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) return nullptr;
    end = static_cast<unsigned char*>(mapping) + body;
    mprotect(end, page, PROT_NONE);
  }
  return end - (bytes + 15) / 16 * 16;
}

}  // namespace

void abandon(CUresult error) {
  failure = error;
  siglongjmp(leave, 1);
}

CUresult run_grid(const Launch& launch) {
  install_handlers();
  SignalStack stack;
  Order order_of_threads(setting("EMULATOR_ORDER", "ascending")), order_of_blocks(setting("EMULATOR_ORDER", "ascending"));
  std::vector<int> blocks;
  const dim3 grid = launch.grid;
  order_of_blocks.begin(blocks, static_cast<int>(grid.x * grid.y * grid.z));
  EmulationState* state = launch.state;
  state->dynamic_shared = dynamic_shared(launch.shared);
  begin_grid(launch, order_of_threads);
  kernel_thread = pthread_self();
  failure = CUDA_SUCCESS;
  if (sigsetjmp(leave, 1) == 0) {
    in_kernel = true;
    for (int block : blocks) {
      unsigned number = block;
      memset(state->dynamic_shared, 0xFF, (launch.shared + 15) / 16 * 16);
      memset(launch.layout->shared_begin, 0xFF, launch.layout->shared_end - launch.layout->shared_begin);
      run_block({number % grid.x, number / grid.x % grid.y, number / grid.x / grid.y}, order_of_threads);
    }
    in_kernel = false;
  } else {
    in_kernel = false;
    drop_fibers();
  }
  return failure;
}
