// SGD on a chain of dense layers: a block a replica, its parameters in shared memory, many steps a
// launch.
#include "common.cuh"
#include "random.cuh"
#include "dense_layers.cuh"
#include "passages.cuh"

#define LOOK_SAMPLES 4

struct Draw {
  uint64 key;
  int samples;
  int batch;
  int without_replacement;
};

// Index of one sample of a step's mini-batch.
__device__ int drawn(const Draw& draw, uint64 step, int b) {
  if (!draw.without_replacement) {
    Words words = philox(draw.key, (uint64)(b / 4), step);
    uint32 word = b % 4 == 0   ? words.word[0]
                  : b % 4 == 1 ? words.word[1]
                  : b % 4 == 2 ? words.word[2]
                               : words.word[3];
    return (int)(((uint64)word * (uint64)draw.samples) >> 32);
  }
  uint64 batches = draw.samples / draw.batch;
  Permutation chosen = permutation(draw.key, step / batches, draw.samples);
  return permute(chosen, (int)(step % batches) * draw.batch + b);
}

// Copies the drawn rows, 16 bytes at a time where they are aligned.
__device__ void load_rows(const real* source, int64 stride, int width, int pitch,
                          const int* indices, int count, real* target) {
  const int PER = 16 / sizeof(real);
  bool aligned = width % PER == 0 && stride % PER == 0 && ((uint64)source & 15) == 0;
  if (aligned) {
    int parts = width / PER;
#pragma unroll 4
    for (int i = threadIdx.x; i < count * parts; i += blockDim.x) {
      int row = i / parts;
      int part = i - row * parts;
      const float4* from = reinterpret_cast<const float4*>(source + indices[row] * stride) + part;
      reinterpret_cast<float4*>(target + row * pitch)[part] = *from;
    }
  } else {
    for (int i = threadIdx.x; i < count * width; i += blockDim.x) {
      int row = i / width;
      target[row * pitch + i - row * width] = source[indices[row] * stride + i - row * width];
    }
  }
}

// Mean loss over all samples; the same number in every thread. The warps go through the samples by
// themselves, a few at a time, activations in scratch memory of their own.
__device__ double full_loss(const Chain& c, const real* theta, const real* features, int64 stride,
                            const real* targets, int64 target_stride, int samples, real* scratch,
                            double* warp_sums) {
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  int warps = blockDim.x / 32;
  real* even = scratch + warp * 2 * LOOK_SAMPLES * c.widest;
  real* odd = even + LOOK_SAMPLES * c.widest;
  double sum = 0;
  for (int first = warp * LOOK_SAMPLES; first < samples; first += warps * LOOK_SAMPLES) {
    int count = min(LOOK_SAMPLES, samples - first);
    const real* in = features + first * stride;
    int64 in_s = stride;
    int in_i = 1;
    real* out = even;
    for (int l = 0; l < c.depth; l++) {
      int outputs = c.outputs[l];
      for (int o = 0; o < outputs; o += TILE_OUTPUTS) {
        forward_tile<TILE_OUTPUTS, LOOK_SAMPLES>(
            theta + c.weights[l], theta + c.weights[l] + outputs * c.inputs[l], c.inputs[l],
            outputs, c.activation[l], o, in, in_s, in_i, 0, count, out, LOOK_SAMPLES);
      }
      __syncwarp();
      in = out;
      in_s = 1;
      in_i = LOOK_SAMPLES;
      out = out == even ? odd : even;
    }
    int classes = c.outputs[c.depth - 1];
    for (int e = lane; e < classes * count; e += 32) {
      int k = e / count;
      int s = e - k * count;
      double residual =
          (double)in[k * LOOK_SAMPLES + s] - (double)targets[(first + s) * target_stride + k];
      sum = fma(0.5 * residual, residual, sum);
    }
    __syncwarp();
  }
  for (int offset = 16; offset > 0; offset /= 2) {
    sum += __shfl_xor_sync(0xffffffffu, sum, offset);
  }
  if (lane == 0) {
    warp_sums[warp] = sum;
  }
  __syncthreads();
  double total = 0;
  for (int w = 0; w < warps; w++) {
    total += warp_sums[w];
  }
  __syncthreads();
  return total / samples;
}

