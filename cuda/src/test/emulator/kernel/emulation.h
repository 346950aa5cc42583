// CUDA C++ for g++: included before a kernel file by the emulated NVRTC. Everything but the exported state lives in
// the unnamed namespace that the kernels are put into, so that all their functions and shared arrays are internal.
#ifndef EMULATION_H
#define EMULATION_H
#include "emulation_abi.h"

#ifdef EMULATION_SCAN
#define __global__ __emulation_global__
#define __launch_bounds__(...) __emulation_bounds__((__VA_ARGS__))
#else
#define __global__
#define __launch_bounds__(...)
#endif
#define __device__
#define __host__
#define __forceinline__ inline __attribute__((always_inline))
#define __noinline__ __attribute__((noinline))
#define __constant__
#define __align__(n) __attribute__((aligned(n)))
#define __shared__ static __attribute__((section("emulation_shared")))
#define __grid_constant__
#define DYNAMIC_SHARED(type, name) type* name = reinterpret_cast<type*>(emulation_state.dynamic_shared)

#define __CUDACC__ 1
#define __CUDACC_RTC__ 1
#define __CUDA_ARCH__ (EMULATION_ARCHITECTURE * 10)

extern "C" __attribute__((visibility("default"))) EmulationState emulation_state;
EmulationState emulation_state;

// The linker marks both ends of the section with the static shared arrays; the filler makes sure that there is one.
static __attribute__((section("emulation_shared"), used, aligned(16))) unsigned char emulation_shared_filler[16];
extern unsigned char __start_emulation_shared[], __stop_emulation_shared[];
extern "C" __attribute__((visibility("default"))) EmulationModule emulation_module;
EmulationModule emulation_module = {EMULATION_ARCHITECTURE, __start_emulation_shared, __stop_emulation_shared};

extern "C" int printf(const char*, ...) noexcept;
extern "C" void* realloc(void*, __SIZE_TYPE__) noexcept;

namespace {

typedef __SIZE_TYPE__ size_t;

constexpr int warpSize = 32;
constexpr const uint3& threadIdx = emulation_state.thread;
constexpr const uint3& blockIdx = emulation_state.block;
constexpr const dim3& blockDim = emulation_state.block_size;
constexpr const dim3& gridDim = emulation_state.grid_size;

inline void __syncthreads() { emulation_state.barrier(0); }
inline int __syncthreads_count(int predicate) { return emulation_state.barrier(predicate) & 0xFFFF; }
inline int __syncthreads_or(int predicate) { return __syncthreads_count(predicate) != 0; }
inline int __syncthreads_and(int predicate) {
  unsigned result = emulation_state.barrier(predicate);
  return (result & 0xFFFF) == result >> 16;
}

inline void __syncwarp(unsigned mask = 0xFFFFFFFFu) { emulation_state.collective(EMULATION_SYNC, mask, 0, 0); }
inline unsigned __activemask() { return emulation_state.live_lanes(); }
inline unsigned __ballot_sync(unsigned mask, int predicate) {
  return static_cast<unsigned>(emulation_state.collective(EMULATION_BALLOT, mask, predicate != 0, 0));
}
inline int __any_sync(unsigned mask, int predicate) { return __ballot_sync(mask, predicate) != 0; }
inline int __all_sync(unsigned mask, int predicate) { return __ballot_sync(mask, !predicate) == 0; }

inline int emulation_lane() {
  return (threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z)) % 32;
}

template <class T>
T emulation_shuffle(unsigned mask, T value, int source) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8, "shuffles take values of 32 or 64 bits");
  unsigned long long bits = 0;
  __builtin_memcpy(&bits, &value, sizeof(T));
  bits = emulation_state.collective(EMULATION_SHUFFLE, mask, bits, source);
  __builtin_memcpy(&value, &bits, sizeof(T));
  return value;
}

// A source outside of the segment of `width` lanes gives a lane its own value.
#define EMULATION_SHUFFLES(T)                                                                     \
  inline T __shfl_sync(unsigned mask, T value, int source, int width = 32) {                      \
    int lane = emulation_lane();                                                                  \
    return emulation_shuffle(mask, value, (lane & ~(width - 1)) | (source & (width - 1)));        \
  }                                                                                               \
  inline T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = 32) {               \
    int lane = emulation_lane(), source = lane - static_cast<int>(delta);                         \
    return emulation_shuffle(mask, value, source < (lane & ~(width - 1)) ? lane : source);        \
  }                                                                                               \
  inline T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = 32) {             \
    int lane = emulation_lane(), source = lane + static_cast<int>(delta);                         \
    return emulation_shuffle(mask, value, source > (lane | (width - 1)) ? lane : source);         \
  }                                                                                               \
  inline T __shfl_xor_sync(unsigned mask, T value, int bits, int width = 32) {                    \
    int lane = emulation_lane(), source = lane ^ bits;                                            \
    return emulation_shuffle(mask, value, source > (lane | (width - 1)) ? lane : source);         \
  }
