#include "common.cuh"

KERNEL fill(real* x, int64 stride, int64 width, int rows, double value) {
  real set = (real)value;
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    for (int64 i = blockIdx.x * (int64)blockDim.x + threadIdx.x; i < width;
         i += (int64)gridDim.x * blockDim.x) {
      x[r * stride + i] = set;
    }
  }
}

// Moves bits: also for integers of the size of real.
KERNEL copy_rows(const real* source, int64 source_stride, real* target, int64 target_stride,
                 int64 width, int rows) {
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    for (int64 i = blockIdx.x * (int64)blockDim.x + threadIdx.x; i < width;
         i += (int64)gridDim.x * blockDim.x) {
      target[r * target_stride + i] = source[r * source_stride + i];
    }
  }
}
