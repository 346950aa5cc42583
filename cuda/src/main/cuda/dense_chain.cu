// SGD on a chain of dense layers: a block a replica, its parameters in registers and shared memory, many
// steps a launch. Compiled for one chain and mini-batch, by the sizes of ChainTiles.
#include "common.cuh"
#include "copies.cuh"
#include "dense_sample.cuh"
#include "dense_slot.cuh"
#include "draws.cuh"
#include "passages.cuh"

// WARPS compute, one more draws.
#define THREADS (32 * WARPS + 32)

#define CLASSES width_of(DEPTH)

// In units of a real.
#define X_SIZE (BATCH * X_PITCH)
#define HALVES_SIZE (CHUNKS * FIRST * 2 * HALF_PITCH)
#define FIRST_SIZE (WEIGHTS_HELD ? 0 : FIRST * X_PITCH)
#define WANTED_SIZE (BATCH * CLASSES)
#define PARTIALS_SIZE (STRIPS * BATCH * FIRST)
#define ROWS_SIZE (BATCH * ALL_ROWS)
#define REALS                                                                           \
  (BUFFERS * (X_SIZE + WANTED_SIZE) + HALVES_SIZE + FIRST_SIZE + PARTIALS_SIZE + 2 * ROWS_SIZE + \
   upper_of(DEPTH))

#define PERMUTATION_BYTES 64

static_assert(sizeof(Permutation) <= PERMUTATION_BYTES, "the permutation has a place of its own");
static_assert(SHARED_BYTES ==
                  up_to_fours(REALS) * sizeof(real) + PERMUTATION_BYTES + 2 * BATCH * sizeof(int),
              "the launch gives as much shared memory as is used");

// The drawn rows and their targets, a warp a row.
__device__ __forceinline__ void copy_batch(const real* features, const real* targets,
                                           int64 target_stride, const int* indices, real* x,
                                           real* wanted, int warp, int lane) {
  constexpr int PER = 16 / sizeof(real);
  bool aligned = INPUTS % PER == 0 && FEATURE_STRIDE % PER == 0 && ((uint64)features & 15) == 0;
  for (int n = warp; n < BATCH; n += WARPS) {
    int index = indices[n];
    const real* from = features + (int64)index * FEATURE_STRIDE;
    real* to = x + n * X_PITCH;
    if (aligned) {
#pragma unroll
      for (int i = 0; i < INPUTS; i += 32 * PER) {
        int at = i + lane * PER;
        if (at < INPUTS) {
          copy_asynchronously<16>(to + at, from + at);
        }
      }
    } else {
      for (int at = lane; at < INPUTS; at += 32) {
        copy_asynchronously<sizeof(real)>(to + at, from + at);
      }
    }
    for (int k = lane; k < CLASSES; k += 32) {
      copy_asynchronously<sizeof(real)>(wanted + n * CLASSES + k,
                                        targets + index * target_stride + k);
    }
  }
}

// A warp: one sample from the partial sums of the first layer to the cotangents of all layers.
__device__ __forceinline__ void sample_step(int n, const real* upper, const real* partials,
                                            const real* wanted, real* values, real* cotangents,
                                            real* halves, int lane) {
  for (int o = lane; o < FIRST; o += 32) {
    real sum = 0;
#pragma unroll
    for (int strip = 0; strip < STRIPS; strip++) {
      sum += partials[(strip * BATCH + n) * FIRST + o];
    }
    values[o] = activate(activation_of(0), sum + upper[o]);
  }
  __syncwarp();
  forward_from<1>(upper, values, lane);
  for (int k = lane; k < CLASSES; k += 32) {
    int at = row_of(DEPTH - 1) + k;
    cotangents[at] = (values[at] - wanted[k]) * slope(activation_of(DEPTH - 1), values[at]);
  }
  __syncwarp();
  back_from<DEPTH - 1>(upper, values, cotangents, lane);
  int chunk = n / CHUNK;
  int half = (n - chunk * CHUNK) / PAIRS;
  int place = n - chunk * CHUNK - half * PAIRS;
  for (int o = lane; o < FIRST; o += 32) {
    halves[((chunk * FIRST + o) * 2 + half) * HALF_PITCH + place] = cotangents[o];
  }
}

