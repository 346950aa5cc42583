#include "common.cuh"
#include "activation.cuh"
#include "columns.cuh"
#include "groups.cuh"
#include "packs.cuh"

// x <- act(x + bias), bias by columns.
KERNEL bias_activation(int activation, const real* bias, int64 bias_stride, real* x,
                       int64 x_stride, int64 width, int columns, int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    const real* biases = bias + r * bias_stride;
    real* row = x + r * x_stride;
    Span span = first_span(width, columns % PACK == 0 && aligned(row) && aligned(biases));
    for (Column column(span, columns); span.inside(); span.next(), column.next()) {
      Pack value = load(row, span);
      Pack shift = load(biases, span, column);
#pragma unroll
      for (int e = 0; e < PACK; e++) {
        value.at[e] = activate(activation, value.at[e] + shift.at[e]);
      }
      store(row, span, value);
    }
  }
}

KERNEL activation(int activation, const real* x, int64 x_stride, real* y, int64 y_stride,
                  int64 width, int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    const real* from = x + r * x_stride;
    real* to = y + r * y_stride;
    for (Span span = first_span(width, aligned(from) && aligned(to)); span.inside(); span.next()) {
      Pack value = load(from, span);
#pragma unroll
      for (int e = 0; e < PACK; e++) {
        value.at[e] = activate(activation, value.at[e]);
      }
      store(to, span, value);
    }
  }
}

KERNEL activation_backward(int activation, const real* y, int64 y_stride, real* y_bar,
                           int64 bar_stride, int64 width, int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    const real* values = y + r * y_stride;
    real* bars = y_bar + r * bar_stride;
    for (Span span = first_span(width, aligned(values) && aligned(bars)); span.inside();
         span.next()) {
      Pack value = load(values, span);
      Pack bar = load(bars, span);
#pragma unroll
      for (int e = 0; e < PACK; e++) {
        bar.at[e] = derivative(activation, value.at[e], bar.at[e]);
      }
      store(bars, span, bar);
    }
  }
}

// The operations of org.noisescape.tensor.Elementwise, by their ordinals.
#define MULTIPLY 0
#define DIVIDE 1
#define SQRT 2

__device__ __forceinline__ real element(int operation, real a, real b) {
  if (operation == MULTIPLY) {
    return a * b;
  }
  if (operation == DIVIDE) {
    return a / b;
  }
  if (operation == SQRT) {
    return sqrt(a);
  }
  return a > 0 ? (real)1 : a < 0 ? (real)-1 : a;
}

KERNEL elementwise(int operation, const real* a, int64 a_stride, const real* b, int64 b_stride,
                   real* out, int64 out_stride, int64 width, int rows) {
  for (int r = blockIdx.y; r < rows; r += gridDim.y) {
    const real* left = a + r * a_stride;
    const real* right = b + r * b_stride;
    real* to = out + r * out_stride;
    for (Span span = first_span(width, aligned(left) && aligned(right) && aligned(to));
         span.inside(); span.next()) {
      Pack value = load(left, span);
      Pack other = load(right, span);
#pragma unroll
      for (int e = 0; e < PACK; e++) {
        value.at[e] = element(operation, value.at[e], other.at[e]);
      }
      store(to, span, value);
    }
  }
}

struct Pullback {
  struct Loaded {
    real y;
    real bar;
  };

  int activation;
  const real* y;
  real* bar;

  __device__ __forceinline__ Loaded load(int64 i) const {
    Loaded loaded;
    loaded.y = activation == IDENTITY ? (real)0 : y[i];
    loaded.bar = bar[i];
    return loaded;
  }

  __device__ __forceinline__ double finish(int64 i, const Loaded& loaded) const {
    if (activation == IDENTITY) {
      return (double)loaded.bar;
    }
    real value = derivative(activation, loaded.y, loaded.bar);
    bar[i] = value;
    return (double)value;
  }
};

KERNEL_OF(COLUMN_THREADS)
activation_backward_bias(int activation, const real* y, int64 y_stride, real* y_bar,
                         int64 bar_stride, real* bias_bar, int64 bias_stride, int add,
                         double* partial, int64 rows, int columns, int shift, int row_blocks,
                         int replicas) {
  Tiling tiling = {rows, columns, shift, row_blocks};
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    Pullback term = {activation, y + r * y_stride, y_bar + r * bar_stride};
    column_sums(tiling, term, bias_bar + r * bias_stride,
                partial + (int64)r * columns * row_blocks, add);
  }
}

// Adds the parts of every column's sum: a warp a column.
KERNEL column_totals(const double* partial, int row_blocks, int columns, real* bias_bar,
                     int64 bias_stride, int add, int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    real* bar = bias_bar + r * bias_stride;
    for (Rows rows(columns, WARP); rows.left(); rows.next()) {
      int64 column = rows.row();
      double sum = 0;
      if (column < columns) {
        const double* parts = partial + ((int64)r * columns + column) * row_blocks;
        for (int part = rows.lane; part < row_blocks; part += WARP) {
          sum += parts[part];
        }
      }
      sum = group_sum(sum, WARP, board);
      if (rows.lane == 0 && column < columns) {
        bar[column] = (real)((add ? (double)bar[column] : 0.0) + sum);
      }
    }
  }
}
