// Combinations of rows with coefficients of their columns, and an activation.
#include "common.cuh"
#include "activation.cuh"
#include "packs.cuh"

#define TERMS 7

// V neighbouring columns, moved at once.
template <int V>
struct alignas(V * sizeof(real)) Few {
  real at[V];
};

template <int V>
static __device__ __forceinline__ Few<V> few(const real* from) {
  return *reinterpret_cast<const Few<V>*>(from);
}

// A thread keeps its columns, and their coefficients, and goes down the rows.
template <int V>
static __device__ __forceinline__ void combine_rows(int activation, const real* factors,
                                                    const real* x, const real* x_dot,
                                                    const real* bar, const real* bar_dot, real* out,
                                                    int64 rows, int columns) {
  int packs = columns / V;
  int width = packs < (int)blockDim.x ? packs : (int)blockDim.x;
  int height = blockDim.x / width;
  int tiles = (packs + width - 1) / width;
  int strips = gridDim.x / tiles;
  int strip = blockIdx.x / tiles;
  int group = threadIdx.x / width;
  int pack = blockIdx.x % tiles * width + threadIdx.x % width;
  if (group >= height || pack >= packs || strip >= strips) {
    return;
  }
  Few<V> k[TERMS];
#pragma unroll
  for (int t = 0; t < TERMS; t++) {
    k[t] = few<V>(factors + (int64)t * columns + pack * V);
  }
  for (int64 m = (int64)strip * height + group; m < rows; m += (int64)strips * height) {
    int64 i = m * columns + pack * V;
    Few<V> sum = k[2];
    if (x) {
      Few<V> v = few<V>(x + i);
#pragma unroll
      for (int e = 0; e < V; e++) {
        sum.at[e] = fused(k[3].at[e], v.at[e] - k[0].at[e] - k[1].at[e], sum.at[e]);
      }
    }
    const real* others[3] = {x_dot, bar, bar_dot};
#pragma unroll
    for (int t = 0; t < 3; t++) {
      if (others[t]) {
        Few<V> v = few<V>(others[t] + i);
#pragma unroll
        for (int e = 0; e < V; e++) {
          sum.at[e] = fused(k[4 + t].at[e], v.at[e], sum.at[e]);
        }
      }
    }
#pragma unroll
    for (int e = 0; e < V; e++) {
      sum.at[e] = activate(activation, sum.at[e]);
    }
    *reinterpret_cast<Few<V>*>(out + i) = sum;
  }
}

static __device__ __forceinline__ const real* row_of(const real* array, int64 stride, int r) {
  return array ? array + r * stride : array;
}

// out <- act(k2 + k3 (x - k0 - k1) + k4 x. + k5 y' + k6 y'.), without the arrays that are null.
// Blocks along x: at least a tile of 256 columns each, the rest strips of rows; along y: replicas.
KERNEL_OF(256)
combine(int activation, const real* factors, const real* x, int64 x_stride, const real* x_dot,
        int64 x_dot_stride, const real* bar, int64 bar_stride, const real* bar_dot,
        int64 bar_dot_stride, real* out, int64 out_stride, int64 rows, int columns, int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    const real* k = factors + (int64)r * TERMS * columns;
    const real* a = row_of(x, x_stride, r);
    const real* b = row_of(x_dot, x_dot_stride, r);
    const real* c = row_of(bar, bar_stride, r);
    const real* d = row_of(bar_dot, bar_dot_stride, r);
    real* to = out + r * out_stride;
    bool packed = columns % PACK == 0 && aligned(k) && aligned(a) && aligned(b) && aligned(c) &&
                  aligned(d) && aligned(to);
    if (packed) {
      combine_rows<PACK>(activation, k, a, b, c, d, to, rows, columns);
    } else {
      combine_rows<1>(activation, k, a, b, c, d, to, rows, columns);
    }
  }
}
