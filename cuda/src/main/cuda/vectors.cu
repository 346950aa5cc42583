#include "common.cuh"
#include "packs.cuh"

// y <- a x + b y with the same roundings on every path; b = 0 ignores what y held.
__device__ __forceinline__ void combine(real a, const real* from, real b, real* to,
                                        int64 width) {
  for (Span span = first_span(width, aligned(from) && aligned(to)); span.inside(); span.next()) {
    Pack value = load(from, span);
    if (b == (real)0) {
#pragma unroll
      for (int e = 0; e < PACK; e++) {
        value.at[e] = a * value.at[e];
      }
    } else {
      Pack held = load(to, span);
#pragma unroll
      for (int e = 0; e < PACK; e++) {
        value.at[e] = fused(b, held.at[e], a * value.at[e]);
      }
    }
    store(to, span, value);
  }
}

KERNEL axpby(double a, const real* x, int64 x_stride, double b, real* y, int64 y_stride,
             int64 width, int rows) {
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    combine((real)a, x + r * x_stride, (real)b, y + r * y_stride, width);
  }
}

KERNEL axpy(const double* a, int64 a_stride, const real* x, int64 x_stride, real* y,
            int64 y_stride, int64 width, int rows) {
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    combine((real)a[r * a_stride], x + r * x_stride, (real)1, y + r * y_stride, width);
  }
}

// out <- out + (offset + a) b in float64.
KERNEL add_products(double offset, const real* a, int64 a_stride, const real* b, int64 b_stride,
                    double* out, int64 out_stride, int64 width, int rows) {
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    const real* left = a + r * a_stride;
    const real* right = b + r * b_stride;
    double* to = out + r * out_stride;
    for (int64 i = blockIdx.x * (int64)blockDim.x + threadIdx.x; i < width;
         i += (int64)gridDim.x * blockDim.x) {
      to[i] = fma(offset + (double)left[i], (double)right[i], to[i]);
    }
  }
}
