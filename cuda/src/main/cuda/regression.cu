// SGD on linear regression without bias, a thread a replica: theta in registers. Sums run in the
// order of the host engine's kernel.
#include "common.cuh"
#include "random.cuh"
#include "passages.cuh"

// The loss over all samples as a quadratic form: A (d, d), b (d), c; a thread an entry, summed in
// double.
KERNEL regression_form(const real* features, int64 feature_stride, const real* targets,
                       int64 target_stride, int samples, int dimension, real* form) {
  int entry = blockIdx.x * blockDim.x + threadIdx.x;
  int squared = dimension * dimension;
  if (entry > squared + dimension) {
    return;
  }
  int i = entry < squared ? entry / dimension : entry - squared;
  int j = entry < squared ? entry % dimension : dimension;
  double sum = 0;
  for (int n = 0; n < samples; n++) {
    real target = targets[n * target_stride];
    const real* x = features + n * feature_stride;
    sum = fma((double)(i < dimension ? x[i] : target), (double)(j < dimension ? x[j] : target), sum);
  }
  sum /= samples;
  form[entry] = (real)(entry == squared + dimension ? sum / 2 : sum);
}

template <int LIMIT>
__device__ __forceinline__ real loss_of(const real* form, int dimension, const real* theta) {
  real value = form[dimension * dimension + dimension];
#pragma unroll
  for (int i = 0; i < LIMIT; i++) {
    if (i < dimension) {
      real row = -2 * form[dimension * dimension + i];
#pragma unroll
      for (int j = 0; j < LIMIT; j++) {
        if (j < dimension) {
          row = fma(theta[j], form[i * dimension + j], row);
        }
      }
      value = fma(theta[i] * (real)0.5, row, value);
    }
  }
  return value;
}

template <int LIMIT>
__device__ __forceinline__ void descend(real* all_theta, int64 theta_stride, const real* features,
                                        int64 feature_stride, const real* targets,
                                        int64 target_stride, const double* rates,
                                        int64 rate_stride, const int* keys, int64 key_stride,
                                        const int* step_words, Passages table, double* value_out,
                                        int r, int samples, int dimension, int batch,
                                        int without_replacement, int look_every, int steps,
                                        const real* form) {
  if (at_rest(table)) {
    return;
  }
  real theta[LIMIT];
  real gradient[LIMIT];
  real* home = all_theta + r * theta_stride;
#pragma unroll
  for (int j = 0; j < LIMIT; j++) {
    theta[j] = j < dimension ? home[j] : (real)0;
  }
  uint64 key = join(keys + r * key_stride);
  uint64 from = join(step_words);
  real scale = (real)(-rates[r * rate_stride] / batch);
  real loss = 0;
  bool seen = false;
  if (steps == 0) {
    loss = loss_of<LIMIT>(form, dimension, theta);
    *value_out = (double)loss;
    note(table, from, (double)loss);
    return;
  }
  double next = table.count > 0 ? table.thresholds[next_threshold(table) * table.stride] : 0;
  uint64 batches = max(1, samples / batch);
  uint64 epoch = 0;
  Permutation chosen;
  if (without_replacement) {
    epoch = from / batches;
    chosen = permutation(key, epoch, samples);
  }
  for (uint64 k = from; k < from + steps; k++) {
    int first = 0;
    if (without_replacement) {
      if (k / batches != epoch) {
        epoch = k / batches;
        chosen = permutation(key, epoch, samples);
      }
      first = (int)(k % batches) * batch;
    }
#pragma unroll
    for (int j = 0; j < LIMIT; j++) {
      gradient[j] = 0;
    }
    Words words;
    for (int b = 0; b < batch; b++) {
      int index;
      if (without_replacement) {
        index = permute(chosen, first + b);
      } else {
        if (b % 4 == 0) {
          words = philox(key, (uint64)(b / 4), k);
        }
        uint32 word = b % 4 == 0   ? words.word[0]
                      : b % 4 == 1 ? words.word[1]
                      : b % 4 == 2 ? words.word[2]
                                   : words.word[3];
        index = (int)(((uint64)word * (uint64)samples) >> 32);
      }
      const real* row = features + index * feature_stride;
      real x[LIMIT];
      real residual = -targets[index * target_stride];
#pragma unroll
      for (int j = 0; j < LIMIT; j++) {
        x[j] = j < dimension ? row[j] : (real)0;
        residual = fma(x[j], theta[j], residual);
      }
#pragma unroll
      for (int j = 0; j < LIMIT; j++) {
        gradient[j] = fma(x[j], residual, gradient[j]);
      }
    }
#pragma unroll
    for (int j = 0; j < LIMIT; j++) {
      theta[j] = fma(gradient[j], scale, theta[j]);
    }
    if (table.count > 0 && (k + 1) % look_every == 0) {
      loss = loss_of<LIMIT>(form, dimension, theta);
      seen = true;
      if (!((double)loss <= next)) {
        note(table, k + 1, (double)loss);
        if (at_rest(table)) {
          break;
        }
        next = table.thresholds[next_threshold(table) * table.stride];
      }
    }
  }
#pragma unroll
  for (int j = 0; j < LIMIT; j++) {
    if (j < dimension) {
      home[j] = theta[j];
    }
  }
  if (seen) {
    *value_out = (double)loss;
  }
}

#define REGRESSION(LIMIT)                                                                        \
  KERNEL regression_##LIMIT(                                                                     \
      real* theta, int64 theta_stride, const real* features, int64 feature_stride,               \
      const real* targets, int64 target_stride, const double* rates, int64 rate_stride,          \
      const int* keys, int64 key_stride, const int* step_words, const double* thresholds,        \
      int64 threshold_stride, int threshold_count, double* passages, int64 passage_stride,       \
      double* values, int64 value_stride, int replicas, int samples, int dimension, int batch,   \
      int without_replacement, int look_every, int steps, const real* form) {                    \
    int r = blockIdx.x * blockDim.x + threadIdx.x;                                               \
    if (r < replicas) {                                                                          \
      Passages table = {thresholds, threshold_stride, threshold_count,                           \
                        passages + r * passage_stride};                                          \
      descend<LIMIT>(theta, theta_stride, features, feature_stride, targets, target_stride,      \
                     rates, rate_stride, keys, key_stride, step_words, table,                    \
                     values + r * value_stride, r, samples, dimension, batch,                    \
                     without_replacement, look_every, steps, form);                              \
    }                                                                                            \
  }

REGRESSION(2)
REGRESSION(4)
REGRESSION(8)
REGRESSION(16)
REGRESSION(32)
