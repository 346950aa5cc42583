#include "common.cuh"
#include "packs.cuh"
#include "random.cuh"

// A thread a Philox block: elements 4 j, ..., 4 j + 3 of a row belong to counter (j, step).
#define WORDS 4
#define SPANS (WORDS / PACK)

__device__ __forceinline__ void sine_and_cosine(float turns, float* sine, float* cosine) {
  sincospif(2.0f * turns, sine, cosine);
}

__device__ __forceinline__ void sine_and_cosine(double turns, double* sine, double* cosine) {
  sincospi(2.0 * turns, sine, cosine);
}

__device__ __forceinline__ float radius(float u) { return sqrtf(-2.0f * logf(u)); }
__device__ __forceinline__ double radius(double u) { return sqrt(-2.0 * log(u)); }

// (word + 1/2) / 2^32; in float32 it may round to 1, whose logarithm is 0.
__device__ __forceinline__ real unit(uint32 word) {
  return ((real)word + (real)0.5) * (real)2.3283064365386963e-10;
}

// Box and Muller (1958).
__device__ __forceinline__ void normals(const Words& words, real* z) {
#pragma unroll
  for (int pair = 0; pair < WORDS; pair += 2) {
    real sine;
    real cosine;
    sine_and_cosine(unit(words.word[pair + 1]), &sine, &cosine);
    real length = radius(unit(words.word[pair]));
    z[pair] = length * cosine;
    z[pair + 1] = length * sine;
  }
}

// x <- x + sigma z, or x + sigma |w| z where there is a w.
KERNEL add_normal(real* x, int64 x_stride, const real* w, int64 w_stride, const double* sigma,
                  int64 sigma_stride, const int* keys, int64 key_stride, const int* step,
                  int64 step_stride, int64 width, int replicas) {
  uint64 now = at_step(step, step_stride);
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    uint64 key = join(keys + r * key_stride);
    real size = (real)sigma[r * sigma_stride];
    real* row = x + r * x_stride;
    const real* weights = w + r * w_stride;
    int step_of_pack = aligned(row) && aligned(weights) ? 1 : 0;
    for (int64 j = blockIdx.x * (int64)blockDim.x + threadIdx.x; WORDS * j < width;
         j += (int64)gridDim.x * blockDim.x) {
      real z[WORDS];
      normals(philox(key, (uint64)j, now), z);
#pragma unroll
      for (int s = 0; s < SPANS; s++) {
        Span span = {WORDS * j + s * PACK, width, step_of_pack};
        Pack value = load_near(row, span);
        if (w == 0) {
#pragma unroll
          for (int e = 0; e < PACK; e++) {
            value.at[e] = fused(size, z[s * PACK + e], value.at[e]);
          }
        } else {
          Pack weight = load_near(weights, span);
#pragma unroll
          for (int e = 0; e < PACK; e++) {
            value.at[e] = fused(size * magnitude(weight.at[e]), z[s * PACK + e], value.at[e]);
          }
        }
        store_near(row, span, value);
      }
    }
  }
}

KERNEL rademacher(real* x, int64 x_stride, const int* keys, int64 key_stride, const int* step,
                  int64 step_stride, int64 width, int replicas) {
  uint64 now = at_step(step, step_stride);
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    uint64 key = join(keys + r * key_stride);
    real* row = x + r * x_stride;
    int step_of_pack = aligned(row) ? 1 : 0;
    for (int64 j = blockIdx.x * (int64)blockDim.x + threadIdx.x; WORDS * j < width;
         j += (int64)gridDim.x * blockDim.x) {
      Words words = philox(key, (uint64)j, now);
#pragma unroll
      for (int s = 0; s < SPANS; s++) {
        Pack value;
#pragma unroll
        for (int e = 0; e < PACK; e++) {
          value.at[e] = words.word[s * PACK + e] & 1 ? (real)-1 : (real)1;
        }
        Span span = {WORDS * j + s * PACK, width, step_of_pack};
        store_near(row, span, value);
      }
    }
  }
}

// 0 where the element's word is below, else scale.
KERNEL dropout_mask(real* x, int64 x_stride, double below, double scale, const int* keys,
                    int64 key_stride, const int* step, int64 step_stride, int64 width,
                    int replicas) {
  uint64 now = at_step(step, step_stride);
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    uint64 key = join(keys + r * key_stride);
    real* row = x + r * x_stride;
    int step_of_pack = aligned(row) ? 1 : 0;
    for (int64 j = blockIdx.x * (int64)blockDim.x + threadIdx.x; WORDS * j < width;
         j += (int64)gridDim.x * blockDim.x) {
      Words words = philox(key, (uint64)j, now);
#pragma unroll
      for (int s = 0; s < SPANS; s++) {
        Pack value;
#pragma unroll
        for (int e = 0; e < PACK; e++) {
          value.at[e] = (double)words.word[s * PACK + e] < below ? (real)0 : (real)scale;
        }
        Span span = {WORDS * j + s * PACK, width, step_of_pack};
        store_near(row, span, value);
      }
    }
  }
}

