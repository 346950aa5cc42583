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

// The maps of org.noisescape.tensor.FilterMap, by their ordinals.
#define FILTER_SIGN 1
#define FILTER_CLAMP 2

// The weights of org.noisescape.tensor.FilterWeight, in their order.
struct Filter {
  real kept;
  real entering;
  real direct;
  real moment;
  real former;
  real square_kept;
  real square_entering;
  real root;
  real bound;

  __device__ __forceinline__ explicit Filter(const double* row)
      : kept((real)row[0]), entering((real)row[1]), direct((real)row[2]), moment((real)row[3]),
        former((real)row[4]), square_kept((real)row[5]), square_entering((real)row[6]),
        root((real)row[7]), bound((real)row[8]) {}

  __device__ __forceinline__ real mapped(int map, real n) const {
    if (map == FILTER_SIGN) {
      return n > 0 ? (real)1 : n < 0 ? (real)-1 : n;
    }
    if (map == FILTER_CLAMP) {
      return n > bound ? bound : n < -bound ? -bound : n;
    }
    return n;
  }
};

// m <- a m + b u, v <- p v + q u^2, u <- map(c u + d m + e m before); m or v may be absent.
KERNEL filter(int map, const double* weights, int64 weight_stride, real* u, int64 u_stride,
              real* m, int64 m_stride, real* v, int64 v_stride, int64 width, int rows) {
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    Filter of(weights + r * weight_stride);
    real* direction = u + r * u_stride;
    real* first = m + r * m_stride;
    real* second = v + r * v_stride;
    bool packed = aligned(direction) && (m == 0 || aligned(first)) && (v == 0 || aligned(second));
    for (Span span = first_span(width, packed); span.inside(); span.next()) {
      Pack input = load(direction, span);
      Pack sum;
#pragma unroll
      for (int e = 0; e < PACK; e++) {
        sum.at[e] = of.direct * input.at[e];
      }
      if (m != 0) {
        Pack moment = load(first, span);
#pragma unroll
        for (int e = 0; e < PACK; e++) {
          real before = moment.at[e];
          moment.at[e] = fused(of.kept, before, of.entering * input.at[e]);
          sum.at[e] = fused(of.moment, moment.at[e], fused(of.former, before, sum.at[e]));
        }
        store(first, span, moment);
      }
      if (v != 0) {
        Pack square = load(second, span);
#pragma unroll
        for (int e = 0; e < PACK; e++) {
          square.at[e] = fused(of.square_kept, square.at[e],
                               of.square_entering * (input.at[e] * input.at[e]));
          sum.at[e] /= fused(of.root, (real)sqrt(square.at[e]), of.bound);
        }
        store(second, span, square);
      } else {
#pragma unroll
        for (int e = 0; e < PACK; e++) {
          sum.at[e] = of.mapped(map, sum.at[e]);
        }
      }
      store(direction, span, sum);
    }
  }
}
