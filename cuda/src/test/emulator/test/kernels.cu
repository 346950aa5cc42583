#include "common.cuh"

template <class T>
__device__ __forceinline__ T warp_sum(T value) {
  for (int step = 16; step > 0; step /= 2) value += __shfl_down_sync(0xFFFFFFFFu, value, step);
  return value;
}

template <class T>
__device__ T block_sum(T value) {
  __shared__ T parts[32];
  int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  value = warp_sum(value);
  if (lane == 0) parts[warp] = value;
  __syncthreads();
  value = threadIdx.x < blockDim.x / 32 ? parts[lane] : T(0);
  return warp == 0 ? warp_sum(value) : value;
}

KERNEL __launch_bounds__(256) sum(const real* __restrict__ x, int n, real* __restrict__ out) {
  real value = 0;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) value += x[i];
  value = block_sum(value);
  if (threadIdx.x == 0) out[blockIdx.x] = value;
}

KERNEL
scale(real* x, real factor,
      uint64 n) {
  uint64 i = blockIdx.x * uint64(blockDim.x) + threadIdx.x;
  if (i < n) x[i] = fma(factor, x[i], real(1));
}

// Lacks the barrier between writing and reading.
extern "C" __global__ void neighbour_without_barrier(const real* x, real* y) {
  DYNAMIC_SHARED(real, tile);
  int i = threadIdx.x;
  tile[i] = x[i];
  y[i] = i > 0 ? tile[i - 1] : x[0];
}

KERNEL neighbour(const real* x, real* y) {
  DYNAMIC_SHARED(real, tile);
  int i = threadIdx.x;
  tile[i] = x[i];
  __syncthreads();
  y[i] = i > 0 ? tile[i - 1] : x[0];
}

// The sum of both warps' turns, twice.
__device__ __forceinline__ void sum_twice(real* y, bool barrier) {
  __shared__ real of[2];
  for (int turn = 0; turn < 2; turn++) {
    real value = __shfl_sync(0xffffffffu, (real)(turn + 1), 0);
    if (barrier) __syncthreads();
    if (threadIdx.x % 32 == 0) of[threadIdx.x / 32] = value;
    __syncthreads();
    y[64 * turn + threadIdx.x] = of[0] + of[1];
  }
}

KERNEL rewritten(real* y) { sum_twice(y, true); }

// Lacks the barrier between reading and writing anew.
KERNEL rewritten_without_barrier(real* y) { sum_twice(y, false); }

KERNEL votes(int* out) {
  int i = threadIdx.x;
  int odd = i % 2;
  out[i] = __syncthreads_count(odd) + 1000 * __any_sync(0xFFFFFFFFu, i == 33) + 2000 * __syncthreads_or(i == 63) +
           4000 * __syncthreads_and(i >= 0) + 8000 * (__ballot_sync(0xFFFFFFFFu, odd) == 0xAAAAAAAAu);
  atomicAdd(out + blockDim.x, 1);
}

KERNEL behind_the_end(real* x, int n) { x[n + threadIdx.x] = 1; }
KERNEL misaligned(float* x) { *reinterpret_cast<float4*>(x + 1) = make_float4(1, 2, 3, 4); }
KERNEL out_of_shared(real* x, int i) {
  __shared__ real tile[8];
  tile[i] = 1;
  x[0] = tile[0];
}
KERNEL deadlock(real* x) {
  if (threadIdx.x < 16) __syncwarp();
  else __syncthreads();
  x[0] = 1;
}
KERNEL asserts(int* x) { assert(x[0] == 1); }
KERNEL divides(int* x) { x[0] = x[1] / x[2]; }
