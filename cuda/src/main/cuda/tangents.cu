#include "common.cuh"
#include "activation.cuh"
#include "columns.cuh"
#include "groups.cuh"
#include "packs.cuh"

// y_dot <- act'(y) (y_dot + bias_dot); bias_dot may be null.
KERNEL activation_tangent(int activation, const real* y, int64 y_stride, const real* bias_dot,
                          int64 bias_stride, real* y_dot, int64 dot_stride, int64 width,
                          int columns, int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    const real* values = y + r * y_stride;
    const real* biases = bias_dot + r * bias_stride;
    real* dots = y_dot + r * dot_stride;
    bool wide = aligned(values) && aligned(dots);
    if (bias_dot == 0) {
      for (Span span = first_span(width, wide); span.inside(); span.next()) {
        Pack value = load(values, span);
        Pack dot = load(dots, span);
#pragma unroll
        for (int e = 0; e < PACK; e++) {
          dot.at[e] = derivative(activation, value.at[e], dot.at[e]);
        }
        store(dots, span, dot);
      }
    } else {
      Span span = first_span(width, wide && columns % PACK == 0 && aligned(biases));
      for (Column column(span, columns); span.inside(); span.next(), column.next()) {
        Pack value = load(values, span);
        Pack dot = load(dots, span);
        Pack shift = load(biases, span, column);
#pragma unroll
        for (int e = 0; e < PACK; e++) {
          dot.at[e] = derivative(activation, value.at[e], dot.at[e] + shift.at[e]);
        }
        store(dots, span, dot);
      }
    }
  }
}

// The tangent of y_bar act'(y).
__device__ __forceinline__ real pullback_tangent(int activation, real y, real dot, real bar,
                                                 real bar_dot) {
  real straight = derivative(activation, y, bar_dot);
  return bends(activation) ? straight + bend(activation, y) * bar * dot : straight;
}

KERNEL activation_backward_tangent(int activation, const real* y, int64 y_stride,
                                   const real* y_dot, int64 dot_stride, const real* y_bar,
                                   int64 bar_stride, real* y_bar_dot, int64 bar_dot_stride,
                                   int64 width, int replicas) {
  bool bent = bends(activation);
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    const real* values = y + r * y_stride;
    const real* dots = y_dot + r * dot_stride;
    const real* bars = y_bar + r * bar_stride;
    real* out = y_bar_dot + r * bar_dot_stride;
    bool wide = aligned(values) && aligned(out) && aligned(dots) && aligned(bars);
    for (Span span = first_span(width, wide); span.inside(); span.next()) {
      Pack value = load(values, span);
      Pack dot = bent ? load(dots, span) : value;
      Pack bar = bent ? load(bars, span) : value;
      Pack bar_dot = load(out, span);
#pragma unroll
      for (int e = 0; e < PACK; e++) {
        bar_dot.at[e] =
            pullback_tangent(activation, value.at[e], dot.at[e], bar.at[e], bar_dot.at[e]);
      }
      store(out, span, bar_dot);
    }
  }
}

struct PullbackTangent {
  struct Loaded {
    real y;
    real dot;
    real bar;
    real bar_dot;
  };

  int activation;
  const real* y;
  const real* dot;
  const real* bar;
  real* bar_dot;

  __device__ __forceinline__ Loaded load(int64 i) const {
    bool bent = bends(activation);
    Loaded loaded;
    loaded.y = activation == IDENTITY ? (real)0 : y[i];
    loaded.dot = bent ? dot[i] : (real)0;
    loaded.bar = bent ? bar[i] : (real)0;
    loaded.bar_dot = bar_dot[i];
    return loaded;
  }

  __device__ __forceinline__ double finish(int64 i, const Loaded& loaded) const {
    if (activation == IDENTITY) {
      return (double)loaded.bar_dot;
    }
    real value = pullback_tangent(activation, loaded.y, loaded.dot, loaded.bar, loaded.bar_dot);
    bar_dot[i] = value;
    return (double)value;
  }
};

KERNEL_OF(COLUMN_THREADS)
activation_backward_bias_tangent(int activation, const real* y, int64 y_stride, const real* y_dot,
                                 int64 dot_stride, const real* y_bar, int64 bar_stride,
                                 real* y_bar_dot, int64 bar_dot_stride, real* bias_bar_dot,
                                 int64 bias_stride, int add, double* partial, int64 rows,
                                 int columns, int shift, int row_blocks, int replicas) {
  Tiling tiling = {rows, columns, shift, row_blocks};
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    PullbackTangent term = {activation, y + r * y_stride, y_dot + r * dot_stride,
                            y_bar + r * bar_stride, y_bar_dot + r * bar_dot_stride};
    column_sums(tiling, term, bias_bar_dot + r * bias_stride,
                partial + (int64)r * columns * row_blocks, add);
  }
}

// out <- weight of the sample times x.
KERNEL scale_samples(const double* weights, int64 weight_stride, const real* x, int64 x_stride,
                     real* out, int64 out_stride, int samples, int width, int lanes,
                     int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (Rows rows(samples, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      if (n < samples) {
        real weight = (real)weights[r * weight_stride + n];
        const real* from = x + r * x_stride + n * width;
        real* to = out + r * out_stride + n * width;
        for (int k = rows.lane; k < width; k += lanes) {
          to[k] = weight * from[k];
        }
      }
    }
  }
}
