// Loss over all samples of the replicas of a chain of dense layers. The first layer is a product of all
// samples with the weights of some replicas at once, a tile of samples a block; the layers above and
// the loss follow from the tile. A replica's sums have one order whatever its company. Compiled for one
// chain, by the sizes of LookTiles.
#include "common.cuh"
#include "chain.cuh"
#include "passages.cuh"
#include "random.cuh"

#define FIRST width_of(1)
#define CLASSES width_of(DEPTH)
#define THREADS (SAMPLE_GROUPS * COLUMN_GROUPS)

// Tile of a thread, and of a block; TILE_COLUMNS of them in memory, TOGETHER replicas of them used.
#define THREAD_SAMPLES (32 / (int)sizeof(real))
#define THREAD_COLUMNS 8
#define TILE_SAMPLES (SAMPLE_GROUPS * THREAD_SAMPLES)
#define TILE_COLUMNS (COLUMN_GROUPS * THREAD_COLUMNS)
#define USED_COLUMNS (TOGETHER * FIRST)

// Of a row of the tiles in shared memory: a float4 apart, so that writes spread over banks.
#define SAMPLE_PITCH (TILE_SAMPLES + 4)
#define COLUMN_PITCH (TILE_COLUMNS + 4)

// Rows between two loads of a thread.
#define APART (THREADS / TILE_INPUTS)

#define SAMPLE_LOADS ((TILE_INPUTS * TILE_SAMPLES + THREADS - 1) / THREADS)
#define COLUMN_LOADS ((TILE_INPUTS * TILE_COLUMNS + THREADS - 1) / THREADS)
__device__ constexpr int larger(int a, int b) { return a > b ? a : b; }

static_assert(THREADS % TILE_INPUTS == 0, "a thread loads one input of every row it loads");
static_assert(SHARED_BYTES == sizeof(real) * larger(TILE_INPUTS * (SAMPLE_PITCH + COLUMN_PITCH),
                                                    USED_COLUMNS * TILE_SAMPLES),
              "the launch gives as much shared memory as is used");


// Layers from L on for one sample; in reads input i as in[i * stride].
template <int L>
__device__ __forceinline__ double loss_from(const real* theta, const real* in, int stride,
                                            const real* targets) {
  constexpr int inputs = width_of(L);
  if constexpr (L == DEPTH) {
    double sum = 0;
    for (int k = 0; k < inputs; k++) {
      double residual = (double)in[k * stride] - (double)targets[k];
      sum = fma(0.5 * residual, residual, sum);
    }
    return sum;
  } else {
    constexpr int outputs = width_of(L + 1);
    const real* weights = theta + weights_of(L);
    real out[outputs];
#pragma unroll 1
    for (int o = 0; o < outputs; o++) {
      real sum = 0;
      for (int i = 0; i < inputs; i++) {
        sum = fma(__ldg(weights + o * inputs + i), in[i * stride], sum);
      }
      out[o] = activate(activation_of(L), sum + __ldg(weights + outputs * inputs + o));
    }
    return loss_from<L + 1>(theta, out, 1, targets);
  }
}