extern "C" __global__ void __launch_bounds__(512)
    dense_chain(real* all_theta, int64 theta_stride, const real* features,
                   int64 feature_stride, const real* targets, int64 target_stride,
                   const double* rates, int64 rate_stride, const int* keys, int64 key_stride,
                   const int* step_words, const double* thresholds, int64 threshold_stride,
                   int threshold_count, double* passages, int64 passage_stride, double* values_out,
                   int64 value_stride, int samples, int batch, int without_replacement,
                   int look_every, int steps, int inputs, int depth, int o0, int o1, int o2, int o3,
                   int o4, int o5, int activations) {
  int r = blockIdx.x;
  Passages table = {thresholds, threshold_stride, threshold_count, passages + r * passage_stride};
  if (at_rest(table)) {
    return;
  }
  int padded = (batch + 3) / 4 * 4;
  int pitch = (inputs + 3) / 4 * 4;
  int warps = blockDim.x / 32;

  DYNAMIC_SHARED(unsigned char, shared);
  Chain& shared_chain = *reinterpret_cast<Chain*>(shared);
  if (threadIdx.x == 0) {
    int outputs[MAXIMAL_DEPTH] = {o0, o1, o2, o3, o4, o5};
    shared_chain = chain_of(inputs, depth, outputs, activations);
  }
  __syncthreads();
  const Chain& c = shared_chain;
  int classes = c.outputs[depth - 1];
  double* warp_sums = reinterpret_cast<double*>(shared + CHAIN_BYTES);
  real* x = reinterpret_cast<real*>(shared + CHAIN_BYTES + 8 * (warps + warps % 2));
  real* values = x + batch * pitch;
  real* cotangents = values + c.all_rows * padded;
  real* wanted = cotangents + c.all_rows * padded;
  int* indices = reinterpret_cast<int*>(wanted + classes * padded);
  // a look needs scratch memory only between two steps
  real* scratch = x;
  int training = batch * pitch + 2 * c.all_rows * padded + classes * padded +
                 (int)((2 * batch * sizeof(int) + sizeof(real) - 1) / sizeof(real));
  int looking = warps * 2 * LOOK_SAMPLES * c.widest;
  real* theta = x + (max(training, looking) + 3) / 4 * 4;

  real* home = all_theta + r * theta_stride;
  for (int p = threadIdx.x; p < c.parameters; p += blockDim.x) {
    theta[p] = home[p];
  }
  uint64 from = join(step_words);
  Draw draw = {join(keys + r * key_stride), samples, batch, without_replacement};
  real scale = (real)(-rates[r * rate_stride] / batch);
  __syncthreads();

  bool fresh = true;  // the indices of the next step are yet to be drawn
  bool resting = false;
  if (steps == 0) {
    double loss = full_loss(c, theta, features, feature_stride, targets, target_stride, samples,
                            scratch, warp_sums);
    if (threadIdx.x == 0) {
      values_out[r * value_stride] = loss;
      note(table, from, loss);
    }
    return;
  }
  for (uint64 k = from; k < from + steps && !resting; k++) {
    int* mine = indices + (k & 1) * batch;
    int* next = indices + (1 - (k & 1)) * batch;
    if (fresh) {
      for (int e = threadIdx.x; e < 2 * c.all_rows * padded; e += blockDim.x) {
        values[e] = 0;
      }
      for (int b = threadIdx.x; b < batch; b += blockDim.x) {
        mine[b] = drawn(draw, k, b);
      }
      fresh = false;
      __syncthreads();
    }
    load_rows(features, feature_stride, inputs, pitch, mine, batch, x);
    // by the last threads, which have the fewest rows to load
    for (int e = blockDim.x - 1 - threadIdx.x; e < batch * classes; e += blockDim.x) {
      int n = e / classes;
      wanted[(e - n * classes) * padded + n] = targets[mine[n] * target_stride + e - n * classes];
    }
    __syncthreads();
    for (int l = 0; l < depth; l++) {
      forward(c, l, theta, x, pitch, values, padded, batch);
      if (l == 0) {
        // the last warps have the fewest tiles
        for (int b = blockDim.x - 1 - threadIdx.x; b < batch; b += blockDim.x) {
          next[b] = drawn(draw, k + 1, b);
        }
      }
      __syncthreads();
    }
    const real* top = values + c.rows[depth - 1] * padded;
    real* above = cotangents + c.rows[depth - 1] * padded;
    for (int e = threadIdx.x; e < batch * classes; e += blockDim.x) {
      int o = e / batch;
      int at = o * padded + e - o * batch;
      above[at] = (top[at] - wanted[at]) * slope(c.activation[depth - 1], top[at]);
    }
    __syncthreads();
    for (int l = depth - 1; l > 0; l--) {
      pull_back(c, l, theta, values, cotangents, padded, batch);
      __syncthreads();
      // nothing reads these weights again before the next step
      update(c, l, theta, x, pitch, values, cotangents, padded, batch, scale);
    }
    update(c, 0, theta, x, pitch, values, cotangents, padded, batch, scale);
    __syncthreads();
    if (threshold_count > 0 && (k + 1) % look_every == 0) {
      double loss = full_loss(c, theta, features, feature_stride, targets, target_stride, samples,
                              scratch, warp_sums);
      if (threadIdx.x == 0) {
        values_out[r * value_stride] = loss;
        note(table, k + 1, loss);
      }
      fresh = true;  // the scratch memory of the look was that of the step
      resting = __syncthreads_or(threadIdx.x == 0 && at_rest(table));
    }
  }
  for (int p = threadIdx.x; p < c.parameters; p += blockDim.x) {
    home[p] = theta[p];
  }
}