// A thread a sample: with probability p the largest target changes places with another one.
KERNEL flip_labels(real* targets, int64 stride, const double* p, int64 p_stride, const int* keys,
                   int64 key_stride, const int* step, int64 step_stride, int samples, int classes,
                   int replicas) {
  uint64 now = at_step(step, step_stride);
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    uint64 key = join(keys + r * key_stride);
    double below = p[r * p_stride] * 4294967296.0;
    for (int64 n = blockIdx.x * (int64)blockDim.x + threadIdx.x; n < samples;
         n += (int64)gridDim.x * blockDim.x) {
      Words words = philox(key, (uint64)(n / 2), now);
      uint32 chance = n % 2 ? words.word[2] : words.word[0];
      uint32 choice = n % 2 ? words.word[3] : words.word[1];
      if ((double)chance >= below) {
        continue;
      }
      real* row = targets + r * stride + n * classes;
      if (classes == 1) {
        row[0] = -row[0];
        continue;
      }
      int label = 0;
      for (int k = 1; k < classes; k++) {
        label = row[k] > row[label] ? k : label;
      }
      int other = (label + 1 + (int)(((uint64)(classes - 1) * choice) >> 32)) % classes;
      real kept = row[label];
      row[label] = row[other];
      row[other] = kept;
    }
  }
}

KERNEL draw_indices(int* indices, int64 stride, int size, const int* keys, int64 key_stride,
                    const int* step, int64 step_stride, int batch, int replicas) {
  uint64 now = at_step(step, step_stride);
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    uint64 key = join(keys + r * key_stride);
    for (int64 j = blockIdx.x * (int64)blockDim.x + threadIdx.x; WORDS * j < batch;
         j += (int64)gridDim.x * blockDim.x) {
      Words words = philox(key, (uint64)j, now);
#pragma unroll
      for (int e = 0; e < WORDS; e++) {
        int64 b = WORDS * j + e;
        if (b < batch) {
          indices[r * stride + b] = below(size, words.word[e]);
        }
      }
    }
  }
}

KERNEL permute_indices(int* indices, int64 stride, int size, const int* keys, int64 key_stride,
                       const int* step, int64 step_stride, int batch, int replicas) {
  uint64 now = at_step(step, step_stride);
  uint64 batches = size / batch;
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    Permutation chosen = permutation(join(keys + r * key_stride), now / batches, size);
    int start = (int)(now % batches) * batch;
    for (int64 b = blockIdx.x * (int64)blockDim.x + threadIdx.x; b < batch;
         b += (int64)gridDim.x * blockDim.x) {
      indices[r * stride + b] = permute(chosen, start + (int)b);
    }
  }
}

#define VIEW_NUMBERS 5

// How many values each number of a view takes.
struct Bounds {
  int of[VIEW_NUMBERS];
};

// A thread a sample: its view is a function of the key, the epoch and the sample alone.
KERNEL draw_views(int* views, int64 stride, const int* samples, int64 sample_stride,
                  int steps_per_epoch, int shifts, int mirrors, int rows, int columns,
                  const int* keys, int64 key_stride, const int* step, int64 step_stride, int batch,
                  int replicas) {
  uint64 epoch = at_step(step, step_stride) / (uint64)steps_per_epoch;
  const Bounds bounds = {{shifts, shifts, mirrors, rows, columns}};
  for (int r = blockIdx.y; r < replicas; r += gridDim.y) {
    uint64 key = join(keys + r * key_stride);
    for (int64 b = blockIdx.x * (int64)blockDim.x + threadIdx.x; b < batch;
         b += (int64)gridDim.x * blockDim.x) {
      uint64 sample = (uint32)samples[r * sample_stride + b];
      int* view = views + r * stride + b * VIEW_NUMBERS;
#pragma unroll
      for (int block = 0; block * WORDS < VIEW_NUMBERS; block++) {
        Words words = philox(key, sample | ((uint64)block << 32), epoch);
#pragma unroll
        for (int e = 0; e < WORDS; e++) {
          int v = block * WORDS + e;
          if (v < VIEW_NUMBERS) {
            view[v] = below(bounds.of[v], words.word[e]);
          }
        }
      }
    }
  }
}

KERNEL advance(int* step, int64 step_stride, int steps) {
  set_step(step, step_stride, at_step(step, step_stride) + (uint64)steps);
}