extern "C" __global__ void __launch_bounds__(THREADS)
    dense_chain(real* all_theta, int64 theta_stride, const real* features,
                const real* targets, int64 target_stride, const double* rates, int64 rate_stride,
                const int* keys, int64 key_stride, const int* step_words, int threshold_count,
                double* passages, int64 passage_stride, int samples, int without_replacement,
                int look_every, int steps, int stretch_number) {
  int r = blockIdx.x;
  Passages table = {nullptr, 0, threshold_count, passages + r * passage_stride};
  Stretch stretch = stretch_of(join(step_words), steps, look_every, stretch_number);
  if (stretch.begin >= stretch.end || at_rest(table)) {
    return;
  }
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  bool drawing = warp == WARPS;

  DYNAMIC_SHARED(unsigned char, shared);
  real* all_x = reinterpret_cast<real*>(shared);
  real* halves = all_x + BUFFERS * X_SIZE;
  real* weights = halves + HALVES_SIZE;
  real* all_wanted = weights + FIRST_SIZE;
  real* partials = all_wanted + BUFFERS * WANTED_SIZE;
  real* values = partials + PARTIALS_SIZE;
  real* cotangents = values + ROWS_SIZE;
  real* upper = cotangents + ROWS_SIZE;
  Permutation* permutation = reinterpret_cast<Permutation*>(all_x + up_to_fours(REALS));
  int* indices = reinterpret_cast<int*>(permutation) + PERMUTATION_BYTES / sizeof(int);

  real* home = all_theta + r * theta_stride;
  real w[WEIGHTS_HELD ? ROWS : 1][COLUMNS] = {};
  real held[ROWS_HELD ? CHUNK : 1][COLUMNS] = {};
  // what no copy writes, pads of rows and of chunks, is zero
  for (int e = threadIdx.x; e < REALS; e += THREADS) {
    all_x[e] = 0;
  }
  __syncthreads();
  move_upper<0, true>(upper, home, threadIdx.x, THREADS);
  if constexpr (WEIGHTS_HELD) {
    if (warp < SLOT_WARPS) {
      Slot slot = slot_of(warp, lane);
#pragma unroll
      for (int o = 0; o < ROWS; o++) {
#pragma unroll
        for (int c = 0; c < COLUMNS; c++) {
          bool there = slot.active && slot.column + c < INPUTS;
          w[o][c] = there ? home[output_of(slot, o) * INPUTS + slot.column + c] : (real)0;
        }
      }
    }
  } else {
    for (int e = threadIdx.x; e < FIRST * INPUTS; e += THREADS) {
      weights[e / INPUTS * X_PITCH + e % INPUTS] = home[e];
    }
  }
  uint64 key = join(keys + r * key_stride);
  real scale = (real)(-rates[r * rate_stride] / BATCH);
  if (drawing) {
    for (int ahead = 0; ahead < 2; ahead++) {
      uint64 k = stretch.begin + ahead;
      draw_batch(key, k, samples, BATCH, without_replacement, ahead == 0, permutation, lane,
                 indices + (k & 1) * BATCH);
    }
  }
  __syncthreads();
  if (!drawing) {
    int slot = BUFFERS == 2 ? (int)(stretch.begin & 1) : 0;
    copy_batch(features, targets, target_stride,
               indices + (stretch.begin & 1) * BATCH, all_x + slot * X_SIZE,
               all_wanted + slot * WANTED_SIZE, warp, lane);
    wait_for_copies();
  }
  __syncthreads();

  for (uint64 k = stretch.begin; k < stretch.end; k++) {
    int odd = (int)(k & 1);
    int here = BUFFERS == 2 ? odd : 0;
    int there = BUFFERS == 2 ? 1 - odd : 0;
    const real* x = all_x + here * X_SIZE;
    const real* wanted = all_wanted + here * WANTED_SIZE;
    const int* next = indices + (1 - odd) * BATCH;
    if (drawing) {
      // the indices of this step have been used
      draw_batch(key, k + 2, samples, BATCH, without_replacement, false, permutation, lane,
                 indices + odd * BATCH);
    } else {
      if (BUFFERS == 2 && k + 1 < stretch.end) {
        copy_batch(features, targets, target_stride, next,
                   all_x + there * X_SIZE, all_wanted + there * WANTED_SIZE, warp, lane);
      }
      if constexpr (WEIGHTS_HELD) {
        if (warp < SLOT_WARPS) {
          forward_slot<ROWS_HELD>(slot_of(warp, lane), w, x, held, partials, lane);
        }
      } else {
        for (int number = warp; number < STRIPS * GROUPS; number += WARPS) {
          Slot slot = slot_of(number, lane);
          real row[ROWS][COLUMNS] = {};
          if (slot.active) {
#pragma unroll
            for (int o = 0; o < ROWS; o++) {
              load_columns(weights + output_of(slot, o) * X_PITCH + slot.column, row[o]);
            }
          }
          forward_slot<false>(slot, row, x, nullptr, partials, lane);
        }
      }
    }
    __syncthreads();
    if (!drawing) {
      for (int n = warp; n < BATCH; n += WARPS) {
        sample_step(n, upper, partials, wanted + n * CLASSES, values + n * ALL_ROWS,
                    cotangents + n * ALL_ROWS, halves, lane);
      }
    }
    __syncthreads();
    if constexpr (WEIGHTS_HELD) {
      if (warp < SLOT_WARPS) {
        update_slot<ROWS_HELD>(slot_of(warp, lane), w, x, held, halves, scale);
      }
    } else if (!drawing) {
      for (int number = warp; number < STRIPS * GROUPS; number += WARPS) {
        Slot slot = slot_of(number, lane);
        real row[ROWS][COLUMNS];
#pragma unroll
        for (int o = 0; o < ROWS; o++) {
          load_columns(weights + output_of(slot, o) * X_PITCH + slot.column, row[o]);
        }
        update_slot<false>(slot, row, x, nullptr, halves, scale);
#pragma unroll
        for (int o = 0; o < ROWS; o++) {
          if (slot.active && has_row(slot, o)) {
            store_columns(weights + output_of(slot, o) * X_PITCH + slot.column, row[o]);
          }
        }
      }
    }
    update_from<0>(upper, values, cotangents, scale, threadIdx.x, THREADS);
    if (BUFFERS == 1) {
      __syncthreads();
      if (!drawing && k + 1 < stretch.end) {
        copy_batch(features, targets, target_stride, next, all_x, all_wanted,
                   warp, lane);
      }
    }
    wait_for_copies();
    __syncthreads();
  }

  move_upper<0, false>(upper, home, threadIdx.x, THREADS);
  if constexpr (WEIGHTS_HELD) {
    if (warp < SLOT_WARPS) {
      Slot slot = slot_of(warp, lane);
#pragma unroll
      for (int o = 0; o < ROWS; o++) {
#pragma unroll
        for (int c = 0; c < COLUMNS; c++) {
          if (slot.active && has_row(slot, o) && slot.column + c < INPUTS) {
            home[output_of(slot, o) * INPUTS + slot.column + c] = w[o][c];
          }
        }
      }
    }
  } else {
    for (int e = threadIdx.x; e < FIRST * INPUTS; e += THREADS) {
      home[e] = weights[e / INPUTS * X_PITCH + e % INPUTS];
    }
  }
}
