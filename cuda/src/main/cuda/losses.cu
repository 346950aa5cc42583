#include "common.cuh"
#include "groups.cuh"
#include "random.cuh"

// Threads of a block of losses at most.
#define LOSS_THREADS 1024

// Rows (replica, sample) of classes, a group of lanes a row, in float64; rows from valid on are
// padding.

// Sums behind a softmax. A logit that is not a number is passed over by the maximum and met again
// by the sum.
struct Softmax {
  double largest;
  double sum;

  __device__ __forceinline__ double probability(real logit) const {
    return exp((double)logit - largest) / sum;
  }
};

__device__ __forceinline__ double largest(const real* logits, int classes, const Rows& rows,
                                          Board& board) {
  double largest = classes > 0 ? (double)logits[0] : 0.0;
  for (int k = rows.lane; k < classes; k += rows.lanes) {
    largest = fmax(largest, (double)logits[k]);
  }
  return group_max(largest, rows.lanes, board);
}

__device__ __forceinline__ Softmax softmax(const real* logits, int classes, const Rows& rows,
                                           Board& board) {
  Softmax found;
  found.largest = largest(logits, classes, rows, board);
  double sum = 0;
  for (int k = rows.lane; k < classes; k += rows.lanes) {
    sum += exp((double)logits[k] - found.largest);
  }
  found.sum = group_sum(sum, rows.lanes, board);
  return found;
}

__device__ __forceinline__ void clear(real* row, int classes, const Rows& rows) {
  for (int k = rows.lane; k < classes; k += rows.lanes) {
    row[k] = (real)0;
  }
}

// What is counted along with the losses of a block's replica, where its block has them all: without
// sums nothing is.
struct Tally {
  double* sums;
  int64 stride;
  int lanes;
  const int* step;
  int64 step_stride;
  int* next;
  int64 next_stride;

  // The sum of the replica's losses in the order of row_sums in reduction.cu, whose blocks have so
  // many lanes, two neighbours each at a time.
  __device__ __forceinline__ void count(const double* losses, int samples, int r, Board& board) {
    if (sums == 0) {
      return;
    }
    __syncthreads();  // the losses are there
    double sum = 0;
    for (int n = 2 * threadIdx.x; threadIdx.x < lanes && n < samples; n += 2 * lanes) {
      sum += losses[n];
      sum += n + 1 < samples ? losses[n + 1] : 0.0;
    }
    sum = group_sum(sum, lanes, board);
    if (threadIdx.x == 0) {
      sums[r * stride] += sum;
      if (r == 0) {
        set_step(next, next_stride, at_step(step, step_stride) + 1);
      }
    }
  }
};

#define TALLY                                                                            \
  double *sums, int64 sum_stride, int sum_lanes, const int *step, int64 step_stride, int *next, \
      int64 next_stride
#define TALLY_GIVEN {sums, sum_stride, sum_lanes, step, step_stride, next, next_stride}

KERNEL_OF(LOSS_THREADS)
squared_error(const real* output, int64 output_stride, const real* target, int64 target_stride,
              const double* scale, int64 scale_stride, double* losses, int64 loss_stride,
              real* output_bar, int64 bar_stride, TALLY, int valid, int samples, int classes,
              int lanes, int replicas) {
  __shared__ Board board;
  Tally tally = TALLY_GIVEN;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double factor = scale[r * scale_stride];
    for (Rows rows(samples, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      // rows that are padding, or beyond the end, have no classes but take part in the sum
      int counted = n < valid ? classes : 0;
      const real* f = output + r * output_stride + n * classes;
      const real* t = target + r * target_stride + n * classes;
      real* bar = output_bar + r * bar_stride + n * classes;
      double loss = 0;
      for (int k = rows.lane; k < counted; k += lanes) {
        double difference = (double)f[k] - (double)t[k];
        loss += 0.5 * difference * difference;
        if (output_bar != 0) {
          bar[k] = (real)(factor * difference);
        }
      }
      loss = group_sum(loss, lanes, board);
      if (n < samples) {
        if (rows.lane == 0) {
          losses[r * loss_stride + n] = loss;
        }
        if (n >= valid && output_bar != 0) {
          clear(bar, classes, rows);
        }
      }
    }
    tally.count(losses + r * loss_stride, samples, r, board);
  }
}

