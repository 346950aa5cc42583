#include "common.cuh"
#include "groups.cuh"
#include "packs.cuh"

// Sum of x, or of x y where there is a y, over one part of a row: part b to out[r][b]. The order
// does not depend on how rows are aligned.
KERNEL_OF(1024)
row_sums(const real* x, int64 x_stride, const real* y, int64 y_stride, int64 width, int64 chunk,
         double* out, int64 out_stride, int add, int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    const real* left = x + r * x_stride;
    const real* right = y == 0 ? left : y + r * y_stride;
    int64 begin = blockIdx.x * chunk;
    int64 end = begin + chunk < width ? begin + chunk : width;
    bool wide = aligned(left + begin) && aligned(right + begin);
    double sum = 0;
#pragma unroll 4
    for (int64 i = begin + (int64)threadIdx.x * PACK; i < end; i += (int64)blockDim.x * PACK) {
      Span span = {i, end, wide ? 1 : 0};
      Pack a = load_near(left, span);
      if (y == 0) {
#pragma unroll
        for (int e = 0; e < PACK; e++) {
          sum += (double)a.at[e];
        }
      } else {
        Pack b = load_near(right, span);
#pragma unroll
        for (int e = 0; e < PACK; e++) {
          sum = fma((double)a.at[e], (double)b.at[e], sum);
        }
      }
    }
    sum = group_sum(sum, blockDim.x, board);
    if (threadIdx.x == 0) {
      double* to = out + r * out_stride + blockIdx.x;
      *to = (add ? *to : 0.0) + sum;
    }
  }
}

// Adds the parts of every row's sum: a block a row.
KERNEL row_totals(const double* partial, int parts, double* out, int64 out_stride, int add,
                  int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double sum = 0;
    for (int part = threadIdx.x; part < parts; part += blockDim.x) {
      sum += partial[(int64)r * parts + part];
    }
    sum = group_sum(sum, blockDim.x, board);
    if (threadIdx.x == 0) {
      double* to = out + r * out_stride;
      *to = (add ? *to : 0.0) + sum;
    }
  }
}

__device__ __forceinline__ double row_dot(const real* x, const real* y, int width,
                                          const Rows& rows) {
  double sum = 0;
  for (int k = rows.lane; k < width; k += rows.lanes) {
    sum = fma((double)x[k], (double)y[k], sum);
  }
  return sum;
}

KERNEL sample_dots(const real* x, int64 x_stride, const real* y, int64 y_stride, double* out,
                   int64 out_stride, int samples, int width, int lanes, int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (Rows rows(samples, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      double sum = 0;
      if (n < samples) {
        sum = row_dot(x + r * x_stride + n * width, y + r * y_stride + n * width, width, rows);
      }
      sum = group_sum(sum, lanes, board);
      if (rows.lane == 0 && n < samples) {
        out[r * out_stride + n] = sum;
      }
    }
  }
}

// norms <- norms + (|x|^2 + 1) |y_bar|^2.
KERNEL dense_gradient_norms(const real* x, int64 x_stride, const real* y_bar, int64 bar_stride,
                            double* norms, int64 norm_stride, int samples, int inputs, int outputs,
                            int lanes, int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    for (Rows rows(samples, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      double input = 0;
      double cotangent = 0;
      if (n < samples) {
        const real* from = x + r * x_stride + n * inputs;
        const real* bar = y_bar + r * bar_stride + n * outputs;
        input = row_dot(from, from, inputs, rows);
        cotangent = row_dot(bar, bar, outputs, rows);
      }
      input = group_sum(input, lanes, board);
      cotangent = group_sum(cotangent, lanes, board);
      if (rows.lane == 0 && n < samples) {
        norms[r * norm_stride + n] += (input + 1) * cotangent;
      }
    }
  }
}

// Position of the first largest entry, the same for all lanes of a group of at most a warp; 0
// where the first entry is not a number; of a single entry whether it is negative.
__device__ __forceinline__ int decision(const real* row, int classes, const Rows& rows) {
  double most = classes > 0 ? (double)row[0] : 0.0;
  if (classes == 1) {
    return most < 0 ? 1 : 0;
  }
  int best = 0;
  for (int k = rows.lane; k < classes; k += rows.lanes) {
    double value = (double)row[k];
    if (value > most) {
      most = value;
      best = k;
    }
  }
  for (int distance = rows.lanes / 2; distance > 0; distance /= 2) {
    double other = __shfl_xor_sync(0xffffffffu, most, distance);
    int where = __shfl_xor_sync(0xffffffffu, best, distance);
    if (other > most || (other == most && where < best)) {
      most = other;
      best = where;
    }
  }
  return best;
}

// Right predictions among the rows of one part: part b to out[r][b].
KERNEL_OF(1024)
count_correct(const real* output, int64 output_stride, const real* target, int64 target_stride,
              double* out, int64 out_stride, int add, int valid, int classes, int lanes,
              int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    int right = 0;
    for (Rows rows(valid, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      // beyond the end the last row again, so that all lanes take part in the exchanges
      int64 at = (n < valid ? n : valid - 1) * classes;
      int given = decision(output + r * output_stride + at, classes, rows);
      int wanted = decision(target + r * target_stride + at, classes, rows);
      right += rows.lane == 0 && n < valid && given == wanted;
    }
    double sum = group_sum(right, blockDim.x, board);
    if (threadIdx.x == 0) {
      double* to = out + r * out_stride + blockIdx.x;
      *to = (add ? *to : 0.0) + sum;
    }
  }
}
