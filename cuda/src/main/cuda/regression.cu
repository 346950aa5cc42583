// SGD on linear regression without bias, a thread a replica: theta in registers. Sums run in the
// order of the host engine's kernel. Compiled for one DIMENSION and mini-batch (BATCH).
#include "common.cuh"
#include "random.cuh"
#include "passages.cuh"

// The loss over all samples as a quadratic form: A (d, d), b (d), c; a thread an entry, summed in
// double.
KERNEL regression_form(const real* features, int64 feature_stride, const real* targets,
                       int64 target_stride, int samples, real* form) {
  int entry = blockIdx.x * blockDim.x + threadIdx.x;
  constexpr int squared = DIMENSION * DIMENSION;
  if (entry > squared + DIMENSION) {
    return;
  }
  int i = entry < squared ? entry / DIMENSION : entry - squared;
  int j = entry < squared ? entry % DIMENSION : DIMENSION;
  double sum = 0;
  for (int n = 0; n < samples; n++) {
    real target = targets[n * target_stride];
    const real* x = features + n * feature_stride;
    sum = fma((double)(i < DIMENSION ? x[i] : target), (double)(j < DIMENSION ? x[j] : target), sum);
  }
  sum /= samples;
  form[entry] = (real)(entry == squared + DIMENSION ? sum / 2 : sum);
}

__device__ __forceinline__ real loss_of(const real* form, const real* theta) {
  real value = form[DIMENSION * DIMENSION + DIMENSION];
#pragma unroll
  for (int i = 0; i < DIMENSION; i++) {
    real row = -2 * form[DIMENSION * DIMENSION + i];
#pragma unroll
    for (int j = 0; j < DIMENSION; j++) {
      row = fma(theta[j], form[i * DIMENSION + j], row);
    }
    value = fma(theta[i] * (real)0.5, row, value);
  }
  return value;
}

// Draws of one replica, sample after sample and step after step.
struct Drawer {
  uint64 key;
  uint64 step;
  int b;
  int samples;
  bool without_replacement;
  uint64 batches;
  uint64 epoch;
  Permutation order;
  Words words;
};

__device__ __forceinline__ Drawer drawer(uint64 key, uint64 step, int samples,
                                         bool without_replacement) {
  Drawer d;
  d.key = key;
  d.step = step;
  d.b = 0;
  d.samples = samples;
  d.without_replacement = without_replacement;
  d.batches = max(1, samples / BATCH);
  d.epoch = ~(uint64)0;
  return d;
}

__device__ __forceinline__ int next_index(Drawer& d) {
  int index;
  if (d.without_replacement) {
    uint64 epoch = d.b == 0 ? d.step / d.batches : d.epoch;
    if (epoch != d.epoch) {
      d.epoch = epoch;
      d.order = permutation(d.key, epoch, d.samples);
    }
    index = permute(d.order, (int)(d.step - epoch * d.batches) * BATCH + d.b);
  } else {
    if (d.b % 4 == 0) {
      d.words = philox(d.key, (uint64)(d.b / 4), d.step);
    }
    index = below(d.samples, chosen(d.words, d.b % 4));
  }
  d.b++;
  if (d.b == BATCH) {
    d.b = 0;
    d.step++;
  }
  return index;
}

struct Sample {
  real x[DIMENSION];
  real target;
};

__device__ __forceinline__ void load_sample(const real* features, int64 feature_stride,
                                            const real* targets, int64 target_stride, int index,
                                            Sample& sample) {
  const real* row = features + index * feature_stride;
  sample.target = targets[index * target_stride];
#pragma unroll
  for (int j = 0; j < DIMENSION; j++) {
    sample.x[j] = row[j];
  }
}

KERNEL regression(real* all_theta, int64 theta_stride, const real* features, int64 feature_stride,
                  const real* targets, int64 target_stride, const double* rates,
                  int64 rate_stride, const int* keys, int64 key_stride, const int* step_words,
                  const double* thresholds, int64 threshold_stride, int threshold_count,
                  double* passages, int64 passage_stride, double* values, int64 value_stride,
                  int replicas, int samples, int without_replacement, int look_every, int steps,
                  const real* form) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= replicas) {
    return;
  }
  Passages table = {thresholds, threshold_stride, threshold_count, passages + r * passage_stride};
  if (at_rest(table)) {
    return;
  }
  double* value_out = values + r * value_stride;
  real theta[DIMENSION];
  real* home = all_theta + r * theta_stride;
#pragma unroll
  for (int j = 0; j < DIMENSION; j++) {
    theta[j] = home[j];
  }
  uint64 from = join(step_words);
  real scale = (real)(-rates[r * rate_stride] / BATCH);
  real loss = 0;
  bool seen = false;
  if (steps == 0) {
    loss = loss_of(form, theta);
    *value_out = (double)loss;
    note(table, from, (double)loss);
    return;
  }
  double next = table.count > 0 ? table.thresholds[next_threshold(table) * table.stride] : 0;
  // the next sample is drawn and on its way while this one is used, where registers hold two
  constexpr bool AHEAD = DIMENSION * sizeof(real) <= 128;
  Drawer draws = drawer(join(keys + r * key_stride), from, samples, without_replacement != 0);
  Sample ahead;
  if (AHEAD) {
    load_sample(features, feature_stride, targets, target_stride, next_index(draws), ahead);
  }
  for (uint64 k = from; k < from + steps; k++) {
    real gradient[DIMENSION] = {};
    for (int b = 0; b < BATCH; b++) {
      Sample sample = ahead;
      load_sample(features, feature_stride, targets, target_stride, next_index(draws),
                  AHEAD ? ahead : sample);
      real residual = -sample.target;
#pragma unroll
      for (int j = 0; j < DIMENSION; j++) {
        residual = fma(sample.x[j], theta[j], residual);
      }
#pragma unroll
      for (int j = 0; j < DIMENSION; j++) {
        gradient[j] = fma(sample.x[j], residual, gradient[j]);
      }
    }
#pragma unroll
    for (int j = 0; j < DIMENSION; j++) {
      theta[j] = fma(gradient[j], scale, theta[j]);
    }
    if (table.count > 0 && (k + 1) % look_every == 0) {
      loss = loss_of(form, theta);
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
  for (int j = 0; j < DIMENSION; j++) {
    home[j] = theta[j];
  }
  if (seen) {
    *value_out = (double)loss;
  }
}