KERNEL_OF(LOSS_THREADS)
softmax_cross_entropy(const real* output, int64 output_stride, const real* target,
                      int64 target_stride, const double* scale, int64 scale_stride, double* losses,
                      int64 loss_stride, real* output_bar, int64 bar_stride, TALLY, int valid,
                      int samples, int classes, int lanes, int replicas) {
  __shared__ Board board;
  Tally tally = TALLY_GIVEN;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double factor = scale[r * scale_stride];
    for (Rows rows(samples, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      int counted = n < valid ? classes : 0;
      const real* f = output + r * output_stride + n * classes;
      const real* t = target + r * target_stride + n * classes;
      real* bar = output_bar + r * bar_stride + n * classes;
      Softmax found = softmax(f, counted, rows, board);
      double inner = 0;
      for (int k = rows.lane; k < counted; k += lanes) {
        inner += (double)t[k] * ((double)f[k] - found.largest);
      }
      inner = group_sum(inner, lanes, board);
      for (int k = rows.lane; output_bar != 0 && k < counted; k += lanes) {
        bar[k] = (real)(factor * (found.probability(f[k]) - (double)t[k]));
      }
      if (n < samples) {
        if (rows.lane == 0) {
          losses[r * loss_stride + n] = n < valid ? log(found.sum) - inner : 0.0;
        }
        if (n >= valid && output_bar != 0) {
          clear(bar, classes, rows);
        }
      }
    }
    tally.count(losses + r * loss_stride, samples, r, board);
  }
}

// s f_dot.
KERNEL squared_error_tangent(const real* output_dot, int64 dot_stride, const double* scale,
                             int64 scale_stride, real* out, int64 out_stride, int valid,
                             int samples, int classes, int lanes, int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double factor = scale[r * scale_stride];
    for (Rows rows(samples, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      const real* dot = output_dot + r * dot_stride + n * classes;
      real* to = out + r * out_stride + n * classes;
      for (int k = rows.lane; n < samples && k < classes; k += lanes) {
        to[k] = n < valid ? (real)(factor * (double)dot[k]) : (real)0;
      }
    }
  }
}

// s p (f_dot - p.f_dot).
KERNEL softmax_cross_entropy_tangent(const real* output, int64 output_stride,
                                     const real* output_dot, int64 dot_stride, const double* scale,
                                     int64 scale_stride, real* out, int64 out_stride, int valid,
                                     int samples, int classes, int lanes, int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double factor = scale[r * scale_stride];
    for (Rows rows(samples, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      int counted = n < valid ? classes : 0;
      const real* f = output + r * output_stride + n * classes;
      const real* dot = output_dot + r * dot_stride + n * classes;
      real* to = out + r * out_stride + n * classes;
      Softmax found = softmax(f, counted, rows, board);
      double inner = 0;
      for (int k = rows.lane; k < counted; k += lanes) {
        inner += exp((double)f[k] - found.largest) * (double)dot[k];
      }
      double mean = group_sum(inner, lanes, board) / found.sum;
      for (int k = rows.lane; k < counted; k += lanes) {
        to[k] = (real)(factor * found.probability(f[k]) * ((double)dot[k] - mean));
      }
      if (n >= valid && n < samples) {
        clear(to, classes, rows);
      }
    }
  }
}

// s e_column.
KERNEL squared_error_root(int column, const double* scale, int64 scale_stride, real* out,
                          int64 out_stride, int valid, int samples, int classes, int lanes,
                          int replicas) {
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    real factor = (real)scale[r * scale_stride];
    for (Rows rows(samples, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      real* to = out + r * out_stride + n * classes;
      for (int k = rows.lane; n < samples && k < classes; k += lanes) {
        to[k] = n < valid && k == column ? factor : (real)0;
      }
    }
  }
}

// s sqrt(p_column) (e_column - p).
KERNEL softmax_cross_entropy_root(int column, const real* output, int64 output_stride,
                                  const double* scale, int64 scale_stride, real* out,
                                  int64 out_stride, int valid, int samples, int classes, int lanes,
                                  int replicas) {
  __shared__ Board board;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    double factor = scale[r * scale_stride];
    for (Rows rows(samples, lanes); rows.left(); rows.next()) {
      int64 n = rows.row();
      int counted = n < valid ? classes : 0;
      const real* f = output + r * output_stride + n * classes;
      real* to = out + r * out_stride + n * classes;
      real chosen = counted > 0 ? f[column] : (real)0;
      Softmax found = softmax(f, counted, rows, board);
      double root = factor * sqrt(found.probability(chosen));
      for (int k = rows.lane; k < counted; k += lanes) {
        to[k] = (real)(root * ((k == column ? 1.0 : 0.0) - found.probability(f[k])));
      }
      if (n >= valid && n < samples) {
        clear(to, classes, rows);
      }
    }
  }
}