// Partial sums (R, blocks along x) of the loss.
extern "C" __global__ void __launch_bounds__(THREADS, BLOCKS)
dense_look(const real* all_theta, int64 theta_stride, const real* features,
           const real* targets, int64 target_stride, const int* step_words, int threshold_count,
           const double* passages, int64 passage_stride, int samples, int replicas, int look_every,
           int steps, int stretch_number, double* partials) {
  int first_replica = blockIdx.y * TOGETHER;
  int count = min(TOGETHER, replicas - first_replica);
  if (steps > 0 && !stretch_of(join(step_words), steps, look_every, stretch_number).looks) {
    return;
  }
  bool moving = threshold_count == 0;
  for (int g = 0; g < count && !moving; g++) {
    moving = passages[(first_replica + g) * passage_stride + threshold_count - 1] < 0;
  }
  if (!moving) {
    return;
  }
  DYNAMIC_SHARED(real, shared);
  real* sample_tile = shared;
  real* column_tile = shared + TILE_INPUTS * SAMPLE_PITCH;
  int first_sample = blockIdx.x * TILE_SAMPLES;
  int sample_group = threadIdx.x % SAMPLE_GROUPS;
  int column_group = threadIdx.x / SAMPLE_GROUPS;

  const real* theta = all_theta + first_replica * theta_stride;
  // what a thread loads of a tile: one input of every so many rows and columns; those beyond the last
  // repeat it
  int input = threadIdx.x % TILE_INPUTS;
  int row = first_sample + threadIdx.x / TILE_INPUTS;
  bool whole = first_sample + TILE_SAMPLES <= samples;
  int last = samples - 1 - row;
  const real* sample_from = features + (int64)row * FEATURE_STRIDE + input;
  uint32 column_from[COLUMN_LOADS];
#pragma unroll
  for (int i = 0; i < COLUMN_LOADS; i++) {
    int column = min((int)threadIdx.x / TILE_INPUTS + i * APART, count * FIRST - 1);
    column_from[i] = column / FIRST * (uint32)theta_stride + column % FIRST * INPUTS + input;
  }
  real next_samples[SAMPLE_LOADS];
  real next_columns[COLUMN_LOADS];
  real sums[THREAD_COLUMNS][THREAD_SAMPLES] = {};

  // inputs in tiles: while one is multiplied, the next is on its way to registers
  for (int first = 0; first < INPUTS + TILE_INPUTS; first += TILE_INPUTS) {
    if (first < INPUTS) {
      bool there = INPUTS % TILE_INPUTS == 0 || first + input < INPUTS;
#pragma unroll
      for (int i = 0; i < SAMPLE_LOADS; i++) {
        int down = whole ? i * APART : min(i * APART, last);
        next_samples[i] = there ? sample_from[down * FEATURE_STRIDE + first] : (real)0;
      }
#pragma unroll
      for (int i = 0; i < COLUMN_LOADS; i++) {
        next_columns[i] = there ? theta[column_from[i] + first] : (real)0;
      }
    }
    if (first > 0) {
#pragma unroll
      for (int k = 0; k < TILE_INPUTS; k++) {
        real x[THREAD_SAMPLES];
        real w[THREAD_COLUMNS];
#pragma unroll
        for (int j = 0; j < THREAD_SAMPLES; j += 4) {
          load_four(sample_tile + k * SAMPLE_PITCH + (j * SAMPLE_GROUPS + sample_group * 4), x + j);
        }
#pragma unroll
        for (int j = 0; j < THREAD_COLUMNS; j += 4) {
          load_four(column_tile + k * COLUMN_PITCH + column_group * THREAD_COLUMNS + j, w + j);
        }
#pragma unroll
        for (int c = 0; c < THREAD_COLUMNS; c++) {
#pragma unroll
          for (int s = 0; s < THREAD_SAMPLES; s++) {
            sums[c][s] = fma(w[c], x[s], sums[c][s]);
          }
        }
      }
    }
    __syncthreads();
    if (first < INPUTS) {
#pragma unroll
      for (int i = 0; i < SAMPLE_LOADS; i++) {
        int e = threadIdx.x + i * THREADS;
        if (e < TILE_INPUTS * TILE_SAMPLES) {
          sample_tile[e % TILE_INPUTS * SAMPLE_PITCH + e / TILE_INPUTS] = next_samples[i];
        }
      }
#pragma unroll
      for (int i = 0; i < COLUMN_LOADS; i++) {
        int e = threadIdx.x + i * THREADS;
        if (e < TILE_INPUTS * TILE_COLUMNS) {
          column_tile[e % TILE_INPUTS * COLUMN_PITCH + e / TILE_INPUTS] = next_columns[i];
        }
      }
      __syncthreads();
    }
  }

  // activations (used columns, TILE_SAMPLES) over the tiles
#pragma unroll
  for (int c = 0; c < THREAD_COLUMNS; c++) {
    int column = column_group * THREAD_COLUMNS + c;
    if (column < count * FIRST) {
      real bias =
          __ldg(theta + column / FIRST * theta_stride + FIRST * INPUTS + column % FIRST);
#pragma unroll
      for (int s = 0; s < THREAD_SAMPLES; s++) {
        shared[column * TILE_SAMPLES + s / 4 * 4 * SAMPLE_GROUPS + sample_group * 4 + s % 4] =
            activate(activation_of(0), sums[c][s] + bias);
      }
    }
  }
  __syncthreads();
  // a warp a replica, lanes along samples
  int lane = threadIdx.x % 32;
  for (int g = threadIdx.x / 32; g < count; g += THREADS / 32) {
    double sum = 0;
    for (int s = lane; s < TILE_SAMPLES && first_sample + s < samples; s += 32) {
      sum += loss_from<1>(theta + g * theta_stride,
                          shared + g * FIRST * TILE_SAMPLES + s, TILE_SAMPLES,
                          targets + (first_sample + s) * target_stride);
    }
    for (int offset = 16; offset > 0; offset /= 2) {
      sum += __shfl_xor_sync(0xffffffffu, sum, offset);
    }
    if (lane == 0) {
      partials[(int64)(first_replica + g) * gridDim.x + blockIdx.x] = sum;
    }
  }
}

// Means of the partial sums (R, blocks), and the first passages they are; a warp a replica.
KERNEL dense_look_end(const double* partials, int blocks, const int* step_words,
                      const double* thresholds, int64 threshold_stride, int threshold_count,
                      double* passages, int64 passage_stride, double* values, int64 value_stride,
                      int samples, int replicas, int look_every, int steps, int stretch_number) {
  int r = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
  int lane = threadIdx.x % 32;
  uint64 step = join(step_words);
  Stretch stretch = stretch_of(step, steps, look_every, stretch_number);
  Passages table = {thresholds, threshold_stride, threshold_count, passages + r * passage_stride};
  if (r >= replicas || (steps > 0 && !stretch.looks) || at_rest(table)) {
    return;
  }
  double sum = 0;
  for (int block = lane; block < blocks; block += 32) {
    sum += partials[(int64)r * blocks + block];
  }
  for (int offset = 16; offset > 0; offset /= 2) {
    sum += __shfl_xor_sync(0xffffffffu, sum, offset);
  }
  if (lane == 0) {
    double loss = sum / samples;
    values[r * value_stride] = loss;
    note(table, steps == 0 ? step : stretch.end, loss);
  }
}