EMULATION_SHUFFLES(int)
EMULATION_SHUFFLES(unsigned)
EMULATION_SHUFFLES(long)
EMULATION_SHUFFLES(unsigned long)
EMULATION_SHUFFLES(long long)
EMULATION_SHUFFLES(unsigned long long)
EMULATION_SHUFFLES(float)
EMULATION_SHUFFLES(double)
#undef EMULATION_SHUFFLES

inline void __threadfence() {}
inline void __threadfence_block() {}
inline void __threadfence_system() {}
inline long long clock64() {
#if defined(__x86_64__)
  return __builtin_ia32_rdtsc();
#else
  return 0;
#endif
}

template <class T>
T __ldg(const T* pointer) {
  return *pointer;
}

// Copies that a thread starts are done when it waits for them; until then nobody can read the place.
struct EmulationCopy {
  void* to;
  const void* from;
  int bytes;
};
struct EmulationCopies {
  EmulationCopy* list;
  int count;
  int capacity;
};
EmulationCopies emulation_copies[1024];

inline int emulation_thread() {
  return threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
}

inline void emulation_copy(int bytes, void* to, const void* from) {
  EmulationCopies& copies = emulation_copies[emulation_thread()];
  if (copies.count == copies.capacity) {
    copies.capacity = 2 * copies.capacity + 16;
    copies.list = static_cast<EmulationCopy*>(realloc(copies.list, copies.capacity * sizeof(EmulationCopy)));
  }
  copies.list[copies.count++] = {to, from, bytes};
  __builtin_memset(to, 0xFF, bytes);
}

inline void emulation_wait_for_copies() {
  EmulationCopies& copies = emulation_copies[emulation_thread()];
  for (int i = 0; i < copies.count; i++) {
    __builtin_memcpy(copies.list[i].to, copies.list[i].from, copies.list[i].bytes);
  }
  copies.count = 0;
}

#define COPY_ASYNCHRONOUSLY(bytes, to, from) emulation_copy(bytes, to, from)
#define WAIT_FOR_COPIES() emulation_wait_for_copies()

// Integers only: a sum of floats by atomics would depend on the order of the threads.
#define EMULATION_ATOMIC(name, T, expression)      \
  inline T name(T* address, T value) {             \
    T old = *address;                              \
    *address = expression;                         \
    return old;                                    \
  }
#define EMULATION_ATOMICS(T)                                            \
  EMULATION_ATOMIC(atomicAdd, T, old + value)                           \
  EMULATION_ATOMIC(atomicMax, T, old > value ? old : value)             \
  EMULATION_ATOMIC(atomicMin, T, old < value ? old : value)             \
  EMULATION_ATOMIC(atomicOr, T, old | value)                            \
  EMULATION_ATOMIC(atomicAnd, T, old & value)                           \
  EMULATION_ATOMIC(atomicXor, T, old ^ value)                           \
  EMULATION_ATOMIC(atomicExch, T, value)                                \
  inline T atomicCAS(T* address, T expected, T value) {                 \
    T old = *address;                                                   \
    if (old == expected) *address = value;                              \
    return old;                                                         \
  }
EMULATION_ATOMICS(int)
EMULATION_ATOMICS(unsigned)
EMULATION_ATOMICS(unsigned long long)
#undef EMULATION_ATOMICS
#undef EMULATION_ATOMIC

#define EMULATION_TEXT_(x) #x
#define EMULATION_TEXT(x) EMULATION_TEXT_(x)
#define assert(condition) \
  ((condition) ? void() : emulation_state.fail(__FILE__ ":" EMULATION_TEXT(__LINE__) ": assertion failed: " #condition))

template <int... I>
struct EmulationSequence {};

// Runs a kernel with its arguments as the driver passes them, for as many threads as come after each other.
template <class... A, int... I>
inline __attribute__((always_inline)) void emulation_run(void (*kernel)(A...), void** arguments, EmulationSequence<I...>) {
  do {
    kernel(*static_cast<A*>(arguments[I])...);
  } while (emulation_state.next_thread());
}

template <class... A>
constexpr EmulationSequence<__integer_pack(sizeof...(A))...> emulation_arguments(void (*)(A...)) {
  return {};
}

template <class... A>
struct EmulationSizes {
  static constexpr unsigned sizes[sizeof...(A) + 1] = {sizeof(A)..., 0};
};

template <class... A>
constexpr EmulationKernel emulation_describe(void (*run)(void**), void (*)(A...), int maximum_threads) {
  return {run, sizeof...(A), EmulationSizes<A...>::sizes, maximum_threads};
}

template <class... A>
constexpr int emulation_first(int first, A...) {
  return first;
}

}  // namespace

#include "emulation_math.h"
#include "emulation_vectors.h"

// Appended by the emulated NVRTC for every kernel; the bounds are those of __launch_bounds__, or (1024).
#define EMULATION_KERNEL(name, bounds)                                                                              \
  static void emulation_run_##name(void** arguments) { emulation_run(name, arguments, emulation_arguments(name)); } \
  extern "C" __attribute__((visibility("default"))) EmulationKernel emulation_kernel_##name;                        \
  EmulationKernel emulation_kernel_##name = emulation_describe(emulation_run_##name, name, emulation_first bounds);

#endif
